"""What every reader makes of a page: blocks in order, without a judgement on what they are worth."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from typing import Any, Literal

from content.pipeline.text import Span, Text

_SPACE = Span(" ")

type Format = Literal["text", "markdown", "html"]
type DropKind = Literal[
    "navigation",
    "breadcrumb",
    "share",
    "promo",
    "call-to-action",
    "listing-heading",
    "pagination",
    "advertisement",
    "cookie-banner",
    "form",
    "footer",
    "image",
    "unsafe-link",
    "tracking-parameters",
    "updated-line",
]
type DisclosureKind = Literal["sponsored-listing", "affiliate"]
type GroupKind = Literal["facts", "sources", "related", "listing", "disclosure"]


@dataclass(frozen=True)
class Dropped:
    """Something that is no part of the article, and what it said."""

    kind: DropKind
    text: str


@dataclass(frozen=True)
class Disclosure:
    """Words that say who pays for what the page shows."""

    kind: DisclosureKind
    text: str


@dataclass(frozen=True)
class Heading:
    """`text` may be empty: the source has the element and lost the words. `sure`: it was marked as one."""

    level: int
    text: Text
    sure: bool = True


@dataclass(frozen=True)
class Paragraph:
    """`lines` are the lines as the source broke them, `text` all of them as one."""

    lines: tuple[Text, ...]

    @cached_property
    def text(self) -> Text:
        if len(self.lines) == 1:
            return self.lines[0]
        spans = [span for line in self.lines for span in (*line.spans, _SPACE)]
        return Text.of(spans)


@dataclass(frozen=True)
class Item:
    text: Text
    children: "ListBlock | None" = None


@dataclass(frozen=True)
class ListBlock:
    """`bullet` is the sign or number of its first item as written, where the source shows it."""

    ordered: bool
    items: tuple[Item, ...]
    bullet: str = ""


@dataclass(frozen=True)
class Table:
    """`header` may be empty. Rows are as long as they were written."""

    rows: tuple[tuple[Text, ...], ...]
    header: tuple[Text, ...] = ()
    caption: Text = field(default_factory=Text)


@dataclass(frozen=True)
class Terms:
    """A definition list: each term with its definitions."""

    entries: tuple[tuple[Text, tuple[Text, ...]], ...]


@dataclass(frozen=True)
class Quote:
    text: Text


@dataclass(frozen=True)
class Code:
    """`text` keeps its lines."""

    text: str


@dataclass(frozen=True)
class Note:
    marker: str
    text: Text


@dataclass(frozen=True)
class Footnotes:
    items: tuple[Note, ...]


@dataclass(frozen=True)
class Break:
    """A gap wider than the page's usual one, or a rule: a section may begin here whose heading was lost."""


@dataclass(frozen=True)
class Group:
    """Blocks that the source itself puts in one box, and what it calls the box."""

    kind: GroupKind
    blocks: tuple["Block", ...]


type Block = (
    Heading
    | Paragraph
    | ListBlock
    | Table
    | Terms
    | Quote
    | Code
    | Footnotes
    | Break
    | Group
    | Disclosure
    | Dropped
)


@dataclass
class Document:
    """A page as its reader found it. `titles`: what the source gives as title, surest first."""

    format: Format
    encoding: str = "utf-8"
    newline: str = "lf"
    bom: bool = False
    blocks: list[Block] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    site_name: str = ""
    slug: str = ""
    lead: str = ""
    lang: str = "en"
    canonical: str = ""
    updated: str = ""
    front_matter: dict[str, Any] = field(default_factory=dict)
    dropped: list[Dropped] = field(default_factory=list)
    unsafe: set[str] = field(default_factory=set)
    headings_marked: bool = True


def texts(blocks: Iterable[Block]) -> Iterator[Text]:
    """Every text in the blocks that may be shown, in order."""
    for block in blocks:
        if isinstance(block, Group):
            yield from texts(block.blocks)
        else:
            yield from _texts(block)


def _texts(block: Block) -> Iterator[Text]:
    match block:
        case Heading(text=text) | Quote(text=text):
            yield text
        case Paragraph():
            yield block.text
        case ListBlock():
            yield from item_texts(block)
        case Table(rows=rows, header=header, caption=caption):
            yield from chain((caption,), header, *rows)
        case Terms(entries=entries):
            yield from chain.from_iterable((term, *meanings) for term, meanings in entries)
        case Code(text=code):
            yield Text.plainly(code)
        case Footnotes(items=notes):
            yield from (note.text for note in notes)


def item_texts(block: ListBlock) -> Iterator[Text]:
    """The texts of a list's items and of the lists in them."""
    for item in block.items:
        yield item.text
        if item.children:
            yield from item_texts(item.children)


def said(blocks: Iterable[Block]) -> str:
    """All that the blocks say, on one line."""
    return " ".join(text.plain for text in texts(blocks) if text)


def below_each[Piece](blocks: Sequence[Piece]) -> list[Piece | None]:
    """For every block the next one that says something."""
    found: list[Piece | None] = []
    below: Piece | None = None
    for block in reversed(blocks):
        found.append(below)
        below = below if isinstance(block, Break | Dropped) else block
    return found[::-1]
