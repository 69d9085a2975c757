"""A reader picks a state on the map, on the front page or above the school list."""

from urllib.parse import urljoin

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from selectolax.lexbor import LexborHTMLParser

from listings.places import STATES
from tests.build import make_school
from tests.listings.reading import organic, tree
from tests.settling import settle

pytestmark = pytest.mark.django_db


def read(client: Client, address: str) -> LexborHTMLParser:
    response = client.get(address)
    assert response.status_code == 200, address
    return tree(response)


def links(client: Client, address: str) -> dict[str, str]:
    """What each linked tile says, and where it leads."""
    found = read(client, address).css("svg.tiles a")
    return {link.css_first("title").text(): urljoin(address, link.attributes["href"]) for link in found}


def make_schools() -> None:
    for number in range(3):
        make_school(f"Ohioan {number}", programs=[{"delivery": ["online"]}] if number else [{}])
    make_school("Texan", state="TX")
    make_school("Closed", state="NY", directory={"closed_at": "06/30/2023"})
    make_school("Stateless", state="")


@pytest.mark.parametrize("address", ["/", "/schools/"])
def test_each_tile_leads_to_its_states_page(client: Client, address: str) -> None:
    make_schools()
    assert links(client, address) == {
        "Ohio: 3 schools": "/schools/in/oh/",
        "Texas: 1 school": "/schools/in/tx/",
    }
    page = read(client, address)
    assert len(page.css("svg.tiles title")) == len(STATES)
    assert page.css_first("svg.tiles").attributes["aria-label"] == "Schools by state and territory"
    assert len(organic(read(client, "/schools/in/oh/"))) == 3


def test_a_tile_keeps_the_other_choices_and_counts_what_it_leads_to(client: Client) -> None:
    make_schools()
    found = links(client, "/schools/?state=TX&delivery=online&include_unknown=0&sort=name")
    assert found == {"Ohio: 2 schools": "/schools/?state=OH&delivery=online&include_unknown=0&sort=name"}
    assert len(organic(read(client, found["Ohio: 2 schools"]))) == 2


@pytest.mark.parametrize("address", ["/", "/schools/"])
def test_without_schools_the_map_leads_nowhere(client: Client, address: str) -> None:
    assert links(client, address) == {}


@pytest.mark.parametrize("address", ["/", "/schools/?near=43215", "/schools/?near=Atlantis%2C+OH"])
def test_pages_with_places_do_not_ask_more_often_when_they_grow(client: Client, address: str) -> None:
    def queries() -> int:
        settle()
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    point = {"latitude": 39.96, "longitude": -83.0}
    far = {"latitude": 34.0, "longitude": -118.0}

    def fill(first: int, last: int) -> None:
        for number in range(first, last):
            make_school(f"Near {number}", directory=point)
            make_school(f"Far {number}", directory=far, programs=[{"delivery": ["online"]}])

    fill(0, 4)
    few = queries()
    fill(4, 40)
    assert queries() == few <= 8


def test_the_front_page_takes_a_zip(client: Client) -> None:
    form = read(client, "/").css_first("section[aria-labelledby=begin] form")
    assert form.attributes["action"] == "/schools/"
    assert form.css_first("label[for=home-near]").text() == "Or near a ZIP, or a city and state"
    sent = client.get("/schools/", {"state": "", "near": "43215"})
    assert (sent.status_code, sent["Location"]) == (302, "/schools/?near=43215")
