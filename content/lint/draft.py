"""A text as the rules see it: its words, each with the place where an editor finds them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Literal

from content.pipeline.page import Page
from content.pipeline.text import sentences

# A mark of a statistic is one run of this, as long as the mark, while words are looked at.
FIGURE: Final = "\ue010"
CODE: Final = "\ue011"
FIGURES: Final = re.compile(f"{FIGURE}+")
WORD: Final = re.compile(rf"[{FIGURE}{CODE}]+|[^\W_][\w'\u2019.,-]*[^\W_]|[^\W_]")

type Kind = Literal[
    "title", "summary", "lead", "paragraph", "item", "quote", "note", "heading", "header", "cell"
]
PROSE: Final = ("lead", "paragraph", "item", "quote")


@dataclass(frozen=True)
class Field:
    """A text with lines: a file, or one field of a revision; `name` says which."""

    name: str
    text: str

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of an offset, both from 1."""
        before = self.text[: max(offset, 0)]
        return before.count("\n") + 1, len(before) - before.rfind("\n")

    def find(self, words: str, start: int = 0, end: int | None = None) -> int:
        """Where the words stand, however their lines are broken and marked up; `start` where they do not."""
        pattern = r"[\s>*_`\"'\\-]+".join(map(re.escape, words.split()[:8]))
        found = re.compile(pattern).search(self.text, start, len(self.text) if end is None else end)
        return found.start() if found and pattern else start


@dataclass(frozen=True)
class Link:
    """`words` are what readers press, `offset` is where the link begins in its field."""

    href: str
    words: str
    offset: int


@dataclass(frozen=True)
class Picture:
    alternative: str | None
    address: str
    offset: int


@dataclass(frozen=True)
class Words:
    """What one block says; `stretches` pair places in `plain` with places in the field, both ascending.

    `level` is that of a heading; `intro` is the paragraph that leads up to a list; `row` numbers the rows of
    a table, 0 for its header, `block` the blocks of the text.
    """

    kind: Kind
    plain: str
    field: Field
    stretches: tuple[tuple[int, int], ...]
    level: int = 0
    intro: str = ""
    row: int = 0
    block: int = 0
    links: tuple[Link, ...] = ()
    pictures: tuple[Picture, ...] = ()
    has_note: bool = False

    def at(self, index: int) -> int:
        """The place in the field of a place in `plain`."""
        plain_start, start = 0, self.stretches[0][1] if self.stretches else 0
        for here, there in self.stretches:
            if here > index:
                break
            plain_start, start = here, there
        return start + index - plain_start

    @cached_property
    def sentences(self) -> list[tuple[int, int]]:
        return sentences(self.plain)

    def sentence_at(self, index: int) -> str:
        return next((self.plain[low:high] for low, high in self.sentences if low <= index < high), self.plain)

    def named(self, low: int = 0, high: int | None = None) -> list[tuple[str, int]]:
        """The keys of the statistics that a part names, with their places in `plain`."""
        end = len(self.plain) if high is None else high
        found = []
        for run in FIGURES.finditer(self.plain, low, end):
            start = self.at(run.start()) + len("[[stat:")
            found.append((re.split(r"[|\]]", self.field.text[start:], maxsplit=1)[0], run.start()))
        return found


@dataclass(frozen=True, kw_only=True)
class FactWords:
    """A line of a facts box, however it was stored; `offset` is where its label stands in `field`."""

    label: str
    raw: str
    kind: str
    field: Field
    offset: int
    first: int | None = None
    last: int | None = None
    qualifier: str = ""
    amounts: tuple[float, ...] = ()
    markers: tuple[str, ...] = ()
    unknown_markers: tuple[str, ...] = ()
    sourced: bool = False
    key: str = ""


@dataclass(frozen=True)
class SourceWords:
    """A source below a facts box; `used` says whether a fact of the box bears its marker."""

    name: str
    used: bool
    offset: int


@dataclass(frozen=True)
class BoxWords:
    facts: tuple[FactWords, ...]
    sources: tuple[SourceWords, ...]
    field: Field


@dataclass(frozen=True)
class Html:
    """A stretch of raw HTML."""

    source: str
    offset: int


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A whole text. `words` are in the order of the page, title, summary and lead first.

    `nodes` are the blocks of its body: kind, where each begins and ends in `body_field`.
    """

    file: str
    slug: str
    kind: str
    title: Words
    summary: Words
    lead: Words
    body: tuple[Words, ...]
    body_field: Field
    page: Page
    boxes: tuple[BoxWords, ...] = ()
    html: tuple[Html, ...] = ()
    nodes: tuple[tuple[str, int, int], ...] = ()
    disclosures: str = ""

    @property
    def words(self) -> Iterator[Words]:
        yield from (self.title, self.summary, self.lead, *self.body)

    @cached_property
    def prose(self) -> tuple[Words, ...]:
        """What is read as running words: lead, paragraphs, items, quotes."""
        return tuple(words for words in (self.lead, *self.body) if words.kind in PROSE and words.plain)

    @property
    def headings(self) -> list[Words]:
        return [words for words in self.body if words.kind == "heading"]

    @property
    def facts(self) -> Iterator[FactWords]:
        for box in self.boxes:
            yield from box.facts

    @property
    def is_file(self) -> bool:
        """Of a text in a file the pictures are uploaded after it."""
        return self.body_field.name == "file"

    @property
    def pictures(self) -> Iterator[tuple[Field, Picture]]:
        """Those of Markdown; pictures of raw HTML stand in `html`."""
        for words in self.words:
            yield from ((words.field, picture) for picture in words.pictures)

    @property
    def links(self) -> Iterator[tuple[Field, Link]]:
        for words in (self.summary, self.lead, *self.body):
            yield from ((words.field, link) for link in words.links)


def counted(words: Iterable[Words]) -> int:
    """How many words they are together."""
    return sum(len(WORD.findall(each.plain)) for each in words)
