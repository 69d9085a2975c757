"""Finds articles and credentials by words, and says what of them matched.

Articles have a text index. Credentials are as many as bodies grant, a few dozen: they are read whole and held
against the words here, which finds what an index would.
"""

from collections.abc import Sequence

from django.urls import reverse

from content.lib.fulltext import NEAR_ENOUGH, held, likeness, words
from content.lib.hits import Hit
from content.models import REVISION_TEXT, Credential, Revision, RevisionQuerySet


def _articles(text: str) -> RevisionQuerySet:
    """Live articles, whatever revisions the index knows."""
    live = Revision.objects.live().articles()
    return live.filter(REVISION_TEXT.holds(words(text), live.db))


def count_articles(text: str) -> int:
    return _articles(text).count()


def articles(text: str, start: int, stop: int) -> list[Hit]:
    """The nearest first."""
    found = _articles(text).select_related("article__topic")
    ordered = found.order_by(REVISION_TEXT.relevance(words(text), found.db), "pk")
    return [_article(revision, words(text)) for revision in ordered[start:stop]]


def articles_spelled_like(text: str, most: int) -> list[Hit]:
    titles = REVISION_TEXT.guesses(text, limit=50)
    if not titles:
        return []
    live = Revision.objects.live().articles().filter(title__in=titles).select_related("article__topic")
    return [_article(revision, []) for revision in sorted(live, key=lambda found: titles.index(found.title))][
        :most
    ]


def _article(revision: Revision, found: Sequence[str]) -> Hit:
    parts = [
        ("title", revision.title),
        ("summary", f"{revision.summary}\n{revision.lead}"),
        ("text", revision.body),
    ]
    topic = revision.article.topic
    return Hit(
        revision.title, revision.get_absolute_url(), topic.name if topic else "", matched(parts, found)
    )


def credentials(text: str) -> list[Hit]:
    """All that hold every word in code, name, certifying body or summary, codes first."""
    found = words(text)
    ranked = []
    for credential in _credentials():
        parts = _parts(credential)
        if found and len(held("\n".join(value for _, value in parts), found)) == len(found):
            ranked.append((not held(credential.code, found), _credential(credential, matched(parts, found))))
    return [hit for _, hit in sorted(ranked, key=lambda each: (each[0], each[1].title))]


def credentials_spelled_like(text: str, most: int) -> list[Hit]:
    alike = {credential: likeness(text, credential.name) for credential in _credentials()}
    near = sorted(
        (credential for credential in alike if alike[credential] >= NEAR_ENOUGH),
        key=lambda each: -alike[each],
    )
    return [_credential(credential, "") for credential in near[:most]]


def matched(parts: Sequence[tuple[str, str]], found: Sequence[str]) -> str:
    """The parts that hold a word which no part before holds."""
    rest = list(found)
    told = []
    for name, value in parts:
        here = held(value, list(found))
        if any(word in rest for word in here):
            told.append(name)
            rest = [word for word in rest if word not in here]
    return ", ".join(told)


def _credentials() -> Sequence[Credential]:
    return list(Credential.objects.select_related("body"))


def _parts(credential: Credential) -> list[tuple[str, str]]:
    return [
        ("code", credential.code),
        ("name", credential.name),
        ("certifying body", f"{credential.body.acronym} {credential.body.name}"),
        ("summary", credential.summary),
    ]


def _credential(credential: Credential, matched: str) -> Hit:
    return Hit(
        str(credential),
        reverse("credential-detail", args=[credential.slug]),
        credential.body.acronym,
        matched,
    )
