"""Digests of live articles: what related links read of a text, made once for each published revision."""

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import datetime
from hashlib import sha256
from itertools import batched
from typing import Final
from urllib.parse import urljoin, urlsplit

from django.conf import settings
from django.db.models.functions import Coalesce
from django.urls import reverse
from markdown_it import MarkdownIt
from markdown_it.token import Token

from content.lib.ranking import Page
from content.lib.similarity import count_terms, sketch
from content.models import ArticleDigest, Revision
from content.rendering import MARK

BATCH: Final = 50
READ_AT_ONCE: Final = 100
MARKDOWN: Final = MarkdownIt("commonmark").enable("table")
COLUMNS: Final = ["revision", "topic", "content_hash", "terms", "links", "labels", "sketch"]


def digest_missing(at: datetime | None, limit: int | None, renew: Callable[[], None]) -> int:
    """Digests for live revisions that have none, at most `limit` of them, in short transactions; how many."""
    missing = ArticleDigest.objects.missing(at).order_by("pk")
    keys = list(missing.values_list("pk", flat=True)[:limit])
    for batch in batched(keys, BATCH):
        renew()
        labels = _labels(batch)
        revisions = Revision.objects.filter(pk__in=batch).select_related("article")
        rows = [digest(revision, labels[revision.pk]) for revision in revisions]
        ArticleDigest.objects.bulk_create(
            rows, update_conflicts=True, unique_fields=["article"], update_fields=COLUMNS
        )
    return len(keys)


def digest(revision: Revision, about: Iterable[str]) -> ArticleDigest:
    """The digest of a revision, not saved; a revision with the same content has the same hash.

    `about`: labels of what it is about, beside its topic.
    """
    article = revision.article
    words, links = _read(f"{revision.lead}\n\n{revision.body}", article.slug)
    labels = [f"topic {article.topic_id}"] if article.topic_id else []
    labels += sorted(about)
    links = sorted(set(links) - {article.slug})
    summary = MARK.sub(" ", revision.summary)
    content = json.dumps([revision.title, summary, words, links, labels])
    return ArticleDigest(
        article_id=article.pk,
        revision_id=revision.pk,
        topic_id=article.topic_id,
        content_hash=sha256(content.encode()).hexdigest(),
        terms=count_terms(revision.title, summary, words),
        links=links,
        labels=labels,
        sketch=sketch(words),
    )


def pages(at: datetime | None, seen: dict[str, tuple[int, str]]) -> Iterator[Page]:
    """The live articles as pages to rank, by id; notes in `seen` each slug's article and content hash."""
    shown = (
        ArticleDigest.objects.live(at)
        .order_by("pk")
        .annotate(day=Coalesce("article__first_published_at", "article__next_publish_at"))
    )
    columns = ("article", "article__slug", "content_hash", "terms", "links", "labels", "sketch", "day")
    for article, slug, content_hash, terms, links, labels, runs, day in shown.values_list(*columns).iterator(
        READ_AT_ONCE
    ):
        seen[slug] = (article, content_hash)
        yield Page(
            key=slug,
            terms=terms,
            links=links,
            labels=labels,
            day=day.toordinal() if day else None,
            sketch=runs,
        )


def _labels(revisions: Collection[int]) -> defaultdict[int, list[str]]:
    """Of each revision the credentials and specialties it is about, as labels.

    Prefetching would tie each revision and its text into a cycle, and thousands would wait for the collector.
    """
    labels: defaultdict[int, list[str]] = defaultdict(list)
    for kind, pairs in (
        ("credential", Revision.credentials.through.objects.values_list("revision", "credential")),
        ("specialty", Revision.specialties.through.objects.values_list("revision", "specialty")),
    ):
        for revision, key in pairs.filter(revision__in=revisions):
            labels[revision].append(f"{kind} {key}")
    return labels


def _read(text: str, slug: str) -> tuple[str, list[str]]:
    """The words of an article's text without its marks for figures, and the slugs of articles it links to."""
    # Out of our own addresses: those of the whole site bring the admin along, 40 MB in a job that needs none.
    articles = reverse("article-list", urlconf="content.urls")
    site = urlsplit(settings.SITE_URL).netloc
    words: list[str] = []
    slugs: list[str] = []
    for token in _flat(MARKDOWN.parse(MARK.sub(" ", text))):
        if token.type in ("text", "code_inline", "code_block", "fence"):
            words.append(token.content)
        elif token.type in ("inline", "softbreak", "hardbreak"):
            words.append(" ")
        elif token.type == "link_open":
            target = urlsplit(urljoin(f"{settings.SITE_URL}{articles}{slug}/", str(token.attrs["href"])))
            if target.netloc == site and target.path.startswith(articles):
                slugs.append(target.path.removeprefix(articles).strip("/"))
    return "".join(words), slugs


def _flat(tokens: list[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from token.children or ()
