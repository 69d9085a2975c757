"""The pages of figures ask the database as often for many rows as for few."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from content.lib.figures import Break
from content.statistics import propose
from tests.build import make_article, make_figure

pytestmark = pytest.mark.django_db
KEY = "oews.29-2072.us.median-annual"
OLD = "oews.29-2098.us.median-annual"


def grow(start: int, stop: int) -> None:
    change = Break(OLD, KEY, "It counts otherwise.")
    figures = [
        make_figure(51140 + year, year=1900 + year, key=KEY, breaks=(change,)) for year in range(start, stop)
    ]
    figures += [
        make_figure(40000, year=1800 + year, key=OLD, breaks=(change,)) for year in range(start, stop)
    ]
    figures += [make_figure(50000, key=f"oews.{number:04}.us.median-annual") for number in range(start, stop)]
    parts = ("p10", "p25", "p75", "p90") if start == 0 else ()
    figures += [
        make_figure(
            30000 + 9000 * place, year=1900, key=f"oews.29-2072.us.{part}-annual", measure=f"{part}-annual"
        )
        for place, part in enumerate(parts)
    ]
    assert not propose(figures).refused
    for number in range(start, stop):
        make_article(f"article-{number}", body=f"[[stat:{KEY}]]")


@pytest.mark.parametrize(
    ("address", "budget"),
    [
        ("/statistics/", 3),
        ("/statistics/?q=oews", 3),
        (f"/statistics/{KEY}/", 5),
        (f"/statistics/{KEY}/data.csv", 3),
        ("/statistics/not.there/", 1),
    ],
)
def test_ten_times_the_rows_cost_no_query_more(client, address, budget):
    asked = []
    for start, stop in ((0, 3), (3, 30)):
        grow(start, stop)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(address)
        asked.append(len(queries))
    assert asked == [budget, budget]


@pytest.mark.parametrize("address", ["/statistics/", "/statistics/?q=oews"])
def test_no_row_is_no_error(client, address):
    assert client.get(address).status_code == 200
