"""A changed figure stands on every page that names it, at once, and changes no other page."""

import re
from html import unescape

import pytest

from content.lib.figures import Break
from content.models import Observation, Statistic
from content.publishing import NewFact, NewFactBox
from content.statistics import accept, propose
from tests.build import make_article, make_credential, make_figure, make_school, make_statistic, make_topic

pytestmark = pytest.mark.django_db
PAY = "oews.29-2072.us.median-annual"
OTHER = "oews.43-3021.us.median-annual"
LINK = re.compile(r'(?:href|action|src)="(/[^"#]*)')
LOCATION = re.compile(r"<loc>https?://[^/]+(/[^<]*)</loc>")
# What names PAY: these and no other may change with it.
NAMING = {
    "/",
    "/statistics/",
    "/api/v1/articles/",
    "/api/v1/statistics/",
    f"/statistics/{PAY}/",
    f"/statistics/{PAY}/data.csv",
    f"/statistics/{PAY}/chart.svg",
    "/articles/",
    "/articles/in-the-text/",
    "/articles/in-a-table/",
    "/articles/in-a-chart/",
    "/articles/in-a-box/",
    "/articles/in-the-summary/",
    "/feed.atom",
    "/topics/certification/",
    "/topics/certification/feed.atom",
    # It lists the topic's newest articles with their summaries.
    "/schools/greenwood-college-1/",
    # The nation stands beside the states.
    "/statistics/pay-by-state/",
}


@pytest.fixture
def site():
    topic = make_topic()
    make_statistic(PAY, {2023: 48000, 2024: 50000})
    make_statistic(
        OTHER, {2024: 47000}, label="Billing clerks: median annual pay", subject="Billing (43-3021)"
    )
    make_statistic("oews.29-2072.oh.median-annual", {2024: 45678}, area="Ohio", label="Ohio's pay")
    box = NewFactBox(title="Pay", facts=(NewFact(label="Pay", statistic=Statistic.objects.get(key=PAY)),))
    make_article("in-the-text", topic=topic, body=f"It pays [[stat:{PAY}|full]].")
    make_article("in-a-table", topic=topic, body=f"[[stat-table:{OTHER},{PAY}]]")
    make_article("in-a-chart", topic=topic, body=f"[[stat-chart:{PAY}]]")
    make_article("in-a-box", topic=topic, facts=[box])
    make_article("in-the-summary", topic=topic, summary=f"Pay of [[stat:{PAY}]] and more.")
    make_article("about-another", topic=make_topic("billing"), body=f"Clerks get [[stat:{OTHER}]].")
    make_article("about-none", topic=make_topic("schools"), body="Nothing.")
    make_credential()
    make_school()


ELSEWHERE = ("/static/", "/admin/", "/corrections/report/", "/for-schools/link/", "/for-schools/new/")


def crawl(client):
    """Every page that can be reached by a link or stands in the sitemap, but forms, which carry a stamp."""
    found, ahead = {}, ["/", "/sitemap.xml", "/feed.atom", "/topics/certification/feed.atom"]
    while ahead:
        address = ahead.pop()
        if address in found or address.startswith(ELSEWHERE) or "/correct/" in address:
            continue
        answer = client.get(address, follow=False)
        found[address] = answer.getvalue().decode() if answer.status_code == 200 else str(answer.status_code)
        if answer.status_code == 200:
            links = LINK.findall(found[address]) + LOCATION.findall(found[address])
            ahead += [unescape(link) for link in links]
    return found


def words(page):
    """Without what may differ for other reasons: the sitemap's dates of change."""
    return re.sub(r"<lastmod>.*?</lastmod>|<updated>.*?</updated>", "", page)


def test_a_change_reaches_every_page_that_names_the_figure_and_no_other(client, admin_user, site):
    before = crawl(client)
    propose([make_figure(77123, year=2025, key=PAY)])
    assert {address: words(page) for address, page in crawl(client).items()} == {
        address: words(page) for address, page in before.items()
    }
    accept(Observation.objects.waiting().get(), by=admin_user)
    after = crawl(client)
    assert after.keys() == before.keys()
    changed = {address for address in after if words(after[address]) != words(before[address])}
    expected = {address for address in NAMING if address in after}
    assert len(expected) >= 14
    assert {address for address in changed if "?" not in address} == expected
    # With a query too: some lists of the API are linked with one alone.
    reached = {address.split("?")[0] for address in after}
    assert {address.split("?")[0] for address in changed} == NAMING & reached
    for address in expected:
        assert "77,123" in after[address] or "77123" in after[address], address
        if "history" not in after[address] and "data.csv" not in address:
            assert "$50,000" not in after[address], address
    assert len(after) > 30


def test_a_break_keeps_the_pages_of_both_series(client):
    old = "oews.29-2098.us.median-annual"
    change = Break(old, PAY, "It counts otherwise since.")
    propose(
        [
            make_figure(45000, year=2020, key=old, breaks=(change,)),
            make_figure(48000, year=2021, breaks=(change,)),
        ]
    )
    before = client.get(f"/statistics/{old}/").text
    propose([make_figure(49000, year=2022, breaks=(change,))])
    assert "$49,000" in client.get(f"/statistics/{PAY}/").text
    assert "$49,000" not in client.get(f"/statistics/{old}/").text
    assert "$45,000" in before
