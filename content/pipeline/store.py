"""A structured page becomes a draft: an article, one revision, the raw page beside it, in one transaction."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import IntegrityError, transaction
from django.db.models import Q

from content.lib.normal import key, slug
from content.models import Article, Credential, ImportedPage, Source, Specialty
from content.pipeline.amounts import Number
from content.pipeline.body import body_markdown, lead_markdown
from content.pipeline.page import Box, FactLine, Page, SourceLine, in_title_case
from content.publishing import NewFact, NewFactBox, save_revision

LONGEST_SLUG: Final = 120
LARGEST: Final = 10**14
CHANGE_NOTE: Final = "Imported from {name}."
TRIES: Final = 5


@dataclass(frozen=True)
class Stored:
    """Whether anything was written, the draft if there is one, and what to tell the editor."""

    written: bool
    article: Article | None = None
    sentence: str = ""


@dataclass(frozen=True)
class Mended:
    """The texts of a page as an editor left them, in place of those that were read, and whose draft it is."""

    title: str
    lead: str
    body: str
    by: User | None = None


def store(data: bytes, name: str, page: Page, *, mended: Mended | None = None) -> Stored:
    """Keeps the raw page and makes a draft of it; the same bytes a second time change nothing.

    A page that was empty or refused before is tried again. Published articles are never touched.
    """
    digest = hashlib.sha256(data).hexdigest()
    for _ in range(TRIES):
        known = ImportedPage.objects.filter(sha256=digest).select_related("article").defer("raw").first()
        if known and known.status in (ImportedPage.Status.OK, page.status):
            return Stored(written=False, article=known.article, sentence=_known(known))
        try:
            with transaction.atomic():
                return _store(data, digest, name, page, mended or _as_read(page, name))
        except IntegrityError:
            # Somebody else took the slug or brought the same page at this moment: look again.
            continue
    raise RuntimeError(f"{name}: no free slug after {TRIES} tries")


def _known(known: ImportedPage) -> str:
    if known.status != ImportedPage.Status.OK:
        return known.reason or "This page was brought before; there is no article on it."
    if known.article is None:
        return (
            "This page was imported before and its draft was deleted since."
            " Delete the imported page in the admin to import it again."
        )
    return f"Already imported as {known.article.slug}; nothing was changed."


def _store(data: bytes, digest: str, name: str, page: Page, texts: Mended) -> Stored:
    article, sentence = _draft(name, page, texts) if page.status == "ok" else (None, "")
    ImportedPage.objects.update_or_create(
        sha256=digest,
        defaults={
            "name": _fit(name, 200),
            "raw": data,
            "encoding": page.source.get("encoding", ""),
            "status": page.status,
            "reason": _fit(page.reason or "", 300),
            "result": page.as_json(),
            "article": article,
        },
    )
    return Stored(written=True, article=article, sentence=sentence)


def _as_read(page: Page, name: str) -> Mended:
    return Mended(_fit(page.title or name, 200), lead_markdown(page), body_markdown(page))


def _draft(name: str, page: Page, texts: Mended) -> tuple[Article, str]:
    wanted = slug(page.slug or "", longest=LONGEST_SLUG) or slug(name.rpartition(".")[0]) or "untitled"
    free = _free_slug(wanted)
    article = Article.objects.create(slug=free)
    save_revision(
        article,
        title=texts.title,
        lead=texts.lead,
        body=texts.body,
        disclosures="\n".join(disclosure.text for disclosure in page.disclosures),
        change_note=_fit(CHANGE_NOTE.format(name=name), 300),
        facts=[_box(box, texts.title) for box in page.fact_boxes],
        credentials=_known_credentials(page),
        specialties=_known_specialties(page),
        by=texts.by,
    )
    if free == wanted:
        return article, f"Draft {free} made."
    return (
        article,
        f"Draft {free} made: the address {wanted} is taken, and what stands there was not touched.",
    )


def _free_slug(wanted: str) -> str:
    """The slug itself, or with the first number from 2 on that is free."""
    stem = wanted[: LONGEST_SLUG - 6].rstrip("-")
    taken = set(
        Article.objects.filter(Q(slug=wanted) | Q(slug__startswith=f"{stem}-")).values_list("slug", flat=True)
    )
    if wanted not in taken:
        return wanted
    return next(free for number in range(2, len(taken) + 3) if (free := f"{stem}-{number}") not in taken)


def _box(box: Box, title: str) -> NewFactBox:
    named = in_title_case(box.title) if box.title and box.title.isupper() else box.title or ""
    return NewFactBox(title=_fit(named, 200), facts=tuple(_fact(fact, title) for fact in box.facts))


def _fact(fact: FactLine, title: str) -> NewFact:
    value = fact.value
    numbers = [_decimal(each) for each in (value.value, value.value_min, value.value_max)]
    exact = value.kind in ("list", "text") or any(number is not None for number in numbers)
    items = value.value if isinstance(value.value, tuple) else ()
    return NewFact(
        label=_fit(fact.label or "Fact", 200),
        kind=value.kind if exact else "text",
        text="\n".join(items) if items else _text(fact) if not exact or value.kind == "text" else "",
        value=numbers[0] if exact else None,
        value_min=numbers[1] if exact else None,
        value_max=numbers[2] if exact else None,
        unit=_fit(value.unit or "", 20) if exact else "",
        per=_fit(value.per or "", 20) if exact else "",
        period_from=value.period.first if value.period else None,
        period_to=value.period.last if value.period else None,
        qualifier=_fit(value.qualifier or "", 300),
        sources=tuple(_sources(fact.sources, title)),
    )


def _text(fact: FactLine) -> str:
    return fact.value.value if isinstance(fact.value.value, str) else fact.raw


def _decimal(number: Number | str | tuple[str, ...] | None) -> Decimal | None:
    """A number as the column holds it: four places, fourteen digits before them."""
    if not isinstance(number, int | float) or abs(number) >= LARGEST:
        return None
    return round(Decimal(str(number)), 4)


def _sources(lines: Iterable[SourceLine], title: str) -> Iterable[tuple[Source, str]]:
    """The rows of the sources, each once, with its marker; a page names a publisher, never a publication."""
    seen: set[int] = set()
    for line in lines:
        source, _made = Source.objects.get_or_create(
            publisher=_fit(line.name, 200),
            title=_fit(f"As cited in \u201c{title}\u201d", 300),
            url=_url(line.url),
        )
        if source.pk not in seen:
            seen.add(source.pk)
            yield source, _fit(line.marker or "", 10)


def _url(url: str | None) -> str:
    try:
        URLValidator(schemes=["http", "https"])(url or "")
    except ValidationError:
        return ""
    return url if url and len(url) <= 500 else ""


def _known_credentials(page: Page) -> list[Credential]:
    """Those on record: a page's own word makes no credential."""
    codes = {each.code for each in page.credentials if each.code}
    return list(Credential.objects.filter(code__in=codes))


def _known_specialties(page: Page) -> list[Specialty]:
    wanted = {key(name) for name in page.specialties}
    return [each for each in Specialty.objects.all() if key(each.name) in wanted] if wanted else []


def _fit(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1].rstrip()}\u2026"
