"""One year, then the next: whole, damaged, torn and halved; and back, byte for byte."""

from pathlib import Path
from random import Random

import pytest
from django.core.management import call_command
from django.test import Client

from listings.models import DataVersion, DirectoryRow, ReportedRow, School
from tests.listings.imports import damage
from tests.listings.imports.federal import Row, Year, program, school

pytestmark = pytest.mark.django_db

UNITIDS = range(100_001, 100_071)
NEW = 100_071


def older(folder: Path) -> Year:
    taught = [program(unitid, awards=unitid % 90) for unitid in UNITIDS]
    return Year(folder, 2022, map(school, UNITIDS), taught)


def records() -> tuple[list[Row], list[Row]]:
    """The next year: one school new, one closed, one absent, one without a program, some renamed."""
    schools = {unitid: school(unitid) for unitid in (*UNITIDS, NEW)}
    schools[100_001]["CLOSEDAT"] = "06/30/2023"
    schools[100_003]["INSTNM"] = "Another Name"
    del schools[100_002]
    programs = [program(unitid, awards=unitid % 70) for unitid in schools if unitid != 100_004]
    return list(schools.values()), programs


def newer(folder: Path) -> Year:
    return Year(folder, 2023, *records())


def test_switching_back_restores_every_page_byte_for_byte(client: Client, tmp_path: Path) -> None:
    older(tmp_path).load()
    before = damage.seen(client)
    assert len(before) == 4 + 70
    newer(tmp_path).load()
    after = damage.seen(client)
    assert after.keys() - before.keys() == {School.objects.get(unitid=NEW).get_absolute_url()}
    assert all(after[address] != before[address] for address in before)
    call_command("data_versions", "switch", "1")
    assert damage.seen(client) == before
    assert client.get(f"/schools/college-{NEW}/").status_code == 404
    call_command("data_versions", "switch", "2")
    assert damage.seen(client) == after


@pytest.mark.parametrize("seed", range(5))
def test_damaged_rows_are_reported_and_leave_what_was_known(tmp_path: Path, seed: int) -> None:
    random = Random(seed)
    older(tmp_path).load()
    schools, programs = records()
    spoilt = damage.spoil(schools, damage.DIRECTORY, 0.03, random)
    cut = damage.spoil(programs, damage.COMPLETIONS, 0.03, random)
    report = Year(tmp_path, 2023, schools, programs).load()
    assert report["outcome"] == "switched"
    named = {(entry["file"], entry["line"]) for entry in report["refused"]}
    lines = [row["UNITID"] for row in programs]
    for _row, row in spoilt:
        if row["UNITID"] == NEW:
            continue
        [known] = DirectoryRow.objects.at_version(2).filter(school__unitid=row["UNITID"])
        assert (known.year, known.absent_from) == (2022, None)
    for _row, row in cut:
        assert ReportedRow.objects.at_version(2).filter(program__school__unitid=row["UNITID"]).exists()
        assert ("c2023_a.csv", lines.index(row["UNITID"]) + 2) in named


def test_two_fifths_of_the_schools_missing_is_refused_and_says_why(client: Client, tmp_path: Path) -> None:
    older(tmp_path).load()
    before = damage.seen(client)
    schools, programs = records()
    rest = schools[28:]
    kept = {row["UNITID"] for row in rest}
    report = Year(tmp_path, 2023, rest, [row for row in programs if row["UNITID"] in kept]).load(code=1)
    assert report["outcome"] == "refused"
    assert report["reason"].startswith(
        "29 of 70 (41%) of the schools known so far are not in hd2023.csv; 10 % are accepted."
    )
    assert damage.seen(client) == before
    assert DataVersion.objects.count() == 1


@pytest.mark.parametrize("halved", ["both", "completions"])
def test_half_of_the_same_year_is_refused_and_as_a_part_makes_nobody_gone(
    client: Client, tmp_path: Path, halved: str
) -> None:
    newer(tmp_path).load()
    statuses = dict(School.objects.values_list("unitid", "status"))
    schools, programs = records()
    programs[1]["CTOTALT"] = 999
    half = [row for row in schools if row["UNITID"] % 2] if halved == "both" else schools
    odd = [row for row in programs if row["UNITID"] % 2]
    added = program(100_011, "51.0707", 3)
    year = Year(tmp_path, 2023, half, [*odd, added])
    assert year.load(code=1)["outcome"] == "refused"
    assert School.objects.listed().count() == 68
    report = year.load("--partial")
    assert report["outcome"] == "switched"
    assert report["programs"]["created"] == 1
    gone = ("closed", "merged", "absent", "no_row_any_more")
    assert [report["schools"][word] for word in gone] == [1, 0, 0, 0]
    assert report["programs"]["not_reported_any_more"] == 0
    assert dict(School.objects.values_list("unitid", "status")) == statuses
