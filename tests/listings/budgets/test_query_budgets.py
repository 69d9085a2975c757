"""Pages of schools ask the database a fixed number of times, whatever is stored and whatever is asked."""

from itertools import cycle

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from listings.fields import CIP_TITLES
from listings.places import STATES
from listings.views.school_list import SchoolList
from tests.build import make_credential, make_school, make_sponsorship
from tests.settling import settle

pytestmark = pytest.mark.django_db

LIST_MOST = 6
SCHOOL_MOST = 14
BYTES_MOST = 58_000
QUERIES = [
    "",
    "?page=2",
    "?delivery=online",
    "?delivery=online&page=2",
    "?delivery=online&include_unknown=0",
    "?q=school&sort=relevance",
    "?sort=tuition&max_tuition=9000&state=OH&control=public",
    "?sort=awards&field=51.0713&field=health-records&award=under-1-year&credential=cpc&max_months=36",
    "?state=ZZ&sort=x",
]
STATED = {"delivery": ["online"], "tuition": 4500, "months": 9, "credentials": ["cpc", "ccs"]}


def fill(schools: int) -> None:
    """Half of them state everything, each has programs in two fields, some are sponsored."""
    for number in range(schools):
        stated = STATED if number % 2 else {}
        programs = [stated, {"cip": "51.0707", "award_level": 3}, {"cip": "51.0714", **stated}]
        school = make_school(f"School {number:03d}", programs=programs)
        if number % 5 == 0:
            make_sponsorship(school)


def queries(client: Client, address: str) -> int:
    settle()
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


@pytest.mark.slow
def test_the_list_does_not_ask_more_often_when_it_grows(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SchoolList, "per_page", 3)
    for code in ("CPC", "CCS"):
        make_credential(code)
    fill(8)
    few = {query: queries(client, f"/schools/{query}") for query in QUERIES}
    fill(72)
    for code in ("CCA", "RHIT", "CPB"):
        make_credential(code)
    monkeypatch.setattr(SchoolList, "per_page", 20)
    assert {query: queries(client, f"/schools/{query}") for query in QUERIES} == few
    assert max(few.values()) <= LIST_MOST


@pytest.mark.parametrize(
    "query", ["?credential=cpc&sort=relevance&q=community", "?max_tuition=9000&sort=tuition"]
)
def test_the_list_stays_within_its_bytes(client: Client, query: str) -> None:
    """Every choice has schools behind it, and every card has much to say."""
    for code in ("CPC", "CCS", "RHIT", *(f"C{letter}" for letter in "ABCDEFGHIJK")):
        make_credential(code)
    fields = cycle(cip for cip in CIP_TITLES if cip.startswith("51.07"))
    for number, state in enumerate(STATES):
        programs = [{"cip": next(fields), "award_level": level, **STATED} for level in (2, 7, 18)]
        programs.append({"cip": "51.0713"})
        make_school(f"Community College {number:03d}", state=state, city="Springfield", programs=programs)
    response = client.get(f"/schools/{query}")
    assert response.content.count(b'class="card school-card"') == SchoolList.per_page
    assert len(response.content) <= BYTES_MOST


@pytest.mark.parametrize("schools", [0, 3, 30])
def test_a_page_without_schools_asks_a_fixed_number_of_times(client: Client, schools: int) -> None:
    fill(schools)
    asked = queries(client, "/schools/?q=schol&state=UT&delivery=hybrid&award=graduate&include_unknown=0")
    assert asked <= LIST_MOST


def test_a_schools_page_does_not_ask_more_often_when_it_grows(client: Client) -> None:
    small = make_school("Small", programs=[STATED])
    levels = (20, 21, 2, 3, 5)
    large = make_school(
        "Large",
        programs=[
            {"cip": cip, "award_level": level, **STATED}
            for cip in ("51.0713", "51.0714", "51.0707", "51.0710")
            for level in levels
        ],
    )
    asked = queries(client, small.get_absolute_url())
    assert queries(client, large.get_absolute_url()) == asked <= SCHOOL_MOST


def test_how_ordered_asks_nothing(client: Client) -> None:
    assert queries(client, "/how-listings-are-ordered/") == 0


def test_reader_pages_send_no_cookie(client: Client) -> None:
    school = make_school()
    for address in ("/schools/", "/schools/?q=x", school.get_absolute_url(), "/how-listings-are-ordered/"):
        response = client.get(address)
        assert not response.cookies
        assert "Cookie" not in response.headers.get("Vary", "")
