"""A reader follows a figure to its receipt."""

from xml.etree import ElementTree

import pytest
from django.utils.html import escape

from content.lib.figures import Break, Origin
from content.models import Fact, FactBox
from content.statistics import propose
from tests.build import make_article, make_figure, make_statistic
from tests.content.statistics.loads import EVERY, load

pytestmark = pytest.mark.django_db
KEY = "oews.29-2072.us.median-annual"
RECEIPT = f"/statistics/{KEY}/"


def text_of(page: str) -> str:
    return " ".join(page.split())


def test_it_says_value_period_source_release_retrieved_and_who_accepted_it(client):
    load(*EVERY)
    page = text_of(client.get(RECEIPT).text)
    for said in (
        '<h1 class="receipt-title">Medical records specialists: median annual pay, United States</h1>',
        "$51,140 a year",
        "May 2025",
        "Medical records specialists (29-2072), United States",
        'href="https://www.bls.gov/oes/tables.htm" rel="noopener"',
        "Occupational Employment and Wage Statistics, May 2025",
        "OEWS May 2025",
        "by rule",
        "May 2022 says $47,180 a year, a difference of +8.4 percent.",
        f'href="/statistics/{KEY}/data.csv"',
        "How to cite it",
        f"<code>{KEY}</code>",
    ):
        assert said in page, said


def test_it_shows_earlier_values_and_the_series_before_the_breaks(client):
    load(*EVERY)
    page = text_of(client.get(RECEIPT).text)
    values = ("$47,180 a year", "$46,660 a year", "$44,090 a year", "$40,350 a year")
    order = [page.index(said) for said in values]
    assert order == sorted(order)
    assert 'href="/statistics/oews.29-2098.us.median-annual/"' in page
    assert 'href="/statistics/oews.29-2071.us.median-annual/"' in page
    assert page.count("its values do not compare with those above") == 2


def test_its_plot_has_a_line_a_series_and_a_mark_a_break(client):
    load(*EVERY)
    page = client.get(RECEIPT).text
    start = page.index('<svg class="chart"', page.index('id="history"'))
    svg = ElementTree.fromstring(page[start : page.index("</svg>", start)] + "</svg>")
    spelled = [each.get("class") for each in svg.iter() if each.get("class")]
    assert spelled.count("chart-break") == 2
    lines = [each.get("points").split() for each in svg.iter() if each.tag.endswith("polyline")]
    assert [len(points) for points in lines] == [3, 1, 3]


def test_its_spread_is_a_bar_with_links_to_each_part(client):
    load(*EVERY)
    page = client.get(RECEIPT).text
    assert "How far it spreads" in page
    for part, value in (("p10", "$37,000"), ("p25", "$43,490"), ("p75", "$64,820"), ("p90", "$81,150")):
        assert f'<a href="/statistics/oews.29-2072.us.{part}-annual/">{value} a year</a>' in page
    assert "90th percentile $81,150" in page


def test_a_spread_with_a_missing_part_is_told_but_not_drawn(client):
    for part, value in (("p10", 30000), ("p25", 40000), ("median", 51140), ("p75", 64820), ("p90", None)):
        key = f"oews.x.us.{part}-annual"
        make_statistic(key, {2025: value}, measure=f"{part}-annual", missing="" if value else "top")
    page = client.get("/statistics/oews.x.us.median-annual/").text
    assert "at or above the survey&#x27;s highest value" in page
    assert "chart-whole" not in page


def test_it_lists_the_live_articles_that_name_it(client):
    statistic = make_statistic()
    make_article("in-the-text", title="In the text", body=f"It pays [[stat:{KEY}]].")
    make_article("in-full", title="In full", lead=f"It pays [[stat:{KEY}|full]].")
    make_article("draft", title="A draft", body=f"[[stat:{KEY}]]", published=False)
    make_article("other", title="Another one", body=f"[[stat:{KEY}-other]] and {KEY}")
    boxed = make_article("in-a-box", title="In a box")
    box = FactBox.objects.create(revision=boxed.published_revision, title="Facts")
    Fact.objects.create(box=box, label="Pay", statistic=statistic)
    page = client.get(RECEIPT).text
    assert [title in page for title in ("In the text", "In full", "In a box")] == [True] * 3
    assert [title in page for title in ("A draft", "Another one")] == [False] * 2


def test_a_missing_value_is_said_in_words_and_never_as_zero(client):
    make_statistic("oews.x.gu.employment", {2025: None}, unit="people", per="")
    page = client.get("/statistics/oews.x.gu.employment/").text
    assert "not available" in page
    assert "0 people" not in page


def test_a_statistic_without_a_value_says_so(client):
    statistic = make_statistic()
    statistic.observations.update(status="proposed", decided_at=None)
    type(statistic).objects.update(current=None)
    answer = client.get(RECEIPT)
    assert answer.status_code == 200
    assert "No value is accepted yet" in answer.text
    assert "$51,140" not in answer.text


@pytest.mark.parametrize(
    "key",
    [
        "nope",
        "oews.29-2072.us.median-annual.",
        "OEWS.29-2072.US.MEDIAN-ANNUAL",
        "<script>alert(1)</script>",
        "%00",
        "a%00b",
        "%0d%0aSet-Cookie:%20a=b",
        "'%20OR%201=1--",
        "..",
        "%2e%2e%2f%2e%2e%2fsettings.py",
        "{{7*7}}",
        "%F0%9F%92%B8",
        "x" * 300,
        "oews.29-2072.us.median-annual%0a",
    ],
)
@pytest.mark.parametrize("tail", ["", "data.csv"])
def test_a_key_that_is_not_there_is_404_with_a_way_back(client, key, tail):
    make_statistic()
    answer = client.get(f"/statistics/{key}/{tail}")
    assert answer.status_code == 404
    assert 'href="/statistics/"' in answer.text or 'href="/articles/"' in answer.text
    assert "<script>alert" not in answer.text
    assert not answer.cookies


def test_texts_from_files_are_shown_as_texts(client):
    hostile = "<img src=x onerror=alert(1)>{{7*7}}"
    change = Break("old.key", KEY, hostile)
    columns = {"label": hostile, "subject": hostile, "breaks": (change,)}
    make_statistic("old.key", {2019: 40000}, **columns)
    source = Origin(hostile, hostile, "https://example.org/?a=1&b=<b>")
    propose([make_figure(51140, key=KEY, period=hostile, release=hostile, source=source, **columns)])
    page = client.get(RECEIPT).text
    assert "<img" not in page
    assert escape(hostile) in page


def test_the_page_sets_no_cookie_and_answers_head(client):
    make_statistic()
    answer = client.head(RECEIPT)
    assert (answer.status_code, answer.content, dict(answer.cookies)) == (200, b"", {})
    assert client.post(RECEIPT).status_code == 405
    assert client.post(f"{RECEIPT}data.csv").status_code == 405
