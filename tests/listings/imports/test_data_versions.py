"""An operator lists versions, reads what one would change, and switches there and back."""

import csv
import io
from collections import Counter
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from listings import differences, versions
from listings.models import DataVersion
from tests.listings.imports.federal import EARNINGS, Row, Year, earned, program, school, write
from tests.proof import count

pytestmark = pytest.mark.django_db

UNITIDS = range(100_001, 100_021)


def run(*arguments: object, code: int = 0) -> str:
    out = io.StringIO()
    ended, said = 0, ""
    try:
        call_command("data_versions", *map(str, arguments), stdout=out)
    except CommandError as error:
        ended, said = error.returncode, str(error)
    assert ended == code, said
    return out.getvalue() + said


@pytest.fixture
def two(tmp_path: Path) -> Path:
    """Version 1 is what readers see; version 2 lies aside."""
    Year(tmp_path, 2022, map(school, UNITIDS), map(program, UNITIDS)).load()
    schools = {unitid: school(unitid) for unitid in (*UNITIDS, 100_021)}
    schools[100_001]["CLOSEDAT"] = "06/30/2023"
    schools[100_002]["INSTNM"] = "=Renamed College"
    schools[100_003]["CITY"] = "Akron"
    del schools[100_004]
    programs = [program(unitid) for unitid in schools if unitid != 100_005]
    Year(tmp_path, 2023, schools.values(), programs).load("--no-switch")
    return tmp_path


def test_before_the_first_load(db: None) -> None:
    assert run("list") == "No version is loaded yet: import_schools loads one.\n"
    assert run("switch", 1, code=2) == "There is no version 1. Loaded: none."


def test_the_list_says_what_each_version_is(two: Path) -> None:
    newest, oldest = run("list").splitlines()
    assert "2023  aside, never seen; loaded" in newest
    assert newest.endswith("C2023_A, HD2023")
    assert "2022  what readers see, since" in oldest
    run("switch", 2)
    newest, oldest = run("list").splitlines()
    assert "what readers see, since" in newest
    assert "seen once; loaded" in oldest
    DataVersion.objects.create(number=3, year=2024)
    assert "not whole" in run("list").splitlines()[0]


def test_what_a_load_would_change_as_counts_and_as_rows(two: Path) -> None:
    lines = run("diff", 2).splitlines()
    assert lines[0] == "Version 2 (2023) beside version 1."
    assert lines[1].startswith("Schools: 1 new, 0 gone, 5 changed (status 3, ")
    assert {"name 1", "city 1"} <= set(lines[1].rstrip(").").split(", "))
    assert lines[2] == "Programs: 1 new, 2 gone, 0 changed."
    assert lines[3] == "Awards: 19 new, 0 gone, 0 changed."
    assert sorted(lines[4].removeprefix("Where schools stand: ").rstrip(".").split(", ")) == [
        "listed to absent 1", "listed to closed 1", "listed to no-row 1",
    ]  # fmt: skip
    assert "schools\tchanged\t100003\tCollege 100003\t\tcity\tDayton\tAkron" in lines
    assert "schools\tnew\t100021\tCollege 100021\t\t\t\t" in lines
    assert lines[-1] == "... and more; --csv FILE writes every row."


def test_every_row_goes_into_a_file_that_no_spreadsheet_runs(two: Path) -> None:
    out = run("diff", 2, "--csv", two / "rows.csv")
    with (two / "rows.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert out.endswith(f"{len(rows)} rows are in {two / 'rows.csv'}.\n")
    [renamed] = [row for row in rows if row["field"] == "name"]
    assert (renamed["before"], renamed["after"]) == ("College 100002", "'=Renamed College")
    assert Counter(row["kind"] for row in rows if row["subject"] == "programs") == {"new": 1, "gone": 2}
    assert "cannot be written" in run("diff", 2, "--csv", two / "none" / "rows.csv", code=2)


def test_a_version_is_compared_with_what_readers_see_or_what_it_was_built_on(two: Path) -> None:
    assert run("diff", 1).splitlines()[0] == "Version 1 (2022) beside nothing: there is no version before it."
    run("switch", 2)
    assert run("diff", 2).splitlines()[0] == "Version 2 (2023) beside version 1."
    back = run("diff", 1).splitlines()
    assert back[0] == "Version 1 (2022) beside version 2."
    assert back[1].startswith("Schools: 0 new, 1 gone, 5 changed")
    assert run("diff", 2, "--beside", 2).splitlines()[1] == "Nothing differs."
    assert run("diff", 1, "--rows", 0).splitlines()[-1] == "... and more; --csv FILE writes every row."


def test_it_switches_there_and_back(two: Path) -> None:
    assert run("switch", 2) == "Version 2 (2023) is what readers see now.\n"
    assert versions.current() == DataVersion(number=2)
    assert run("switch", 2) == "Version 2 (2023) is what readers see already.\n"
    run("switch", 1)
    assert versions.current() == DataVersion(number=1)


def test_what_it_refuses(two: Path) -> None:
    DataVersion.objects.create(number=3, year=2024)
    assert "Refused. Version 3 (2024) is not whole" in run("switch", 3, code=1)
    assert "is not whole" in run("diff", 3, code=1)
    assert run("diff", 9, code=2) == "There is no version 9. Loaded: 3, 2, 1."
    assert run("diff", 2, "--beside", 9, code=2) == "There is no version 9. Loaded: 3, 2, 1."
    assert versions.current() == DataVersion(number=1)


def test_changed_figures_name_their_field(two: Path) -> None:
    files = Year(two / "next", 2022, map(school, UNITIDS), [program(unitid, awards=3) for unitid in UNITIDS])
    earnings = write(two / "Field-of-Study.csv", EARNINGS, [earned(100_001)])
    files.load("--earnings", earnings, "--no-switch")
    rows = list(differences.changes(1, 3, subject="awards"))
    assert {(row.field, row.before, row.after) for row in rows} == {("awards", "12", "3")}
    assert rows[0].what == (
        "Medical Insurance Coding Specialist/Coder 51.0713, Certificate of 12 weeks to 1 year, 2021-22"
    )
    [row] = differences.changes(1, 3, subject="earnings")
    assert (row.kind, row.what) == ("new", "51.07, Undergraduate certificate or diploma")


@pytest.mark.parametrize("seed", range(count(50)))
def test_it_finds_what_two_files_differ_in(tmp_path: Path, seed: int) -> None:
    """A twin that compares the records of the files themselves."""
    random = Random(seed)
    before, after = ({unitid: _any_school(random, unitid) for unitid in UNITIDS} for _ in range(2))
    for schools, year in ((before, 2022), (after, 2023)):
        taught = [program(unitid, awards=1) for unitid in schools]
        Year(tmp_path, year, schools.values(), taught).load(*(["--no-switch"] if year == 2023 else []))
    found = differences.count(1, 2)
    names = {"INSTNM": "name", "CITY": "city", "ZIP": "zip", "SECTOR": "sector"}
    expected = Counter(
        ours
        for unitid in UNITIDS
        for column, ours in names.items()
        if before[unitid][column] != after[unitid][column]
    )
    fields = Counter(found.fields_of("schools"))
    assert Counter({name: fields[name] for name in expected}) == expected
    changed = sum(any(before[unitid][name] != after[unitid][name] for name in names) for unitid in UNITIDS)
    assert found.of("schools") == {"new": 0, "gone": 0, "changed": changed}


def _any_school(random: Random, unitid: int) -> Row:
    columns: dict[str, Any] = {
        "INSTNM": random.choice(["College", "Institute"]) + f" {unitid}",
        "CITY": random.choice(["Dayton", "Akron"]),
        "ZIP": random.choice(["45402", "45402-1234"]),
        "SECTOR": random.choice([1, 4]),
    }
    return school(unitid) | columns
