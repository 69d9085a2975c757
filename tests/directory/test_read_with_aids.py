"""Readers with assistive technology find headings in order, landmarks, names; and nothing foreign."""

import re
from collections import Counter
from itertools import pairwise

import pytest
from defusedxml.ElementTree import fromstring

from content.models import Article, RelatedLink
from content.models.article import TOP_PAGES
from content.publishing import NewFact, NewFactBox
from tests.build import (
    make_article,
    make_credential,
    make_school,
    make_source,
    make_specialty,
    make_sponsorship,
    make_statistic,
    make_topic,
)
from tests.reading import Page

pytestmark = [pytest.mark.django_db, pytest.mark.once]

LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
BODY = """
# A heading that is too high

See [the list](/schools/) and [[stat:oews.29-2072.us.median-annual|full]].[^1]

#### A heading that is too low

| State | Pay |
| --- | ---: |
| Ohio | 5 |

## {untitled}

More.

[^1]: A note.
"""


@pytest.fixture
def addresses(client) -> list[str]:
    """Every page of a site that has something of everything."""
    statistic = make_statistic("oews.29-2072.us.median-annual")
    credential, specialty = make_credential("CPC"), make_specialty("Oncology")
    sources = ((make_source(), "*"),)
    facts = (NewFact(label="Pay", statistic=statistic), NewFact(label="Skills", text="Care", sources=sources))
    named = {"credentials": [credential], "specialties": [specialty], "topic": make_topic("basics")}
    article = make_article(body=BODY, facts=[NewFactBox(title="Facts", facts=facts)], **named)
    other = make_article("other", lead="", **named)
    RelatedLink.objects.create(article=article, target=other, origin="pinned", reason="Close")
    for slug in TOP_PAGES:
        make_article(slug, kind=Article.Kind.PAGE, title=f"Of {slug}", lead=f"What {slug} is.")
    for place in range(14):
        school = make_school(f"College {place}", programs=[{"credentials": ["cpc"]}])
        make_sponsorship(school, placement="article-panel")
    listed = [
        element.text for element in fromstring(client.get("/sitemap.xml").content).iter() if element.text
    ]
    own = [address.removeprefix("http://127.0.0.1:8000") for address in listed if address.startswith("http:")]
    return [*own, "/articles/coding-certification/?page=2"]


def levels(page: Page) -> list[int]:
    return [int(node.tag[1]) for node in page.tree.css("h1, h2, h3, h4, h5, h6")]


def test_every_page_has_one_title_and_no_level_is_left_out(client, addresses):
    assert len(addresses) > 20
    for address in addresses:
        found = levels(Page(client, address))
        assert found.count(1) == 1, address
        assert found[0] == 1, address
        steps = [low - high for high, low in pairwise(found)]
        assert max(steps, default=0) <= 1, (address, found)


def test_landmarks_language_and_ids(client, addresses):
    for address in addresses:
        page = Page(client, address)
        assert page.attribute("html", "lang") == "en"
        assert [len(page.tree.css(name)) for name in ("header.site-header", "main", "footer")] == [1, 1, 1]
        ids = Counter(node.attributes["id"] for node in page.tree.css("[id]"))
        assert [name for name, times in ids.items() if times > 1] == [], address
        labelled = [node.attributes["aria-labelledby"] for node in page.tree.css("[aria-labelledby]")]
        labels = {name for names in labelled for name in names.split()}
        assert labels <= set(ids), address
        inside = {link[1:] for link in page.links("body") if link.startswith("#")}
        assert inside <= set(ids), address


def test_links_fields_and_tables_have_names(client, addresses):
    for address in addresses:
        page = Page(client, address)
        for link in page.tree.css("a"):
            name = link.text(strip=True) or link.attributes.get("aria-label")
            assert name, (address, link.html)
            assert name.lower() not in {"here", "click here", "more", "read more"}, address
        labelled = {label.attributes["for"] for label in page.tree.css("label[for]")}
        fields = {
            field.attributes["id"]
            for field in page.tree.css("input, select, textarea")
            if field.parent.tag != "label"
        }
        assert fields <= labelled, address
        assert [cell.html for cell in page.tree.css("th:not([scope])")] == [], address


def test_every_link_within_the_site_leads_somewhere(client, addresses):
    pages = [Page(client, address) for address in addresses]
    inside = {link.split("#")[0] for page in pages for link in page.links("body") if link.startswith("/")}
    broken = {link: client.get(link).status_code for link in inside if link}
    assert {link: status for link, status in broken.items() if status != 200} == {}


def test_pages_hold_no_script_style_cookie_or_foreign_asset(client, addresses):
    for address in addresses:
        page = Page(client, address)
        assert page.response.cookies == {}, address
        assert "Cookie" not in page.response.get("Vary", ""), address
        assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:", page.html), address
        kinds = {script.attributes.get("type") for script in page.tree.css("script:not([src])")}
        assert kinds <= {"application/ld+json"}, address
        assets = [node.attributes["href"] for node in page.tree.css("link[rel=stylesheet], link[rel=icon]")]
        assets += [node.attributes["src"] for node in page.tree.css("[src]")]
        assert [asset for asset in assets if not asset.startswith("/static/")] == [], address
        assert len(page.html.encode()) < 60_000, address
