"""A reader reports an error: what the report is about, and whether it may be stored."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.urls import Resolver404, resolve

from content.lib.clock import database_now
from content.lib.guard import LONGEST_OPEN, network_code
from content.models import Article, ErrorReport, Revision
from content.redirecting import KINDS

FORM: Final = "report"
SLUG: Final = re.compile(r"[-\w]{1,120}", re.ASCII)
# How many reports one network may send in a time, and all networks together.
FROM_ONE: Final = ((timedelta(hours=1), 5), (timedelta(days=1), 20))
FROM_ALL: Final = (timedelta(hours=1), 200)


class TooMany(ValidationError):
    """The limit of a network, or of all of them, is reached."""


@dataclass(frozen=True)
class Subject:
    """The page that a report is about; a page that readers cannot see is unknown."""

    about: str
    address: str = ""
    title: str = ""
    article: Article | None = None


def subject(about: str) -> Subject:
    """By the slug of an article, or by an address of this site."""
    said = " ".join(about.split())[:200]
    if not said.startswith("/"):
        return _text(said, Article.Kind.ARTICLE, said)
    path = said.partition("?")[0].partition("#")[0]
    try:
        match = resolve(path)
    except Resolver404:
        return Subject(said)
    kind = KINDS.get(match.url_name or "")
    if kind is not None:
        return _text(match.kwargs["slug"], kind, said)
    return Subject(said) if match.app_names else Subject(said, path, f"the page {path}")


def _text(slug: str, kind: Article.Kind, said: str) -> Subject:
    live = Revision.objects.live().filter(article__slug=slug, article__kind=kind)
    revision = live.select_related("article").first() if SLUG.fullmatch(slug) else None
    if revision is None:
        return Subject(said)
    return Subject(said, revision.get_absolute_url(), f"“{revision.title}”", revision.article)


def send(found: Subject, *, network: str, at: datetime | None = None, **words: Any) -> ErrorReport:
    """Stores a report; the same words sent twice are one. Raises TooMany where a limit is reached."""
    now = at or database_now()
    code = network_code(network)
    mine = ErrorReport.objects.filter(network=code)
    again = mine.filter(sent_at__gt=now - LONGEST_OPEN, about=found.about, text=words["text"]).first()
    if again is not None:
        return again
    for time, most in FROM_ONE:
        if mine.filter(sent_at__gt=now - time).count() >= most:
            raise TooMany("Your network has sent many reports today. Keep your text and send it later.")
    time, most = FROM_ALL
    if ErrorReport.objects.filter(sent_at__gt=now - time).count() >= most:
        raise TooMany("Very many reports arrive at present. Keep your text and send it in an hour.")
    report = ErrorReport(
        about=found.about,
        address=found.address,
        article=found.article,
        network=code,
        sent_at=now,
        **words,
    )
    report.full_clean(validate_constraints=False)
    report.save()
    return report
