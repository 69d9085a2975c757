"""A school's page tells what befell it, as the loaded versions tell it, and no more than they do."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from listings import versions
from listings.models import School
from tests.listings.imports.federal import Row, Year, program, school
from tests.listings.reading import texts, tree

pytestmark = pytest.mark.django_db

STAY = range(100_101, 100_131)


def load(folder: Path, year: int, schools: list[Row], programs: list[Row], *options: Any) -> Row:
    """A year of thirty schools that stay as they are, and of these."""
    everybody = [*map(school, STAY), *schools]
    return Year(folder, year, everybody, [*map(program, STAY), *programs]).load(*options)


def events(client: Client, unitid: int) -> list[str]:
    """What the page says, without the day on which the file was retrieved."""
    found = tree(client.get(School.objects.get(unitid=unitid).get_absolute_url()))
    return [
        fact.split(", retrieved")[0] for fact in texts(found, "section[aria-labelledby=events] .facts div")
    ]


def in_directory(text: str, release: str = "HD2023") -> str:
    return f"{text} IPEDS institutional characteristics, directory, {release}"


def test_a_first_load_tells_of_nobody_that_it_is_new(client: Client, tmp_path: Path) -> None:
    load(tmp_path, 2022, [], [])
    assert events(client, STAY[0]) == []


def test_new_in_the_directory(client: Client, tmp_path: Path) -> None:
    load(tmp_path, 2022, [], [])
    load(tmp_path, 2023, [school(100_001)], [program(100_001)])
    assert events(client, 100_001) == [
        in_directory("2023 New in the federal directory of 2023."),
        "2023 First awards in this field reported for 2022-23. IPEDS completions, C2023_A",
    ]
    assert events(client, STAY[0]) == []


def test_a_school_that_only_began_to_teach_is_not_new_in_the_directory(
    client: Client, tmp_path: Path
) -> None:
    load(tmp_path, 2022, [school(100_001)], [])
    load(tmp_path, 2023, [school(100_001)], [program(100_001)])
    assert events(client, 100_001) == [
        "2023 First awards in this field reported for 2022-23. IPEDS completions, C2023_A"
    ]


def test_after_a_part_of_a_year_nobody_is_new(client: Client, tmp_path: Path) -> None:
    load(tmp_path, 2022, [], [], "--partial")
    load(tmp_path, 2023, [school(100_001)], [program(100_001)])
    assert events(client, 100_001) == []


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({"CLOSEDAT": "06/30/2023"}, "June 30, 2023 Closed."),
        ({"CLOSEDAT": "00/00/0000"}, "2023 Closed."),
        ({"CYACTIVE": 3}, "2023 Closed."),
    ],
)
def test_a_closing(client: Client, tmp_path: Path, columns: Row, said: str) -> None:
    load(tmp_path, 2022, [school(100_001)], [program(100_001)])
    load(tmp_path, 2023, [school(100_001, **columns)], [program(100_001)])
    assert events(client, 100_001) == [in_directory(said)]


def test_a_merger_is_told_on_both_pages(client: Client, tmp_path: Path) -> None:
    before = [school(100_001, "Old College"), school(100_002, "State College")]
    load(tmp_path, 2022, before, [program(100_001), program(100_002)])
    after = [school(100_001, "Old College", NEWID=100_002, CLOSEDAT="07/01/2023"), before[1]]
    load(tmp_path, 2023, after, [program(100_002)])
    assert events(client, 100_001) == [in_directory("July 1, 2023 Became part of State College.")]
    assert events(client, 100_002) == [in_directory("July 1, 2023 Took in Old College.")]
    page = tree(client.get(School.objects.get(unitid=100_002).get_absolute_url()))
    assert page.css_first("section[aria-labelledby=events] a").attributes["href"] == "/schools/old-college/"


def test_an_absence_is_no_closing(client: Client, tmp_path: Path) -> None:
    load(tmp_path, 2022, [school(100_001)], [program(100_001)])
    load(tmp_path, 2023, [], [])
    text = "2023 Not in the federal directory of 2023 any more; the files do not say why."
    assert events(client, 100_001) == [in_directory(text)]


def test_no_awards_any_more(client: Client, tmp_path: Path) -> None:
    load(tmp_path, 2022, [school(100_001)], [program(100_001)])
    load(tmp_path, 2023, [school(100_001)], [])
    assert events(client, 100_001) == [
        "2023 No awards in this field reported for 2022-23 any more; the last were those of 2021-22."
        " IPEDS completions, C2023_A"
    ]


def test_a_new_name_and_an_opening_again(client: Client, tmp_path: Path) -> None:
    load(tmp_path, 2022, [school(100_001, "Old Name", CLOSEDAT="06/30/2022")], [program(100_001)])
    load(tmp_path, 2023, [school(100_001, "New Name")], [program(100_001)])
    assert events(client, 100_001) == [
        in_directory("2023 Renamed; it was \u201cOld Name\u201d before."),
        in_directory("2023 Open again in the federal directory of 2023."),
        in_directory("June 30, 2022 Closed.", "HD2022"),
    ]


def test_a_version_that_readers_were_switched_back_from_tells_nothing(client: Client, tmp_path: Path) -> None:
    load(tmp_path, 2022, [school(100_001)], [program(100_001)])
    load(tmp_path, 2023, [school(100_001, CLOSEDAT="06/30/2023")], [program(100_001)])
    versions.switch(1)
    assert events(client, 100_001) == []
    load(tmp_path, 2023, [school(100_001, "New Name")], [program(100_001)])
    assert events(client, 100_001) == [
        in_directory("2023 Renamed; it was \u201cCollege 100001\u201d before.")
    ]
