"""A reader takes a statistic's values as csv."""

import csv
import io

import pytest

from content.lib.figures import Origin
from content.statistics import propose
from tests.build import make_figure, make_statistic

pytestmark = pytest.mark.django_db
DATA = "/statistics/oews.29-2072.us.median-annual/data.csv"


def test_it_holds_every_accepted_value_the_oldest_first(client):
    make_statistic(values={2025: 51140, 2021: 46660, 2022: None})
    propose([make_figure(2000000, year=2026)])
    answer = client.get(DATA)
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert list(rows[0]) == ["period", "value", "missing", "source", "release", "retrieved"]
    assert [(row["period"], row["value"], row["missing"]) for row in rows] == [
        ("May 2021", "46660", ""),
        ("May 2022", "", "not-available"),
        ("May 2025", "51140", ""),
    ]
    assert rows[0]["source"].startswith(
        "U.S. Bureau of Labor Statistics: Occupational wages, May 2021, https://"
    )
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert 'filename="oews.29-2072.us.median-annual.csv"' in answer["Content-Disposition"]


def test_numbers_stay_numbers_and_no_cell_is_run_by_a_spreadsheet(client):
    source = Origin("=HYPERLINK(1)", "title", "")
    columns = {"unit": "people", "per": "", "lowest": None, "highest": None}
    propose([make_figure("-1234.5", period="@SUM(1)", release="\u00a0=1+1", source=source, **columns)])
    row = list(csv.reader(io.StringIO(client.get(DATA).text)))[1]
    assert row[:5] == ["'@SUM(1)", "-1234.5", "", "'=HYPERLINK(1): title", "'\u00a0=1+1"]
