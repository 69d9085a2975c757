"""A reader finds on a school's page what the school stated, since when, and what federal files say."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.formats import date_format

from content.models import CitedLink, LinkHost
from listings import websites
from listings.models import School, Statement
from listings.statements import state
from tests.build import make_credential, make_school
from tests.listings.reading import texts, tree

pytestmark = pytest.mark.django_db

OF_PROGRAM: dict[str, tuple[Any, str]] = {
    "covers": (["books", "exam-fee"], "Books, the exam fee"),
    "starts": ({"dates": ["2027-01-11"]}, "11 Jan 2027"),
    "curriculum": ({"courses": [{"title": "Anatomy", "hours": 60}]}, "Anatomy, 60 hours"),
    "prerequisites": ("A high-school diploma\n<b>Typing</b>", "A high-school diploma<b>Typing</b>"),
    "aid": (["veterans"], "Veterans' benefits"),
    "externship": ({"kind": "optional"}, "Optional"),
    "voucher": ({"included": False}, "Not included"),
    "pass_rate": (
        {"credential": "cpc", "percent": 80, "year": 2025, "takers": 40, "source": "Annual report"},
        "80% of 40 passed CPC in 2025. Source: Annual report",
    ),
}
ADDRESS = {"street": "12 Main Street", "city": "Dayton", "state": "OH", "zip": "45402"}
DIRECTORY = {"address": "1 Old Road", "zip": "45402", "phone": "6145550100", "website": "https://old.edu/"}


def page_of(client: Client, school: School) -> Any:
    response = client.get(school.get_absolute_url())
    assert response.status_code == 200
    return tree(response)


def test_every_field_stands_with_who_stated_it_and_when(client: Client) -> None:
    make_credential("CPC")
    school = make_school()
    for field, (value, _words) in OF_PROGRAM.items():
        state(school=school, program=school.programs.get(), field=field, value=value, by="school")
    page = page_of(client, school)
    day = date_format(timezone.localtime(), "j M Y")
    stated = dict(zip(texts(page, "#stated ~ .panel dt"), texts(page, "#stated ~ .panel dd"), strict=True))
    assert set(stated.values()) == {
        *(f"{words} stated by the school, {day}" for _value, words in OF_PROGRAM.values()),
        "not collected, ask the school",
    }
    assert stated["Tuition"] == "not collected, ask the school"
    assert not page.css("dd b")
    assert "Not stated" not in "".join(texts(page, "#stated ~ .panel .meta"))


def test_one_line_says_what_was_not_stated(client: Client) -> None:
    school = make_school(programs=[{"delivery": ["online"], "externship": {"kind": "none", "hours": None}}])
    [line] = [
        each for each in texts(page_of(client, school), ".panel .meta") if each.startswith("Not stated")
    ]
    assert line == (
        "Not stated: what the tuition covers, start dates, courses, prerequisites, financial aid accepted,"
        " exam voucher, pass rate."
    )


def test_what_a_school_says_of_itself_stands_before_the_federal_file(client: Client) -> None:
    school = make_school("Greenwood Colege", directory=DIRECTORY)
    given = {"name": "Greenwood College", "address": ADDRESS, "phone": "614 555 0199"}
    for field, value in (given | {"website": "https://new.edu"}).items():
        state(school=school, program=None, field=field, value=value, by="school")
    page = page_of(client, school)
    assert texts(page, "h1") == ["Greenwood College"]
    notes = [note.split(": IPEDS HD2023")[0] for note in texts(page, ".source-note") if "file says" in note]
    assert notes == [
        "The federal file says Greenwood Colege",
        "The federal file says https://old.edu/",
        "The federal file says 1 Old Road, Dayton, OH 45402",
        "The federal file says (614) 555-0100",
    ]
    [site] = page.css(".school-links a")
    assert site.attributes["href"] == "https://new.edu/"
    assert "12 Main Street, Dayton, OH 45402 stated by the school" in " ".join(texts(page, ".school-contact"))
    assert [address for address, _page in websites.cited()] == ["https://new.edu/"]


def test_the_same_value_is_not_said_twice(client: Client) -> None:
    school = make_school(directory=DIRECTORY | {"address": "12 MAIN STREET"})
    for field, value in (("address", ADDRESS), ("phone", "6145550100"), ("website", "https://old.edu")):
        state(school=school, program=None, field=field, value=value, by="school")
    assert not [note for note in texts(page_of(client, school), ".source-note") if "file says" in note]


def test_what_lapsed_reads_not_confirmed_and_the_federal_value_counts_again(client: Client) -> None:
    school = make_school("Greenwood Colege", directory=DIRECTORY)
    past = {"by": "school", "valid_until": timezone.now() - timedelta(days=1)}
    for field, value in (("name", "Greenwood College"), ("website", "https://new.edu/")):
        state(school=school, program=None, field=field, value=value, **past)
    page = page_of(client, school)
    assert texts(page, "h1") == ["Greenwood Colege"]
    assert "not confirmed since" in " ".join(texts(page, "header .meta"))
    assert [link.attributes["href"] for link in page.css(".school-links a")] == ["https://old.edu/"]


def test_a_stated_site_that_became_another_gets_no_link(client: Client) -> None:
    school = make_school(directory={"website": ""})
    state(school=school, program=None, field="website", value="https://new.edu/", by="school")
    host = LinkHost.objects.create(origin="https://new.edu")
    lost = {"state": CitedLink.State.UNLINKED, "unlinked_at": timezone.now()}
    CitedLink.objects.create(address="https://new.edu/", host=host, **lost)
    assert not page_of(client, school).css(".school-links a")


def test_a_closing_to_come_is_announced(client: Client) -> None:
    school = make_school()
    value = {"closed_on": "2099-06-30", "note": "Students go on at Hillside."}
    state(school=school, program=None, field="closure", value=value, by="school")
    assert School.objects.get().is_listed
    assert "Closing: 30 Jun 2099. Students go on at Hillside. stated by the school" in " ".join(
        texts(page_of(client, school), ".notice-warn")
    )


def test_a_school_that_states_its_telephone_alone_is_said_to_have_stated_nothing_of_its_programs(
    client: Client,
) -> None:
    school = make_school()
    Statement.objects.create(school=school, field="phone", value="6145550199", by="school")
    said = texts(page_of(client, school), "section[aria-labelledby=stated] p")
    assert said[0].startswith("Not collected:")
