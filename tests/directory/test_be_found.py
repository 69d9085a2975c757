"""Search engines read the sitemap, robots.txt and the heads of pages."""

import pytest
from defusedxml.ElementTree import fromstring

from directory import sitemaps
from listings.models import School
from tests.build import (
    make_article,
    make_credential,
    make_school,
    make_specialty,
    make_statistic,
    make_topic,
)
from tests.reading import Page

pytestmark = pytest.mark.django_db

SITE = "http://127.0.0.1:8000"
NS = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LISTS = ["/", "/articles/", "/schools/", "/credentials/", "/specialties/", "/statistics/"]
HOW = [
    *("/statistics/pay-by-state/", "/how-listings-are-ordered/", "/how-this-site-is-paid-for/"),
    *("/for-schools/", "/glossary/", "/credentials/which/", "/corrections/"),
]


def listed(client, address: str = "/sitemap.xml") -> dict[str, str | None]:
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/xml; charset=utf-8"
    urls = fromstring(response.content).findall(f"{NS}url")
    return {url.findtext(f"{NS}loc").removeprefix(SITE): url.findtext(f"{NS}lastmod") for url in urls}


def make_everything() -> School:
    make_article(topic=make_topic("basics"))
    make_topic("empty")
    make_credential("CPC")
    make_specialty("Oncology")
    make_statistic("oews.29-2072.us.median-annual")
    make_school("Sample", is_sample=True)
    return make_school("Greenwood College")


def test_every_live_page_is_in_it_once(client):
    school = make_everything()
    found = listed(client)
    assert set(found) == {
        *LISTS,
        *HOW,
        "/articles/coding-certification/",
        "/topics/basics/",
        "/credentials/cpc/",
        "/specialties/oncology/",
        "/statistics/oews.29-2072.us.median-annual/",
        "/schools/in/oh/",
        "/programs/51.0713/oh/",
        school.get_absolute_url(),
    }
    assert found[school.get_absolute_url()] == school.changed_at.isoformat(timespec="seconds")


def test_each_page_in_it_is_there_canonical_and_indexable(client):
    make_everything()
    pages = {address: Page(client, address) for address in listed(client)}
    for address, page in pages.items():
        assert page.attribute("link[rel=canonical]", "href") == SITE + address
        assert "noindex" not in page.attribute("meta[name=robots]", "content"), address
        assert page.response.cookies == {}


def test_titles_and_descriptions_are_unique_and_fit(client):
    make_everything()
    pages = [Page(client, address) for address in listed(client) if "oews" not in address]
    titles = [page.text("title") for page in pages]
    descriptions = [page.attribute("meta[name=description]", "content") for page in pages]
    assert len(set(titles)) == len(titles)
    assert len(set(descriptions)) == len(descriptions)
    assert [title for title in titles if not 15 <= len(title) <= 60] == []
    assert [words for words in descriptions if len(words) > 160] == []


def test_an_empty_site_lists_its_lists(client):
    assert sorted(listed(client)) == sorted(LISTS + HOW)


def test_more_pages_than_one_file_may_hold_make_an_index(client, monkeypatch):
    make_everything()
    everything = list(listed(client))
    monkeypatch.setattr(sitemaps, "PER_FILE", 5)
    files = fromstring(client.get("/sitemap.xml").content).findall(f"{NS}sitemap/{NS}loc")
    addresses = [file.text.removeprefix(SITE) for file in files]
    assert addresses == [f"/sitemap.xml?p={number}" for number in range(1, len(addresses) + 1)]
    assert [page for address in addresses for page in listed(client, address)] == everything
    for wrong in ("0", "99", "x", "\uff11"):
        assert client.get(f"/sitemap.xml?p={wrong}").status_code == 404


def test_robots_blocks_nothing_that_says_noindex(client):
    response = client.get("/robots.txt")
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content.decode().splitlines() == [
        "User-agent: *",
        "Disallow:",
        "",
        f"Sitemap: {SITE}/sitemap.xml",
    ]


def test_the_icon_is_where_browsers_look(client):
    response = client.get("/favicon.ico")
    assert response.status_code == 301
    assert response["Location"].startswith("/static/img/favicon.")


def test_pages_that_are_read_carry_the_feed_and_an_icon(client):
    page = Page(client, "/")
    assert page.attribute('link[type="application/atom+xml"]', "href") == "/feed.atom"
    assert page.attribute("link[rel=icon]", "href").startswith("/static/img/favicon.")
