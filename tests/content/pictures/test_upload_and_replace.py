"""An editor uploads a picture, describes it, puts another file in its place, and cannot delete a used one."""

import io

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from PIL import Image

from content import pictures
from content.models import Picture
from content.pictures import folder
from tests.build import make_article, make_picture, make_revision
from tests.content.pictures.files import halves, plain, saved
from tests.content.pictures.uploading import errors, page, replace, upload
from tests.content.workflow.people import logged_in, make_editor
from tests.reading import Page

pytestmark = pytest.mark.django_db
BY = {"licence": "cc-by-4.0", "credit": "A. Coder", "source_url": "https://pictures.example/1"}


@pytest.fixture
def publisher() -> Client:
    return logged_in(make_editor("Publisher"))


def test_it_draws_three_widths_of_a_large_one_and_none_larger_than_it_came(publisher: Client) -> None:
    upload(publisher, saved(halves(2000, 1000)))
    picture = Picture.objects.get()
    assert (picture.width, picture.height, picture.widths) == (1600, 800, [480, 960, 1600])
    assert (picture.uploaded_by.username, picture.slug) == ("publisher", "desk")
    sizes = [(folder() / f"{picture.stem}-{width}.webp").stat().st_size for width in picture.widths]
    assert picture.size == sum(sizes)
    image = Image.open(io.BytesIO(b"".join(publisher.get(picture.address(480)))))
    assert image.size == (480, 240)
    upload(publisher, saved(halves(500, 100)), slug="small")
    assert Picture.objects.get(slug="small").widths == [480, 500]


def test_it_keeps_colours_and_clearness(publisher: Client) -> None:
    cases = {
        "grey": (saved(plain(mode="I;16", colour=0x8080)), (128, 128, 128)),
        "clear": (saved(plain(mode="RGBA", colour=(0, 128, 128, 99))), (0, 128, 128, 99)),
        "flat": (saved(plain(colour=(1, 2, 3))), (1, 2, 3)),
    }
    for slug, (data, colour) in cases.items():
        upload(publisher, data, slug=slug)
        file = b"".join(publisher.get(Picture.objects.get(slug=slug).address()))
        assert Image.open(io.BytesIO(file)).getpixel((5, 5)) == colour, slug


def test_its_address_is_for_ever_and_runs_nothing(client: Client) -> None:
    answer = client.get(make_picture().address())
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert (answer["X-Frame-Options"], answer.cookies) == ("DENY", {})
    assert "Vary" not in answer


@pytest.mark.parametrize(
    "name", ["../secret-key", f"{'0' * 32}-480.webp", "x.webp", f"{'A' * 32}-480.webp", ""]
)
def test_nothing_else_of_the_disk_is_served(client: Client, name: str) -> None:
    make_picture()
    for address in (f"/pictures/{name}", f"/media/pictures/{name}", f"/pictures/%2e%2e/{name}"):
        assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("changes", "field", "words"),
    [
        ({"alternative": ""}, "__all__", "Say what the picture shows"),
        ({"is_decorative": "on"}, "__all__", "not both"),
        ({"alternative": "   "}, "__all__", "Say what the picture shows"),
        ({"licence": "cc-by-4.0", "source_url": "https://x.example/"}, "credit", "asks for the name"),
        ({"licence": "cc-by-sa-3.0", "credit": "A"}, "source_url", "asks for the address"),
        ({"licence": "permission"}, "credit", "asks for the name"),
        ({"licence": "all-mine"}, "licence", "valid choice"),
        ({"source_url": "javascript:alert(1)"}, "source_url", "valid URL"),
        ({"source_url": "ftp://x.example/"}, "__all__", "begins with https"),
        ({"slug": "no slug"}, "slug", "valid"),
        ({"name": ""}, "name", "required"),
    ],
)
def test_it_says_what_is_missing_and_that_the_file_must_be_chosen_again(
    publisher: Client, changes: dict[str, str], field: str, words: str
) -> None:
    answer = upload(publisher, saved(plain()), **changes)
    said = errors(answer)
    assert words in " ".join(said[field])
    assert "choose it again" in " ".join(said["file"])
    assert not Picture.objects.exists()


@pytest.mark.parametrize(
    "columns",
    [
        {"alternative": "", "is_decorative": False},
        {"alternative": "Both", "is_decorative": True},
        {"licence": "cc-by-4.0", "credit": "A"},
        {"licence": "cc-by-4.0", "source_url": "https://x.example/"},
        {"licence": "permission"},
        {"source_url": "javascript:alert(1)"},
    ],
)
def test_the_database_itself_refuses(columns: dict[str, object]) -> None:
    picture = make_picture()
    with pytest.raises(IntegrityError), transaction.atomic():
        Picture.objects.filter(pk=picture.pk).update(**columns)


def test_another_file_keeps_the_slug_and_changes_the_address(publisher: Client) -> None:
    picture = make_picture(**BY)
    make_article(body="![](picture:desk)")
    before = picture.address()
    assert Page(publisher, "/articles/coding-certification/").attribute(".prose img", "src") == before
    assert replace(publisher, picture, saved(halves(30, 20))).status_code == 302
    picture.refresh_from_db()
    assert (picture.slug, picture.width, picture.uploaded_by.username) == ("desk", 30, "publisher")
    assert picture.address() != before
    shown = Page(publisher, "/articles/coding-certification/")
    assert shown.attribute(".prose img", "src") == picture.address()
    # Pages that were read before still find theirs, until the nightly sweep a day later.
    assert publisher.get(before).status_code == 200


def test_a_change_without_a_file_keeps_the_file(publisher: Client) -> None:
    picture = make_picture(**BY)
    replace(publisher, picture, None, alternative="Two screens", slug="elsewhere")
    kept = Picture.objects.get()
    assert (kept.alternative, kept.slug, kept.stem) == ("Two screens", "desk", picture.stem)
    said = errors(replace(publisher, picture, b"no picture"))
    assert "no PNG" in said["file"][0]
    assert Picture.objects.get().stem == picture.stem


def test_it_says_where_it_is_used_and_stays_while_it_is(publisher: Client) -> None:
    picture = make_picture()
    other = make_picture("desk-2")
    article = make_article(title="Seen by readers", body="![](picture:desk)")
    make_revision(article, title="A draft of it", lead="![](picture:desk)")
    make_article("no-use", title="Of another", body="![](picture:desk-2)")
    used = Page(publisher, page(picture)).texts(".picture-uses li")
    assert [" ".join(use.replace(" ,", ",").split()) for use in used] == [
        "Seen by readers (revision 1), readers see it",
        "A draft of it (revision 2), draft",
    ]
    address = reverse("admin:content_picture_delete", args=[picture.pk])
    asked = Page(publisher, address)
    assert [text.partition(" (")[0] for text in asked.texts("#deleted-objects li")] == [
        "Seen by readers",
        "A draft of it",
    ]
    publisher.post(address, {"post": "yes"})
    assert Picture.objects.filter(pk=picture.pk).exists()
    with pytest.raises(ValidationError, match="Seen by readers"):
        pictures.remove(picture)
    publisher.post(reverse("admin:content_picture_delete", args=[other.pk]), {"post": "yes"})
    assert Picture.objects.filter(pk=other.pk).exists()
    make_picture("unused")
    address = reverse("admin:content_picture_delete", args=[Picture.objects.get(slug="unused").pk])
    assert publisher.post(address, {"post": "yes"}).status_code == 302
    assert not Picture.objects.filter(slug="unused").exists()


def test_what_readers_see_is_a_publishers_to_change(publisher: Client) -> None:
    picture = make_picture()
    clients = {role: logged_in(make_editor(role)) for role in ("Author", "Reviewer")}
    draft = make_article(published=False, body="![](picture:desk)", by=None)
    for client in clients.values():
        assert replace(client, picture, None, name="A drafts picture").status_code == 302
    assert draft.status == "draft"
    make_article("public", body="![](picture:desk)")
    for client in clients.values():
        assert Page(client, page(picture)).tree.css_first("[name=file]") is None
        assert replace(client, picture, saved(plain())).status_code == 403
        address = reverse("admin:content_picture_delete", args=[picture.pk])
        assert client.post(address, {"post": "yes"}).status_code == 403
    picture.refresh_from_db()
    assert picture.width == 960
    assert replace(publisher, picture, None, name="A publishers").status_code == 302


def test_an_author_is_not_told_the_texts_of_others() -> None:
    picture = make_picture()
    make_article(title="A secret plan", published=False, body="![](picture:desk)", by=make_editor("Reviewer"))
    shown = Page(logged_in(make_editor("Author")), page(picture))
    assert "A secret plan" not in shown.html
    assert "In 1 text of other editors." in shown.text(".picture-uses")


def test_a_file_that_nobody_may_send_is_not_looked_at(client: Client, monkeypatch) -> None:
    monkeypatch.setattr("content.lib.images.draw", lambda data: pytest.fail("looked at"))
    answer = upload(client, saved(plain()))
    assert "Log in" in answer.content.decode()
    make_picture()
    make_article(body="![](picture:desk)")
    author = logged_in(make_editor("Author"))
    assert replace(author, Picture.objects.get(), saved(plain())).status_code == 403
