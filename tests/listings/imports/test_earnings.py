"""College Scorecard medians: one row a school, 4-digit CIP and level, each kind of missing as what it is."""

from pathlib import Path
from typing import Any

import pytest

from listings.models import EarningsRow
from tests.listings.imports.federal import EARNINGS, RENAMED, Row, Year, earned, program, school, write

pytestmark = pytest.mark.django_db

NAME = "Most-Recent-Cohorts-Field-of-Study_04172025.csv"


def load(folder: Path, rows: list[Row], header: list[str] = EARNINGS, *options: Any) -> Row:
    year = Year(folder, 2023, [school(100_001)], [program(100_001)])
    return year.load("--earnings", write(folder / NAME, header, rows, "utf-8"), *options)


def test_official_names(tmp_path: Path) -> None:
    row = earned(
        100_001, 30000, EARN_MDN_HI_2YR=31000, EARN_MDN_1YR=1, EARN_MDN_4YR=40000, EARN_MDN_5YR=45000
    )
    load(tmp_path, [row])
    stored = EarningsRow.objects.get()
    assert (stored.cip4, stored.credlev) == ("51.07", 1)
    assert (stored.median_1yr, stored.median_2yr) == (30000, 31000)
    assert (stored.median_4yr, stored.median_5yr) == (40000, 45000)
    assert stored.missing == {}


def test_names_as_a_republisher_changed_them(tmp_path: Path) -> None:
    row = {"UNITID": 100_001, "cipcode": "5107", "credential_level": 3, "earn_mdn_4yr": "51637.0"}
    load(tmp_path, [row], RENAMED)
    stored = EarningsRow.objects.get()
    assert (stored.credlev, stored.median_4yr, stored.median_1yr) == (3, 51637, None)
    assert stored.missing == dict.fromkeys(("median_1yr", "median_2yr", "median_5yr"), "not-published")


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        ("NULL", "not-reported"),
        ("PrivacySuppressed", "suppressed"),
        ("PS", "suppressed"),
        ("", "not-published"),
        ("0", "not-published"),
    ],
)
def test_each_kind_of_missing(tmp_path: Path, cell: str, kind: str) -> None:
    load(tmp_path, [earned(100_001, cell)])
    stored = EarningsRow.objects.get()
    assert stored.median_1yr is None
    assert stored.missing["median_1yr"] == kind


def test_a_release_that_lacks_a_median(tmp_path: Path) -> None:
    header = [name for name in EARNINGS if name != "EARN_MDN_HI_2YR"]
    load(tmp_path, [earned(100_001)], header)
    assert EarningsRow.objects.get().missing["median_2yr"] == "not-published"


@pytest.mark.parametrize("code", ["5107", "51.07", " 5107"])
def test_forms_of_the_code(tmp_path: Path, code: str) -> None:
    load(tmp_path, [earned(100_001, CIPCODE=code)])
    assert EarningsRow.objects.get().cip4 == "51.07"


def test_other_fields_and_schools_stay_out(tmp_path: Path) -> None:
    rows = [earned(100_001, CIPCODE="100"), earned(100_001, CIPCODE="5108"), earned(100_002)]
    report = load(tmp_path, rows)
    assert not EarningsRow.objects.exists()
    assert report["refused"] == []
    assert report["files"][2]["rows"] == 3


def test_a_newer_file_replaces_ends_and_keeps(tmp_path: Path) -> None:
    first = [earned(100_001, CREDLEV=level) for level in (1, 2, 3)]
    load(tmp_path, first)
    report = load(tmp_path, [first[0], earned(100_001, 99000, CREDLEV=2)])
    assert report["schools"]["updated"] == 1
    stored = EarningsRow.objects.order_by("credlev", "since").values_list(
        "credlev", "median_1yr", "since", "until"
    )
    assert list(stored) == [(1, 30000, 1, None), (2, 30000, 1, 2), (2, 99000, 2, None), (3, 30000, 1, 2)]


def test_a_part_of_a_file_ends_nothing(tmp_path: Path) -> None:
    load(tmp_path, [earned(100_001, CREDLEV=level) for level in (1, 2)])
    report = load(tmp_path, [earned(100_001, CREDLEV=3)], EARNINGS, "--partial")
    assert report["outcome"] == "switched"
    assert EarningsRow.objects.open().count() == 3


def test_a_row_that_repeats_another(tmp_path: Path) -> None:
    report = load(tmp_path, [earned(100_001), earned(100_001, 1)])
    assert report["refused"][0]["reason"] == "repeats an earlier row; the first was taken"
    assert EarningsRow.objects.get().median_1yr == 30000
