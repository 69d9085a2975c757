"""A reader looks for schools near a ZIP or a city."""

import pytest
from django.test import Client

from tests.listings.near.ground import COLUMBUS, make_place, school_at
from tests.listings.reading import get, names, texts, tree

pytestmark = pytest.mark.django_db


@pytest.fixture
def ohio() -> None:
    school_at("Downtown", *COLUMBUS)
    school_at("Newark", 40.058, -82.401, city="Newark")
    school_at("Cleveland", 41.499, -81.694, city="Cleveland")
    school_at("Nowhere", None, None)


@pytest.mark.usefixtures("ohio")
@pytest.mark.parametrize(
    ("within", "found"),
    [
        ("", ["Downtown", "Newark"]),
        ("&within=10", ["Downtown"]),
        ("&within=200", ["Cleveland", "Downtown", "Newark"]),
        ("&within=any", ["Cleveland", "Downtown", "Newark", "Nowhere"]),
    ],
)
def test_a_zip_keeps_the_schools_within_so_many_miles(client: Client, within: str, found: list[str]) -> None:
    assert sorted(names(client, f"?near=43215{within}")) == found


@pytest.mark.usefixtures("ohio")
def test_the_nearest_comes_first_and_each_card_says_how_far(client: Client) -> None:
    page = get(client, "?near=43215&within=any&sort=distance")
    assert texts(page, ".school-card h3 a") == ["Downtown", "Newark", "Cleveland", "Nowhere"]
    said = texts(page, ".card-distance")
    assert said == [
        "Less than 1 mile from ZIP 43215",
        "33 miles from ZIP 43215",
        "126 miles from ZIP 43215",
    ]


@pytest.mark.usefixtures("ohio")
def test_the_page_says_in_words_and_chips_what_it_shows(client: Client) -> None:
    page = get(client, "?near=43215&within=25")
    assert texts(page, "h1") == ["Schools within 25 miles of ZIP 43215"]
    assert texts(page, ".lede")[0].startswith("1 school within 25 miles of ZIP 43215 reports 1 program")
    chips = {
        chip.text().split("\u00d7")[0].strip(): chip.attributes["href"]
        for chip in page.css(".chip:not(.chip-clear)")
    }
    assert chips == {"Near 43215": "/schools/", "Within 25 miles": "/schools/?near=43215&within=any"}
    assert page.css_first("#near").attributes["value"] == "43215"
    assert page.css_first("#within option[selected]").attributes["value"] == "25"
    assert page.css_first("meta[name=robots]").attributes["content"] == "noindex, follow"


@pytest.mark.usefixtures("ohio")
@pytest.mark.parametrize(
    "written",
    ["Columbus, OH", "columbus, ohio", "COLUMBUS OH", " Columbus ,oh", "Columbus", "col\u00fambus, OH"],
)
def test_a_city_is_read_however_it_is_written(client: Client, written: str) -> None:
    make_place()
    response = client.get("/schools/", {"near": written, "within": "10"})
    page = tree(response)
    assert texts(page, ".school-card h3 a") == ["Downtown"]
    canonical = page.css_first("link[rel=canonical]").attributes["href"] or ""
    assert canonical.endswith("/schools/?near=Columbus%2C+OH&within=10")


def test_a_city_of_several_states_is_asked_for_its_state(client: Client) -> None:
    make_place(institutions=20)
    make_place(state="GA", at=(32.46, -84.99), institutions=5)
    page = get(client, "?near=columbus")
    assert "\u201ccolumbus\u201d is a city of more than one state: say which." in texts(page, ".notice p")
    links = page.css(".notice a")
    assert [link.attributes["href"] for link in links] == [
        "/schools/?near=Columbus%2C+OH",
        "/schools/?near=Columbus%2C+GA",
    ]


def test_an_unknown_city_gets_near_spellings_of_its_state_first(client: Client) -> None:
    make_place()
    make_place("Columbus", "GA", (32.46, -84.99), 40)
    make_place("Dayton", "OH", (39.76, -84.19))
    school_at("Downtown", *COLUMBUS)
    page = get(client, "?near=Colombus%2C+OH&within=10&control=public")
    (note, _links) = texts(page, ".notice p")
    assert note == (
        "\u201cColombus, OH\u201d is no city with an institution in the federal directory."
        " Did you mean Columbus, OH or Columbus, GA? Or give a ZIP, such as 43004."
    )
    first = page.css_first(".notice a").attributes["href"] or ""
    assert first == "/schools/?near=Columbus%2C+OH&within=10&control=public"
    assert page.css_first("#near").attributes["value"] == "Colombus, OH"
    assert names(client, first.removeprefix("/schools/")) == ["Downtown"]


def test_a_zip_without_an_area_is_measured_from_those_that_begin_alike(client: Client) -> None:
    school_at("Downtown", *COLUMBUS)
    page = get(client, "?near=43299&within=25")
    assert texts(page, ".school-card h3 a") == ["Downtown"]
    (note,) = texts(page, ".notice p")
    assert note == (
        "ZIP 43299 has no area of its own on the map, so distances are measured from the middle of the ZIPs"
        " that begin with 432."
    )


def test_a_point_is_read_as_the_nearest_zip_and_not_kept(client: Client) -> None:
    school_at("Downtown", *COLUMBUS)
    page = get(client, "?near=39.97,+-83.0")
    canonical = page.css_first("link[rel=canonical]").attributes["href"] or ""
    assert canonical.endswith("/schools/?near=43215")
    assert texts(page, ".notice p") == ["That point is read as ZIP 43215, the nearest one."]
    assert "39.97" not in (page.css_first("form.filters").html or "")


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("?near=00000", "\u201c00000\u201d is no ZIP that is known here, nor is any that begins with 000."),
        ("?near=4321", "\u201c4321\u201d is no ZIP and no city."),
        ("?near=0,0", "\u201c0,0\u201d is a point far from any ZIP of the United States."),
        ("?near=99,-999", "\u201c99,-999\u201d is a point far from any ZIP of the United States."),
        ("?near=\u0664\u0663\u0662\u0661\u0665", "is no ZIP and no city."),
        ("?near=Atlantis%2C+ZZ", "is no city with an institution in the federal directory."),
        ("?near=%2C+OH", "is no city with an institution in the federal directory."),
        ("?near=%F0%9F%98%80", "is no ZIP and no city."),
        ("?near=x%00y' OR 1=1--", "is no city with an institution in the federal directory."),
        ("?near=43215&within=7", "\u201c7\u201d is no distance that is listed here"),
        (
            "?within=25",
            "\u201c25\u201d miles need a ZIP or a city to be measured from, so it does not filter.",
        ),
        ("?sort=distance", "There is no place to measure from, so the list stands in its usual order."),
    ],
)
def test_what_is_no_place_is_said_and_does_not_filter(client: Client, query: str, said: str) -> None:
    school_at("Downtown", *COLUMBUS)
    page = get(client, query)
    assert any(said in note for note in texts(page, ".notice p")), texts(page, ".notice p")
    assert texts(page, ".school-card h3 a") == ["Downtown"]
    assert page.css_first("meta[name=robots]").attributes["content"] == "noindex, follow"


def test_the_longest_nonsense_is_answered(client: Client) -> None:
    for number in range(60):
        make_place(f"Springfield {number}", "OH")
    response = client.get("/schools/", {"near": "springfield" * 5_000})
    assert response.status_code == 200
    assert len(response.content) < 60_000


def test_a_form_without_a_place_does_not_complain_of_its_usual_distance(client: Client) -> None:
    response = client.get("/schools/?q=&state=OH&near=&within=50&sort=order")
    assert (response.status_code, response["Location"]) == (302, "/schools/?state=OH")


def test_a_sent_form_keeps_the_distance_of_a_place_that_is_not_known(client: Client) -> None:
    response = client.get("/schools/?q=&near=Atlantis&within=25")
    assert response["Location"] == "/schools/?within=25&near=Atlantis"
