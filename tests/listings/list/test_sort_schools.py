"""A reader sorts the school list."""

import pytest
from django.test import Client

from tests.build import make_school
from tests.listings.reading import get, names, organic, texts

pytestmark = pytest.mark.django_db


def test_by_name_without_regard_to_capitals_and_accents(client: Client) -> None:
    for name in ("zeta", "Éclair", "Echo", "alpha", "Edge"):
        make_school(name)
    assert names(client, "?sort=name") == ["alpha", "Echo", "Éclair", "Edge", "zeta"]


@pytest.mark.parametrize(
    ("sort", "field", "values", "order"),
    [
        ("tuition", "tuition", {"A": 9000, "B": 100, "C": None}, ["B", "A", "C"]),
        ("length", "months", {"A": 24, "B": 9, "C": None}, ["B", "A", "C"]),
        ("awards", "awards", {"A": 3, "B": 900, "C": None}, ["B", "A", "C"]),
    ],
)
def test_by_a_figure_with_those_without_it_last(
    client: Client, sort: str, field: str, values: dict[str, int | None], order: list[str]
) -> None:
    for name, value in values.items():
        stated = {field: value} if value is not None or field == "awards" else {}
        make_school(name, programs=[stated])
    assert names(client, f"?sort={sort}") == order


def test_figures_larger_than_most_count_in_full_beside_the_others(client: Client) -> None:
    make_school("Small", programs=[{"tuition": 30_000}])
    assert names(client, "?sort=tuition") == ["Small"]
    for name, tuition in (("Dear", 200_000), ("Middle", 40_000)):
        make_school(name, programs=[{"tuition": tuition}])
    assert names(client, "?sort=tuition") == ["Small", "Middle", "Dear"]
    assert names(client, "?max_tuition=150000&sort=tuition") == ["Small", "Middle"]


def test_the_figure_is_that_of_the_programs_that_meet_the_filters(client: Client) -> None:
    make_school(
        "Cheap on campus",
        programs=[
            {"award_level": 21, "delivery": ["campus"], "tuition": 100},
            {"award_level": 3, "delivery": ["online"], "tuition": 9000},
        ],
    )
    make_school("Online", programs=[{"delivery": ["online"], "tuition": 5000}])
    assert names(client, "?sort=tuition") == ["Cheap on campus", "Online"]
    assert names(client, "?sort=tuition&delivery=online") == ["Online", "Cheap on campus"]


def test_by_relevance(client: Client) -> None:
    make_school("Aardvark College", city="Greenwood")
    make_school("Greenwood School")
    assert names(client, "?q=greenwood&sort=relevance") == ["Greenwood School", "Aardvark College"]


@pytest.mark.parametrize(
    ("sort", "sentence"),
    [
        ("tuition", "No program that fits states its tuition, so the list stands in its usual order."),
        (
            "length",
            "No program that fits states how long it takes, so the list stands in its usual order.",
        ),
        ("awards", "No school here reports awards, so the list stands in its usual order."),
        ("relevance", "There are no words to be near to, so the list stands in its usual order."),
    ],
)
def test_a_sort_without_its_data_falls_back_and_says_so(client: Client, sort: str, sentence: str) -> None:
    make_school("B", programs=[{"awards": None}])
    make_school("A", programs=[{"awards": None}])
    page = get(client, f"?sort={sort}")
    assert organic(page) == ["A", "B"]
    assert sentence in texts(page, ".notice p")


def test_the_usual_order_puts_the_nearest_field_first(client: Client) -> None:
    make_school("Office", programs=[{"cip": "51.0710", "awards": 900}])
    make_school("Administration", programs=[{"cip": "51.0701", "awards": 900}])
    make_school("Records", programs=[{"cip": "51.0707", "awards": 900}])
    make_school("Coding", programs=[{"cip": "51.0713", "awards": 1}])
    assert names(client) == ["Coding", "Records", "Office", "Administration"]
