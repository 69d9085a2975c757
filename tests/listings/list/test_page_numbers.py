"""A reader turns pages."""

import pytest
from django.test import Client

from listings.views.school_list import SchoolList
from tests.build import make_school
from tests.listings.reading import get, names, organic, parts, texts

pytestmark = pytest.mark.django_db


@pytest.fixture
def schools(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Nine names in the usual order, four a page."""
    monkeypatch.setattr(SchoolList, "per_page", 4)
    made = [f"School {number:02d}" for number in range(9)]
    for name in made:
        make_school(name)
    return made


def test_every_school_stands_on_one_page(client: Client, schools: list[str]) -> None:
    assert names(client) + names(client, "?page=2") + names(client, "?page=3") == schools


def test_the_window_of_links(client: Client, schools: list[str]) -> None:
    page = get(client, "?page=2&state=OH")
    links = {" ".join(node.text().split()): node.attributes["href"] for node in page.css(".pager a")}
    assert links == {
        "Previous": "/schools/?state=OH",
        "Page 1": "/schools/?state=OH",
        "Page 3": "/schools/?state=OH&page=3",
        "Next": "/schools/?state=OH&page=3",
    }
    assert texts(page, ".pager [aria-current=page]") == ["Page 2"]
    assert page.css_first("link[rel=canonical]").attributes["href"].endswith("/schools/in/oh/?page=2")


def test_many_pages_show_both_ends_and_a_gap(
    client: Client, schools: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SchoolList, "per_page", 1)
    places = [text.removeprefix("Page ") for text in texts(get(client), ".pager li")]
    assert places == ["1", "2", "3", "…", "9", "Next"]
    places = [text.removeprefix("Page ") for text in texts(get(client, "?page=5"), ".pager li")]
    assert places == ["Previous", "1", "…", "4", "5", "6", "…", "9", "Next"]


def test_twenty_stand_on_a_page(client: Client) -> None:
    for number in range(21):
        make_school(f"School {number:02d}")
    assert (len(names(client)), len(names(client, "?page=2"))) == (20, 1)


def test_page_one_has_one_address(client: Client, schools: list[str]) -> None:
    response = client.get("/schools/?page=1&state=OH")
    assert (response.status_code, response.headers["Location"]) == (301, "/schools/?state=OH")


@pytest.mark.parametrize(
    "value",
    [
        "0",
        "-1",
        "01",
        "1.0",
        "1e3",
        "NaN",
        "x",
        "%00",
        "",
        "[]",
        "2%20",
        "٣",
        "\uff11\uff12",
        "1_0",
        "999999999",
        "2&page=3",
    ],
)
def test_a_page_that_is_spelt_wrongly_is_not_there(client: Client, schools: list[str], value: str) -> None:
    page = get(client, f"?state=OH&page={value}", status=404)
    assert page.css_first("main a.button").attributes["href"] == "/schools/?state=OH"


@pytest.mark.parametrize("number", [4, 99999])
def test_past_the_end_there_is_a_way_back(client: Client, schools: list[str], number: int) -> None:
    page = get(client, f"?page={number}", status=404)
    links = [node.attributes["href"] for node in page.css("main a")]
    assert links == ["/schools/?page=3", "/schools/"]


def test_pages_run_over_both_parts(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SchoolList, "per_page", 4)
    stated = [f"Online {number:02d}" for number in range(5)]
    silent = [f"Silent {number:02d}" for number in range(5)]
    for name in stated:
        make_school(name, programs=[{"delivery": ["online"]}])
    for name in silent:
        make_school(name)
    query = "?delivery=online"
    pages = [get(client, query), get(client, f"{query}&page=2"), get(client, f"{query}&page=3")]
    assert [parts(page) for page in pages] == [
        (stated[:4], []),
        (stated[4:], silent[:3]),
        ([], silent[3:]),
    ]
    assert organic(get(client, f"{query}&include_unknown=0&page=2")) == stated[4:]
