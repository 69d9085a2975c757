"""The organic order is one key of public data."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from listings.fields import FIELD_GROUPS
from listings.ordering import COMPLETENESS_FIELDS, completeness_class, explained, name_key, rank_key
from tests.proof import count

MOST = {
    "groups": ["billing-coding"],
    "completeness": 0,
    "confirmed": True,
    "awards": 500,
    "name": "Aa",
    "school_id": 1,
}
standings = st.fixed_dictionaries(
    {
        "groups": st.lists(st.sampled_from([group.slug for group in FIELD_GROUPS]), min_size=1, unique=True),
        "completeness": st.integers(0, 4),
        "confirmed": st.booleans(),
        "awards": st.none() | st.integers(0, 100_000),
        "name": st.text(max_size=250),
        "school_id": st.integers(1, 2**40),
    }
)


def plain(standing: dict[str, Any]) -> tuple[Any, ...]:
    """The same order as a tuple."""
    place = min(group.place for group in FIELD_GROUPS if group.slug in standing["groups"])
    awards = standing["awards"]
    size = (1, 0) if awards is None else (0, -awards.bit_length())
    return (place, standing["completeness"], not standing["confirmed"], size)


@pytest.mark.parametrize(
    "worse",
    [
        {"groups": ["health-records", "administration"]},
        {"completeness": 1},
        {"confirmed": False},
        {"awards": 255},
        {"awards": 0},
        {"awards": None},
        {"name": "Ab"},
        {"school_id": 2},
    ],
)
def test_each_step_counts(worse: dict[str, Any]) -> None:
    assert rank_key(**MOST) < rank_key(**MOST | worse)


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        (
            {"groups": ["billing-coding"], "completeness": 4},
            {"groups": ["health-records"], "completeness": 0},
        ),
        ({"completeness": 1, "confirmed": False}, {"completeness": 2, "confirmed": True}),
        ({"confirmed": True, "awards": None}, {"confirmed": False, "awards": 9000}),
        ({"awards": 8, "name": "z"}, {"awards": 7, "name": "a"}),
        ({"awards": 0}, {"awards": None}),
        ({"name": "a", "school_id": 9}, {"name": "b", "school_id": 1}),
    ],
)
def test_a_step_decides_only_between_equals(better: dict[str, Any], worse: dict[str, Any]) -> None:
    assert rank_key(**MOST | better) < rank_key(**MOST | worse)


@settings(max_examples=count(2000), derandomize=True, database=None, deadline=None)
@given(first=standings, second=standings)
def test_the_key_orders_like_its_steps(first: dict[str, Any], second: dict[str, Any]) -> None:
    keys = rank_key(**first), rank_key(**second)
    if plain(first) != plain(second):
        assert (keys[0] < keys[1]) == (plain(first) < plain(second))
    elif first["school_id"] != second["school_id"]:
        assert keys[0] != keys[1]
    assert max(map(len, keys)) <= 160


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("Académie", "academy"),
        ("academy", "Beauty"),
        ("école", "ZZ"),
        ("A B", "AB"),
        ("St. Mary", "St Mary's"),
    ],
)
def test_names_stand_by_the_alphabet(first: str, second: str) -> None:
    assert name_key(first, 2) < name_key(second, 1)


def test_capitals_accents_and_punctuation_do_not_count() -> None:
    assert name_key("ÉCOLE, St.-Mary", 1) == name_key("ecole st mary", 1) < name_key("ecole st mary", 2)


def test_completeness_has_five_classes() -> None:
    fields = list(COMPLETENESS_FIELDS)
    assert [completeness_class(fields[:known]) for known in range(5)] == [4, 3, 2, 1, 0]
    assert completeness_class(["phone", "delivery"]) == 3


@pytest.mark.parametrize(
    ("standing", "words"),
    [
        ({}, "Billing and coding, 4 of 4 facts stated, confirmed by the school, 256 to 511 awards"),
        ({"awards": 3}, "Billing and coding, 4 of 4 facts stated, confirmed by the school, 2 to 3 awards"),
        ({"awards": 1}, "Billing and coding, 4 of 4 facts stated, confirmed by the school, 1 award"),
        (
            {"groups": ["health-records"], "completeness": 4, "confirmed": False, "awards": 0},
            "Health records, 0 of 4 facts stated, not confirmed by the school, 0 awards",
        ),
        (
            {"groups": [], "completeness": 3, "awards": None},
            "no program in these fields, 1 of 4 facts stated, confirmed by the school, "
            "no number of awards reported",
        ),
    ],
)
def test_a_key_says_in_words_what_it_holds(standing: dict[str, Any], words: str) -> None:
    assert explained(rank_key(**MOST | standing)) == f"{words}, then the name"
