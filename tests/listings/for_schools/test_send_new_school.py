"""A school that is new to us: what it is asked, which schools it may be, and what is sent."""

import pytest
from django.core.cache import cache

from listings.models import ListingRow, School, Submission
from listings.submissions.duplicates import alike, same_name
from listings.submissions.filling.form import Filling
from tests.build import make_school
from tests.listings.for_schools.filled import ADDRESS, controls, problems
from tests.reading import Page

pytestmark = pytest.mark.django_db
NEW = "/for-schools/new/"
SCHOOL = {
    "s-name": "Riverside Coding Academy",
    "s-address-street": "12 Main Street",
    "s-address-city": "Dayton",
    "s-address-state": "OH",
    "s-address-zip": "45402",
    "s-website": "www.riverside-coding.com",
    "n0-cip": "51.0713",
    "n0-level": "21",
    "n0-delivery": ["online"],
    "n0-months": "6",
}


def press(client, button, **changes):
    return client.post(
        NEW, controls(Page(client, NEW)) | {"address": ADDRESS, "do": button} | SCHOOL | changes
    )


def test_a_new_school_with_one_program_waits_for_its_mail(client):
    page = Page(client, NEW)
    assert "outside the federal directory" in page.text()
    answer = press(client, "send")
    sent = Submission.objects.get()
    assert answer["Location"] == f"{NEW}?sent={sent.reference}"
    assert (sent.kind, sent.state, sent.school) == ("new-school", "unconfirmed", None)
    assert {f"{each.program_key} {each.field}": each.value for each in sent.fields.all()} == {
        " name": "Riverside Coding Academy",
        " address": {"street": "12 Main Street", "city": "Dayton", "state": "OH", "zip": "45402"},
        " website": "https://www.riverside-coding.com/",
        "51.0713.21 delivery": ["online"],
        "51.0713.21 months": 6,
    }
    assert sent.reference in Page(client, answer["Location"]).text()
    assert not School.objects.exists()


def test_everything_that_is_missing_is_a_link_to_its_field(client):
    empty = dict.fromkeys(SCHOOL, "")
    said = problems(press(client, "send", **empty))
    assert [each.partition(":")[0] for each in said] == ["Name", "Address"]
    said = problems(press(client, "send", **{name: "" for name in SCHOOL if name.startswith("n0")}))
    assert [each.partition(":")[0] for each in said] == ["Its programs"]
    said = problems(press(client, "send", **{"s-address-zip": ""}))
    assert said == ["Address: Give the ZIP."]


@pytest.mark.parametrize(
    "spelled",
    [
        "Riverside Coding Academy",
        "riverside  coding\u00a0academy",
        "Riverside Coding \u0410cademy",  # Cyrillic
        "Riversi\u200bde Coding Academy",
        "\uff32\uff49\uff56\uff45\uff52side Coding Academy",
        "The Riverside Coding Academy, Inc.",
        "R\u00edverside Coding Academy",
    ],
)
def test_a_look_alike_is_asked_about_and_goes_on_when_told_so(client, spelled):
    school = make_school("Riverside Coding Academy", slug="riverside")
    answer = press(client, "send", **{"s-name": spelled})
    [said] = problems(answer)
    assert "Is it one of these?" in said
    page = Page.of(answer)
    assert f"/schools/{school.slug}/correct/" in page.links()
    again = controls(page)
    assert [again[name] for name in ("s-website", "n0-months", "n0-delivery")] == [
        ["www.riverside-coding.com"],
        ["6"],
        ["online"],
    ]
    assert not Submission.objects.exists()
    client.post(NEW, again | {"do": "send", "another": "yes"})
    assert Submission.objects.get().kind == "new-school"


def test_each_sign_finds_the_school():
    directory = {"website": "https://www.stmary.edu/coding/", "address": "5 West Oak Avenue", "zip": "45402"}
    school = make_school("St. Mary's College & Institute", unitid=204501, directory=directory)
    make_school("Another College", city="Akron", directory={"address": "5 West Oak Avenue"})
    here = {"street": "5 W Oak Ave", "city": "dayton", "state": "OH"}
    found = {
        "name": alike("Saint Marys College and Institute", {}),
        "nearly": alike("St Marys Colege and Institute", {"city": "Dayton", "state": "OH"}),
        "address": alike("Something Else", here),
        "website": alike("Something Else", {}, website="stmary.edu"),
        "unitid": alike("", {}, unitid="204501"),
    }
    for name, schools in found.items():
        assert [each.school for each in schools] == [school], name
    assert not alike("Something Else", {"city": "Dayton", "state": "OH"}, website="facebook.com/stmary")
    assert not alike("", {})


@pytest.mark.parametrize(
    "text", ["'\"; DROP TABLE", "%_*\\", "\0", "\u202e", "a" * 5000, "🎓" * 50, "NEAR(", "-"]
)
def test_no_text_breaks_the_search_for_look_alikes(client, text):
    make_school()
    given = {"s-name": text, "s-address-city": text, "s-website": text, "s-unitid": text}
    assert client.get(f"{NEW}alike/", given).status_code == 200


def test_while_one_types_the_schools_come_without_a_page(client):
    make_school("Riverside Coding Academy")
    cache.clear()
    part = Page(client, f"{NEW}alike/?s-name=Riverside+Coding+Academy")
    assert "Riverside Coding Academy" in part.html
    assert "<html" not in part.html.lower()
    for _ in range(60):
        client.get(f"{NEW}alike/")
    assert "Riverside" not in Page(client, f"{NEW}alike/?s-name=Riverside+Coding+Academy").html


def test_a_new_school_is_looked_at_before_it_is_sent(client):
    page = Page.of(press(client, "preview"))
    assert "Riverside Coding Academy" in page.text()
    assert "stated itself" in page.text(".school-contact") or "Not in IPEDS" in page.text()
    assert not School.objects.exists()
    assert not ListingRow.objects.exists()
    client.post(NEW, controls(page) | {"do": "send"})
    assert Submission.objects.get().fields.count() == 5


def test_names_that_differ_stay_apart():
    names = ["Dayton College", "Dayton School", "Mercy College of Ohio", "Mercy College", "Lake Academy"]
    assert len({same_name(name) for name in names}) == len(names)


def test_a_form_has_at_most_forty_new_programs():
    assert len(Filling(None, {"added": ["999"]}).parts) == 40
    assert len(Filling(None, {"added": ["-1"]}).parts) == 1
    assert len(Filling(None, {"added": ["9" * 9]}).parts) == 1


def test_a_cache_that_forgets_at_once_hides_no_look_alikes(client, monkeypatch):
    monkeypatch.setattr(cache, "add", lambda *_key, **_time: False)
    assert client.get("/for-schools/new/alike/", {"s-name": "Greenwood"}).status_code == 200
