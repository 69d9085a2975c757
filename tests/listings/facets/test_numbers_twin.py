"""The numbers beside choices are those that the plain reading counts, for any set of filters."""

import random
from typing import Any
from urllib.parse import urlencode

import pytest
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as given_settings
from hypothesis import strategies as st

from listings.fields import AWARD_CHOICES
from tests.build import make_credential
from tests.listings.list.test_matching_twin import CREDENTIALS, SCHOOLS, WAYS, build, choices
from tests.listings.list.twin import Choice, Spec, beside, programs, silent
from tests.proof import count

pytestmark = pytest.mark.django_db

HIGH = ["99999999"]
ANYTHING = {
    "control": ["public"],
    "delivery": WAYS,
    "credential": CREDENTIALS,
    "max_tuition": HIGH,
    "max_months": HIGH,
}


def expected_counts(schools: list[Spec], choice: Choice, *, include_unknown: bool) -> dict[str, int]:
    stated = unsaid = bringing = 0
    for school in schools:
        by_statement, possible = programs(school, choice)
        stated += bool(by_statement)
        unsaid += bool(possible) and not by_statement
        bringing += len(by_statement) if by_statement else len(possible) * include_unknown
    listed = stated + unsaid * include_unknown
    return {"schools": listed, "programs": bringing, "stated": stated, "did_not_say": unsaid}


def differing(
    schools: list[Spec], choice: Choice, told: dict[str, Any], *, include_unknown: bool
) -> list[Any]:
    """What the answer tells otherwise than the plain reading."""
    found: list[Any] = []
    for facet in told["facets"]:
        key = facet["key"]
        if key in ANYTHING:
            must = silent(schools, choice, key, ANYTHING[key], include_unknown=include_unknown)
            found += [(key, facet["did_not_say"], must)] if facet["did_not_say"] != must else []
        for each in facet["choices"]:
            numbers = [each["schools"], each["perhaps"]]
            plain = beside(schools, choice, key, each["value"], include_unknown=include_unknown)
            found += [(key, each["value"], numbers, plain)] if numbers != plain else []
    return found


@pytest.mark.slow
def test_numbers_are_what_the_plain_reading_counts(client: Client, settings: Any) -> None:
    settings.API_RATE = (1_000_000, 60)
    schools = build(random.Random(20232))
    for code in CREDENTIALS:
        make_credential(code.upper())

    @given_settings(
        max_examples=count(1000),
        derandomize=True,
        deadline=None,
        database=None,
        suppress_health_check=[HealthCheck.too_slow],
    )
    @given(choice=choices, include_unknown=st.booleans())
    def same(choice: Choice, include_unknown: bool) -> None:
        pairs = [(key, value) for key, values in choice.items() for value in values]
        query = urlencode([*pairs, ("include_unknown", str(int(include_unknown)))])
        told = client.get(f"/api/v1/facets/?{query}").json()
        counts = expected_counts(schools, choice, include_unknown=include_unknown)
        assert {name: told[name] for name in counts} == counts, query
        assert differing(schools, choice, told, include_unknown=include_unknown) == [], query

    same()


def test_every_choice_is_told(client: Client) -> None:
    schools = build(random.Random(3))
    make_credential("CPC")
    told = {facet["key"]: facet for facet in client.get("/api/v1/facets/").json()["facets"]}
    assert list(told) == [
        "state", "field", "credential", "delivery", "award", "control", "max_tuition", "max_months",
    ]  # fmt: skip
    assert [each["value"] for each in told["award"]["choices"]] == list(AWARD_CHOICES)
    assert [each["value"] for each in told["credential"]["choices"]] == ["cpc"]
    assert sum(each["schools"] for each in told["state"]["choices"]) == len(schools) == SCHOOLS
