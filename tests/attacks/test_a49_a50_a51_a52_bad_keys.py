"""A49 to A52: pages, sizes, filters and sorts that are none."""

from urllib.parse import quote

import pytest

from tests.attacks.ground import DATA, LISTS, corpus, make_one_of_each, with_query
from tests.build import make_school
from tests.reading import Page

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_limit(settings):
    settings.API_RATE = (1_000_000, 60)
    make_one_of_each()


@pytest.mark.slow
def test_a49_a_page_that_is_none_is_not_found(client):
    for page in corpus("a49_pages"):
        for address in LISTS:
            refused = address.startswith("/api/") and "\0" in page
            status = client.get(with_query(address, f"page={quote(page)}")).status_code
            assert status == (400 if refused else 404), (address, page)


def test_a49_two_pages_are_none(client):
    for query in ("page=1&page=2", "page=2&page=1", "page=1&page=1", "page[]=1&page=2"):
        for address in LISTS:
            assert client.get(with_query(address, query)).status_code == 404, (address, query)


def test_a50_a_size_that_is_none_is_refused(client):
    for address in LISTS:
        plain = client.get(address).content
        for size in ("0", "-5", "-0", "1e9", "1000000000", "101", "1.5", "\u0663", "x", "\0"):
            answer = client.get(with_query(address, f"per_page={quote(size)}"))
            if address.startswith("/api/"):
                assert answer.status_code == 400
                assert {error["key"] for error in answer.json()["errors"]} == {"per_page"}
            else:
                assert answer.content == plain


@pytest.mark.slow
def test_a51_a_key_that_is_none_filters_nothing(client):
    queries = [quote(query, "&=[]") for query in corpus("a51_queries")]
    queries.append("&".join(f"key{n}={n}" for n in range(500)))
    for address in ("/schools/", "/articles/", "/statistics/", "/search/?q=green", *DATA):
        plain = client.get(address).getvalue()
        for query in queries:
            assert client.get(with_query(address, query)).getvalue() == plain, (address, query)
    for name in ("schools", "programs", "articles", "credentials", "statistics"):
        for query in queries:
            assert client.get(f"/api/v1/{name}/?{query}").json()["count"] == 1, (name, query)


def test_a51_a_key_five_hundred_times_is_answered(client):
    query = "&".join(f"state={code}" for code in ["OH", "TX", "'"] * 170)
    page = Page(client, f"/schools/?{query}")
    assert page.texts(".notice p") == ["\u201c'\u201d is no state or territory, so it does not filter."]
    assert client.get(f"/api/v1/schools/?{query}").status_code == 400


def test_a52_a_sort_that_is_none_sorts_nothing(client):
    make_school("Aspen College")
    usual = Page(client, "/schools/").texts("main h3")
    for sort in corpus("a52_sorts"):
        page = Page(client, f"/schools/?sort={quote(sort)}")
        assert page.texts("main h3") == usual
        assert "is no order that this list knows" in page.text(".notice"), sort
        for address in ("/api/v1/schools/", "/api/v1/programs/", "/schools/export.csv"):
            answer = client.get(address, {"sort": sort})
            assert answer.status_code == 400
            assert {error["key"] for error in answer.json()["errors"]} == {"sort"}
