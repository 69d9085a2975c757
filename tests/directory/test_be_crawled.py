"""A crawler begins on the front page and follows every link that it may follow."""

import re
from urllib.parse import urljoin, urlsplit

import pytest
from django.test import Client
from selectolax.lexbor import LexborHTMLParser

from content.models import Article
from tests.attacks.ground import KEY
from tests.build import (
    make_article,
    make_credential,
    make_school,
    make_specialty,
    make_sponsorship,
    make_statistic,
    make_topic,
)

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
HERE = "http://testserver"


def path_of(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def fill() -> None:
    """Schools for several numbered pages, in two states, of several fields; one code has no name."""
    make_credential("CPC")
    make_specialty("Oncology")
    make_statistic(KEY)
    for slug in ("about", "editorial-policy", "contact", "privacy"):
        make_article(slug, kind=Article.Kind.PAGE)
    topic = make_topic("basics", school_filter="field=billing-coding&state=OH")
    for number in range(12):
        make_article(f"article-{number}", topic=topic)
    for number in range(45):
        cips = ("51.0713", "51.0722", "51.0798") if number % 9 == 0 else ("51.0713",)
        school = make_school(
            f"College {number}",
            state="TX" if number % 3 else "OH",
            programs=[{"cip": cip, "credentials": ["cpc"], "delivery": ["online"]} for cip in cips],
        )
    make_sponsorship(school)


def crawl(client: Client) -> dict[str, LexborHTMLParser]:
    """Every page that is reached, by its address."""
    pages: dict[str, LexborHTMLParser] = {}
    seen, waiting = {"/"}, ["/"]
    while waiting:
        address = waiting.pop()
        answer = client.get(address, follow=True)
        assert answer.status_code == 200, address
        if not answer["Content-Type"].startswith("text/html"):
            continue
        page = pages[address] = LexborHTMLParser(answer.content.decode())
        if "nofollow" in robots(page):
            continue
        for link in page.css("a[href]"):
            onward = urljoin(HERE + address, link.attributes["href"] or "")
            followed = "nofollow" not in (link.attributes.get("rel") or "")
            if followed and onward.startswith(HERE) and path_of(onward) not in seen:
                seen.add(path_of(onward))
                waiting.append(path_of(onward))
    return pages


def robots(page: LexborHTMLParser) -> str:
    found = page.css_first("meta[name=robots]")
    return (found.attributes.get("content") or "") if found else ""


def test_it_finds_every_page_and_few_others(client, settings):
    settings.API_RATE = (1_000_000, 60)
    fill()
    sitemap = client.get("/sitemap.xml").content.decode()
    real = {path_of(address) for address in re.findall(r"<loc>(.*?)</loc>", sitemap)}
    found = crawl(client)
    assert real <= set(found)
    numbered = {address for address in found if re.sub(r"[?&]page=[0-9]+$", "", address) in real} - real
    assert len(numbered) >= 4
    assert len(found) <= 1.2 * len(real)
    others = set(found) - real - numbered
    assert others <= {"/schools/saved/", "/api/v1/", "/api/v1/docs/"}
    for address in found:
        assert not re.search(r"[?&](?!page=)", address), address


def test_a_list_with_choices_is_kept_by_no_search_engine(client):
    fill()
    narrow = "/schools/?state=OH&state=TX&delivery=online&include_unknown=0&sort=name"
    for address in (narrow, "/schools/?field=51.0713", "/schools/?q=college", "/search/?q=college"):
        page = LexborHTMLParser(client.get(address).content.decode())
        assert "noindex" in robots(page)
        own = [link.attributes for link in page.css("main a[href]") if "?" in (link.attributes["href"] or "")]
        assert own
        assert [link["href"] for link in own if "nofollow" not in (link.get("rel") or "")] == []
