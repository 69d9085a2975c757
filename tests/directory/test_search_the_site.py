"""A reader searches schools, articles and credentials from any page."""

import time
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from content.models import REVISION_TEXT, Article, Revision
from listings.models import School
from tests.build import make_article, make_credential, make_revision, make_school, make_topic
from tests.proof import count
from tests.reading import Page

pytestmark = pytest.mark.django_db

HOSTILE = [
    "%", "_", "\\", "'", '"', "a" * 65_536, "word " * 13_000, "!!&|:*", "a & | b", "NEAR(a b)", "a* OR b",
    "\0", "col\0lege", "\U0001f600", "(a+)+$", "%ED%A0%80", "{}[]^~", "--", "; DROP TABLE content_revision",
    "<b>x</b>", "\u202ecollege", "\ufdfa" * 200, "é" * 30_000,
]  # fmt: skip


def search(client: Client, words: str, **more: str) -> Page:
    return Page(client, "/search/?" + urlencode({"q": words} | more))


def found(page: Page, kind: str) -> list[str]:
    return page.texts(f"section[aria-labelledby={kind}] h3")


def suggested(client: Client, words: str) -> list[str]:
    response = client.get("/search/suggest/?" + urlencode({"q": words}))
    assert response.status_code == 200
    return [suggestion["label"] for suggestion in response.json()["suggestions"]]


@pytest.fixture
def things() -> None:
    make_school("Keiser University", city="Fort Lauderdale", state="FL", aliases="KU|Keiser College")
    make_school("Columbus State Community College", city="Columbus", programs=[{"cip": "51.0707"}])
    make_school("Alder College", city="Salem", state="OR", programs=[{"credentials": ["cpc"]}])
    make_article(title="What a records technician does", lead="Reads charts.", topic=make_topic())
    make_credential("CPC", name="Certified Professional Coder", summary="For doctors and their offices.")
    make_credential("CCA", name="Certified Coding Associate")


@pytest.mark.usefixtures("things")
@pytest.mark.parametrize(
    ("words", "kind", "name", "matched"),
    [
        ("keis", "schools", "Keiser University", "name"),
        ("ku", "schools", "Keiser University", "also called KU"),
        ("lauderdale", "schools", "Keiser University", "in Fort Lauderdale"),
        ("oregon", "schools", "Alder College", "in Oregon"),
        (
            "records columbus",
            "schools",
            "Columbus State Community College",
            "name; teaches Health Information",
        ),
        ("cpc", "schools", "Alder College", "prepares for CPC"),
        ("technician", "articles", "What a records technician does", "title"),
        ("charts", "articles", "What a records technician does", "summary"),
        ("cpc", "credentials", "CPC: Certified Professional Coder", "code"),
        ("professional cod", "credentials", "CPC: Certified Professional Coder", "name"),
        ("aapc", "credentials", "CPC: Certified Professional Coder", "certifying body"),
        ("doctors", "credentials", "CPC: Certified Professional Coder", "summary"),
    ],
)
def test_a_hit_says_what_matched(client: Client, words: str, kind: str, name: str, matched: str) -> None:
    page = search(client, words)
    assert name in found(page, kind)
    place = found(page, kind).index(name)
    assert f"Matched: {matched}" in page.texts(f"section[aria-labelledby={kind}] .entry .meta")[place]


@pytest.mark.usefixtures("things")
@pytest.mark.parametrize(
    ("words", "kind", "meant"),
    [
        ("Keizer", "schools", "Keiser University"),
        ("Colombus state", "schools", "Columbus State Community College"),
        ("tecnician records", "articles", "What a records technician does"),
        ("profesional coder", "credentials", "CPC: Certified Professional Coder"),
    ],
)
def test_a_near_spelling_is_understood(client: Client, words: str, kind: str, meant: str) -> None:
    page = search(client, words)
    assert meant in found(page, kind)
    assert "Did you mean" in page.text(f"section[aria-labelledby={kind}]")
    assert meant in suggested(client, words)


def test_the_rest_of_a_kind_is_a_link_away(client: Client) -> None:
    for number in range(25):
        make_article(f"article-{number}", title=f"Coding {number}")
    for number in range(6):
        make_school(f"Coding School {number}")
    page = search(client, "coding")
    assert len(found(page, "articles")) == len(found(page, "schools")) == 5
    assert "/search/?q=coding&in=articles" in page.links()
    assert "/schools/?q=coding&sort=relevance" in page.links()
    second = Page(client, "/search/?q=coding&in=articles&page=2")
    assert len(found(second, "articles")) == 5
    assert client.get("/search/?q=coding&in=articles&page=3").status_code == 404
    assert client.get("/search/?q=coding&in=schools")["Location"] == "/schools/?q=coding&sort=relevance"


def test_every_page_has_the_box_and_search_is_not_indexed(client: Client) -> None:
    for address in ("/", "/schools/", "/articles/", "/nothing/"):
        html = client.get(address).content.decode()
        assert 'action="/search/"' in html
    response = client.get("/search/?q=x")
    assert b'content="noindex, follow"' in response.content
    assert not response.cookies
    assert client.get("/search/suggest/?q=xy")["X-Robots-Tag"] == "noindex"
    assert client.post("/search/").status_code == client.post("/search/suggest/").status_code == 405


@pytest.mark.parametrize("words", ["", "   ", "((("])
def test_no_words_find_nothing_and_ask_nothing(client: Client, words: str) -> None:
    make_school()
    address = "/search/?" + urlencode({"q": words})
    with CaptureQueriesContext(connection) as captured:
        page = Page(client, address)
    assert len(captured) == 0
    assert page.tree.css("section") == []
    assert suggested(client, words) == []


@pytest.mark.usefixtures("things")
@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_words_are_answered_soon(client: Client, words: str) -> None:
    make_school("Éé College")
    for address in ("/search/", "/search/suggest/"):
        client.get(address, {"q": words})
        began = time.process_time()
        response = client.get(address, {"q": words})
        assert time.process_time() - began < 0.2
        assert response.status_code == 200
        assert len(response.content) <= 60_000
        assert b"<b>x</b>" not in response.content or response["Content-Type"] == "application/json"


@pytest.mark.parametrize("query", ["q=%00", "q=%ED%A0%80", "q=a&q=b", "q=a&in=x", "q=a&page=0", "q[]=a"])
def test_odd_addresses_are_answered(client: Client, query: str) -> None:
    assert client.get(f"/search/?{query}").status_code in {200, 404}
    assert client.get(f"/search/suggest/?{query}").status_code == 200


def state(article: Article, kind: str) -> None:
    """Brings a published article into a state, or shows that it is one of those that stay hidden."""
    now = timezone.now()
    match kind:
        case "archived":
            Article.objects.filter(pk=article.pk).update(status=Article.Status.ARCHIVED)
        case "draft":
            Article.objects.filter(pk=article.pk).update(status=Article.Status.DRAFT)
        case "page":
            Article.objects.filter(pk=article.pk).update(kind=Article.Kind.PAGE)
        case "newer-draft":
            make_revision(article, title="zebra unpublished", lead="zebra")
        case "due" | "not-due":
            later = make_revision(article, title="zebra next", lead="zebra")
            moment = now - timedelta(hours=1) if kind == "due" else now + timedelta(hours=1)
            Article.objects.filter(pk=article.pk).update(next_revision=later, next_publish_at=moment)


@settings(max_examples=count(100), derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    kinds=st.lists(
        st.sampled_from(["live", "archived", "draft", "page", "newer-draft", "due", "not-due"]), max_size=6
    ),
    words=st.sampled_from(
        ["zebra", "zebr", "zebra next", "zabra", "unpublished", "common", "zebra published"]
    ),
)
def test_only_live_texts_are_ever_shown(kinds: list[str], words: str) -> None:
    Article.objects.all().update(
        published_revision=None, next_revision=None, next_publish_at=None, status="draft"
    )
    Revision.objects.all().delete()
    Article.objects.all().delete()
    for number, kind in enumerate(kinds):
        state(make_article(f"a-{number}", title=f"zebra published {number}", lead="common"), kind)
    live = {revision.title for revision in Revision.objects.live().articles()}
    client = Client()
    page = search(client, words)
    assert set(found(page, "articles")) <= live
    assert set(suggested(client, words)) <= live
    if words == "zebra":
        shown = set(found(search(client, words, **{"in": "articles"}), "articles"))
        assert shown == {title for title in live if "zebra" in title}


def test_the_index_follows_revisions() -> None:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(
                "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'content_revision'"
            )
            assert dict(cursor.fetchall()) == REVISION_TEXT.triggers()
        else:
            cursor.execute(
                "SELECT column_name FROM information_schema.columns"
                " WHERE table_name = 'content_revision' AND is_generated = 'ALWAYS'"
            )
            assert cursor.fetchall() == [("document",)]
    article = make_article(title="Zebra", published=False)
    assert Revision.objects.filter(REVISION_TEXT.holds(["zebra"])).count() == 1
    article.revisions.all().delete()
    assert Revision.objects.filter(REVISION_TEXT.holds(["zebra"])).count() == 0


def test_it_asks_a_fixed_number_of_times(client: Client) -> None:
    def fill(number: int) -> None:
        make_school(f"Coding College {number}", programs=[{"credentials": ["cpc"]}, {"cip": "51.0707"}])
        make_article(f"coding-{number}", title=f"Coding {number}", topic=make_topic())
        make_credential(f"CC{number}", name=f"Certified Coding {number}")

    def queries(address: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    addresses = (
        "/search/?q=coding",
        "/search/suggest/?q=coding",
        "/search/?q=codign",
        "/search/?q=coding&in=articles",
    )
    fill(0)
    few = [queries(address) for address in addresses]
    for number in range(1, 11):
        fill(number)
    assert [queries(address) for address in addresses] == few
    assert max(few) <= 10
    assert School.objects.count() == 11
