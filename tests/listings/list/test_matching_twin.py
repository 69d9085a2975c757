"""Any set of filters gives the schools, the parts and the order that the plain reading gives."""

import random
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from listings.models import School
from tests.build import make_credential, make_school
from tests.listings.list.twin import Choice, expected
from tests.listings.reading import get, parts
from tests.proof import count

pytestmark = pytest.mark.django_db

STATES = ["OH", "TX", "UT"]
CONTROLS = ["public", "nonprofit", "forprofit"]
WAYS = ["campus", "online", "hybrid"]
AWARDS = ["under-12-weeks", "under-1-year", "1-2-years", "associate", "bachelor"]
FIELDS = [
    "billing-coding",
    "health-records",
    "medical-office",
    "administration",
    "51.0713",
    "51.0714",
    "51.0707",
]
CREDENTIALS = ["cpc", "ccs", "rhit"]
SORTS = ["order", "name", "tuition", "length", "awards"]
SCHOOLS = 45


def random_program(chance: random.Random) -> dict[str, Any]:
    program: dict[str, Any] = {
        "cip": chance.choice(["51.0713", "51.0714", "51.0707", "51.0710", "51.0701"]),
        "award_level": chance.choice([20, 21, 2, 3, 5]),
        "awards": chance.choice([0, 3, 12, 60, None]),
    }
    stated = {
        "delivery": chance.sample(WAYS, chance.randint(1, 3)),
        "credentials": chance.sample(CREDENTIALS, chance.randint(0, 2)),
        "tuition": chance.choice([1000, 4999, 5000, 5001, 12000]),
        "months": chance.choice([3, 9, 12, 24]),
    }
    return program | {field: value for field, value in stated.items() if chance.random() < 0.4}


def build(chance: random.Random) -> list[dict[str, Any]]:
    """Schools of one to four programs, of which four in ten fields are stated."""
    schools = []
    for number in range(SCHOOLS):
        programs = {
            (program["cip"], program["award_level"]): program
            for program in (random_program(chance) for _ in range(chance.randint(1, 4)))
        }
        spec = {
            "name": f"School {number:03d}",
            "state": chance.choice(STATES),
            "control": chance.choice([*CONTROLS, ""]),
            "programs": list(programs.values()),
        }
        school = make_school(
            spec["name"],
            state=spec["state"],
            directory={"control": spec["control"]},
            programs=spec["programs"],
        )
        schools.append(spec | {"rank_key": bytes(school.rank_key), "name_key": bytes(school.name_key)})
    return schools


def some(values: list[str]) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(values), min_size=1, max_size=3, unique=True)


choices = st.fixed_dictionaries(
    {},
    optional={
        "state": some(STATES),
        "control": some(CONTROLS),
        "delivery": some(WAYS),
        "award": some(AWARDS),
        "field": some(FIELDS),
        "credential": some(CREDENTIALS),
        "max_tuition": some(["0", "1000", "5000", "20000"]).map(lambda values: values[:1]),
        "max_months": some(["1", "9", "12", "36"]).map(lambda values: values[:1]),
    },
)


def all_pages(client: Client, query: str) -> tuple[list[str], list[str]]:
    """Both parts over every page of the list."""
    stated, unsaid = parts(get(client, f"?{query}"))
    number = 2
    while len(stated) + len(unsaid) == 20 * (number - 1):
        response = client.get(f"/schools/?{query}&page={number}")
        if response.status_code == 404:
            break
        more = parts(get(client, f"?{query}&page={number}"))
        stated, unsaid = stated + more[0], unsaid + more[1]
        number += 1
    return stated, unsaid


@pytest.mark.slow
def test_filters_mean_what_the_plain_reading_says(client: Client) -> None:
    schools = build(random.Random(20231))
    for code in CREDENTIALS:
        make_credential(code.upper())
    assert School.objects.listed().count() == SCHOOLS

    @settings(
        max_examples=count(1000),
        derandomize=True,
        deadline=None,
        database=None,
        suppress_health_check=[HealthCheck.too_slow],
    )
    @given(choice=choices, sort=st.sampled_from(SORTS), include_unknown=st.booleans())
    def same(choice: Choice, sort: str, include_unknown: bool) -> None:
        pairs = [(key, value) for key, values in choice.items() for value in values]
        query = urlencode([*pairs, ("sort", sort), ("include_unknown", str(int(include_unknown)))])
        assert all_pages(client, query) == expected(schools, choice, sort, include_unknown=include_unknown), (
            query
        )

    same()
