"""A school sends its logo: kept at once, public when an editor accepts it, gone when it is taken back."""

import io
import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image

from content.lib.clock import database_now
from listings import logos
from listings.models import Attempt, Statement, Submission
from listings.statements import state
from listings.submissions import limits
from tests.build import make_school
from tests.content.pictures import files
from tests.content.workflow.people import logged_in, make_editor
from tests.listings.for_schools.filled import ADDRESS, controls, problems, send, visiting
from tests.listings.logos import make_logo, picture, stored
from tests.listings.submissions.moderating import choices
from tests.listings.submissions.moderating import page as moderation
from tests.reading import Page

pytestmark = pytest.mark.django_db
ONE, WHOLE, HOME = (
    "/schools/greenwood/correct/?field=logo",
    "/schools/greenwood/correct/",
    "/schools/greenwood/",
)
INLINE = "img.school-logo[src^='data:image/webp;base64,']"


@pytest.fixture(autouse=True)
def own_media(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def school():
    programs = [{"cip": "51.0713", "award_level": 21}]
    return make_school(name="Greenwood College", programs=programs, slug="greenwood")


def sent_logo(client):
    visiting(client)
    send(client, ONE, **{"s-logo-file": picture()})
    return Submission.objects.get()


def accept(sent):
    client = logged_in(make_editor("Reviewer", f"ada{sent.pk}"))
    assert client.post(moderation(sent), choices(sent, "logo")).status_code == 302


def test_it_is_public_once_an_editor_accepts_it_and_never_before(client, school, settings):
    answer = send(client, ONE, **{"s-logo-file": picture()})
    sent = Submission.objects.get()
    assert answer["Location"] == f"{WHOLE}?sent={sent.reference}"
    field = sent.fields.get()
    assert (field.program_key, field.field) == ("", "logo")
    assert re.fullmatch("[0-9a-f]{32}", field.value["name"])
    assert (field.value["width"], field.value["height"]) == (480, 120)
    address = logos.address("greenwood", field.value)
    editor = logged_in(make_editor("Reviewer", "eve"))
    for browser in (client, Client(), editor):
        assert browser.get(address).status_code == 404
    assert not Page(client, HOME).tree.css("img")
    visitor = Client()
    visiting(visitor)
    visitor.post(f"/for-schools/my/sent/{sent.reference}/", {"do": "confirm"})
    accept(Submission.objects.get())
    page = Page(Client(), HOME)
    assert page.attribute("img", "src") == address
    assert page.attribute("img", "alt") == "Logo of Greenwood College"
    assert (page.attribute("img", "width"), page.attribute("img", "height")) == ("480", "120")
    assert "Logo: stated by the school" in page.text("aside.school-contact")
    assert page.structured()[0]["logo"].endswith(address)
    served = Client().get(address)
    assert served["Content-Type"] == "image/webp"
    assert served["Cache-Control"] == "public, max-age=31536000, immutable"
    assert not served.cookies
    assert Image.open(io.BytesIO(served.content)).size == (480, 120)
    assert not Page(Client(), "/schools/").tree.css("main img")
    [stated] = Client().get("/api/v1/schools/greenwood/").json()["stated"]
    assert stated["value"] == {"address": f"{settings.SITE_URL}{address}", "width": 480, "height": 120}
    assert Client().get(logos.address("another", field.value)).status_code == 404


def test_sender_and_editor_see_it_inside_their_pages(client, school):
    sent = sent_logo(client)
    state(school=school, program=None, field="logo", value=make_logo(colour="navy"), by="school")
    page = Page(client, f"/for-schools/my/sent/{sent.reference}/")
    assert [node.attributes["alt"] for node in page.tree.css(INLINE)] == [
        "The logo that you sent",
        "The logo that stands now",
    ]
    editor = Page(logged_in(make_editor("Reviewer", "eve")), moderation(sent))
    assert [node.attributes["alt"] for node in editor.tree.css(INLINE)] == [
        "The logo that was sent",
        "The logo that stands now",
    ]


def test_a_mistake_elsewhere_a_preview_and_a_draft_keep_the_picture(client, school):
    visiting(client)
    opened = controls(Page(client, WHOLE))
    wrong = {"s-logo-file": picture(), "p51.0713.21-months": "soon", "do": "send"}
    page = Page.of(client.post(WHOLE, opened | wrong))
    assert page.tree.css(INLINE)
    again = controls(page) | {"p51.0713.21-months": ["9"]}
    preview = Page.of(client.post(WHOLE, again | {"do": "preview"}))
    assert preview.tree.css(f"{INLINE}[alt='Logo of Greenwood College']")
    # A browser would let nobody back whose address is missing.
    assert preview.tree.css("main form[novalidate]")
    changed = Page.of(client.post(WHOLE, controls(preview) | {"do": "change"}))
    assert changed.tree.css(INLINE)
    saved = client.post(WHOLE, controls(changed) | {"do": "save"})
    draft = Page(client, saved["Location"])
    assert draft.tree.css(INLINE)
    client.post(saved["Location"].partition("?")[0], controls(draft) | {"do": "send"})
    values = {row.field: row.value for row in Submission.objects.get().fields.all()}
    assert values["months"] == 9
    assert stored() == [f"{values['logo']['name']}-480x120.webp"]


def test_a_picture_is_left_out_again(client, school):
    visiting(client)
    sent = {"s-logo-file": picture(), "s-phone": "614-555-0123", "do": "change"}
    page = Page.of(client.post(WHOLE, controls(Page(client, WHOLE)) | sent))
    client.post(WHOLE, controls(page) | {"s-logo-drop": "yes", "do": "send"})
    assert [row.field for row in Submission.objects.get().fields.all()] == ["phone"]


def test_the_same_picture_sent_twice_is_one_submission(client, school):
    for _ in range(2):
        send(client, ONE, **{"s-logo-file": picture()})
    assert Submission.objects.count() == 1
    assert len(stored()) == 1


def test_not_stated_any_more_takes_it_away(client, school):
    value = make_logo()
    state(school=school, program=None, field="logo", value=value, by="school")
    assert client.get(logos.address("greenwood", value)).status_code == 200
    visiting(client)
    [said] = problems(send(client, ONE, **{"s-logo-file": picture(colour="red"), "s-logo-gone": "yes"}))
    assert "Choose one" in said
    send(client, ONE, **{"s-logo-gone": "yes"})
    accept(Submission.objects.get())
    assert not Page(client, HOME).tree.css("img")
    assert client.get(logos.address("greenwood", value)).status_code == 404


def test_past_its_last_day_it_is_not_shown(client, school):
    statement = state(school=school, program=None, field="logo", value=make_logo(), by="school")
    assert Page(client, HOME).tree.css("img.school-logo")
    Statement.objects.filter(pk=statement.pk).update(valid_until=database_now() - timedelta(days=1))
    assert not Page(client, HOME).tree.css("img")


def test_a_page_with_it_asks_the_database_as_often_as_one_without(client, school):
    with CaptureQueriesContext(connection) as without:
        client.get(HOME)
    state(school=school, program=None, field="logo", value=make_logo(), by="school")
    with CaptureQueriesContext(connection) as asked:
        assert Page(client, HOME).tree.css("img.school-logo")
    assert len(asked) == len(without)


def test_without_its_file_the_page_shows_none(client, school):
    value = make_logo()
    state(school=school, program=None, field="logo", value=value, by="school")
    logos.path(value).unlink()
    assert not Page(client, HOME).tree.css("img")
    assert client.get(logos.address("greenwood", value)).status_code == 404


@pytest.mark.parametrize("kind", files.REFUSED)
def test_a10_a11_what_is_no_picture_is_refused_beside_its_control(client, school, kind):
    name, data = files.REFUSED[kind]
    file = SimpleUploadedFile(name, data)
    page = Page.of(send(client, ONE, **{"s-logo-file": file, "note": "My words"}))
    assert page.attribute(".faults a", "href") == "#s-logo"
    said = page.text("#s-logo-error")
    assert re.fullmatch(r"[A-Z][^<>]+\.", said), said
    assert re.search(r"[Ss]ave|Choose", said), said
    assert page.tree.css("input#s-logo[type=file][aria-invalid=true]")
    assert (controls(page)["note"], controls(page)["address"]) == (["My words"], [ADDRESS])
    assert (Submission.objects.count(), stored()) == (0, [])


def test_a_refused_picture_is_said_by_every_button(client, school):
    visiting(client)
    for button in ("send", "preview", "save", "add", "change"):
        opened = controls(Page(client, WHOLE)) | {"do": button, "s-phone": "614-555-0123"}
        page = Page.of(client.post(WHOLE, opened | {"s-logo-file": SimpleUploadedFile("a.png", b"none")}))
        assert "no PNG, JPEG or WebP" in page.text("#s-logo-error"), button
        assert page.tree.css("details[open] #s-logo-error"), button
        assert controls(page)["s-phone"] == ["614-555-0123"]
    assert not Submission.objects.exists()


@pytest.mark.parametrize(
    ("width", "height", "drawn"), [(9000, 20, (480, 1)), (20, 9000, (1, 240)), (1, 1, (1, 1))]
)
def test_any_shape_fits(client, school, width, height, drawn):
    send(client, ONE, **{"s-logo-file": picture(width, height)})
    value = Submission.objects.get().fields.get().value
    assert (value["width"], value["height"]) == drawn
    assert Image.open(io.BytesIO(logos.path(value).read_bytes())).size == drawn


@pytest.mark.parametrize(
    "typed", [f"{'a' * 32}-480x120", "../../settings.py", f"{'a' * 32}-480x999", "x" * 5000, "\0", "a\nb"]
)
def test_a_name_that_was_made_up_is_sent_nowhere(client, school, typed):
    [said] = problems(send(client, ONE, **{"s-logo": typed}))
    assert said.rstrip(".").rpartition(".")[2]
    assert not Submission.objects.exists()


def test_a_network_that_sends_very_many_has_to_wait(client, school, monkeypatch):
    monkeypatch.setitem(limits.MOST, Attempt.Kind.LOGO, (timedelta(days=1), 1))
    send(client, ONE, **{"s-logo-file": picture()})
    [said] = problems(send(client, ONE, **{"s-logo-file": picture(colour="red")}))
    assert "the logo tomorrow" in said
    assert len(stored()) == 1
