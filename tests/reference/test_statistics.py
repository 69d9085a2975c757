"""The publishers' whole files, value by value against what an importer must read from them."""

import csv
import gzip
import json
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings

from content.lib.tables import open_tables
from content.models import Observation, Statistic
from content.providers import oews_files
from content.providers.starter import COLUMNS, read_starter
from tests.content.statistics.loads import history, load
from tests.proof import PROOF

pytestmark = [pytest.mark.reference, pytest.mark.django_db, pytest.mark.slow, pytest.mark.once]

MEASURES = {
    "employment": "employment",
    "annual_mean": "mean-annual",
    "annual_median": "median-annual",
    "p10": "p10-annual",
    "p25": "p25-annual",
    "p75": "p75-annual",
    "p90": "p90-annual",
}
MARKS = {"#": "top", "*": "not-available", "**": "not-available"}
STARTER = Path(django_settings.BASE_DIR) / "directory" / "starter" / "figures.csv"


@pytest.fixture
def bls(reference: Path) -> Path:
    return reference / "data" / "bls"


def expected(bls: Path) -> dict[str, Any]:
    return json.loads((bls / "expected_national.json").read_text(encoding="utf-8"))["years"]


def wanted(value: Any) -> Any:
    return MARKS[value] if isinstance(value, str) else Decimal(value)


@pytest.mark.parametrize("year", ["2013", "2014", "2018", "2020", "2021", "2022"])
def test_every_national_value_reads_equal(bls, year):
    told = expected(bls)[year]
    path = bls / told["file"]
    occupations = told["occupations"] | told["occupations_with_special_values"]
    read = 0
    for table in open_tables(path):
        if not oews_files.recognises(table):
            continue
        header = table.head[0][1]
        assert (len(header), header[:4]) == (told["columns"], told["header_first"])
        batch = oews_files.read(table, occupations)
        assert batch.rows == told["data_rows"]
        assert not batch.refusals
        values = {(each.key, each.period): each.missing or each.value for each in batch.figures}
        for code, row in occupations.items():
            for name, measure in MEASURES.items():
                key = (f"oews.{code}.us.{measure}", f"May {year}")
                if row is None:
                    assert key not in values
                else:
                    assert values[key] == wanted(row[name]), key
                    read += 1
    assert read == 7 * sum(row is not None for row in occupations.values())


@pytest.mark.parametrize("year", ["2013", "2014", "2018", "2020", "2021", "2022"])
def test_every_special_mark_is_counted(bls, year):
    told = expected(bls)[year]
    columns = [oews_files.BY_KEY[measure].official for measure in MEASURES.values()]
    found: Counter[str] = Counter()
    for table in open_tables(bls / told["file"]):
        if oews_files.recognises(table):
            names = [name.lower() for name in table.head[0][1]]
            places = [names.index(column) for column in columns]
            found.update(cells[place] for _line, cells in table.rows for place in places)
    special = {mark: number for mark, number in found.items() if mark in MARKS}
    assert special == told["special_cells_in_these_seven_columns"]


def test_the_command_stores_what_the_files_say(bls, tmp_path):
    years = expected(bls)
    code, report = load(*(bls / told["file"] for told in years.values()), report=tmp_path / "report.json")
    assert (code, report["refused"]) == (0, [])
    stored = {
        (key, period): missing or value
        for key, period, value, missing in Observation.objects.accepted().values_list(
            "statistic__key", "period", "value", "missing"
        )
    }
    compared = 0
    for year, told in years.items():
        for occupation, row in told["occupations"].items():
            for name, measure in MEASURES.items():
                found = stored.get((f"oews.{occupation}.us.{measure}", f"May {year}"))
                assert found == (None if row is None else wanted(row[name]))
                compared += row is not None
    assert compared == 7 * 20
    assert not Observation.objects.waiting().exists()


@pytest.mark.proof
@pytest.mark.parametrize("name", ["oews_2025_national_state", "oews_2025_area_292072"])
def test_every_cell_of_the_state_and_area_files_is_stored(bls, tmp_path, name):
    code, report = load(bls / f"{name}_wide.csv.gz", report=tmp_path / "report.json")
    assert (code, report["refused"]) == (0, [])
    stored = {
        key: missing or value
        for key, value, missing in Observation.objects.accepted().values_list(
            "statistic__key", "value", "missing"
        )
    }
    with gzip.open(bls / f"{name}_wide.csv.gz", "rt", encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    for row in rows:
        code, occupation = row["area_code"], row["occupation_code"]
        area = oews_files.area(code).code
        for measure in oews_files.MEASURES:
            text = next(value for column, value in row.items() if column.lower() == measure.wide)
            key = f"oews.{occupation[:2]}-{occupation[2:]}.{area}.{measure.key}"
            assert stored.pop(key) == ("not-available" if text == "-" else Decimal(text)), key
    assert not stored
    before = history()
    code, report = load(bls / f"{name}_series.csv.gz", report=tmp_path / "report.json")
    assert (code, report["outcome"], report["refused"]) == (0, "unchanged", [])
    assert history() == before


def test_projections_are_stored_as_the_tables_say(bls):
    load(bls / "ep_2024_2034_table_1_2.csv", bls / "ep_2024_2034_table_1_10.csv")
    with (bls / "ep_2024_2034_table_1_2.csv").open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.reader(lines) if len(row) > 1]
    stored = dict(Observation.objects.accepted().values_list("statistic__key", "value"))
    compared = 0
    for row in rows:
        key = f"ep.{row[1]}.us."
        if f"{key}employment" in stored:
            compared += 1
            assert stored[f"{key}employment"] == Decimal(row[3]) * 1000
            assert stored[f"{key}employment-projected"] == Decimal(row[4]) * 1000
            assert stored[f"{key}change-number"] == Decimal(row[7]) * 1000
            assert stored[f"{key}change-percent"] == Decimal(row[8])
            assert stored[f"{key}openings"] == Decimal(row[10]) * 1000
            assert stored[f"{key}median-annual"] == Decimal(row[11])
    assert compared == 14


def test_the_starter_figures_are_those_of_the_files(bls):
    load(
        *sorted(bls.glob("national_*")),
        *sorted(bls.glob("ep_*")),
        bls / "oews_2025_national_state_wide.csv.gz",
    )
    columns = ("statistic__key", "period", "release", "value", "missing", "source__title", "source__url")
    stored = set(Observation.objects.accepted().values_list(*columns))
    starter = read_starter(STARTER)
    with STARTER.open(encoding="utf-8", newline="") as lines:
        table = list(csv.DictReader(lines))
    assert list(table[0]) == list(COLUMNS)
    assert [(row["key"], row["period"], row["release"]) for row in table] == [
        (each.key, each.period, each.release) for each in starter
    ]
    for each in starter:
        origin = each.source
        row = (each.key, each.period, each.release, each.value, each.missing, origin.title, origin.url)
        assert row in stored
    assert len(starter) == 47


def test_the_whole_set_is_one_history_forwards_and_backwards(bls, tmp_path):
    """Of the files of states and areas, which are most of the rows, under `make proof` alone."""
    names = ("national_*", "ep_*", *(["oews_2025_*"] if PROOF else []))
    paths = [path for name in names for path in sorted(bls.glob(name))]
    load(*paths, report=tmp_path / "report.json")
    forwards = history()
    Statistic.objects.update(current=None, predecessor=None)
    Observation.objects.all().delete()
    Statistic.objects.all().delete()
    load(*paths[::-1], report=tmp_path / "report.json")
    assert len(forwards) >= (16873 if PROOF else 1000)
    assert history() == forwards
