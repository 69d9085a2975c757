"""Which words of a page are its title."""

from collections.abc import Sequence
from typing import Final

from content.lib.normal import key
from content.pipeline.document import Block, Break, Disclosure, Document, Dropped, Heading, Paragraph

LONGEST_LINE: Final = 200


def take_title(blocks: Sequence[Block], document: Document) -> tuple[str, list[Block]]:
    """The title and the blocks without it; "" where nothing on the page can be one."""
    declared = document.titles[0] if document.titles else ""
    if declared:
        blocks = [_without_site_name(block, document) for block in blocks]
    if document.format == "markdown" and declared:
        return declared, _without_first_h1(blocks, declared, document)
    heading: Heading | Paragraph | None = _first_h1(blocks) or _same_heading(blocks, declared)
    if heading is None and not declared:
        heading = _first_line(blocks)
    if heading is None:
        return declared, list(blocks)
    words = heading.text.plain
    return words, [block for block in blocks if block is not heading]


def _without_site_name(block: Block, document: Document) -> Block:
    """The site's own name is no heading of the article, however large it stands above it."""
    named = (
        isinstance(block, Heading) and block.level == 1 and key(block.text.plain) == key(document.site_name)
    )
    return Dropped("navigation", document.site_name) if named and document.site_name else block


def _without_first_h1(blocks: Sequence[Block], declared: str, document: Document) -> list[Block]:
    """Front matter names the page; its first heading of level 1 repeats the name or words it otherwise."""
    first = next((block for block in blocks if isinstance(block, Heading)), None)
    if first is None:
        return list(blocks)
    if first.level == 1 and key(first.text.plain) != key(declared):
        document.front_matter["heading"] = first.text.plain
    if first.level == 1 or key(first.text.plain) == key(declared):
        return [block for block in blocks if block is not first]
    return list(blocks)


def _first_h1(blocks: Sequence[Block]) -> Heading | None:
    for block in blocks:
        if isinstance(block, Heading) and block.sure and block.level == 1 and block.text:
            return block
    return None


def _same_heading(blocks: Sequence[Block], declared: str) -> Heading | None:
    for block in blocks:
        if isinstance(block, Heading) and declared and key(block.text.plain) == key(declared):
            return block
    return None


def _first_line(blocks: Sequence[Block]) -> Heading | Paragraph | None:
    """The first heading or short line, if the page begins with one."""
    for block in blocks:
        if isinstance(block, Heading) and block.text:
            return block
        if isinstance(block, Paragraph) and len(block.lines) == 1 and len(block.text.plain) <= LONGEST_LINE:
            return block
        if not isinstance(block, Break | Dropped | Disclosure | Heading):
            return None
    return None
