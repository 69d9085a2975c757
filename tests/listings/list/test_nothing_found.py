"""A reader whose choices nothing meets is told what to loosen."""

import pytest
from django.test import Client

from tests.build import CLOSED, make_school
from tests.listings.reading import get, texts

pytestmark = pytest.mark.django_db


def ways(client: Client, query: str) -> dict[str, str]:
    page = get(client, query)
    return {
        " ".join(item.text().split()): item.css_first("a").attributes["href"] or ""
        for item in page.css(".empty-state li")
    }


def test_each_choice_tells_how_many_there_are_without_it(client: Client) -> None:
    make_school("Ohio 1", state="OH")
    make_school("Ohio 2", state="OH")
    make_school("Texas", state="TX", directory={"control": "nonprofit"})
    assert ways(client, "?state=TX&control=public") == {
        "without Texas: 2 schools": "/schools/?control=public",
        "without Public: 1 school": "/schools/?state=TX",
    }


def test_several_values_go_together(client: Client) -> None:
    make_school(state="OH")
    assert ways(client, "?state=TX&state=UT") == {"without Texas or Utah: 1 school": "/schools/"}


def test_a_choice_whose_loss_does_not_help_is_left_out(client: Client) -> None:
    make_school(state="OH")
    assert ways(client, "?state=TX&control=nonprofit&award=bachelor") == {}


def test_words_are_one_of_the_choices(client: Client) -> None:
    make_school("Greenwood", state="OH")
    assert ways(client, "?q=zebra&state=OH") == {"without “zebra”: 1 school": "/schools/?state=OH"}


def test_a_name_spelt_nearly_like_it_is_offered(client: Client) -> None:
    school = make_school("Greenwood College")
    make_school("Closed Grenwood", directory=CLOSED)
    page = get(client, "?q=grenwod")
    offered = page.css(".empty-state ul")[0]
    assert [(link.text(), link.attributes["href"]) for link in offered.css("a")] == [
        ("Greenwood College", school.get_absolute_url())
    ]


def test_those_that_did_not_say_are_offered(client: Client) -> None:
    make_school()
    page = get(client, "?delivery=online&include_unknown=0")
    link = page.css_first(".empty-state a")
    assert (link.text(), link.attributes["href"]) == (
        "Show the 1 that did not say",
        "/schools/?delivery=online",
    )


def test_an_empty_site_says_so(client: Client) -> None:
    page = get(client)
    assert texts(page, ".empty-state h2") == ["No schools are listed yet"]
    assert page.css_first(".pager") is None


def test_filters_on_an_empty_site(client: Client) -> None:
    page = get(
        client, "?q=a&state=OH&delivery=online&award=associate&sort=tuition&max_tuition=5&max_months=5"
    )
    assert texts(page, ".empty-state h2") == ["Nothing meets all of these choices"]
