"""Cards name first the programs that the database finds to meet the choices, for any set of filters."""

import random
from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from hypothesis import HealthCheck, given, settings

from listings.card_rows import read
from listings.filters import SchoolFilter
from listings.models import ListingRow
from listings.search import SchoolSearch
from tests.build import make_credential
from tests.listings.list.test_matching_twin import CREDENTIALS, build, choices
from tests.listings.list.twin import Choice
from tests.proof import count

pytestmark = pytest.mark.django_db


@pytest.mark.slow
def test_programs_that_meet_the_choices_are_those_the_database_finds() -> None:
    build(random.Random(20237))
    for code in CREDENTIALS:
        make_credential(code.upper())

    @settings(
        max_examples=count(1000),
        derandomize=True,
        deadline=None,
        database=None,
        suppress_health_check=[HealthCheck.too_slow],
    )
    @given(choice=choices)
    def same(choice: Choice) -> None:
        pairs = [(key, value) for key, values in choice.items() for value in values]
        wanted = SchoolFilter(QueryDict(urlencode(pairs))).wanted
        search = SchoolSearch(wanted)
        # A state or a kind of school is no choice about programs: it brings the school, whatever it teaches.
        of_programs = SchoolSearch(wanted.without("control").without("state"))
        _schools, rows = read(search.keys(0, 45))
        meeting = search.answer.meeting(list(rows))
        met = {
            row.pk
            for of_school, flags in zip(rows.values(), meeting, strict=True)
            for row, meets in zip(of_school, flags or [True] * len(of_school), strict=False)
            if meets
        }
        found = ListingRow.objects.filter(of_programs.stated, school__in=rows)
        assert met == set(found.values_list("pk", flat=True)), pairs

    same()
