"""The real files of two years: whole, damaged, torn and halved; and back, byte for byte."""

import csv
import gzip
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from listings.models import DataVersion, DirectoryRow, InstitutionRow, ReportedRow, School, TuitionRow
from tests.listings.imports import damage
from tests.listings.imports.federal import Row, load
from tests.proof import PROOF
from tests.reference.test_import_schools import Files, files, load_year, records

__all__ = ["files"]

pytestmark = [pytest.mark.reference, pytest.mark.slow, pytest.mark.django_db, pytest.mark.once]

SHARE = 0.03
GONE = ("closed", "merged", "absent", "no_row_any_more")


class Newer:
    """The records of the newer year, to be changed and written again."""

    def __init__(self, files: Files, folder: Path) -> None:
        self.folder = folder
        self.directory = list(records(files.newer[0]))
        self.completions = list(records(files.newer[1]))

    @property
    def ours(self) -> list[Row]:
        return [row for row in self.completions if row["CIPCODE"].startswith("51.07")]

    def keep(self, kept: Callable[[int], bool], *, directory: bool = True) -> None:
        if directory:
            self.directory = [row for row in self.directory if kept(int(row["UNITID"]))]
        self.completions = [row for row in self.completions if kept(int(row["UNITID"]))]

    def load(self, *options: Any, **more: Any) -> Row:
        directory = self._write("hd2023.csv", self.directory)
        return load(directory, [self._write("c2023_a.csv", self.completions)], *options, **more)

    def _write(self, name: str, rows: list[Row]) -> Path:
        path = self.folder / name
        path.unlink(missing_ok=True)
        with path.open("w", encoding="utf-8", newline="") as out:
            writer = csv.DictWriter(out, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
        return path


@pytest.fixture
def newer(files: Files, tmp_path: Path) -> Newer:
    return Newer(files, tmp_path)


@pytest.mark.proof
def test_switching_back_restores_every_page_byte_for_byte(
    client: Client, files: Files, tmp_path: Path
) -> None:
    load_year(files, tmp_path, newer=False)
    every = 1 if PROOF else 10
    before = damage.seen(client, every=every)
    assert len(before) == damage.PAGES + -(-1467 // every)
    report = load_year(files, tmp_path, newer=True)
    assert report["outcome"] == "switched"
    after = damage.pages_of_list(client)
    assert len(after) == damage.PAGES
    assert all(after[address] != before[address] for address in after)
    call_command("data_versions", "switch", "1")
    back = damage.seen(client, every=every)
    assert back.keys() == before.keys()
    assert [address for address in before if back[address] != before[address]] == []
    call_command("data_versions", "switch", "2")
    assert damage.pages_of_list(client) == after


def test_three_percent_of_damaged_rows_switch_with_a_report(
    files: Files, tmp_path: Path, newer: Newer
) -> None:
    random = Random(3)
    load_year(files, tmp_path, newer=False)
    known = set(School.objects.values_list("unitid", flat=True))
    spoilt = damage.spoil(newer.directory, damage.DIRECTORY, SHARE, random)
    cut = damage.spoil(newer.ours, damage.COMPLETIONS, SHARE, random)
    report = newer.load()
    assert report["outcome"] == "switched"
    assert (len(spoilt), len(cut)) == (128, 102)
    refused = {(entry["file"], entry["line"]) for entry in report["refused"]}
    lines = {id(row): line for line, row in enumerate(newer.completions, 2)}
    assert {("c2023_a.csv", lines[id(row)]) for row, _before in cut} <= refused
    ours = [int(row["UNITID"]) for _row, row in spoilt if int(row["UNITID"]) in known]
    assert len(ours) > 20
    for unitid in ours:
        row = DirectoryRow.objects.at_version(2).get(school__unitid=unitid)
        assert (row.year, row.absent_from) == (2022, None)
    reported = ReportedRow.objects.at_version(2)
    before = ReportedRow.objects.at_version(1)
    for _row, row in cut:
        key = {"program__school__unitid": row["UNITID"], "program__cip": row["CIPCODE"]}
        key |= {"program__award_level": row["AWLEVEL"]}
        assert reported.filter(**key).exists() == before.filter(**key).exists()


def test_two_fifths_of_the_schools_missing_is_refused_and_says_why(
    files: Files, tmp_path: Path, newer: Newer
) -> None:
    load_year(files, tmp_path, newer=False)
    before = dict(School.objects.values_list("unitid", "status"))
    newer.keep(lambda unitid: unitid % 5 > 1)
    report = newer.load(code=1)
    assert report["outcome"] == "refused"
    assert "of the schools known so far are not in hd2023.csv; 10 % are accepted." in report["reason"]
    assert "--partial" in report["reason"]
    assert "--accept-loss" in report["reason"]
    assert dict(School.objects.values_list("unitid", "status")) == before
    assert DataVersion.objects.count() == 1


@pytest.mark.parametrize("directory", [True, False])
def test_half_of_the_same_year_is_refused_and_as_a_part_makes_nobody_gone(
    files: Files, tmp_path: Path, newer: Newer, directory: bool
) -> None:
    whole = load_year(files, tmp_path, newer=True)
    before = dict(School.objects.values_list("unitid", "status"))
    newer.keep(lambda unitid: unitid % 2 == 0, directory=directory)
    newer.ours[0]["CTOTALT"] = "999"
    report = newer.load(code=1)
    assert report["outcome"] == "refused"
    assert DataVersion.objects.count() == 1
    report = newer.load("--partial")
    assert report["outcome"] == "switched"
    assert [report["schools"][word] for word in GONE] == [whole["schools"][word] for word in GONE]
    assert report["programs"]["not_reported_any_more"] == 0
    assert dict(School.objects.values_list("unitid", "status")) == before


def test_tuition_and_institution_equal_the_files_cell_by_cell(
    files: Files, tmp_path: Path, reference: Path
) -> None:
    load_year(files, tmp_path, newer=True)
    charged = reference / "data" / "ipeds" / "ic2014_py.csv.gz"
    institutions = reference / "data" / "scorecard" / "most_recent_cohorts_institution_26cols.csv.gz"
    links = [tmp_path / path.name for path in files.newer]
    report = load(links[0], [links[1]], "--tuition", charged, "--institution", institutions)
    assert report["outcome"] == "switched"
    assert report["refused"] == []
    ours = set(School.objects.values_list("unitid", flat=True))
    with gzip.open(charged, "rt", encoding="ascii", newline="") as lines:
        reader = csv.reader(lines)
        header = [name.strip() for name in next(reader)]
        expected = {}
        for values in reader:
            row = dict(zip(header, values, strict=True))
            for rank in range(1, 7):
                code = row[f"CIPCODE{rank}"]
                if int(row["UNITID"]) in ours and code.startswith("51.07"):
                    tuition = row[f"CIPTUIT{rank}"]
                    tuition = row["CHG1PY3"] if rank == 1 and tuition == "." else tuition
                    expected[int(row["UNITID"]), code.ljust(7, "0"), rank] = (
                        _number(tuition), _number(row[f"CIPLGTH{rank}"]), _number(row[f"MTHCMP{rank}"])
                    )  # fmt: skip
    stored = {
        (row.school.unitid, row.cip, row.size_rank): (row.tuition, row.length, row.months)
        for row in TuitionRow.objects.select_related("school")
    }
    assert stored == expected
    assert len(stored) > 100
    accredited = {
        int(row["UNITID"]): row["ACCREDAGENCY"].replace("NULL", "")
        for row in records(institutions)
        if int(row["UNITID"]) in ours
    }
    rows = InstitutionRow.objects.values_list("school__unitid", "accreditor")
    assert dict(rows) == accredited


def _number(text: str) -> int | None:
    return None if text == "." else int(text)
