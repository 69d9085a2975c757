"""The template with whatever is stated, downloaded and uploaded again, changes nothing."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from listings.models import Statement
from listings.stating import PROGRAM_FIELDS
from listings.submissions.sheets import files, template
from listings.submissions.sheets.checking import Checker
from tests.build import make_credential, make_school, make_statement
from tests.listings.stating.given import CREDENTIALS, GIVEN
from tests.proof import count

pytestmark = [pytest.mark.django_db, pytest.mark.once]
PROGRAMS = [{"cip": "51.0713"}, {"cip": "51.0710", "award_level": 2}, {"cip": "51.0707", "award_level": 3}]
STATED = st.lists(
    st.fixed_dictionaries({}, optional={name: GIVEN[name] for name in PROGRAM_FIELDS}),
    min_size=3,
    max_size=3,
)


@pytest.fixture
def school() -> Any:
    for slug in CREDENTIALS:
        make_credential(slug.upper())
    return make_school("=Cmd|' /C calc'!A1 College", programs=PROGRAMS)


@given(stated=STATED)
@settings(max_examples=count(300), deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_what_is_downloaded_and_uploaded_changes_nothing(school, form, stated):
    Statement.objects.all().delete()
    number = 0
    for program, values in zip(school.programs.order_by("pk"), stated, strict=True):
        for name, value in values.items():
            make_statement(program, name, PROGRAM_FIELDS[name].parse(value))
            number += 1
    sheet = template.csv_of(school).encode() if form == "csv" else template.xlsx_of(school)
    held = files.read(sheet)
    checker = Checker(school)
    rows = checker.check(held.rows)
    assert {row.key for row in rows} == {"51.0713.21", "51.0710.2", "51.0707.3"}
    assert [row.problems for row in rows] == [{}, {}, {}]
    assert checker.entries(rows) == ()
    assert sum(len(row.values) for row in rows) == number
