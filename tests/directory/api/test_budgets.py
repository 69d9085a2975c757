"""How many queries each address of the API asks, and that the number stays when its rows grow tenfold."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.build import make_article, make_credential, make_school, make_statistic, make_topic
from tests.settling import settle

pytestmark = pytest.mark.django_db

BUDGETS = {
    "schools/?per_page=100": 8,
    "schools/?per_page=100&state=OH&delivery=online&sort=tuition": 8,
    "schools/?cursor=start&per_page=100": 7,
    "schools/college-0-1/": 19,
    "programs/?per_page=100": 7,
    "programs/college-0-1.51.0713.21/": 6,
    "credentials/?per_page=100": 2,
    "credentials/c0/": 4,
    "articles/?per_page=100": 3,
    "articles/article-0/": 3,
    "statistics/?per_page=100": 2,
    "statistics/x.y.us.m-0/": 2,
    "": 0,
}


@pytest.fixture(autouse=True)
def no_limit(settings):
    settings.API_RATE = (1_000_000, 60)


def grow(places: range) -> None:
    for place in places:
        make_school(
            f"College {place}", programs=[{"delivery": ["online"], "tuition": 3000}, {"award_level": 3}]
        )
        make_credential(f"C{place}")
        make_statistic(f"x.y.us.m-{place}")
        make_article(f"article-{place}", topic=make_topic(), summary=f"It is [[stat:x.y.us.m-{place}]].")


def queries(client, address: str) -> int:
    settle()
    with CaptureQueriesContext(connection) as asked:
        response = client.get(f"/api/v1/{address}")
    assert response.status_code == 200, address
    return len(asked)


def test_no_address_asks_more_when_its_rows_grow_tenfold(client):
    grow(range(3))
    few = {address: queries(client, address) for address in BUDGETS}
    grow(range(3, 30))
    assert {address: queries(client, address) for address in BUDGETS} == few
    assert {
        address: (asked, BUDGETS[address]) for address, asked in few.items() if asked > BUDGETS[address]
    } == {}


@pytest.mark.parametrize("name", ["schools", "programs", "credentials", "articles", "statistics"])
def test_a_list_works_without_any_row(client, name):
    for query in ("", "?cursor=start"):
        assert client.get(f"/api/v1/{name}/{query}").json()["results"] == []
