"""Files that would lose more than a tenth of what is known are refused, unless the operator says so."""

from pathlib import Path

import pytest

from listings.models import CompletionsRow, DataVersion, ListingRow, School
from tests.listings.imports.federal import Year, program, school

pytestmark = pytest.mark.django_db

UNITIDS = range(100_001, 100_041)


def whole(folder: Path, number: int = 2022) -> Year:
    return Year(folder, number, map(school, UNITIDS), map(program, UNITIDS))


def without(folder: Path, schools: int, number: int = 2023) -> Year:
    """A year whose directory and completions lack the first so many schools."""
    rest = UNITIDS[schools:]
    return Year(folder, number, map(school, rest), map(program, rest))


def test_a_tenth_may_go(tmp_path: Path) -> None:
    whole(tmp_path).load()
    assert without(tmp_path, 4).load()["schools"]["absent"] == 4


def test_more_than_a_tenth_may_not(tmp_path: Path) -> None:
    whole(tmp_path).load()
    report = without(tmp_path, 16).load(code=1)
    assert report["reason"].startswith(
        "16 of 40 (40%) of the schools known so far are not in hd2023.csv; 10 % are accepted."
    )
    assert "--partial" in report["reason"]
    assert School.objects.listed().count() == 40
    assert DataVersion.objects.count() == 1


def test_the_operator_may_accept_more(tmp_path: Path) -> None:
    whole(tmp_path).load()
    assert without(tmp_path, 16).load("--accept-loss", "39", code=1)["outcome"] == "refused"
    assert without(tmp_path, 16).load("--accept-loss", "40")["schools"]["absent"] == 16


def test_schools_that_were_gone_before_are_no_loss(tmp_path: Path) -> None:
    whole(tmp_path).load()
    without(tmp_path, 4, 2023).load()
    assert without(tmp_path, 7, 2024).load()["schools"]["absent"] == 7


def test_schools_reported_closed_are_no_loss(tmp_path: Path) -> None:
    closed = [school(unitid, CLOSEDAT="06/30/2022") for unitid in UNITIDS[:10]]
    Year(tmp_path, 2022, [*closed, *map(school, UNITIDS[10:])], map(program, UNITIDS)).load()
    assert without(tmp_path, 10).load()["schools"]["closed"] == 10


def test_completions_of_schools_that_the_directory_does_not_hold(tmp_path: Path) -> None:
    year = Year(tmp_path, 2023, map(school, UNITIDS[5:]), map(program, UNITIDS))
    assert year.load(code=1)["reason"].startswith(
        "5 of 40 (12%) of the rows of c2023_a.csv name schools that are not in hd2023.csv"
    )
    report = year.load("--accept-loss", "13")
    assert len(report["refused"]) == 5
    assert report["schools"]["listed"] == 35


def test_half_of_the_same_year_is_refused(tmp_path: Path) -> None:
    whole(tmp_path, 2023).load()
    assert without(tmp_path, 20).load(code=1)["outcome"] == "refused"


def test_half_of_the_completions_alone_is_refused(tmp_path: Path) -> None:
    unitids = range(100_001, 100_301)
    Year(tmp_path, 2023, map(school, unitids), map(program, unitids)).load()
    half = Year(tmp_path, 2023, map(school, unitids), map(program, unitids[:150]))
    assert half.load(code=1)["reason"].startswith(
        "150 of 300 (50%) of the schools that report programs now would have none any more"
    )
    assert School.objects.listed().count() == 300


@pytest.mark.parametrize("number", [2023, 2024])
def test_a_part_adds_and_says_of_nobody_that_it_is_gone(tmp_path: Path, number: int) -> None:
    whole(tmp_path, 2023).load()
    some = [*UNITIDS[30:], 100_041]
    part = Year(tmp_path, number, map(school, some), [program(unitid, awards=7) for unitid in some])
    report = part.load("--partial")
    assert report["outcome"] == "switched"
    assert report["schools"]["listed"] == 41
    assert report["schools"]["absent"] == report["schools"]["no_row_any_more"] == 0
    assert report["programs"]["not_reported_any_more"] == 0
    assert ListingRow.objects.count() == 41
    assert ListingRow.objects.get(school__unitid=100_001).awards_year == 2023
    assert ListingRow.objects.get(school__unitid=100_040).awards == 7
    assert not CompletionsRow.objects.filter(year=2023, program__school__unitid=100_001).exclude(until=None)


def test_the_whole_year_after_a_part_of_it_says_who_is_gone(tmp_path: Path) -> None:
    whole(tmp_path, 2023).load()
    Year(tmp_path, 2024, map(school, UNITIDS[:5]), map(program, UNITIDS[:5])).load("--partial")
    report = without(tmp_path, 3, 2024).load()
    assert report["schools"]["absent"] == 3
    assert report["schools"]["listed"] == 37
