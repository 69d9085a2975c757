"""One set of choices has one address; search engines are told which."""

import pytest
from django.conf import settings
from django.test import Client

from tests.build import make_school
from tests.listings.reading import get, names

pytestmark = pytest.mark.django_db

CANONICAL = (
    "?q=green&state=OH&award=associate&field=billing-coding&max_tuition=5000&include_unknown=0&sort=name"
)


def canonical(client: Client, query: str) -> str:
    href = get(client, query).css_first("link[rel=canonical]").attributes["href"] or ""
    assert href.startswith(f"{settings.SITE_URL}/schools/")
    return href.removeprefix(f"{settings.SITE_URL}/schools/")


@pytest.mark.parametrize(
    ("sent", "clean"),
    [
        ("?q=", ""),
        ("?q=&state=&sort=order&include_unknown=1&max_tuition=", ""),
        ("?q=&state=OH", "?state=OH"),
        ("?sort=name&state=&state=OH", "?state=OH&sort=name"),
        ("?state=&page=2", "?page=2"),
        ("?state=ZZ&q=%20", "?state=ZZ"),
    ],
)
def test_an_empty_key_moves_to_the_clean_address(client: Client, sent: str, clean: str) -> None:
    response = client.get(f"/schools/{sent}")
    assert (response.status_code, response.headers["Location"]) == (302, f"/schools/{clean}")


@pytest.mark.parametrize(
    "query",
    [
        CANONICAL,
        "?sort=name&include_unknown=0&max_tuition=5,000&field=billing-coding&award=associate&state=oh&q=green",
        f"{CANONICAL}&utm_source=mail&state=OH",
        CANONICAL.replace("&sort=name", "&sort=awards&sort=name"),
        f"{CANONICAL}&state=ZZ",
    ],
)
def test_other_spellings_name_the_canonical_one(client: Client, query: str) -> None:
    make_school("Greenwood", programs=[{"award_level": 3, "tuition": 4000}])
    assert names(client, query) == ["Greenwood"]
    assert canonical(client, query) == CANONICAL


def test_values_of_a_key_stand_in_one_order(client: Client) -> None:
    assert canonical(client, "?state=TX&state=OH&delivery=hybrid&delivery=campus") == (
        "?state=OH&state=TX&delivery=campus&delivery=hybrid"
    )


@pytest.mark.parametrize("query", ["", "?state=OH", "?utm_source=mail"])
def test_the_list_and_a_state_may_be_indexed(client: Client, query: str) -> None:
    make_school()
    assert get(client, query).css_first("meta[name=robots]") is None


@pytest.mark.parametrize(
    "query",
    [
        "?field=billing-coding",
        "?state=OH&field=billing-coding",
        "?state=OH&state=TX",
        "?delivery=online",
        "?q=green",
        "?sort=name",
        "?state=OH&sort=name",
        "?include_unknown=0",
        "?state=ZZ",
        "?state=TX",
    ],
)
def test_other_combinations_and_empty_results_may_not(client: Client, query: str) -> None:
    make_school("Greenwood")
    assert get(client, query).css_first("meta[name=robots]").attributes["content"] == "noindex, follow"


def test_unknown_keys_are_ignored(client: Client) -> None:
    make_school("Greenwood")
    page = get(
        client, "?name__startswith=a&user__password__regex=x&_connector=OR%201=1&state[]=TX&per_page=0&nea=1"
    )
    assert names(client, "?name__startswith=a") == ["Greenwood"]
    assert page.css_first(".notice") is None
