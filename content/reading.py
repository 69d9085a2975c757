"""Live revisions in lists: each with the words that stand under its title."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import models
from django.db.models import Exists, F, OuterRef, TextField, Value
from django.utils.text import Truncator

from content.models import Credential, Revision, Specialty, Statistic, Topic
from content.rendering import MARK, plain, statistics_named

SUMMARY_CHARACTERS = 260
DESCRIPTION_CHARACTERS = 158


@dataclass(frozen=True)
class Entry:
    """A revision with its summary as one line of plain text, and the statistics that it names."""

    revision: Revision
    summary: str
    statistics: tuple[Statistic, ...] = ()


def entries(revisions: Iterable[Revision]) -> list[Entry]:
    """The revisions in their order; one query where a summary names a statistic."""
    shown = list(revisions)
    # In a list no figure has its receipt around it: each says its period, and the entry links to the receipt.
    texts = [MARK.sub(r"[[stat:\1|full]]", revision.summary or revision.lead) for revision in shown]
    statistics = statistics_named(*texts)
    return [_entry(revision, text, statistics) for revision, text in zip(shown, texts, strict=True)]


def _entry(revision: Revision, text: str, statistics: Mapping[str, Statistic]) -> Entry:
    named = dict.fromkeys(key for key, _full in MARK.findall(text) if key in statistics)
    words = shortened(plain(text, statistics), SUMMARY_CHARACTERS)
    return Entry(revision, words, tuple(statistics[key] for key in named))


def shortened(text: str, characters: int = DESCRIPTION_CHARACTERS) -> str:
    """The text cut at a word, with an ellipsis where something is left out."""
    if len(text) <= characters:
        return text
    cut = Truncator(text).chars(characters, truncate="")
    return cut.rsplit(" ", 1)[0].rstrip(" ,;:.-") + "…"


def topics_read() -> list[Topic]:
    """Topics with at least one article that readers can see."""
    live = Revision.objects.live().articles().filter(article__topic=OuterRef("pk"))
    return list(Topic.objects.filter(Exists(live)))


@dataclass(frozen=True)
class Named:
    """A credential (with its body's acronym) or a specialty that an article names; a code may be empty."""

    slug: str
    code: str
    name: str
    body: str


def named_in(
    credentials: models.QuerySet[Credential], specialties: models.QuerySet[Specialty]
) -> tuple[list[Named], list[Named]]:
    """What an article says of its credentials and its specialties, both in one query."""
    columns = ("kind", "slug", "code", "name", "acronym")
    nothing = Value("", TextField())
    kind = Value("credential", TextField())
    first = credentials.annotate(kind=kind, acronym=F("body__acronym")).order_by()
    kind = Value("specialty", TextField())
    second = specialties.annotate(kind=kind, code=nothing, acronym=nothing).order_by()
    rows = sorted(first.values_list(*columns).union(second.values_list(*columns), all=True))
    found: dict[str, list[Named]] = {"credential": [], "specialty": []}
    for kind, slug, code, name, acronym in rows:
        found[kind].append(Named(slug, code, name, acronym))
    return found["credential"], found["specialty"]
