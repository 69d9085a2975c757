"""Versions are loaded aside, switched to, switched back from, and loads go on from what readers see."""

from pathlib import Path
from typing import Any

import pytest

from listings import versions
from listings.loading import rebuild_listing
from listings.models import (
    CompletionsRow,
    DataVersion,
    DirectoryRow,
    EarningsRow,
    ListingRow,
    ReportedRow,
    School,
)
from tests.listings.imports.federal import EARNINGS, Year, earned, program, school, write

pytestmark = pytest.mark.django_db

UNITIDS = range(100_001, 100_021)


def first(folder: Path) -> Year:
    return Year(folder, 2022, map(school, UNITIDS), map(program, UNITIDS))


def second(folder: Path) -> Year:
    """One school closed, one absent, one new; every name, award and address is another."""
    schools = {unitid: school(unitid, f"Renamed {unitid}", CITY="Akron") for unitid in (*UNITIDS, 100_021)}
    schools[100_001]["CLOSEDAT"] = "06/30/2023"
    del schools[100_002]
    programs = [program(unitid, "51.0706", 3, awards=7) for unitid in schools]
    return Year(folder, 2023, schools.values(), programs)


def seen() -> tuple[Any, ...]:
    """Everything that lists and school pages read, without row numbers of federal rows."""
    version = versions.current()
    assert version is not None
    at = version.number
    owner = ("unitid", "name", "city", "status", "status_year", "closed_on", "last_awards_year", "text")
    return (
        sorted(School.objects.exclude(status=School.Status.UNSEEN).values_list(*owner, "rank_key", "slug")),
        sorted(ListingRow.objects.values_list()),
        sorted(
            DirectoryRow.objects.at_version(at).values_list("school", "year", "name", "city", "closed_at")
        ),
        sorted(CompletionsRow.objects.at_version(at).values_list("program", "year", "awards")),
        sorted(ReportedRow.objects.at_version(at).values_list("program")),
        sorted(EarningsRow.objects.at_version(at).values_list("school", "cip4", "credlev", "median_1yr")),
    )


def test_a_version_loaded_aside_is_seen_by_nobody(tmp_path: Path) -> None:
    first(tmp_path).load()
    before = seen()
    report = second(tmp_path).load("--no-switch")
    assert report["outcome"] == "loaded"
    assert report["version"] == 2
    assert report["schools"]["listed"] == 19
    assert seen() == before
    assert School.objects.get(unitid=100_021).status == "unseen"
    assert not School.objects.known().filter(unitid=100_021).exists()


def test_switching_there_and_back_restores_everything(tmp_path: Path) -> None:
    first(tmp_path).load()
    before = seen()
    second(tmp_path).load("--no-switch")
    versions.switch(2)
    after = seen()
    assert after != before
    assert School.objects.get(unitid=100_021).status == "listed"
    versions.switch(1)
    assert seen() == before
    versions.switch(2)
    assert seen() == after


def test_one_step_or_two_come_to_the_same(tmp_path: Path) -> None:
    first(tmp_path).load()
    second(tmp_path).load("--no-switch")
    versions.switch(2)
    in_two = seen()
    versions.switch(1)
    second(tmp_path).load()
    assert versions.current() == DataVersion(number=3)
    assert seen() == in_two


def test_a_load_after_a_switch_back_goes_on_from_what_readers_see(tmp_path: Path) -> None:
    good = write(tmp_path / "good" / "Field-of-Study.csv", EARNINGS, [earned(100_003, 30000)])
    bad = write(tmp_path / "bad" / "Field-of-Study.csv", EARNINGS, [earned(100_003, 1)])
    first(tmp_path).load("--earnings", good)
    second(tmp_path).load("--earnings", bad)
    versions.switch(1)
    report = second(tmp_path).load()
    assert report["version"] == 3
    assert report["schools"]["created"] == 1
    assert EarningsRow.objects.at_version(3).get().median_1yr == 30000
    assert EarningsRow.objects.at_version(2).get().median_1yr == 1
    for version in (1, 2, 3):
        rows = DirectoryRow.objects.at_version(version).values_list("school", flat=True)
        assert len(rows) == len(set(rows))
    assert DirectoryRow.objects.at_version(3).get(school__unitid=100_002).absent_from == 2023


def test_history_after_a_switch_back_does_not_bring_back_what_was_rejected(tmp_path: Path) -> None:
    older = Year(tmp_path, 2021, map(school, UNITIDS), [program(unitid, awards=3) for unitid in UNITIDS])
    first(tmp_path).load()
    before = seen()
    second(tmp_path).load()
    versions.switch(1)
    report = older.load()
    assert report["outcome"] == "history"
    assert seen()[1] == before[1]
    assert versions.current() == DataVersion(number=3)
    assert DataVersion.objects.get(number=3).year == 2022
    assert CompletionsRow.objects.at_version(3).filter(year=2021).count() == 20
    assert not CompletionsRow.objects.at_version(3).filter(year=2023).exists()


def test_rebuilding_finds_nothing_to_change_after_a_switch(tmp_path: Path) -> None:
    first(tmp_path).load()
    second(tmp_path).load()
    versions.switch(1)
    assert rebuild_listing(1) == 0


def test_a_version_that_is_not_whole_cannot_be_switched_to(tmp_path: Path) -> None:
    first(tmp_path).load()
    DataVersion.objects.create(number=2, year=2023)
    with pytest.raises(DataVersion.DoesNotExist):
        versions.switch(2)
    assert versions.current() == DataVersion(number=1)
