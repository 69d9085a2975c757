"""The directory's own figures: counts of schools, programs and awards, each with its files as source."""

from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db.models import F

from content.lib.figures import Figure
from content.models import Statistic
from content.statistics import propose
from listings import statements, versions
from listings.models import DataVersion, ListingRow, School
from listings.opening import open_program
from listings.statistics import figures
from tests.build import make_outside, make_program, make_school
from tests.listings.imports.federal import Year, program, school

pytestmark = pytest.mark.django_db


def by_key(period: str = "2022-23") -> dict[str, Figure]:
    return {figure.key: figure for figure in figures() if figure.period == period}


def values(*keys: str) -> list[int]:
    found = by_key()
    return [int(found[f"directory.{key}"].value or 0) for key in keys]


@pytest.fixture
def year(tmp_path: Path) -> Year:
    """Two schools in Ohio and one in Utah; one of Ohio closed but still reporting."""
    schools = [school(100_001), school(100_002, CLOSEDAT="06/30/2023"), school(100_003, STABBR="UT")]
    programs = [
        program(100_001, level=21, awards=10),
        program(100_001, "51.0714", 2, awards=5),
        program(100_002, awards=7),
        program(100_003, "51.0706", 3, awards=0),
    ]
    return Year(tmp_path, 2023, schools, programs)


def test_schools_and_programs_are_those_listed(year: Year) -> None:
    year.load()
    assert values("us.all.schools", "oh.all.schools", "ut.all.schools") == [2, 1, 1]
    assert values("us.all.programs", "oh.billing-coding.programs", "oh.51.0714.programs") == [3, 2, 1]
    assert values("us.billing-coding.schools", "us.51.0713.schools", "us.health-records.schools") == [1, 1, 1]
    assert values("oh.under-1-year.schools", "us.billing-coding.1-2-years.programs") == [1, 1]


def test_awards_are_all_that_were_reported(year: Year) -> None:
    year.load()
    assert values("us.all.awards", "oh.51.0713.awards", "ut.associate.awards") == [22, 17, 0]


def test_every_figure_says_where_it_is_from(year: Year) -> None:
    year.load()
    found = by_key()["directory.oh.51.0713.schools"]
    assert (found.period, found.period_start, found.period_end) == (
        "2022-23",
        date(2022, 7, 1),
        date(2023, 6, 30),
    )
    assert found.label == "Schools: Medical Insurance Coding Specialist/Coder (51.0713), Ohio"
    assert (found.unit, found.area, found.provider) == ("schools", "Ohio", "directory")
    assert found.release == "HD2023 and C2023_A, data version 1"
    assert found.source.title == "IPEDS HD2023 and C2023_A, counted by this site"
    assert found.retrieved_at is not None


def test_they_are_accepted_as_statistics_and_then_stand(year: Year) -> None:
    year.load()
    outcome = propose(figures())
    assert (outcome.refused, outcome.waiting) == ([], 0)
    statistic = Statistic.objects.with_current().get(key="directory.us.all.schools")
    assert statistic.current is not None
    assert statistic.current.value == Decimal(2)
    again = propose(figures())
    assert (again.created, again.refused) == (0, [])


def test_the_next_year_brings_new_periods_and_zero_for_what_lapsed(year: Year, tmp_path: Path) -> None:
    Year(tmp_path, 2022, [school(100_001)], [program(100_001, "51.0716", awards=3)]).load()
    propose(figures())
    year.load()
    assert propose(figures()).refused == []
    assert values("oh.51.0716.schools", "oh.51.0716.programs") == [0, 0]
    assert int(by_key("2021-22")["directory.oh.51.0716.awards"].value or 0) == 3


def test_a_revised_file_of_the_year_is_a_release_of_its_own(year: Year, tmp_path: Path) -> None:
    year.load()
    propose(figures())
    Year(tmp_path, 2023, [school(100_001), school(100_003)], [program(100_001, awards=11)]).load(
        "--accept-loss", "60"
    )
    assert propose(figures()).refused == []
    statistic = Statistic.objects.with_current().get(key="directory.us.51.0713.awards")
    assert statistic.current is not None
    assert (statistic.current.value, statistic.current.release) == (Decimal(11), "C2023_A, data version 2")


def test_schools_outside_the_federal_files_are_not_in_federal_figures(year: Year) -> None:
    year.load()
    alone = School.objects.create(slug="alone", name="Alone", state="OH")
    make_program(alone)
    versions.rebuilding.rebuild_listing(1, [alone.pk])
    assert ListingRow.objects.filter(school=alone).exists()
    assert values("oh.all.schools") == [1]


@pytest.mark.parametrize("sample", [True, False])
def test_without_a_real_load_there_are_none(sample: bool) -> None:
    if sample:
        make_school()
        DataVersion.objects.update(is_sample=True)
    assert list(figures()) == []


def test_the_queries_do_not_grow_with_the_schools(
    django_assert_num_queries: Any, tmp_path: Path, year: Year
) -> None:
    year.load()
    with django_assert_num_queries(14):
        assert list(figures())
    many = range(100_010, 100_040)
    Year(tmp_path, 2023, map(school, many), map(program, many)).load("--partial")
    with django_assert_num_queries(14):
        assert list(figures())


def test_counts_equal_a_plain_count(year: Year) -> None:
    year.load()
    rows = ListingRow.objects.annotate(unitid=F("school__unitid")).values_list("unitid", "state", "group")
    plain = Counter((state.lower(), group) for _unitid, state, group in set(rows))
    for (state, group), schools in plain.items():
        assert values(f"{state}.{group}.schools") == [schools]


def test_what_is_stated_moves_no_figure(year: Year) -> None:
    year.load()
    before = {key: figure.value for key, figure in by_key().items()}
    [ohio, utah] = School.objects.listed().order_by("unitid")
    new = open_program(ohio, "51.0722", 2)
    statements.state(school=ohio, program=new, field="months", value=9, by="school")
    address = {"street": "1 Main Street", "city": "Austin", "state": "TX", "zip": "78701"}
    statements.state(school=ohio, program=None, field="address", value=address, by="school")
    statements.state(
        school=utah, program=None, field="closure", value={"closed_on": "2026-06-30"}, by="school"
    )
    outside = make_outside("Riverbend", address=address)
    statements.state(
        school=outside, program=open_program(outside, "51.0713", 21), field="months", value=9, by="school"
    )
    assert set(School.objects.listed().values_list("name", "state")) == {
        (ohio.name, "TX"),
        ("Riverbend", "TX"),
    }
    assert {key: figure.value for key, figure in by_key().items()} == before
