"""The real federal files of two years, loaded as an operator does: every figure and every row."""

import csv
import gzip
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from listings import samples
from listings.imports import cells
from listings.models import (
    CompletionsRow,
    DataVersion,
    DirectoryRow,
    EarningsRow,
    ListingRow,
    Program,
    ReportedRow,
    School,
)
from tests.listings.imports.federal import Row, load
from tests.listings.imports.site import Site
from tests.listings.imports.test_writes_go_on import time_transactions

pytestmark = [pytest.mark.reference, pytest.mark.slow]

CONTROLS = {"1": "public", "2": "nonprofit", "3": "forprofit", "-3": ""}
MEASURE = """
import sys, time
from pathlib import Path
begun = time.monotonic()
import django
django.setup()
from listings.loading import Order, load
directory, completions, *earnings = map(Path, sys.argv[1:])
report = load(Order(directory=directory, completions=(completions,), earnings=tuple(earnings)))
status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
peak = int(status["VmHWM"].split()[0]) / 1024
print(report.outcome, peak, time.monotonic() - begun, time.process_time())
"""


def records(path: Path) -> Iterator[dict[str, str]]:
    with gzip.open(path, "rt", encoding="utf-8-sig", newline="") as lines:
        yield from csv.DictReader(lines)


class Files:
    """The files of both years, and the directory that was joined from the newer ones."""

    def __init__(self, folder: Path) -> None:
        ipeds = folder / "ipeds"
        self.older = (ipeds / "hd2022.csv.gz", ipeds / "c2022_a_major1_5107.csv.gz")
        self.newer = (ipeds / "hd2023.csv.gz", ipeds / "c2023_a_major1.csv.gz")
        self.earnings = folder / "scorecard" / "fos_2025_04_17_earnings.csv.gz"
        self.institutions = folder / "directory" / "institutions_5107_2023.csv.gz"
        self.programs = folder / "directory" / "programs_5107_2023.csv.gz"


@pytest.fixture
def files(reference: Path) -> Files:
    return Files(reference / "data")


def load_year(files: Files, folder: Path, *, newer: bool) -> Row:
    """Through links, so that the report is written into a folder of the test."""
    given = [*files.newer, files.earnings] if newer else [*files.older]
    links = [folder / path.name for path in given]
    for link, path in zip(links, given, strict=True):
        link.unlink(missing_ok=True)
        link.symlink_to(path)
    return load(links[0], [links[1]], *(["--earnings", links[2]] if newer else []))


@pytest.fixture
def both(db: None, files: Files, tmp_path: Path) -> tuple[Row, Row]:
    return load_year(files, tmp_path, newer=False), load_year(files, tmp_path, newer=True)


def test_the_counts_of_both_years(both: tuple[Row, Row]) -> None:
    first, second = both
    assert (first["outcome"], second["outcome"]) == ("switched", "switched")
    assert (first["schools"]["created"], first["programs"]["created"]) == (1467, 3409)
    assert first["awards"] == {"2022": 66239}
    assert second["awards"] == {"2023": 64617}
    assert (second["schools"]["created"], second["programs"]["created"]) == (28, 190)
    assert second["programs"]["not_reported_any_more"] == 213
    stand = ("listed", "closed", "merged", "absent", "no_row_any_more")
    assert [second["schools"][word] for word in stand] == [1407, 18 + 3, 6, 4, 57]
    assert sum(second["schools"][word] for word in stand) == 1495
    assert second["refused"] == []


def test_where_every_school_stands(both: tuple[Row, Row]) -> None:
    statuses = {status: School.objects.filter(status=status) for status in School.Status.values}
    assert {status: schools.count() for status, schools in statuses.items()} == {
        "listed": 1407, "closed": 21, "merged": 6, "absent": 4, "no-row": 57, "unseen": 0,
    }  # fmt: skip
    reporting = set(ReportedRow.objects.at_version(2).values_list("program__school", flat=True))
    assert len(reporting) == 1410
    assert statuses["closed"].filter(pk__in=reporting).count() == 3
    assert statuses["closed"].exclude(closed_on=None).count() == 21
    assert statuses["closed"].filter(status_year=2022).count() == 3
    merged = {
        school.successor.name for school in statuses["merged"].select_related("successor") if school.successor
    }
    assert merged == {"Connecticut State Community College"}
    assert set(statuses["no-row"].values_list("last_awards_year", flat=True)) == {2022}
    assert ListingRow.objects.count() == 3383
    newest = CompletionsRow.objects.at_version(2).filter(year=2023)
    assert (newest.count(), newest.values("program__school").distinct().count()) == (3386, 1410)


def test_every_row_of_the_joined_directory(both: tuple[Row, Row], files: Files) -> None:
    rows = {row.school.unitid: row for row in DirectoryRow.objects.at_version(2).select_related("school")}
    expected = list(records(files.institutions))
    assert len(expected) == 1410
    for wanted in expected:
        row = rows[int(wanted["UNITID"])]
        texts = {
            "INSTNM": row.name, "IALIAS": row.aliases, "ADDR": row.address, "CITY": row.city,
            "STABBR": row.state, "ZIP": row.zip, "COUNTYNM": row.county, "GENTELE": row.phone,
        }  # fmt: skip
        assert texts == {name: wanted[name].strip() for name in texts}
        assert (row.latitude, row.longitude) == (float(wanted["LATITUDE"]), float(wanted["LONGITUD"]))
        assert row.control == CONTROLS[wanted["CONTROL"]]
        numbers = (row.sector, row.level, row.active)
        assert numbers == tuple(int(wanted[name]) for name in ("SECTOR", "ICLEVEL", "CYACTIVE"))
        assert row.closed_at == wanted["CLOSEDAT"].replace("-2", "")
        assert row.new_unitid == (None if wanted["NEWID"] == "-2" else int(wanted["NEWID"]))
        for name, stored in (("WEBADDR", row.website), ("ADMINURL", row.admissions_url)):
            assert stored == (
                cells.web_address(wanted[name], name, longest=500) if wanted[name].strip() else ""
            )


def test_every_program_with_its_awards_and_earnings(both: tuple[Row, Row], files: Files) -> None:
    awards = {
        (row.program.school.unitid, row.program.cip, row.program.award_level): row.awards
        for row in CompletionsRow.objects.at_version(2).filter(year=2023).select_related("program__school")
    }
    medians = {
        (row.school.unitid, row.credlev): (row.median_1yr, row.median_4yr, row.median_5yr)
        for row in EarningsRow.objects.at_version(2).filter(cip4="51.07").select_related("school")
    }
    expected = list(records(files.programs))
    assert len(expected) == len(awards) == 3386
    for wanted in expected:
        key = (int(wanted["UNITID"]), wanted["CIPCODE"], int(wanted["AWLEVEL"]))
        assert awards[key] == int(wanted["CTOTALT"])
        program = Program(cip=wanted["CIPCODE"], award_level=int(wanted["AWLEVEL"]))
        assert program.get_award_level_display()
        names = ("FOS5107_earn_mdn_1yr", "FOS5107_earn_mdn_4yr", "FOS5107_earn_mdn_5yr")
        figures = tuple(int(float(wanted[name])) if wanted[name] else None for name in names)
        assert medians.get((int(wanted["UNITID"]), int(wanted["CREDLEV"])), (None,) * 3) == figures


def test_letters_of_the_older_encoding_are_intact(db: None, files: Files, tmp_path: Path) -> None:
    load_year(files, tmp_path, newer=False)
    names = {row.school.unitid: row for row in DirectoryRow.objects.select_related("school")}
    with gzip.open(files.older[0], "rt", encoding="cp1252", newline="") as lines:
        wanted = {int(row["UNITID"]): row for row in csv.DictReader(lines)}
    accented = 0
    for unitid, row in names.items():
        assert (row.name, row.aliases) == (wanted[unitid]["INSTNM"].strip(), wanted[unitid]["IALIAS"].strip())
        accented += not (row.name + row.aliases).isascii()
    assert accented > 0


def test_a_second_run_changes_nothing(both: tuple[Row, Row], files: Files, tmp_path: Path) -> None:
    before = everything()
    report = load_year(files, tmp_path, newer=True)
    assert report["outcome"] == "unchanged"
    assert report["schools"]["unchanged"] == 1488
    assert report["programs"]["unchanged"] == 3386
    assert everything() == before


def test_the_older_year_loaded_last_comes_to_the_same(db: None, files: Files, tmp_path: Path) -> None:
    load_year(files, tmp_path, newer=True)
    report = load_year(files, tmp_path, newer=False)
    assert report["outcome"] == "history"
    stand = ("listed", "closed", "merged", "absent", "no_row_any_more")
    assert [report["schools"][word] for word in stand] == [1407, 21, 6, 4, 57]
    assert CompletionsRow.objects.at_version(2).filter(year=2022).count() == 3409
    assert DataVersion.objects.get(is_current=True).year == 2023


def test_no_sample_has_the_name_of_an_institution(db: None, files: Files) -> None:
    samples.add_schools()
    real = {row["INSTNM"].casefold() for row in records(files.newer[0])}
    assert real.isdisjoint(name.casefold() for name in School.objects.values_list("name", flat=True))


@pytest.mark.django_db(transaction=True)
def test_transactions_are_short(files: Files, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    lasted = time_transactions(monkeypatch)
    load_year(files, tmp_path, newer=False)
    load_year(files, tmp_path, newer=True)
    assert max(lasted) < 1


@pytest.mark.proof
def test_memory_and_time(files: Files, tmp_path: Path) -> None:
    site = Site(tmp_path / "var")
    site.load(*files.older)
    given = [*files.newer, files.earnings]
    alone = time_of_reading(given)
    ended = site.run("-c", MEASURE, *given)
    outcome, peak, wall, cpu = ended.stdout.split()
    figures = f"{outcome}: {peak} MB, {wall} s, {cpu} s of processor; csv.reader alone {alone:.2f} s"
    assert outcome == "switched", ended.stderr
    assert float(peak) <= 150, figures
    # Of the processor, where others share the machine: the load waits for nothing but the disk.
    assert min(float(wall), float(cpu)) <= 3 + 8 * alone, figures


@pytest.mark.proof
def test_twenty_writes_a_second_go_on(files: Files, tmp_path: Path) -> None:
    site = Site(tmp_path / "var")
    outcome, _taken = site.load_while_writing(*files.older)
    assert outcome.startswith("switched")
    site.forget_topics()
    outcome, taken = site.load_while_writing(*files.newer, files.earnings)
    assert outcome.startswith("switched")
    assert site.ask("SELECT COUNT(*) FROM content_topic") == [(len(taken),)]
    assert max(taken) < 3


def time_of_reading(paths: list[Path]) -> float:
    """Seconds that csv.reader alone needs for the files, in a process of its own."""
    code = (
        "import csv, gzip, sys, time\nbegun = time.process_time()\n"
        "for path in sys.argv[1:]:\n"
        "    for _ in csv.reader(gzip.open(path, 'rt', encoding='utf-8-sig', newline='')): pass\n"
        "print(time.process_time() - begun)"
    )
    read = subprocess.run(
        [sys.executable, "-c", code, *map(str, paths)], capture_output=True, text=True, check=True
    )
    return float(read.stdout)


def everything() -> list[Any]:
    """Every row of every table of the directory."""
    tables = [name for name in connection.introspection.table_names() if name.startswith("listings_")]
    tables = [name for name in tables if "fts" not in name and "trigram" not in name]
    with connection.cursor() as cursor:
        found = []
        for name in sorted(tables):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(name)}")
            found.append((name, sorted(map(repr, cursor.fetchall()))))
        return found
