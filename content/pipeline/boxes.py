"""Finds the facts boxes of a page, whatever they were built from, and takes them out of its text."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from content.pipeline.box_rows import is_fact_line, own_sources, rows_of
from content.pipeline.document import (
    Block,
    Break,
    Dropped,
    Footnotes,
    Group,
    Heading,
    ListBlock,
    Paragraph,
    Table,
)
from content.pipeline.facts import Row, is_figure, make_fact
from content.pipeline.marks import take_marks
from content.pipeline.page import Box, SourceLine
from content.pipeline.sources import begins_with_mark, names_sources, parse_sources
from content.pipeline.text import Text

NAME: Final = re.compile(
    r"\bfacts?\b|\bsnapshot\b|\bat a glance\b|\bfact ?(?:box|sheet)\b|\bby the numbers\b|\bin numbers\b"
    r"|\b(?:key|quick|vital|fast|important|essential|basic) (?:figures|data|details|information|info"
    r"|points|statistics|stats|numbers"
    r"|look|reference|overview)\b|\b(?:career|job|occupation(?:al)?|salary|pay|wage|credential|exam"
    r"|program|profession)s? "
    r"(?:information|info|data|profile|summary|statistics|stats|figures|details|highlights|overview)\b"
    r"|\b(?:salary|pay|wages?|earnings) (?:and|&) (?:job )?(?:outlook|growth|demand|jobs|employment"
    r"|openings)\b"
    r"|^(?:the )?(?:statistics|figures|highlights|numbers|essentials)$",
    re.I,
)
SKIPPED: Final = (Break, Dropped)
MOST_SKIPPED: Final = 5


@dataclass(frozen=True)
class BoxHere:
    """A box at its place among the blocks; `named` where a heading of the page is its title alone."""

    box: Box
    named: bool


type Placed = Block | BoxHere


def take_boxes(blocks: Sequence[Block]) -> list[Placed]:
    """The blocks with every facts box, its heading and its sources in one piece."""
    placed: list[Placed] = []
    at = 0
    while at < len(blocks):
        found = None if isinstance(blocks[at], SKIPPED) else _box_at(blocks, at, placed)
        if found:
            placed, at = found
        else:
            placed.append(blocks[at])
            at += 1
    return _share_sources(placed)


def _box_at(blocks: Sequence[Block], at: int, placed: list[Placed]) -> tuple[list[Placed], int] | None:
    """The blocks before with a box behind them, and where the page goes on; None where no box begins."""
    block, heading = blocks[at], _heading_before(placed)
    drawn = isinstance(block, Group) and block.kind == "facts"
    title, core, rest = _unboxed(block) if drawn else (Text(), [block], own_sources(block))
    end = at + 1
    # Facts that blank lines part, one a paragraph.
    while heading and not drawn and end < len(blocks) and all(map(is_fact_line, (block, blocks[end]))):
        core.append(blocks[end])
        end += 1
    rows = [row for each in core for row in rows_of(each, sure=drawn or heading is not None)]
    if not rows:
        return None
    source_blocks, after = _sources_behind(blocks, end, rows)
    caption = title or next((each.caption for each in core if isinstance(each, Table)), Text())
    sure = drawn or any(NAME.search(text.plain) for text in (heading.text if heading else Text(), caption))
    if not _is_box(core, rows, sure=sure, sourced=bool(source_blocks or rest)):
        return None
    sources = parse_sources([*rest, *source_blocks])
    named = heading is not None and _is_title(heading, caption, blocks, after, sure=sure and not title)
    shown = caption or (heading.text if heading and named else Text())
    box = Box(shown.plain or None, -1, tuple(make_fact(row, sources) for row in rows), sources)
    return [*(_without_heading(placed) if named else placed), BoxHere(box, named)], after


def _is_title(heading: Heading, caption: Text, blocks: Sequence[Block], after: int, *, sure: bool) -> bool:
    """Whether the heading above a box is the box's alone: by its words, or as nothing else is below it."""
    if sure or (caption and heading.text.plain.casefold() == caption.plain.casefold()):
        return True
    below = _next(blocks, after)
    return not caption and (below is None or isinstance(below, Heading))


def _next(blocks: Sequence[Block], at: int) -> Block | None:
    while at < len(blocks) and isinstance(blocks[at], SKIPPED):
        at += 1
    return blocks[at] if at < len(blocks) else None


def _heading_before(placed: list[Placed]) -> Heading | None:
    for block in reversed(placed):
        if isinstance(block, Heading):
            return block
        if not isinstance(block, SKIPPED):
            return None
    return None


def _without_heading(placed: list[Placed]) -> list[Placed]:
    last = max(at for at, block in enumerate(placed) if isinstance(block, Heading))
    return placed[:last] + placed[last + 1 :]


def _unboxed(block: Block) -> tuple[Text, list[Block], list[Block]]:
    """Title, facts and sources of a box that the source itself drew."""
    title = Text()
    core: list[Block] = []
    rest: list[Block] = []
    for inner in _flat(block):
        if isinstance(inner, Group) and inner.kind == "sources":
            rest += inner.blocks
        elif rest or names_sources(inner) or (core and begins_with_mark(inner)):
            rest.append(inner)
        elif isinstance(inner, Heading) and not title:
            title = inner.text
        else:
            core.append(inner)
    return title, core, rest


def _flat(block: Block) -> Iterator[Block]:
    for inner in block.blocks if isinstance(block, Group) else ():
        if isinstance(inner, Group) and inner.kind == "facts":
            yield from _flat(inner)
        else:
            yield inner


def _is_box(core: list[Block], rows: list[Row], *, sure: bool, sourced: bool) -> bool:
    """Whether labels and values are a facts box: by its name, or by figures with sources or periods."""
    if sure:
        return True
    figures = [row for row in rows if is_figure(row)]
    marked = [row for row in rows if row.is_marked]
    dated = [row for row in rows if row.is_dated]
    if not figures or (
        isinstance(core[0], Table) and core[0].header and len(core[0].header) > 2 and not marked
    ):
        return False
    if sourced and (marked or dated):
        return True
    return bool(marked or dated) and 2 * len(figures) >= len(rows) and len(rows) > 1


def _sources_behind(blocks: Sequence[Block], at: int, rows: list[Row]) -> tuple[list[Block], int]:
    """The blocks of sources that follow a box, and where the page goes on behind them."""
    wanted = {mark for row in rows for mark in row.marks}
    taken: list[Block] = []
    end = at
    while at < len(blocks):
        block = blocks[at]
        if isinstance(block, SKIPPED) and not taken and at < end + MOST_SKIPPED:
            at += 1
            continue
        if isinstance(block, Group) and block.kind == "sources":
            taken += block.blocks
        elif names_sources(block) or _marks_of(block) & wanted:
            taken.append(block)
        elif not (taken and isinstance(block, ListBlock | Paragraph | Footnotes) and _open_name(taken)):
            break
        else:
            taken.append(block)
        at = end = at + 1
    return taken, end if taken else at


def _open_name(taken: list[Block]) -> bool:
    """Whether only the words "Sources:" came so far, so that the next block holds them."""
    return not parse_sources(taken)


def _marks_of(block: Block) -> set[str]:
    if isinstance(block, Footnotes):
        return {note.marker for note in block.items}
    if isinstance(block, ListBlock) and len(block.items) == 1:
        return {block.bullet}
    if begins_with_mark(block) and isinstance(block, Paragraph):
        return {take_marks(line.marked)[1][0] for line in block.lines}
    return set()


def _share_sources(placed: list[Placed]) -> list[Placed]:
    """A box without sources of its own takes those of the next box: the page has one line for both."""
    shared = list(placed)
    behind: tuple[SourceLine, ...] = ()
    for at in range(len(shared) - 1, -1, -1):
        here = shared[at]
        if not isinstance(here, BoxHere):
            continue
        if here.box.sources:
            behind = here.box.sources
        elif behind and any(fact.markers for fact in here.box.facts):
            marks = {mark for fact in here.box.facts for mark in fact.markers}
            used = tuple(source for source in behind if source.marker in marks)
            facts = tuple(
                replace(fact, sources=tuple(source for source in used if source.marker in fact.markers))
                for fact in here.box.facts
            )
            shared[at] = replace(here, box=replace(here.box, facts=facts, sources=used))
    return shared
