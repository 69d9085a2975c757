"""A reader asks how listings are ordered."""

from django.test import Client

from listings.ordering import CRITERIA
from tests.listings.reading import texts, tree


def test_the_page_prints_the_criteria_that_the_code_runs(client: Client) -> None:
    response = client.get("/how-listings-are-ordered/")
    assert response.status_code == 200
    printed = texts(tree(response), "main ol li")
    assert printed == [f"{criterion.title}. {criterion.explanation}" for criterion in CRITERIA]


def test_it_says_what_payment_does_not_do(client: Client) -> None:
    words = " ".join(texts(tree(client.get("/how-listings-are-ordered/")), "main"))
    assert "Ad \u2013 sponsored" in words
    assert "Nobody can pay to move in it" in words
