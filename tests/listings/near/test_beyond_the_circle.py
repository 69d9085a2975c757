"""What stands below a list of schools near a place."""

import pytest
from django.test import Client
from selectolax.lexbor import LexborHTMLParser

from listings.views.school_list import SchoolList
from tests.listings.near.ground import COLUMBUS, school_at
from tests.listings.reading import get, texts

pytestmark = pytest.mark.django_db

FAR = (34.05, -118.24)
ONLINE = [{"delivery": ["online"]}]


def group(page: LexborHTMLParser, name: str) -> list[str]:
    return texts(page, f"section[aria-labelledby={name}] h3 a")


def main(page: LexborHTMLParser) -> list[str]:
    return texts(page, "section[aria-label=Schools] h3 a")


def test_online_programs_from_elsewhere_stand_in_a_group_of_their_own(client: Client) -> None:
    school_at("Near", *COLUMBUS)
    school_at("Near and online", *COLUMBUS, programs=ONLINE)
    school_at("Far", *FAR, state="CA")
    school_at("Far and online", *FAR, state="CA", programs=ONLINE)
    school_at("Online without a point", None, None, programs=ONLINE)
    page = get(client, "?near=43215")
    assert sorted(main(page)) == ["Near", "Near and online"]
    assert group(page, "online") == ["Far and online", "Online without a point"]
    assert texts(page, "#online") == ["Online, from anywhere"]
    all_of_them = page.css_first("section[aria-labelledby=online] > p > a").attributes["href"] or ""
    assert all_of_them == "/schools/?delivery=online&include_unknown=0"
    found = get(client, all_of_them.removeprefix("/schools/"))
    assert len(main(found)) == 3


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("&delivery=campus", []),
        ("&delivery=campus&delivery=online", ["Far and online"]),
        ("&max_tuition=5000", []),
        ("&state=OH", []),
        ("&within=any", []),
    ],
)
def test_the_online_group_meets_the_other_choices(client: Client, query: str, found: list[str]) -> None:
    school_at("Near", *COLUMBUS)
    school_at("Far and online", *FAR, state="CA", programs=[{"delivery": ["online"], "tuition": 9000}])
    assert group(get(client, f"?near=43215{query}"), "online") == found


def test_the_online_group_stands_on_the_first_page_alone(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SchoolList, "per_page", 1)
    school_at("Near", *COLUMBUS)
    school_at("Near too", *COLUMBUS)
    school_at("Far and online", *FAR, programs=ONLINE)
    assert group(get(client, "?near=43215"), "online") == ["Far and online"]
    assert group(get(client, "?near=43215&page=2"), "online") == []


def test_nothing_near_shows_the_nearest_with_their_distance(client: Client) -> None:
    school_at("Los Angeles", *FAR, state="CA")
    school_at("Cleveland", 41.499, -81.694)
    page = get(client, "?near=43215&within=10")
    assert texts(page, ".lede") == ["No school within 10 miles of ZIP 43215 matches these choices."]
    assert group(page, "nearest") == ["Cleveland"]
    assert texts(page, ".card-distance") == ["126 miles from ZIP 43215"]
    wider = page.css_first("section[aria-labelledby=nearest] > p > a").attributes["href"]
    assert wider == "/schools/?near=43215&within=any&sort=distance"


def test_the_nearest_may_be_an_ocean_away(client: Client) -> None:
    school_at("Guam", 13.432, 144.802, state="GU")
    page = get(client, "?near=43215&within=10")
    assert group(page, "nearest") == ["Guam"]
    assert texts(page, ".card-distance") == ["7,640 miles from ZIP 43215"]


def test_the_nearest_meet_the_other_choices(client: Client) -> None:
    school_at("Cleveland", 41.499, -81.694)
    page = get(client, "?near=43215&within=10&control=forprofit")
    assert group(page, "nearest") == []
    assert "Nothing meets all of these choices" in texts(page, "h2")
