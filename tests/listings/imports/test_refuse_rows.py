"""A bad cell refuses its row alone, with line, column and reason, and leaves what was known of it."""

from pathlib import Path
from typing import Any

import pytest

from listings.imports.refusals import MOST_NAMED, BadCellError, Refusals
from listings.models import CompletionsRow, DirectoryRow, EarningsRow, Program, School
from tests.listings.imports.federal import EARNINGS, Row, Year, earned, program, school, write

pytestmark = pytest.mark.django_db

UNITIDS = range(100_001, 100_021)


def year(folder: Path, number: int, schools: dict[int, Row], programs: dict[int, Row]) -> Year:
    """Twenty schools with a program each; single records replaced by those given, by UNITID."""
    return Year(
        folder,
        number,
        [schools.get(unitid, school(unitid)) for unitid in UNITIDS],
        [programs.get(unitid, program(unitid, awards=number - 2000)) for unitid in UNITIDS],
    )


@pytest.mark.parametrize(
    ("column", "value", "reason"),
    [
        ("INSTNM", "", "no name"),
        ("INSTNM", "x" * 201, "longer than 200 characters"),
        ("INSTNM", "Bad\x07bell", "holds a control character"),
        ("STABBR", "ZZ", "not a state or territory"),
        ("ZIP", "4540", "not a ZIP code"),
        ("CONTROL", 4, "not 1, 2 or 3"),
        ("SECTOR", "two", "not a whole number"),
        ("ICLEVEL", 9, "not from 1 to 3"),
        ("LATITUDE", "139.7", "not from -90 to 90 degrees"),
        ("LONGITUD", "84 W", "not a number of degrees"),
        ("CLOSEDAT", "soon", "not a date such as 05/26/2023"),
        ("CYACTIVE", 7, "not from 1 to 3"),
        ("NEWID", "12", "not from 100,000 to 999,999"),
    ],
)
def test_a_bad_cell_of_a_directory_row(tmp_path: Path, column: str, value: Any, reason: str) -> None:
    year(tmp_path, 2022, {}, {}).load()
    bad = school(100_003, "Renamed") | {column: value}
    report = year(tmp_path, 2023, {100_003: bad}, {}).load()
    [refused] = report["refused"]
    assert refused == {
        "file": "hd2023.csv",
        "line": 4,
        "column": column,
        "value": str(value)[:200],
        "reason": reason,
    }
    assert report["schools"]["listed"] == 20
    row = DirectoryRow.objects.get(school__unitid=100_003)
    assert (row.name, row.year, row.until, row.absent_from) == ("College 100003", 2022, None, None)


@pytest.mark.parametrize(
    ("column", "value", "reason"),
    [
        ("AWLEVEL", "21x", "not a whole number"),
        ("AWLEVEL", 1, "not an award level of the list"),
        ("MAJORNUM", "first", "not a whole number"),
        ("CTOTALT", "12,000", "not a whole number"),
        ("CTOTALT", "-7", "not from 0 to 1,000,000"),
        ("CTOTALT", "1e3", "not a whole number"),
        ("CTOTALT", "٣", "not a whole number"),
    ],
)
def test_a_bad_cell_of_a_completions_row(tmp_path: Path, column: str, value: Any, reason: str) -> None:
    year(tmp_path, 2022, {}, {}).load()
    report = year(tmp_path, 2023, {}, {100_003: program(100_003) | {column: value}}).load()
    [refused] = report["refused"]
    assert (refused["file"], refused["line"], refused["column"]) == ("c2023_a.csv", 4, column)
    assert (refused["value"], refused["reason"]) == (str(value), reason)
    assert report["programs"]["listed"] == 20
    assert report["programs"]["not_reported_any_more"] == 0
    kept = CompletionsRow.objects.get(program__school__unitid=100_003)
    assert (kept.year, kept.awards, kept.until) == (2022, 22, None)
    assert School.objects.get(unitid=100_003).status == "listed"


def test_a_corrected_file_of_the_year_takes_the_row_after_all(tmp_path: Path) -> None:
    year(tmp_path, 2022, {}, {}).load()
    year(tmp_path, 2023, {}, {100_003: program(100_003, awards="?")}).load()
    report = year(tmp_path, 2023, {}, {}).load()
    assert report["programs"]["updated"] == 1
    assert CompletionsRow.objects.get(program__school__unitid=100_003, year=2023).awards == 23


def test_an_unreadable_unitid_says_of_nobody_that_it_is_gone(tmp_path: Path) -> None:
    year(tmp_path, 2022, {}, {}).load()
    broken = {"UNITID": "1000O3"}
    schools, programs = {100_003: school(100_003) | broken}, {100_004: program(100_004) | broken}
    report = year(tmp_path, 2023, schools, programs).load()
    assert [entry["column"] for entry in report["refused"]] == ["UNITID", "UNITID"]
    assert report["schools"]["absent"] == 0
    assert report["schools"]["no_row_any_more"] == 0
    assert School.objects.listed().count() == 20


def test_an_unknown_school_with_a_bad_row_is_not_created(tmp_path: Path) -> None:
    report = year(tmp_path, 2023, {100_003: school(100_003, CONTROL="?")}, {}).load()
    assert [(entry["file"], entry["column"]) for entry in report["refused"]] == [
        ("hd2023.csv", "CONTROL"),
        ("c2023_a.csv", "UNITID"),
    ]
    assert report["refused"][1]["reason"] == "the school's row in the directory file was refused"
    assert not School.objects.filter(unitid=100_003).exists()
    assert report["schools"]["created"] == 19


def test_a_repeated_row_counts_once(tmp_path: Path) -> None:
    programs = [*map(program, UNITIDS), program(100_001, awards=99)]
    schools = [*map(school, UNITIDS), school(100_001, "Twin")]
    report = Year(tmp_path, 2023, schools, programs).load()
    assert [(entry["file"], entry["line"]) for entry in report["refused"]] == [
        ("c2023_a.csv", 22),
        ("hd2023.csv", 22),
    ]
    assert CompletionsRow.objects.get(program__school__unitid=100_001).awards == 12
    assert School.objects.get(unitid=100_001).name == "College 100001"


def test_kinds_of_missing_are_no_bad_cells(tmp_path: Path) -> None:
    codes = {"CONTROL": -3, "ADDR": " ", "ZIP": "-1", "LATITUDE": ".", "GENTELE": "-2", "SECTOR": "-3 "}
    schools = {100_001: school(100_001) | codes}
    report = year(tmp_path, 2023, schools, {100_001: program(100_001, awards=".")}).load()
    assert report["refused"] == []
    row = DirectoryRow.objects.get(school__unitid=100_001)
    assert (row.control, row.address, row.zip, row.latitude, row.sector) == ("", "", "", None, None)
    assert {name: row.missing[name] for name in ("control", "address", "zip", "latitude", "phone")} == {
        "control": "not-available",
        "address": "not-reported",
        "zip": "not-reported",
        "latitude": "not-reported",
        "phone": "not-collected",
    }
    completions = CompletionsRow.objects.get(program__school__unitid=100_001)
    assert (completions.awards, completions.missing) == (None, {"awards": "not-reported"})
    assert report["programs"]["listed"] == 20


def test_padded_numbers_are_numbers(tmp_path: Path) -> None:
    padded = school(
        100_001, SECTOR=" 4", CONTROL="2 ", NEWID="-2 ", CLOSEDAT=" -2", ICLEVEL=" 1", CYACTIVE="1 "
    )
    rows = {100_001: program(" 100001", " 51.0713", " 21 ", " 7")}
    report = year(tmp_path, 2023, {100_001: padded}, rows).load()
    assert report["refused"] == []
    assert DirectoryRow.objects.get(school__unitid=100_001).control == "nonprofit"
    assert Program.objects.get(school__unitid=100_001).cip == "51.0713"


@pytest.mark.parametrize(
    ("given", "stored"),
    [
        ("www.college.example/", "https://www.college.example/"),
        ("HTTP://college.example", "http://college.example"),
        ("//college.example/a", "https://college.example/a"),
        ("college.example:9091/x", "https://college.example:9091/x"),
        ("https://c.example/Net Price/é?a=b c", "https://c.example/Net%20Price/%C3%A9?a=b%20c"),
    ],
)
def test_a_web_address_gets_its_scheme(tmp_path: Path, given: str, stored: str) -> None:
    report = year(tmp_path, 2023, {100_001: school(100_001, WEBADDR=given)}, {}).load()
    assert report["refused"] == []
    assert DirectoryRow.objects.get(school__unitid=100_001).website == stored


@pytest.mark.parametrize(
    "given",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "ftp://college.example/",
        "mailto:a@college.example",
        "https://user@college.example/",
        "www.admissions@college.example/",
        "https://a.example and https://b.example",
        "http:/college.example",
        "college",
        "https://[::1",
        "https://college.example:99999/",
        "https://127.0.0.1/",
        "x" * 501,
    ],
)
def test_an_address_that_leads_nowhere_is_dropped_with_a_line(tmp_path: Path, given: str) -> None:
    report = year(tmp_path, 2023, {100_002: school(100_002, ADMINURL=given)}, {}).load()
    [refused] = report["refused"]
    assert (refused["line"], refused["column"], refused["value"]) == (3, "ADMINURL", given[:200])
    assert refused["reason"].endswith("the row was taken without it")
    row = DirectoryRow.objects.get(school__unitid=100_002)
    assert (row.admissions_url, row.website) == ("", "https://www.college.example/")


def test_a_damaged_telephone_number_is_dropped_with_a_line(tmp_path: Path) -> None:
    schools = {
        100_001: school(100_001, GENTELE="3.34E+13"),
        100_002: school(100_002, GENTELE="33438738777550"),
    }
    report = year(tmp_path, 2023, schools, {}).load()
    assert [entry["column"] for entry in report["refused"]] == ["GENTELE"]
    phones = dict(DirectoryRow.objects.values_list("school__unitid", "phone"))
    assert (phones[100_001], phones[100_002]) == ("", "33438738777550")


def test_a_bad_cell_of_earnings_keeps_what_was_known(tmp_path: Path) -> None:
    name = "Field-of-Study_04172025.csv"
    first = write(tmp_path / name, EARNINGS, [earned(100_001), earned(100_002)])
    year(tmp_path, 2023, {}, {}).load("--earnings", first)
    second = write(tmp_path / name, EARNINGS, [earned(100_001, "$30,000"), earned("NULL")])
    report = year(tmp_path, 2023, {}, {}).load("--earnings", second)
    assert [(entry["line"], entry["column"]) for entry in report["refused"]] == [
        (2, "EARN_MDN_HI_1YR"),
        (3, "UNITID"),
    ]
    assert EarningsRow.objects.open().get().school.unitid == 100_001


def test_a_flood_of_refusals_is_counted_beyond_what_is_named() -> None:
    refusals = Refusals()
    for line in range(MOST_NAMED + 5):
        refusals.add("c2023_a.csv", line, BadCellError("CTOTALT", "x", "not a whole number"))
    assert len(refusals) == MOST_NAMED + 5
    *_named, last = refusals.entries()
    assert last["reason"] == "5 more cells were refused; mend those named here and load again."
