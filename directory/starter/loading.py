"""Fills a new site: adds what the database lacks of the starter content and leaves the rest as it is."""

import tomllib
from collections import Counter
from datetime import datetime
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any, Final

import frontmatter
from django.db import transaction
from django.db.models import Model, Q

from content.lib.figures import Break, Figure, Origin
from content.models import (
    Article,
    Attribution,
    CertifyingBody,
    Credential,
    CredentialSetting,
    Fact,
    Requirement,
    Source,
    Specialty,
    Statistic,
    Term,
    Topic,
)
from content.publishing import NewFact, NewFactBox, publish, save_revision
from content.statistics import load_starter, propose

FOLDER: Final = Path(__file__).resolve().parent
ARTICLES: Final = FOLDER / "articles"
PAGES: Final = FOLDER / "pages"
DISCLOSURE: Final = (
    "This page leads to schools. A paid place is always marked as an ad and never moves the other schools."
)

# Months. A quotation is history from its first day: no newer release of it is waited for.
NEVER_STALE: Final = 1200

Row = dict[str, Any]


class Sources:
    """The publications of `sources.toml` by their names there; stored when something first cites them."""

    @cached_property
    def rows(self) -> dict[str, Row]:
        return _table("sources")

    def __getitem__(self, name: str) -> Source:
        row = self.rows[name]
        return Source.objects.get_or_create(
            publisher=row["publisher"],
            title=row["title"],
            url=row.get("url", ""),
            defaults={"retrieved_on": row.get("retrieved")},
        )[0]


def load(*, at: datetime | None = None) -> Counter[str]:
    """Adds what is missing, each row with what belongs to it in one transaction; counts it by kind.

    What an editor changed stays changed; what an editor deleted comes back.
    """
    sources = Sources()
    granted = _table("credentials")
    return Counter(
        {
            "figures": load_starter(FOLDER / "figures.csv", at=at) + _add_quoted(sources, at=at),
            "certifying bodies": _add(CertifyingBody, granted["bodies"], "slug", "acronym"),
            "specialties": _add_specialties(sources),
            "credentials": _add_credentials(granted, sources),
            "reports on credentials": _add_reports(granted, sources),
            "topics": _add(Topic, _table("topics")["topics"], "slug", "name"),
            "articles": _add_articles(sources, at=at),
            "pages": _add_pages(at=at),
            "glossary terms": _add_terms(sources),
        }
    )


def _table(name: str) -> Row:
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def _found[Kind: Model](model: type[Kind], row: Row, *unique: str) -> Kind | None:
    """What the database has of it already, even if an editor changed one of its names."""
    wanted = Q()
    for column in unique:
        if row.get(column):
            wanted |= Q(**{column: row[column]})
    return model._default_manager.filter(wanted).first()


def _add_quoted(sources: Sources, *, at: datetime | None) -> int:
    rows = _table("quoted")["figures"]
    missing = [row for row in rows if not Statistic.objects.filter(key=row["key"]).exists()]
    return propose([_quoted(row, sources["seed"]) for row in missing], at=at).created


def _quoted(row: Row, page: Source) -> Figure:
    ended = (Break(row["key"], row["followed_by"], row["why"]),) if "followed_by" in row else ()
    return Figure(
        **{name: row[name] for name in ("key", "label", "unit", "subject", "measure", "period", "release")},
        per=row.get("per", ""),
        publisher=row["published_by"],
        provider="editor",
        period_start=row["from"],
        period_end=row["until"],
        value=Decimal(row["value"]),
        source=Origin(page.publisher, page.title, page.url),
        stale_months=NEVER_STALE,
        breaks=ended,
    )


def _add(model: type[Model], rows: list[Row], *unique: str) -> int:
    missing = [row for row in rows if _found(model, row, *unique) is None]
    for row in missing:
        _save(model(**row))
    return len(missing)


def _save(row: Model) -> None:
    row.full_clean()
    row.save()


def _add_specialties(sources: Sources) -> int:
    rows = _table("specialties")["specialties"]
    missing = [row for row in rows if _found(Specialty, row, "slug", "name") is None]
    for row in missing:
        _save(Specialty(**row | {"source": sources[row["source"]]}))
    return len(missing)


def _add_credentials(granted: Row, sources: Sources) -> int:
    bodies = {row["slug"]: _found(CertifyingBody, row, "slug", "acronym") for row in granted["bodies"]}
    missing = [row for row in granted["credentials"] if _found(Credential, row, "slug", "code") is None]
    for row in missing:
        _add_credential(row, bodies[row["body"]], sources)
    return len(missing)


@transaction.atomic
def _add_credential(row: Row, body: CertifyingBody | None, sources: Sources) -> None:
    texts = ("slug", "code", "name", "level", "setting", "entry", "status", "summary")
    columns = {name: row.get(name, "") for name in texts} | {"as_of": row.get("as_of")}
    became = Credential.objects.filter(slug=row.get("became")).first()
    credential = Credential(body=body, became=became, source=sources[row["source"]], **columns)
    _save(credential)
    credential.specialties.set(Specialty.objects.filter(slug__in=row.get("specialties", [])))
    _report(credential, row, sources)
    for position, asked in enumerate(row.get("requirements", [])):
        cited = asked | {"source": sources[asked["source"]]}
        _save(Requirement(credential=credential, position=position, **cited))


def _add_reports(granted: Row, sources: Sources) -> int:
    """For credentials that say nothing of who reported them: of a site filled before that was kept."""
    silent = Credential.objects.filter(attributions=None, settings=None)
    found = [(_found(Credential, row, "slug", "code"), row) for row in granted["credentials"]]
    missing = [(credential, row) for credential, row in found if credential and credential in silent]
    for credential, row in missing:
        _fill(credential, row, sources)
    return len(missing)


@transaction.atomic
def _fill(credential: Credential, row: Row, sources: Sources) -> None:
    given = row | {"became": Credential.objects.filter(slug=row.get("became")).first()}
    for attribute in row["stated"]:
        if not getattr(credential, attribute):
            setattr(credential, attribute, given[attribute])
    _save(credential)
    kept = {name: by for name, by in row["stated"].items() if getattr(credential, name) == given[name]}
    _report(credential, row | {"stated": kept}, sources)


def _report(credential: Credential, row: Row, sources: Sources) -> None:
    """Where it is used and who reported its values."""
    for place in row.get("settings", []):
        _save(CredentialSetting(credential=credential, **place | {"source": sources[place["source"]]}))
    for attribute, by in row["stated"].items():
        cited = by | {"source": sources[by["source"]]}
        _save(Attribution(credential=credential, attribute=attribute, **cited))


def _add_terms(sources: Sources) -> int:
    """What of the glossary is missing; words that are new here are then bound to those that they name."""
    rows = _table("glossary")["terms"]
    missing = [row for row in rows if _found(Term, row, "slug", "acronym") is None]
    for row in missing:
        columns = {name: row.get(name, "") for name in ("slug", "name", "acronym", "definition")}
        source = sources[row["source"]] if "source" in row else None
        _save(Term(source=source, as_of=row.get("as_of"), **columns))
    for row in missing:
        Term.objects.get(slug=row["slug"]).see_also.add(*Term.objects.filter(slug__in=row.get("see", [])))
    return len(missing)


def _add_articles(sources: Sources, *, at: datetime | None) -> int:
    posts = [frontmatter.load(str(file)) for file in sorted(ARTICLES.glob("*.md"))]
    pages: list[Row] = [{**post.metadata, "body": post.content} for post in posts]
    missing = [page for page in pages if not Article.objects.filter(slug=page["slug"]).exists()]
    for page in missing:
        _add_article(page, sources, at=at)
    return len(missing)


def _add_pages(*, at: datetime | None) -> int:
    """About, contact and the like: texts without topic, facts or credentials."""
    posts = [frontmatter.load(str(file)) for file in sorted(PAGES.glob("*.md"))]
    pages: list[Row] = [{**post.metadata, "body": post.content} for post in posts]
    missing = [page for page in pages if not Article.objects.filter(slug=page["slug"]).exists()]
    for page in missing:
        _add_page(page, at=at)
    return len(missing)


@transaction.atomic
def _add_page(page: Row, *, at: datetime | None) -> None:
    article = Article.objects.create(slug=page["slug"], kind=Article.Kind.PAGE)
    texts: Row = {name: page[name].strip() for name in ("title", "summary", "lead", "body")}
    publish(save_revision(article, **texts, change_note="First published."), by=None, at=at)


@transaction.atomic
def _add_article(page: Row, sources: Sources, *, at: datetime | None) -> None:
    article = Article.objects.create(
        slug=page["slug"], topic=Topic.objects.filter(slug=page["topic"]).first()
    )
    revision = save_revision(
        article,
        title=page["title"],
        summary=page["summary"],
        lead=page["lead"].strip(),
        body=page["body"],
        disclosures=DISCLOSURE,
        change_note="First published.",
        facts=[_box(page["facts"], sources)],
        credentials=Credential.objects.filter(slug__in=page["credentials"]),
        specialties=Specialty.objects.filter(slug__in=page["specialties"]),
    )
    publish(revision, by=None, at=at)


def _box(box: Row, sources: Sources) -> NewFactBox:
    """A facts box; every source that it cites has a marker of its own: `*`, `**` and so on."""
    cited = dict.fromkeys(name for line in box["lines"] for name in line.get("sources", []))
    markers = {name: (sources[name], "*" * place) for place, name in enumerate(cited, 1)}
    return NewFactBox(title=box["title"], facts=tuple(_fact(line, markers) for line in box["lines"]))


def _fact(line: Row, markers: dict[str, tuple[Source, str]]) -> NewFact:
    """A line bound to a statistic by its key, or a text or list with the sources that it names."""
    items: list[str] = line.get("items", [])
    return NewFact(
        label=line["label"],
        statistic=Statistic.objects.get(key=line["statistic"]) if "statistic" in line else None,
        kind=Fact.Kind.LIST if items else Fact.Kind.TEXT,
        text="\n".join(items) or line.get("text", ""),
        qualifier=line.get("qualifier", ""),
        sources=tuple(markers[name] for name in line.get("sources", [])),
    )
