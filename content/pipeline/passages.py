"""The kept words of a page as passages: a paragraph, an item, a row, each with the section it stands in."""

from collections.abc import Iterator
from dataclasses import dataclass

from content.pipeline.document import Block, Footnotes, ListBlock, Table, Terms, item_texts, texts
from content.pipeline.page import Page
from content.pipeline.text import Text


@dataclass(frozen=True)
class Passage:
    """`section` is -1 for the lead; `heading` is what stands above."""

    text: Text
    section: int
    heading: str = ""

    @property
    def plain(self) -> str:
        return self.text.plain


def passages(page: Page) -> Iterator[Passage]:
    """Every passage in the page's order."""
    for text in page.lead:
        yield Passage(text, -1)
    for at, section in enumerate(page.sections):
        for block in section.blocks:
            for text in _parts(block):
                yield Passage(text, at, section.heading or "")


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


def tables(page: Page) -> Iterator[tuple[int, Table]]:
    """Every table with its section."""
    for at, section in enumerate(page.sections):
        yield from ((at, block) for block in section.blocks if isinstance(block, Table))
