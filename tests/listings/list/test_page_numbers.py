"""A reader turns pages."""

import pytest
from django.test import Client

from tests.build import make_school
from tests.listings.reading import get, names, organic, texts

pytestmark = pytest.mark.django_db


@pytest.fixture
def schools() -> list[str]:
    """Forty-five names in the usual order."""
    made = [f"School {number:02d}" for number in range(45)]
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
    assert page.css_first("link[rel=canonical]").attributes["href"].endswith("/schools/?state=OH&page=2")


def test_many_pages_show_both_ends_and_a_gap(client: Client) -> None:
    for number in range(181):
        make_school(f"School {number:03d}", programs=[])
    places = [text.removeprefix("Page ") for text in texts(get(client), ".pager li")]
    assert places == ["1", "2", "3", "…", "10", "Next"]
    places = [text.removeprefix("Page ") for text in texts(get(client, "?page=5"), ".pager li")]
    assert places == ["Previous", "1", "…", "4", "5", "6", "…", "10", "Next"]


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
        "１２",
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


def test_pages_run_over_both_parts(client: Client) -> None:
    stated = [f"Online {number:02d}" for number in range(25)]
    silent = [f"Silent {number:02d}" for number in range(25)]
    for name in stated:
        make_school(name, programs=[{"delivery": ["online"]}])
    for name in silent:
        make_school(name)
    query = "?delivery=online"
    listed = [names(client, query), names(client, f"{query}&page=2"), names(client, f"{query}&page=3")]
    assert [name for page in listed for name in page] == stated + silent
    assert [len(page) for page in listed] == [20, 20, 10]
    assert organic(get(client, f"{query}&include_unknown=0&page=2")) == stated[20:]
