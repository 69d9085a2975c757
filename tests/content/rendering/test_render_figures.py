"""Tables and charts of statistics in a text."""

import re

import pytest

from content.rendering import plain, render, statistics_named
from tests.build import make_article, make_statistic

pytestmark = [pytest.mark.django_db, pytest.mark.once]
PAY = "oews.29-2072.us.median-annual"
MEAN = "oews.29-2072.us.mean-annual"


def html(text, **options):
    return str(render(text, statistics_named(text), **options).html)


@pytest.fixture
def pay():
    make_statistic(PAY, {2023: 48780, 2024: 50250, 2025: 51140})
    make_statistic(MEAN, {2025: 55000}, label="Mean pay", measure="mean-annual")


def test_a_table_has_a_row_a_figure_with_period_source_and_receipt(pay):
    found = html(f"Before.\n\n[[stat-table:{PAY}, {MEAN}]]\n\nAfter.")
    rows = re.findall(r"<tr><th scope=\"row\">(.*?)</tr>", found)
    assert len(rows) == 2
    for row, value in zip(rows, ("$51,140 a year", "$55,000 a year"), strict=True):
        assert f">{value}</a>" in row
        assert "May 2025" in row
        assert "U.S. Bureau of Labor Statistics, OEWS May 2025" in row
    assert found.index("Before.") < found.index("<table>") < found.index("After.")


def test_a_chart_has_its_value_period_and_source_beneath(pay):
    found = html(f"[[stat-chart:{PAY}]]\n\n[[stat-chart:{PAY}]]")
    assert found.count("<polyline") == 2
    assert len(set(re.findall(r'<title id="([^"]+)"', found))) == 2
    assert found.count("(May 2025). Source: U.S. Bureau of Labor Statistics") == 2
    assert f'href="/statistics/{PAY}/"' in found


def test_a_figure_that_is_not_there_is_said(pay):
    assert "figure not available" in html("[[stat-table:oews.none]]")
    assert "figure not available" in html("[[stat-chart:oews.none]]")


@pytest.mark.parametrize(
    "text",
    [
        f"`[[stat-table:{PAY}]]`",
        f"    [[stat-table:{PAY}]]",
        f"In a line [[stat-table:{PAY}]] it stays text.",
        "[[stat-table:]]",
        "\ue0030\ue004",
    ],
)
def test_what_is_no_table_stays_text(pay, text):
    found = html(text)
    assert "<table" not in found
    assert "\ue003" not in found


def test_a_table_in_code_stays_as_it_was_written(pay):
    found = html(f"```\n[[stat-table:{PAY}]]\n```")
    assert f"[[stat-table:{PAY}]]" in found
    assert "<table" not in found


def test_hostile_keys_and_labels_are_harmless():
    make_statistic(PAY, label="<script>alert(1)</script>")
    found = html(f"[[stat-table:{PAY},<img src=x onerror=alert(1)>]]")
    assert "<script" not in found
    assert "<img" not in found


def test_a_summary_holds_words_alone(pay):
    text = f"Pay.\n\n[[stat-table:{PAY}]]\n\nMore."
    assert plain(text, statistics_named(text)) == "Pay. More."


def test_the_receipt_names_the_articles_that_show_it_so(client, pay):
    make_article("in-a-table", title="In a table", body=f"[[stat-table:{MEAN}, {PAY}]]")
    make_article("in-a-chart", title="In a chart", body=f"[[stat-chart:{PAY}]]")
    page = client.get(f"/statistics/{PAY}/").content.decode()
    assert ">In a table</a>" in page
    assert ">In a chart</a>" in page
    shown = client.get("/articles/in-a-table/").content.decode()
    assert "$51,140 a year" in shown
    assert "<polyline" in client.get("/articles/in-a-chart/").content.decode()
