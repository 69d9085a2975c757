"""A reader pages through articles, all of them or those of a topic."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.build import make_article, make_statistic, make_topic
from tests.reading import Page

pytestmark = pytest.mark.django_db

PAY = "oews.29-2072.us.median-annual"
BAD_PAGES = ["0", "-1", "1e3", "", "%00", "٣", "1_0", "99999999999999999999", "2&page=3"]
FIRST = datetime(2026, 1, 1, 12, tzinfo=UTC)


def make_many(number: int, **columns) -> None:
    for place in range(number):
        when = FIRST + timedelta(days=place)
        make_article(f"article-{place}", title=f"Title {place}", published=when, **columns)


def test_newest_first_with_summary_topic_and_date(client):
    make_many(1)
    make_statistic(PAY)
    make_article("newest", title="Newest", summary=f"Pay is [[stat:{PAY}]] & *more*.", topic=make_topic())
    found = Page(client, "/articles/")
    assert found.texts(".entry h2") == ["Newest", "Title 0"]
    assert found.text(".entry p") == (
        "Pay is $51,140 a year (May 2025, U.S. Bureau of Labor Statistics) & more."
    )
    assert found.links(".entry .meta") == [f"/statistics/{PAY}/"]
    assert found.texts(".entry .meta")[1] == "January 1, 2026"
    assert found.links("nav[aria-label=Topics]") == ["/topics/certification/"]


def test_numbered_pages(client):
    make_many(25)
    first, second, third = (Page(client, f"/articles/{page}") for page in ("", "?page=2", "?page=3"))
    titles = [title for page in (first, second, third) for title in page.texts(".entry h2")]
    assert titles == [f"Title {place}" for place in range(24, -1, -1)]
    assert first.links(".pager") == ["/articles/?page=2", "/articles/?page=3", "/articles/?page=2"]
    assert second.attribute("link[rel=canonical]", "href").endswith("/articles/?page=2")
    assert first.text("title") != second.text("title")
    past = Page(client, "/articles/?page=4", status=404)
    assert "/articles/?page=3" in past.links()
    moved = client.get("/articles/?page=1")
    assert (moved.status_code, moved["Location"]) == (301, "/articles/")


@pytest.mark.parametrize(
    "page", ["0", "-1", "1e3", "", "%00", "٣", "1_0", "99999999999999999999", "2&page=3"]
)
def test_a_page_that_is_no_number_is_not_found(client, page):
    make_many(25)
    assert "/articles/" in Page(client, f"/articles/?page={page}", status=404).links()


def test_a_topic_has_its_articles_feed_and_schools(client):
    make_article("inside", title="Inside", topic=make_topic("basics", summary="What comes first."))
    make_article("outside", title="Outside", topic=make_topic("other"))
    found = Page(client, "/topics/basics/")
    assert found.texts(".entry h2") == ["Inside"]
    assert found.text(".lede") == "What comes first."
    assert "/schools/?field=billing-coding" in found.links()
    assert "/topics/basics/feed.atom" in found.html
    assert found.attribute("meta[name=robots]", "content") == ""
    assert Page(client, "/topics/no-such/", status=404).text("h1") == "There is no page at this address"


def test_nothing_is_said_where_nothing_is_published(client):
    make_topic("basics")
    assert "No article is published here yet." in Page(client, "/articles/").text()
    found = Page(client, "/topics/basics/")
    assert "No article on this topic is published yet." in found.text()
    assert found.attribute("meta[name=robots]", "content") == "noindex"
