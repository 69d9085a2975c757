"""A reader follows new articles by feed."""

from datetime import UTC, datetime, timedelta
from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import fromstring

from content.lib.figures import format_value
from content.publishing import archive, publish
from tests.build import make_article, make_revision, make_statistic, make_topic

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
FIRST = datetime(2026, 1, 1, 12, tzinfo=UTC)


def read(client, address: str) -> Element:
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/atom+xml; charset=utf-8"
    return fromstring(response.content)


def titles(feed: Element) -> list[str]:
    return [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")]


def test_newest_first_with_absolute_addresses_and_real_dates(client):
    title = "A <b> & \x0bcontrol"
    article = make_article(title=title, summary="Says *little*.", published=FIRST)
    publish(
        make_revision(article, title="A <b> & \x0bcontrol", summary="Says *more*."),
        by=None,
        at=FIRST + timedelta(days=9),
    )
    make_article("later", title="Later", published=FIRST + timedelta(days=1))
    feed = read(client, "/feed.atom")
    assert titles(feed) == ["Later", "A <b> &  control"]
    entry = feed.findall(f"{ATOM}entry")[1]
    address = "http://127.0.0.1:8000/articles/coding-certification/"
    assert entry.find(f"{ATOM}link").get("href") == address
    assert entry.findtext(f"{ATOM}id") == address
    assert entry.findtext(f"{ATOM}summary") == "Says more."
    assert entry.findtext(f"{ATOM}published") == "2026-01-01T12:00:00+00:00"
    assert entry.findtext(f"{ATOM}updated") == "2026-01-10T12:00:00+00:00"
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == "The Superbill editors"
    links = {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")}
    assert links["self"] == "http://127.0.0.1:8000/feed.atom"


def test_a_summary_holds_no_markup_for_feed_readers(client):
    make_article(summary="`<script>alert(1)</script>` & <b>bold</b>")
    entry = read(client, "/feed.atom").find(f"{ATOM}entry")
    assert entry.find(f"{ATOM}summary").get("type") == "html"
    assert entry.findtext(f"{ATOM}summary") == "&lt;script&gt;alert(1)&lt;/script&gt; &amp; bold"


def test_only_reading_is_allowed(client):
    for address in ("/feed.atom", "/sitemap.xml", "/robots.txt", "/favicon.ico"):
        assert client.post(address).status_code == 405, address


def test_a_topic_has_a_feed_of_its_own(client):
    make_article("inside", title="Inside", topic=make_topic("basics"))
    make_article("outside", title="Outside")
    feed = read(client, "/topics/basics/feed.atom")
    assert titles(feed) == ["Inside"]
    assert feed.findtext(f"{ATOM}title") == "Superbill: Basics"
    assert client.get("/topics/no-such/feed.atom").status_code == 404


def test_an_empty_feed_and_a_long_one(client):
    assert titles(read(client, "/feed.atom")) == []
    for place in range(25):
        make_article(f"article-{place}")
    assert len(titles(read(client, "/feed.atom"))) == 20


def test_a_feed_that_did_not_change_is_not_sent_again(client):
    article = make_article(summary="[[stat:x.y.us.m]]", topic=make_topic("basics"), published=FIRST)
    for address in ("/feed.atom", "/topics/basics/feed.atom"):
        first = client.get(address)
        assert "Last-Modified" not in first
        again = client.get(address, headers={"If-None-Match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
    statistic = make_statistic("x.y.us.m")
    new = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert new.status_code == 200
    assert format_value(statistic.current.value, "USD", "year") in new.content.decode()
    archive(article, by=None)
    gone = client.get(address, headers={"If-None-Match": new["ETag"]})
    assert (gone.status_code, b"<entry>" in gone.content) == (200, False)


def test_what_was_changed_stands_in_the_entry(client):
    article = make_article(summary="About pay.", change_note="First.", published=FIRST)
    assert read(client, "/feed.atom").findtext(f"{ATOM}entry/{ATOM}summary") == "About pay."
    later = make_revision(article, summary="About pay.", change_note="New <figures>.")
    publish(later, by=None, at=FIRST + timedelta(days=1))
    entry = read(client, "/feed.atom").find(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}summary") == "About pay. Updated: New &lt;figures&gt;."
    assert entry.findtext(f"{ATOM}updated") == "2026-01-02T12:00:00+00:00"
