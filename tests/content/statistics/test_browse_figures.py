"""A reader browses and searches all figures."""

import pytest

from content.statistics import propose
from tests.build import make_figure, make_statistic
from tests.content.statistics.loads import DATA, load

pytestmark = pytest.mark.django_db


def keys_on(page: str) -> list[str]:
    """The keys of the list's rows, in their order."""
    rows = page[page.index('class="figure-rows"') :].split("</ul>", maxsplit=1)[0]
    return [part.split("/")[0] for part in rows.split('<a href="/statistics/')[1:]]


def test_an_empty_list_offers_a_way_on(client):
    answer = client.get("/statistics/")
    assert answer.status_code == 200
    assert "No figure is recorded yet" in answer.text
    assert 'href="/articles/"' in answer.text


def test_every_figure_stands_with_value_period_and_source(client):
    make_statistic()
    page = " ".join(client.get("/statistics/").text.split())
    assert "$51,140 a year" in page
    assert "May 2025 · U.S. Bureau of Labor Statistics, OEWS May 2025" in page


def test_what_the_site_is_about_comes_first_then_the_nation(client):
    load(DATA / "oews_2025_national_state_wide.csv")
    keys = keys_on(client.get("/statistics/").text)
    assert len(keys) == 25
    assert {key.split(".")[1] for key in keys[:13]} == {"29-2072"}
    assert {key.split(".")[2] for key in keys} == {"us"}


def test_words_narrow_the_list_by_label_and_key(client):
    load(DATA / "oews_2025_national_state_wide.csv")
    answer = client.get("/statistics/", {"q": "  MEDIAN annual\tohio 29-2072 "})
    assert keys_on(answer.text) == ["oews.29-2072.oh.median-annual"]
    assert "1 figure for “MEDIAN annual ohio 29-2072”" in " ".join(answer.text.split())
    assert 'content="noindex"' in answer.text
    assert 'value="MEDIAN annual ohio 29-2072"' in answer.text


def test_nothing_found_says_what_to_try(client):
    make_statistic()
    page = client.get("/statistics/", {"q": "zebra"}).text
    assert "No figure has all of these words: “zebra”" in page


def test_an_empty_question_moves_to_the_clean_address(client):
    answer = client.get("/statistics/?q=%20%00")
    assert (answer.status_code, answer["Location"]) == (302, "/statistics/")


@pytest.mark.parametrize(
    "text", ["%", "_", "\\", "'", '"', "<script>", "a" * 5000, "\ud800", "é\x00", "* OR 1=1"]
)
def test_no_question_breaks_the_page(client, text):
    make_statistic()
    answer = client.get(
        "/statistics/", {"q": text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")}
    )
    assert answer.status_code in {200, 302}
    assert "<script>" not in answer.text


def test_pages_keep_the_question_and_end_with_404_and_a_way_back(client):
    propose([make_figure(51140, key=f"oews.{number:03}.us.median-annual") for number in range(60)])
    page = client.get("/statistics/?q=oews&page=2").text
    assert "?q=oews&amp;page=3" in page
    assert len(keys_on(page)) == 25
    assert client.get("/statistics/?q=oews&page=1")["Location"] == "/statistics/?q=oews"
    answer = client.get("/statistics/?q=oews&page=4")
    assert answer.status_code == 404
    assert "/statistics/?q=oews" in answer.text
    assert client.get("/statistics/?page=x").status_code == 404


def test_values_that_wait_are_not_listed(client):
    make_statistic(values={2024: 50000})
    propose([make_figure(90000)])
    page = client.get("/statistics/").text
    assert "$50,000" in page
    assert "$90,000" not in page
