"""The structured page: what the pipeline hands on, and its form as JSON."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, Literal

from content.pipeline.document import (
    Block,
    Code,
    Disclosure,
    Dropped,
    Footnotes,
    ListBlock,
    Paragraph,
    Quote,
    Table,
    Terms,
)
from content.pipeline.text import Text, clean, harmless
from content.pipeline.values import Value

SCHEMA: Final = "article-import/1"

type Status = Literal["ok", "empty", "refused"]
type Role = Literal["certifying-body", "statistics", "organisation"]
type LinkKind = Literal["organisation", "source", "external", "internal"]


@dataclass(frozen=True)
class Section:
    """`heading` is None where the source lost it."""

    heading: str | None
    level: int
    blocks: tuple[Block, ...]
    words: Text = field(default_factory=Text)


@dataclass(frozen=True)
class SourceLine:
    marker: str | None
    name: str
    url: str | None


@dataclass(frozen=True)
class FactLine:
    """A line of a facts box; `sources` are those that its markers name in this box."""

    label: str
    raw: str
    value: Value
    markers: tuple[str, ...] = ()
    sources: tuple[SourceLine, ...] = ()


@dataclass(frozen=True)
class Box:
    """A facts box; `after_section` is the section it stands behind, -1 for the lead."""

    title: str | None
    after_section: int
    facts: tuple[FactLine, ...]
    sources: tuple[SourceLine, ...] = ()


@dataclass(frozen=True)
class Place:
    """Behind so many blocks of a section, -1 for the lead; None: behind all of them."""

    section: int
    blocks: int | None


@dataclass(frozen=True)
class Organisation:
    name: str
    acronym: str | None = None
    site: str | None = None
    role: Role = "organisation"


@dataclass(frozen=True)
class Credential:
    code: str | None
    name: str
    body: str | None


@dataclass(frozen=True)
class Link:
    text: str
    url: str
    kind: LinkKind


@dataclass(frozen=True)
class Related:
    title: str
    url: str | None


@dataclass(frozen=True)
class Listing:
    """A place where schools were listed; `linked` where anything in it led anywhere."""

    name: str | None
    linked: bool = False


@dataclass(frozen=True)
class Warn:
    """`about` is the label, acronym, name or sentence that the code is about."""

    code: str
    about: str | None = None
    detail: str | None = None
    count: int | None = None


@dataclass
class Page:
    """A page as drafts are made from it. Only `dropped` and `warnings` may repeat what is unsafe."""

    status: Status = "ok"
    reason: str | None = None
    source: dict[str, Any] = field(default_factory=dict)
    title: str | None = None
    slug: str | None = None
    lang: str = "en"
    lead: list[Text] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    fact_boxes: list[Box] = field(default_factory=list)
    organisations: list[Organisation] = field(default_factory=list)
    credentials: list[Credential] = field(default_factory=list)
    specialties: list[str] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    related: list[Related] = field(default_factory=list)
    disclosures: list[Disclosure] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)
    warnings: list[Warn] = field(default_factory=list)
    # Where the first of `dropped` stood; the others stood inside a line.
    places: list[Place] = field(default_factory=list)
    # What the readers of the page noticed and `check` turns into warnings.
    listings: list[Listing] = field(default_factory=list)
    related_promised: bool = False
    unsafe: set[str] = field(default_factory=set)

    @property
    def lead_text(self) -> str:
        return " ".join(text.plain for text in self.lead)

    def as_json(self) -> dict[str, Any]:
        """The page in the form of the import samples; safe to print but for `dropped` and `warnings`."""
        kept = {
            "schema": SCHEMA,
            "status": self.status,
            "reason": self.reason,
            "source": self.source,
            "title": self.title,
            "slug": self.slug,
            "lang": self.lang,
            "lead": self.lead_text or None,
            "sections": [_section(section) for section in self.sections],
            "fact_boxes": [_box(box) for box in self.fact_boxes],
            "organisations": [vars(each) for each in self.organisations],
            "credentials": [vars(each) for each in self.credentials],
            "specialties": self.specialties,
            "links": [vars(each) for each in self.links],
            "related": [vars(each) for each in self.related],
            "disclosures": [vars(each) for each in self.disclosures],
        }
        said = {
            "dropped": [{"kind": each.kind, "text": clean(each.text)} for each in self.dropped],
            "warnings": [
                {
                    name: clean(value) if isinstance(value, str) else value
                    for name, value in vars(each).items()
                    if value is not None
                }
                for each in self.warnings
            ],
        }
        return {name: safe(value) for name, value in kept.items()} | said


def safe(value: Any) -> Any:
    """The value with nothing in its strings that a browser might run: the last net, whatever came before."""
    if isinstance(value, str):
        return harmless(clean(value))
    if isinstance(value, Mapping):
        return {safe(name): safe(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [safe(inner) for inner in value]
    return value.isoformat() if isinstance(value, date) else value


def _section(section: Section) -> dict[str, Any]:
    shown = {
        "heading": section.heading,
        "level": section.level,
        "heading_origin": "lost" if section.heading is None else "source",
        "blocks": [_block(block) for block in section.blocks],
    }
    if section.heading and section.heading.isupper():
        shown["display_heading"] = in_title_case(section.heading)
    return shown


def in_title_case(heading: str) -> str:
    """A heading in capitals as it is shown: TRAINING AND TESTS becomes Training and Tests."""
    small = {
        "a",
        "an",
        "and",
        "as",
        "at",
        "but",
        "by",
        "for",
        "in",
        "of",
        "on",
        "or",
        "the",
        "to",
        "vs",
        "with",
    }
    words = heading.split()
    return " ".join(
        word.lower() if at and word.lower() in small else word[:1] + word[1:].lower()
        for at, word in enumerate(words)
    )


def _block(block: Block) -> dict[str, Any]:
    shown: dict[str, Any]
    match block:
        case Paragraph():
            shown = {"type": "p", "text": block.text.plain}
        case ListBlock():
            shown = _list(block)
        case Terms(entries=entries):
            shown = {"type": "ul", "items": [_term(term, meanings) for term, meanings in entries]}
        case Table():
            shown = _table(block)
        case Quote(text=text):
            shown = {"type": "quote", "text": text.plain}
        case Code(text=code):
            shown = {"type": "code", "text": code}
        case Footnotes(items=notes):
            items = [{"marker": note.marker, "text": note.text.plain} for note in notes]
            shown = {"type": "footnotes", "items": items}
        case _:
            raise TypeError(f"{type(block).__name__} is no block of a section")
    return shown


def _term(term: Text, meanings: tuple[Text, ...]) -> dict[str, Any]:
    return {"text": term.plain, "items": [{"text": meaning.plain} for meaning in meanings]}


def _list(block: ListBlock) -> dict[str, Any]:
    items = []
    for item in block.items:
        shown: dict[str, Any] = {"text": item.text.plain}
        if item.children:
            shown["items"] = _list(item.children)["items"]
        items.append(shown)
    return {"type": "ol" if block.ordered else "ul", "items": items}


def _table(block: Table) -> dict[str, Any]:
    shown: dict[str, Any] = {"type": "table"}
    if block.caption:
        shown["caption"] = block.caption.plain
    shown["header"] = [cell.plain for cell in block.header]
    shown["rows"] = [[cell.plain for cell in row] for row in block.rows]
    return shown


def _box(box: Box) -> dict[str, Any]:
    return {
        "title": box.title,
        "after_section": box.after_section,
        "facts": [_fact(fact) for fact in box.facts],
        "sources": [vars(source) for source in box.sources],
    }


def _fact(fact: FactLine) -> dict[str, Any]:
    value = fact.value
    period = value.period
    shown = {
        "label": fact.label,
        "kind": value.kind,
        "raw": fact.raw,
        "value": list(value.value) if isinstance(value.value, tuple) else value.value,
        "value_min": value.value_min,
        "value_max": value.value_max,
        "unit": value.unit,
        "per": value.per,
        "period": {"from": period.first, "to": period.last, "raw": period.raw} if period else None,
        "qualifier": value.qualifier,
        "markers": list(fact.markers),
        "sources": [source.name for source in fact.sources],
    }
    if value.per_origin:
        shown["per_origin"] = value.per_origin
    return shown
