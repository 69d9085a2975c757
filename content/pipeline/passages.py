"""The kept words of a page as passages: a paragraph, an item, a cell, each with the section it stands in."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import Final

from content.pipeline.document import Block, Footnotes, ListBlock, Table, Terms, item_texts, texts
from content.pipeline.names import Mention, capital_runs, mentions
from content.pipeline.page import Page
from content.pipeline.text import Text, sentences
from content.pipeline.vocabulary import BODIES, CERTIFIED, WEAK_BODIES

NAMING: Final = re.compile(
    rf"\b(?:{'|'.join(sorted(word.capitalize() for word in BODIES | WEAK_BODIES | CERTIFIED))})\b"
    r"|\b(?:certifications?|credentials?|certified|designations?|titles?|registration)\s(?:as|of|to become)\s"
)
# An article names a few dozen; whoever writes thousands writes no article, and need not be read to the end.
MOST_MENTIONS: Final = 500
LONGEST: Final = 4000


@dataclass(frozen=True)
class Passage:
    """`section` is -1 for the lead; `heading` is what stands above; `mentions` are its lettered names."""

    text: Text
    section: int
    heading: str
    mentions: tuple[Mention, ...]

    @cached_property
    def plain(self) -> str:
        return self.text.plain[:LONGEST]

    @cached_property
    def sentences(self) -> list[tuple[int, int]]:
        return sentences(self.plain)

    @cached_property
    def runs(self) -> tuple[tuple[str, int, int], ...]:
        """Capitalised names with their places, where a word promises any."""
        return tuple(capital_runs(self.plain)) if NAMING.search(self.plain) else ()


def passages(page: Page) -> list[Passage]:
    """Every passage in the page's order."""
    found: list[Passage] = []
    left = MOST_MENTIONS
    for text, section, heading in _texts(page):
        named = tuple(islice(mentions(text.plain[:LONGEST]), left))
        left -= len(named)
        found.append(Passage(text, section, heading, named))
    return found


def _texts(page: Page) -> Iterator[tuple[Text, int, str]]:
    for text in page.lead:
        yield text, -1, ""
    for at, section in enumerate(page.sections):
        for block in section.blocks:
            for text in _parts(block):
                yield text, at, section.heading or ""


def _parts(block: Block) -> Iterator[Text]:
    if isinstance(block, ListBlock):
        yield from item_texts(block)
    elif isinstance(block, Terms):
        for term, meanings in block.entries:
            yield term
            yield from meanings
    elif isinstance(block, Table):
        yield from (cell for row in block.rows for cell in row)
    elif not isinstance(block, Footnotes):
        yield from texts([block])


def tables(page: Page) -> Iterator[Table]:
    """Every table of the text."""
    for section in page.sections:
        yield from (block for block in section.blocks if isinstance(block, Table))
