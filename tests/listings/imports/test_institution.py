"""College Scorecard's institution file: the accreditor and figures of whole schools."""

from pathlib import Path
from typing import Any

import pytest

from listings.models import FederalFile, InstitutionRow
from tests.listings.imports.federal import INSTITUTION, Row, Year, institution, program, school, write

pytestmark = pytest.mark.django_db

NAME = "Most-Recent-Cohorts-Institution_04192023.csv"


def load(
    folder: Path, rows: list[Row], *options: Any, header: list[str] = INSTITUTION, name: str = NAME
) -> Row:
    year = Year(folder, 2023, [school(100_001), school(100_002)], [program(100_001), program(100_002)])
    return year.load("--institution", write(folder / name, header, rows, "utf-8"), *options)


def test_a_row_is_kept_with_its_release(tmp_path: Path) -> None:
    figures = {"TUITIONFEE_IN": "8568", "TUITIONFEE_OUT": "20400.0", "MD_EARN_WNE_P10": 54501}
    report = load(tmp_path, [institution(100_001, "Higher Learning Commission", **figures)])
    assert report["files"][2] == {
        "name": NAME, "rows": 1, "sha256": FederalFile.objects.get(kind="institution").sha256
    }  # fmt: skip
    stored = InstitutionRow.objects.get()
    assert stored.school.unitid == 100_001
    assert stored.accreditor == "Higher Learning Commission"
    assert (stored.tuition_in_state, stored.tuition_out_of_state) == (8568, 20400)
    assert (stored.median_6yr, stored.median_10yr) == (None, 54501)
    assert stored.missing == {"median_6yr": "suppressed"}
    assert stored.file.release == "Institution, April 19, 2023"


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
    load(tmp_path, [institution(100_001, MD_EARN_WNE_P6=cell)])
    stored = InstitutionRow.objects.get()
    assert stored.median_6yr is None
    assert stored.missing["median_6yr"] == kind
    assert (stored.accreditor, stored.missing["accreditor"]) == ("", "not-reported")


def test_no_tuition_is_a_value(tmp_path: Path) -> None:
    load(tmp_path, [institution(100_001, TUITIONFEE_IN="0")])
    assert InstitutionRow.objects.get().tuition_in_state == 0


def test_a_release_that_carries_a_part_of_the_columns(tmp_path: Path) -> None:
    header = ["UNITID", "INSTNM", "STABBR", "MD_EARN_WNE_P10", "MD_EARN_WNE_P6"]
    load(tmp_path, [institution(100_001, MD_EARN_WNE_P10="54501.0")], header=header, name="earnings.csv")
    stored = InstitutionRow.objects.get()
    assert (stored.median_10yr, stored.accreditor) == (54501, "")
    assert stored.missing["accreditor"] == stored.missing["tuition_in_state"] == "not-published"
    assert stored.file.release == "earnings"


def test_a_bad_cell_refuses_its_row_alone_and_branches_are_nobody_of_ours(tmp_path: Path) -> None:
    rows = [institution(100_001, "Old agency"), institution(100_002, "Old agency")]
    load(tmp_path, rows)
    rows = [
        institution(100_001, "New agency", TUITIONFEE_IN="$8,568"),
        institution(100_002, "New agency"),
        institution("48511101", "New agency"),
    ]
    report = load(tmp_path, rows)
    [entry] = report["refused"]
    assert (entry["line"], entry["column"], entry["value"]) == (2, "TUITIONFEE_IN", "$8,568")
    agencies = InstitutionRow.objects.open().order_by("school__unitid").values_list("accreditor", flat=True)
    assert list(agencies) == ["Old agency", "New agency"]


def test_a_load_without_it_keeps_it_and_one_that_lacks_a_school_ends_it(tmp_path: Path) -> None:
    rows = [institution(100_001, "Agency"), institution(100_002, "Agency")]
    load(tmp_path, rows)
    Year(
        tmp_path, 2023, [school(100_001), school(100_002)], [program(100_001, awards=1), program(100_002)]
    ).load()
    assert InstitutionRow.objects.at_version(2).count() == 2
    assert load(tmp_path, rows[:1], "--partial")["outcome"] == "switched"
    assert InstitutionRow.objects.open().count() == 2
    load(tmp_path, rows[:1])
    assert list(InstitutionRow.objects.open().values_list("school__unitid", flat=True)) == [100_001]


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    year = Year(tmp_path, 2023, [school(100_001)], [program(100_001)])
    report = year.load("--institution", year.completions, code=1)
    assert report["reason"].startswith("c2023_a.csv is a completions file, but was given as a College")
    swapped = write(tmp_path / NAME, INSTITUTION, [])
    report = year.load("--earnings", swapped, code=1)
    assert "is a College Scorecard institution file, but was given as a field-of-study" in report["reason"]
