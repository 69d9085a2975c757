"""A69: drafts, scheduled, archived and previewed texts appear on no surface and in no count."""

from datetime import timedelta
from random import Random

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from content.models import Article, RelatedLink, Revision
from content.previewing import make_link
from content.publishing import archive, publish, schedule
from content.related import rebuild
from content.unsaved import keep
from tests.build import make_article, make_credential, make_revision, make_specialty, make_term, make_topic
from tests.content.workflow.people import make_editor
from tests.proof import count

pytestmark = pytest.mark.django_db
KINDS = (
    *("live", "draft", "in-review", "approved", "scheduled"),
    *("archived", "page", "page draft", "previewed", "changed", "due", "unsaved"),
)
SHOWN = ("changed", "unsaved")  # readers see the article, not the word
SURFACES = (
    "/",
    "/articles/",
    "/topics/basics/",
    "/credentials/",
    "/credentials/cpc/",
    "/specialties/oncology/",
    "/glossary/",
    "/corrections/",
    "/feed.atom",
    "/topics/basics/feed.atom",
    "/sitemap.xml",
    "/api/v1/articles/?per_page=100",
    "/api/v1/facets/",
    "/search/?q=zanzibar",
    "/search/suggest/?q=zanzibar",
    "/articles/seen/",
    "/statistics/",
    "/schools/",
)


def hidden(number: int) -> str:
    """A word that no other text holds."""
    return f"zanzibar{number}x"


def make(kind: str, number: int, shared: dict) -> tuple[Article, bool]:
    """An article of that kind, and whether readers see its word."""
    word, now, hour = hidden(number), timezone.now(), timedelta(hours=1)
    texts = {"title": word, "summary": word, "lead": word, "body": word, **shared}
    if kind in SHOWN:
        article = make_article(f"a-{number}", title="Shown", lead="Shown", **shared)
        words = dict.fromkeys(("title", "summary", "lead", "body"), word)
        if kind == "changed":
            make_revision(article, **words)
        else:
            draft = make_revision(article, title="Draft")
            keep(words, by=shared_editor(), revision=draft, base=draft.number, tab="a tab")
        return article, False
    if kind == "page":
        return make_article(f"{word}", kind=Article.Kind.PAGE, **texts), False
    if kind == "page draft":
        return make_article(f"{word}", kind=Article.Kind.PAGE, published=False, **texts), False
    article = make_article(f"{word}", published=kind in ("live", "archived"), **texts)
    draft = article.revisions.get()
    if kind in ("in-review", "approved"):
        Revision.objects.filter(pk=draft.pk).update(state=kind)
    elif kind == "scheduled":
        schedule(draft, publish_at=now + hour, by=None)
    elif kind == "due":
        schedule(draft, publish_at=now - hour, by=None, at=now - 2 * hour)
    elif kind == "archived":
        archive(article, by=None)
    elif kind == "previewed":
        make_link(draft, days=3, by=shared_editor())
    return article, kind in ("live", "due")


def shared_editor() -> User:
    return User.objects.filter(username="maker").first() or make_editor("Publisher", "maker")


def test_no_surface_shows_what_is_not_live(client: Client, settings) -> None:
    settings.API_RATE = (1_000_000, 60)
    rng = Random(69)
    shared = {
        "topic": make_topic("basics"),
        "credentials": [make_credential("CPC")],
        "specialties": [make_specialty("Oncology")],
    }
    seen_article = make_article("seen", title="Seen by all", **shared)
    made = []
    for number in range(count(300)):
        kind = KINDS[number] if number < len(KINDS) else rng.choice(KINDS)
        article, is_seen = make(kind, number, shared)
        if number < 40:
            RelatedLink.objects.create(article=seen_article, target=article, origin="pinned", reason="Both")
            make_term(f"Word {number}", article=article)
        made.append((kind, number, article, is_seen))
    rebuild()
    everything = {surface: client.get(surface).content.decode().lower() for surface in SURFACES}
    for kind, number, article, is_seen in made:
        word = hidden(number)
        leaks = [surface for surface, html in everything.items() if not is_seen and word in html]
        # A page stands at its own address and in the sitemap, in no list of articles.
        assert leaks == (["/sitemap.xml"] if kind == "page" else []), (kind, number)
        for extra in ("", "?preview=1", "?asof=2026-01-01", f"?revision={number}"):
            answer = client.get(article.get_absolute_url() + extra)
            assert (word in answer.content.decode()) == (is_seen or kind == "page"), (kind, extra)
        api = client.get(f"/api/v1/articles/{article.slug}/")
        assert (api.status_code == 200) == (is_seen or kind in SHOWN), kind
        assert word not in api.content.decode() or is_seen
        asked = client.get("/search/", {"q": word}).content.decode()
        assert (f"/articles/{article.slug}/" in asked) == is_seen, kind
    live = sum(is_seen or kind in SHOWN for kind, _n, _a, is_seen in made) + 1
    assert client.get("/api/v1/articles/").json()["count"] == live
    assert Revision.objects.live().articles().count() == live


def test_a_published_page_changes_only_by_publishing(client: Client) -> None:
    rng = Random(70)
    article = make_article(title="Seen", body="Seen words.")
    editor = make_editor("Publisher")
    before = client.get(article.get_absolute_url()).content
    for number in range(count(300)):
        draft = make_revision(article, title=hidden(number), body=hidden(number))
        what = rng.choice(("in-review", "approved", "kept", "schedule", "link", "nothing"))
        if what == "schedule":
            schedule(draft, publish_at=timezone.now() + timedelta(days=1), by=None)
        elif what == "link":
            make_link(draft, days=1, by=editor)
        elif what != "nothing":
            Revision.objects.filter(pk=draft.pk).update(state=what)
        assert client.get(article.get_absolute_url()).content == before, what
    publish(draft, by=None)
    assert client.get(article.get_absolute_url()).content != before
