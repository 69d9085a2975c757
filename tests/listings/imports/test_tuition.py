"""What the largest programs cost: read from IC_PY files, kept by year, counted while it is not too old."""

import gzip
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from listings.loading import expire_due, expired, rebuild_listing
from listings.models import FederalFile, ListingRow, Program, TuitionRow
from listings.statements import state
from tests.listings.imports.federal import TUITION, Row, Year, charged, program, school, write

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 28, 15, tzinfo=UTC)


def year(folder: Path, of: int = 2023, programs: list[Row] | None = None) -> Year:
    return Year(folder, of, [school(100_001), school(100_002)], programs or [program(100_001)])


def load(folder: Path, rows: list[Row], *options: Any, name: str = "ic2023_py.csv", **more: Any) -> Row:
    """Loads 2023 with a tuition file of the rows."""
    return year(folder).load("--tuition", write(folder / name, TUITION, rows, "ascii"), *options, **more)


def test_each_program_is_a_row_with_its_release_and_year(tmp_path: Path) -> None:
    row = charged(100_001, {2: ("51.0713", 10921, 250, 34, 2, 10), 5: ("51.071", 9000, ".", 720, 1, 9)})
    report = load(tmp_path, [row])
    assert report["outcome"] == "switched"
    assert report["files"][2]["name"] == "ic2023_py.csv"
    assert report["files"][2]["rows"] == 1
    coding, office = TuitionRow.objects.order_by("size_rank")
    assert (coding.cip, coding.size_rank, coding.year) == ("51.0713", 2, 2023)
    assert (coding.tuition, coding.supplies, coding.length, coding.months) == (10921, 250, 34, 10)
    assert coding.get_measure_display() == "credit hours"
    assert (coding.since, coding.until, coding.missing) == (1, None, {})
    assert (coding.file.kind, coding.file.release) == (FederalFile.Kind.TUITION, "IC2023_PY")
    assert (office.cip, office.supplies) == ("51.0710", None)
    assert office.get_measure_display() == "contact hours"
    assert office.missing == {"supplies": "not-reported"}


def test_the_largest_program_of_a_school_with_first_time_students(tmp_path: Path) -> None:
    row = charged(100_001, {1: ("51.0713", ".", ".", 34, 2, 10)}, CHG1PY3=14290, CHG4PY3=600)
    load(tmp_path, [row])
    stored = TuitionRow.objects.get()
    assert (stored.size_rank, stored.tuition, stored.supplies) == (1, 14290, 600)


def test_no_tuition_is_not_a_free_program(tmp_path: Path) -> None:
    free, silent = {1: ("51.0713", 0, 0, 34, 2, 10)}, {1: ("51.0713", ".", ".", ".", -2, ".")}
    year(tmp_path, programs=[program(100_001), program(100_002)]).load(
        "--tuition",
        write(tmp_path / "ic2023_py.csv", TUITION, [charged(100_001, free), charged(100_002, silent)]),
    )
    first, second = TuitionRow.objects.order_by("school__unitid")
    assert (first.tuition, first.supplies) == (0, 0)
    assert (second.tuition, second.months, second.measure) == (None, None, None)
    assert set(second.missing) == {"tuition", "supplies", "length", "measure", "months"}
    assert second.missing["measure"] == "not-collected"


def test_other_fields_and_schools_stay_out(tmp_path: Path) -> None:
    rows = [
        charged(
            100_001,
            {
                1: ("1.0901", 9000, 0, 1500, 1, 12),
                3: ("51", 9, 0, 9, 1, 9),
                2: ("-2", ".", ".", ".", -2, "."),
            },
        ),
        charged(100_009, {1: ("51.0713", 9000, 0, 1500, 1, 12)}),
    ]
    assert load(tmp_path, rows)["refused"] == []
    assert not TuitionRow.objects.exists()


@pytest.mark.parametrize("end", ["", ",", " "])
def test_the_end_of_the_header_and_of_the_records_may_be_loose(tmp_path: Path, end: str) -> None:
    path = write(tmp_path / "ic2023_py.csv", TUITION, [charged(100_001, {1: ("51.0713", 1, 1, 1, 1, 1)})])
    header, *records = path.read_text("utf-8-sig").splitlines()
    lines = [header + (" " if end == " " else ""), *(record + end.strip() for record in records)]
    packed = tmp_path / "ic2023_py.csv.gz"
    packed.write_bytes(gzip.compress("\n".join(lines).encode()))
    assert year(tmp_path).load("--tuition", packed)["outcome"] == "switched"
    assert TuitionRow.objects.get().months == 1


@pytest.mark.parametrize(
    ("place", "column", "cell", "reason"),
    [
        (2, "CIPTUIT2", "free", "not a whole number"),
        (2, "CIPTUIT2", "9999999", "not from 0 to 1,000,000"),
        (2, "MTHCMP2", "0", "not from 1 to 120"),
        (2, "PRGMSR2", "3", "not from 1 to 2"),
        (2, "CIPCODE2", "51-0713", "not a CIP code such as 51.0713"),
        (1, "CHG1PY3", "-5", "not from 0 to 1,000,000"),
    ],
)
def test_a_bad_cell_refuses_its_program_alone_and_leaves_what_was_known(
    tmp_path: Path, place: int, column: str, cell: str, reason: str
) -> None:
    coding = ("51.0713", "." if place == 1 else 9000, 0, 34, 2, 10)
    good = charged(100_001, {place: coding, 3: ("51.0714", 8000, 0, 30, 2, 9)}, CHG1PY3=9000)
    load(tmp_path, [good])
    report = load(tmp_path, [good | {column: cell, "CIPTUIT3": 8500}])
    [entry] = report["refused"]
    assert (entry["file"], entry["line"], entry["column"]) == ("ic2023_py.csv", 2, column)
    assert (entry["value"], entry["reason"]) == (cell, reason)
    assert dict(TuitionRow.objects.open().values_list("cip", "tuition")) == {
        "51.0713": 9000,
        "51.0714": 8500,
    }


def test_a_load_without_tuition_keeps_what_was_known(tmp_path: Path) -> None:
    load(tmp_path, [charged(100_001, {1: ("51.0713", 9000, 0, 34, 2, 10)})])
    year(tmp_path, programs=[program(100_001, awards=99)]).load()
    stored = TuitionRow.objects.at_version(2).get()
    assert (stored.since, stored.until, stored.file.release) == (1, None, "IC2023_PY")


def test_a_second_run_changes_nothing_and_a_newer_cell_is_a_new_row(tmp_path: Path) -> None:
    row = charged(100_001, {1: ("51.0713", 9000, 0, 34, 2, 10), 2: ("51.0714", 8000, 0, 34, 2, 10)})
    load(tmp_path, [row])
    assert load(tmp_path, [row])["outcome"] == "unchanged"
    report = load(tmp_path, [charged(100_001, {1: ("51.0713", 9500, 0, 34, 2, 10)})])
    assert report["schools"]["updated"] == 1
    spans = TuitionRow.objects.order_by("cip", "since").values_list("cip", "tuition", "since", "until")
    assert list(spans) == [
        ("51.0713", 9000, 1, 2),
        ("51.0713", 9500, 2, None),
        ("51.0714", 8000, 1, 2),
    ]


def test_an_older_year_loaded_last_is_history_and_moves_nothing_back(tmp_path: Path) -> None:
    load(tmp_path, [charged(100_001, {1: ("51.0713", 9000, 0, 34, 2, 10)})])
    old = [charged(100_001, {1: ("51.0713", 4000, 0, 34, 2, 10)})]
    assert load(tmp_path, old, name="ic2014_py.csv")["outcome"] == "switched"
    rebuild_listing(2, at=NOW)
    assert sorted(TuitionRow.objects.open().values_list("year", "tuition")) == [(2014, 4000), (2023, 9000)]
    assert ListingRow.objects.get().tuition == 9000


def test_it_counts_in_lists_until_its_third_year_is_over(tmp_path: Path) -> None:
    load(tmp_path, [charged(100_001, {1: ("51.0713", 9000, 0, 34, 2, 10)})])
    rebuild_listing(1, at=NOW)
    row = ListingRow.objects.get()
    assert (row.tuition, row.tuition_year, row.months) == (9000, 2023, 10)
    assert row.charges_file == FederalFile.objects.get(kind="tuition")
    next_year = NOW.replace(year=2027)
    assert expired(NOW) == []
    assert expired(next_year) == [row.school_id]
    assert expire_due(next_year) == {"schools": 1}
    row.refresh_from_db()
    assert (row.tuition, row.tuition_year, row.months, row.charges_file) == (None, None, None, None)
    assert expired(next_year) == []


def test_months_alone_expire_as_well(tmp_path: Path) -> None:
    load(tmp_path, [charged(100_001, {2: ("51.0713", ".", ".", 34, 2, 10)})])
    rebuild_listing(1, at=NOW)
    assert ListingRow.objects.get().months == 10
    expire_due(NOW.replace(year=2027))
    assert ListingRow.objects.get().months is None


def test_of_two_programs_with_one_code_nobody_knows_whose_it_is(tmp_path: Path) -> None:
    row = charged(100_001, {1: ("51.0713", 9000, 0, 34, 2, 10)})
    year(tmp_path, programs=[program(100_001), program(100_001, level=2)]).load(
        "--tuition", write(tmp_path / "ic2023_py.csv", TUITION, [row])
    )
    rebuild_listing(1, at=NOW)
    assert list(ListingRow.objects.values_list("tuition", "months")) == [(None, None), (None, None)]


def test_of_two_figures_with_one_code_nobody_knows_which_counts(tmp_path: Path) -> None:
    two = {1: ("51.0713", 9000, 0, 34, 2, 10), 2: ("51.0713", 5000, 0, 17, 2, 5)}
    load(tmp_path, [charged(100_001, two)])
    rebuild_listing(1, at=NOW)
    assert TuitionRow.objects.count() == 2
    assert ListingRow.objects.get().tuition is None


def test_what_is_stated_goes_before_it_while_it_counts(tmp_path: Path) -> None:
    load(tmp_path, [charged(100_001, {1: ("51.0713", 9000, 0, 34, 2, 10)})])
    taught = Program.objects.get()
    shared: dict[str, Any] = {"school": taught.school, "program": taught, "field": "tuition", "by": "school"}
    last_day = NOW.replace(year=2027)
    state(**shared, value={"amount": 7000, "year": 2026}, valid_until=last_day, at=NOW)
    rebuild_listing(1, [taught.school_id], at=NOW)
    row = ListingRow.objects.get()
    assert (row.tuition, row.tuition_year, row.months) == (7000, 2026, 10)
    assert row.charges_file is not None
    state(**shared, value={"amount": 6000, "year": 2020}, at=NOW)
    rebuild_listing(1, [taught.school_id], at=NOW)
    row.refresh_from_db()
    assert (row.tuition, row.tuition_year) == (9000, 2023)


def test_files_that_are_no_tuition_are_refused(tmp_path: Path) -> None:
    files = year(tmp_path)
    report = files.load("--tuition", files.directory, code=1)
    assert report["reason"] == (
        "hd2023.csv is a directory file, but was given as a tuition file of program-year institutions."
        " Swap the files."
    )
    nameless = write(tmp_path / "tuition.csv", TUITION, [])
    assert "does not tell its year by its name" in files.load("--tuition", nameless, code=1)["reason"]
    torn = write(tmp_path / "ic2023_py.csv", TUITION[:-1], [])
    assert "has no column MTHCMP6" in files.load("--tuition", torn, code=1)["reason"]
