"""A68: a text is shown as readers will see it: to editors in frames, to others by a link that ends."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from content.models import PreviewLink, Revision
from content.previewing import make_link
from content.publishing import archive, publish
from tests.build import make_article, make_revision, make_topic
from tests.content.workflow.people import logged_in, make_editor

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def draft(**texts: object) -> Revision:
    return make_article(
        published=False, title="Hidden", body="Zanzibar.", topic=make_topic(), **texts
    ).revisions.get()


def shared(revision: Revision, *, days: int = 3, ago: timedelta = timedelta()) -> str:
    _link, token = make_link(revision, days=days, by=make_editor("Publisher"), at=timezone.now() - ago)
    return reverse("preview", args=[token])


def test_a_link_shows_the_page_of_a_reader(client: Client) -> None:
    revision = draft()
    answer = client.get(shared(revision))
    assert answer.status_code == 200
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    assert not answer.cookies
    shown = answer.content.decode()
    publish(revision, by=None)
    public = client.get(revision.get_absolute_url()).content.decode()
    main = [html.split("<main")[1].split("</main>")[0] for html in (shown, public)]
    assert main[0] == main[1]


def test_robots_may_read_that_it_is_not_to_be_indexed(client: Client) -> None:
    assert "preview" not in client.get("/robots.txt").content.decode()


@pytest.mark.parametrize("token", ["x", "a" * 43, "../admin", "%00", "\u2603"])
def test_a_guessed_link_is_not_found(client: Client, token: str) -> None:
    shared(draft())
    assert client.get(f"/preview/{token}/").status_code == 404


def test_an_ended_link_says_so(client: Client) -> None:
    revision = draft()
    old, revoked = shared(revision, days=2, ago=2 * DAY), None
    link, token = make_link(revision, days=7, by=make_editor("superuser"))
    revoked = reverse("preview", args=[token])
    assert client.get(revoked).status_code == 200
    editor = logged_in(make_editor("Reviewer"))
    editor.post(reverse("admin:content_previewlink_revoke", args=[link.pk]))
    for address in (old, revoked):
        answer = client.get(address)
        assert answer.status_code == 410
        assert "This preview has ended" in answer.content.decode()
        assert "Zanzibar" not in answer.content.decode()


def test_a_link_shows_one_revision_alone(client: Client) -> None:
    revision = draft()
    address = shared(revision)
    make_revision(revision.article, title="Later", body="Later words.")
    assert "Later words." not in client.get(address).content.decode()


def test_behind_a_published_text_the_link_leads_to_its_page(client: Client) -> None:
    revision = draft()
    address = shared(revision)
    publish(revision, by=None)
    answer = client.get(address)
    assert (answer.status_code, answer.headers["Location"]) == (302, revision.get_absolute_url())


def test_archiving_ends_the_links(client: Client) -> None:
    revision = draft()
    address = shared(revision)
    archive(revision.article, by=None)
    assert client.get(address).status_code == 410


def test_only_the_hash_of_a_long_token_is_stored() -> None:
    link, token = make_link(draft(), days=7, by=make_editor("Publisher"))
    assert len(token) >= 43
    stored = PreviewLink.objects.values().get(pk=link.pk)
    assert token not in str(stored)
    assert link.expires_at - link.made_at == 7 * DAY


@pytest.mark.parametrize("days", [0, -1, 8, 365])
def test_a_link_lasts_a_week_at_most(days: int) -> None:
    revision, publisher = draft(), make_editor("Publisher")
    with pytest.raises(ValidationError, match="1 to 7 days"):
        make_link(revision, days=days, by=publisher)
    logged_in(publisher).post(
        reverse("admin:content_revision_preview_link", args=[revision.pk]), {"days": str(days)}
    )
    assert not PreviewLink.objects.exists()


def test_nobody_links_to_a_text_of_others() -> None:
    revision = draft(by=make_editor("Publisher"))
    with pytest.raises(PermissionDenied):
        make_link(revision, days=1, by=make_editor("Author"))


def test_a_new_secret_key_ends_no_link(client: Client) -> None:
    address = shared(draft())
    with override_settings(SECRET_KEY="a new key of the operator", SECRET_KEY_FALLBACKS=[]):
        assert client.get(address).status_code == 200


def test_editors_see_it_in_frames_of_this_site_alone() -> None:
    revision = draft()
    editor = logged_in(make_editor("Reviewer"))
    frames = editor.get(reverse("admin:content_revision_preview", args=[revision.pk]))
    assert "frame-src 'self'" in frames.headers["Content-Security-Policy"]
    html = frames.content.decode()
    address = reverse("editors-preview", args=[revision.pk])
    for width in (360, 768, 1280):
        assert f'width="{width}"' in html
    assert html.count(f'src="{address}?framed=1"') == 3
    page = editor.get(address)
    assert "frame-ancestors 'self'" in page.headers["Content-Security-Policy"]
    assert page.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert "no-store" in page.headers["Cache-Control"]
    assert "Zanzibar." in page.content.decode()


def test_links_in_a_frame_open_beside_it_and_places_of_the_page_inside_it() -> None:
    revision = make_revision(
        make_article("framed"),
        body="## First\n\nZanzibar.\n\n## Second\n\nMore, as [AAPC](https://aapc.example) says.",
    )
    editor = logged_in(make_editor("Reviewer"))
    address = reverse("editors-preview", args=[revision.pk])
    framed = editor.get(address, {"framed": "1"}).content.decode()
    assert framed.count("<base ") == framed.count('<base target="_blank"') == 1
    assert framed.index("<base ") < framed.index("<a ")
    assert framed.count(' href="#') == framed.count(' target="_self" href="#') > 2
    alone = editor.get(address).content.decode()
    assert "<base" not in alone
    assert "_self" not in alone


def test_the_address_of_a_new_link_is_shown_once() -> None:
    revision = draft()
    editor = logged_in(make_editor("Publisher"))
    frames = reverse("admin:content_revision_preview", args=[revision.pk])
    made = editor.post(reverse("admin:content_revision_preview_link", args=[revision.pk]), {"days": "2"})
    assert "/preview/" in made.content.decode().split('id="new-link"')[1][:200]
    assert 'id="new-link"' not in editor.get(frames).content.decode()
