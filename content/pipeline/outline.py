"""The order of a page: lead, sections, boxes at their places, related links, listings of schools."""

import re
from dataclasses import dataclass, field, replace
from typing import Final, Literal

from content.pipeline.boxes import BoxHere, Placed
from content.pipeline.document import (
    Block,
    Break,
    Disclosure,
    Document,
    Dropped,
    Footnotes,
    Group,
    Heading,
    Item,
    ListBlock,
    Paragraph,
    below_each,
    said,
    texts,
)
from content.pipeline.furniture import is_listing_name, is_related_name
from content.pipeline.page import Box, Listing, Place, Related, Section
from content.pipeline.text import Text

NUMBERING: Final = re.compile(r"^\W*(?:\d{1,2}[.)]\s*)?")
BELOW: Final = re.compile(r"\b(?:schools?|listings?|programs?|results)\b.{0,40}\b(?:below|following)\b", re.I)
PROMISED: Final = re.compile(
    r"\brelated (?:articles?|links?|topics?|pages?|reading) (?:below|here|above)\b", re.I
)
FEWEST_PROSE_WORDS: Final = 30
LONGEST_RELATED: Final = 150


@dataclass
class _Section:
    heading: Text | None
    level: int
    blocks: list[Block] = field(default_factory=list)
    notes: list[Block] = field(default_factory=list)
    gave_away: bool = False


@dataclass
class Outline:
    """Built block by block with `take`; `done` closes it."""

    document: Document
    lead: list[Text] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    related: list[Related] = field(default_factory=list)
    listings: list[Listing] = field(default_factory=list)
    disclosures: list[Disclosure] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)
    related_promised: bool = False
    _sections: list[_Section] = field(default_factory=list)
    _notes: list[Block] = field(default_factory=list)
    _mode: Literal["text", "related", "listing"] = "text"
    _break: bool = False
    _box_name: str | None = None
    _headed: bool = False

    def take(self, block: Placed, below: Placed | None) -> None:
        """The next block of the page, and what stands below it."""
        match block:
            case Dropped():
                self._drop(block)
            case Disclosure():
                self.disclosures.append(block)
                if BELOW.search(block.text) and isinstance(below, ListBlock) and self._mode == "text":
                    # "The schools in the listing below": the list needs no heading to be one.
                    self._mode = "listing"
                    self.listings.append(Listing(None))
            case Break():
                self._break = True
            case BoxHere(box=box, named=named):
                self.boxes.append(replace(box, after_section=len(self._sections) - 1))
                self._box_name = box.title if named else None
                self._mode = "text"
            case Heading():
                self._heading(block, below)
            case Footnotes():
                (self._sections[-1].notes if self._sections else self._notes).append(block)
            case Group():
                self._group(block)
            case _:
                self._content(block)

    def _drop(self, dropped: Dropped) -> None:
        self.dropped.append(dropped)
        at = len(self._sections) - 1
        self.places.append(Place(at, len(self._sections[at].blocks if self._sections else self.lead)))
        if self._sections:
            self._sections[-1].gave_away = True
        if PROMISED.search(dropped.text):
            self.related_promised = True

    def _heading(self, heading: Heading, below: Placed | None) -> None:
        words = heading.text.plain
        self._box_name = None
        if not words:
            self._mode, self._break = "text", True
        elif is_listing_name(words) and not _is_prose(below):
            self._mode = "listing"
            self.listings.append(Listing(NUMBERING.sub("", words).rstrip(" :")))
            self._drop(Dropped("listing-heading", words))
        elif is_related_name(words):
            self._mode, self.related_promised = "related", True
        else:
            self._mode, self._break, self._headed = "text", False, True
            self._sections.append(_Section(heading.text, max(2, heading.level)))

    def _group(self, group: Group) -> None:
        mode = self._mode
        if group.kind in ("related", "listing"):
            inner = list(group.blocks)
            if group.kind == "listing" and not any(isinstance(block, Heading) for block in inner):
                self.listings.append(Listing(None))
            self._mode = "related" if group.kind == "related" else "listing"
            self.related_promised = self.related_promised or group.kind == "related"
            for block, below in zip(inner, below_each(inner), strict=True):
                self._boxed(block, below, group)
            self._mode = mode
        else:
            for block, below in zip(group.blocks, below_each(group.blocks), strict=True):
                self.take(block, below)

    def _boxed(self, block: Block, below: Block | None, group: Group) -> None:
        """A block of a related or listing box: its headings name the box, whatever they say."""
        if not isinstance(block, Heading):
            self.take(block, below)
        elif group.kind == "listing":
            self.listings.append(Listing(NUMBERING.sub("", block.text.plain).rstrip(" :") or None))
            self._drop(Dropped("listing-heading", block.text.plain))

    def _content(self, block: Block) -> None:
        if self._mode == "listing":
            self._listed(block)
        elif self._mode == "related" and self._relate(block):
            return
        else:
            if self._mode == "related":
                self._mode, self._break = "text", True
            self._place(block)

    def _listed(self, block: Block) -> None:
        linked = any(span.href for text in texts([block]) for span in text.spans)
        if self.listings and linked:
            self.listings[-1] = replace(self.listings[-1], linked=True)
        words = said([block])
        if words:
            self._drop(Dropped("advertisement", words))

    def _relate(self, block: Block) -> bool:
        """Whether the block is a list of other pages; then they are kept as such."""
        if isinstance(block, ListBlock):
            self.related += [_related(item.text) for item in _flat(block) if item.text]
        elif isinstance(block, Paragraph) and all(map(_page_name, block.lines)):
            self.related += [each for line in block.lines for each in _linked(line)]
        else:
            return False
        return True

    def _place(self, block: Block) -> None:
        if self._box_name is not None and not self._break and self.document.headings_marked:
            # The box was not all that stood under its heading.
            self._sections.append(_Section(Text.plainly(self._box_name), 2))
        elif (self._break or self._box_name is not None) and (self._sections or self.lead):
            self._sections.append(_Section(None, 2))
        self._break, self._box_name = False, None
        if self._sections:
            self._sections[-1].blocks.append(block)
        elif isinstance(block, Paragraph):
            self.lead.append(block.text)
        else:
            self._sections.append(_Section(None, 2, [block]))

    def sections(self) -> list[Section]:
        """The sections, boxes and lead put right: call it once, at the end."""
        if not self._headed and not self._sections and len(self.lead) > 1:
            # No heading at all: the first paragraph leads, the others lost theirs.
            rest: list[Block] = [Paragraph((text,)) for text in self.lead[1:]]
            self._sections = [_Section(None, 2, rest)]
            del self.lead[1:]
            self.places = [
                Place(0, at.blocks - 1) if at.blocks and at.blocks > 1 else at for at in self.places
            ]
        if self._notes:
            if not self._sections:
                self._sections.append(_Section(None, 2))
            self._sections[0].notes[:0] = self._notes
        kept = [
            at
            for at, each in enumerate(self._sections)
            if each.blocks or each.notes or (not each.gave_away and self._leads_on(at))
        ]
        news = {at: new for new, at in enumerate(kept)}
        self.boxes = [replace(box, after_section=_last_kept(news, box.after_section)) for box in self.boxes]
        # A section that is not kept ends where the last one before it does.
        self.places = [
            at
            if at.section < 0
            else Place(news[at.section], at.blocks)
            if at.section in news
            else Place(_last_kept(news, at.section), None)
            for at in self.places
        ]
        return [_made(self._sections[at]) for at in kept]

    def _leads_on(self, at: int) -> bool:
        """An empty section stays where others follow below it."""
        return at + 1 < len(self._sections) and self._sections[at].heading is not None


def _last_kept(news: dict[int, int], section: int) -> int:
    """The new number of the last kept section up to that one, -1 where there is none."""
    return max((new for at, new in news.items() if at <= section), default=-1)


def _made(section: _Section) -> Section:
    heading = section.heading
    return Section(
        heading.plain if heading else None,
        section.level,
        (*section.blocks, *section.notes),
        heading or Text(),
    )


def _is_prose(below: Placed | None) -> bool:
    """Whether a text follows, so that "Top Schools" is a heading of the article and no listing."""
    return isinstance(below, Paragraph) and len(below.text.plain.split()) >= FEWEST_PROSE_WORDS


def _flat(block: ListBlock) -> list[Item]:
    return [
        inner for item in block.items for inner in (item, *(_flat(item.children) if item.children else ()))
    ]


def _page_name(line: Text) -> bool:
    words = line.plain
    linked = all(span.href or not span.text.strip(" |,;\u00b7\u2022") for span in line.spans)
    return linked or (len(words) <= LONGEST_RELATED and not words.endswith((".", ":", ";")))


def _linked(line: Text) -> list[Related]:
    """The pages that a line names: one a link, or the line itself."""
    links = [Related(span.text.strip(), span.href) for span in line.spans if span.href and span.text.strip()]
    return links or ([Related(line.plain, None)] if line else [])


def _related(text: Text) -> Related:
    return Related(text.plain, next((span.href for span in text.spans if span.href), None))
