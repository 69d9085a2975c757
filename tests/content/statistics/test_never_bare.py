"""No page shows a figure without its period and its receipt, whatever the figure is."""

import re
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from content.models import Article, Observation, Statistic
from content.publishing import NewFact, NewFactBox
from content.statistics import propose
from listings.models import School
from tests.build import make_article, make_figure, make_school, make_topic
from tests.proof import count

pytestmark = pytest.mark.django_db
PAGES = (
    "/",
    "/statistics/",
    "/statistics/{key}/",
    "/statistics/pay-by-state/",
    "/statistics/pay-by-state/?state=oh",
    "/articles/all/",
    "/articles/",
    "/topics/certification/",
    "/schools/in/oh/",
    "/programs/51.0713/oh/",
    "/search/?q=median",
)
NATION, OHIO = "oews.29-2072.us.median-annual", "oews.29-2072.oh.median-annual"
REASONS = ["suppressed", "not-reported", "not-collected", "not-published", "not-available", "top"]
values = st.one_of(
    st.decimals(min_value=4000, max_value=1_999_999, places=2).filter(lambda value: value % 100 != 25),
    st.sampled_from(REASONS),
)


def publish_everywhere(value, year):
    """The figure for the nation and for Ohio, and an article that names it in every way there is."""
    Article.objects.update(published_revision=None, status="draft")
    Article.objects.all().delete()
    Statistic.objects.update(current=None)
    Observation.objects.all().delete()
    Statistic.objects.all().delete()
    missing = value if isinstance(value, str) else ""
    number = None if missing else value
    columns = {
        "period": f"May {year}",
        "period_start": date(year, 5, 1),
        "period_end": date(year, 5, 31),
        "missing": missing,
    }
    propose(
        [
            make_figure(number, year=year, key=NATION, **columns),
            make_figure(number, year=year, key=OHIO, area="Ohio", label="Ohio", **columns),
        ]
    )
    statistic = Statistic.objects.get(key=NATION)
    box = NewFactBox(title="Pay", facts=(NewFact(label="Pay", statistic=statistic),))
    body = f"In words [[stat:{NATION}|full]].\n\n[[stat-table:{NATION}]]\n\n[[stat-chart:{NATION}]]"
    summary = f"What it pays: [[stat:{NATION}|full]]."
    make_article("all", topic=make_topic(), summary=summary, body=body, facts=[box])


def said(value):
    words = {
        "suppressed": "suppressed for privacy",
        "top": "at or above the survey",
    }
    if isinstance(value, str):
        return words.get(value, value.replace("-", " "))
    return f"${value:,.0f}" if value == value.to_integral_value() else f"${value:,.2f}"


def places(page, words):
    """The innermost blocks of the page's main part that hold the words, as elements."""
    tree = LexborHTMLParser(page)
    for node in tree.css("script, style, svg, title, head"):
        node.decompose()
    holders = tree.css("main p, main li, main td, main dd, main figcaption, main .figure, main tr")
    return [node for node in holders if words in " ".join(node.text().split())]


def is_receipted(node, period):
    """Whether the element, or one around it up to its section, has the period and a receipt's link."""
    around = node
    for _step in range(4):
        if around is None or around.tag in ("main", "body"):
            return False
        link = any("/statistics/" in (a.attributes.get("href") or "") for a in around.css("a"))
        if period in " ".join(around.text().split()) and link:
            return True
        around = around.parent
    return False


@settings(
    max_examples=count(200),
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(value=values, year=st.integers(2021, 2025))
def test_no_page_shows_a_figure_without_period_and_receipt(client, value, year):
    if not School.objects.exists():
        make_school()
    publish_everywhere(value, year)
    shown = 0
    for address in PAGES:
        path = address.format(key=NATION)
        page = client.get(path).text
        own = path == f"/statistics/{NATION}/"
        for node in places(page, said(value)):
            shown += 1
            text = " ".join(node.text().split())
            # A receipt is its own receipt: there the period alone is asked for.
            fits = f"May {year}" in page if own else is_receipted(node, f"May {year}")
            assert fits, f"{path}: {text[:200]}"
    assert shown >= 8


def test_the_check_itself_finds_a_bare_figure():
    page = "<main><section><p>It pays $51,140 a year.</p></section></main>"
    node = places(page, "$51,140")[0]
    assert not is_receipted(node, "May 2025")
    assert said(Decimal("51140.00")) == "$51,140"
    assert re.fullmatch(r"\$4,000\.50", said(Decimal("4000.50")))
