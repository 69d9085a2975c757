"""Finds the facts boxes of a page, whatever they were built from, and takes them out of its text."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

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
    Terms,
    item_texts,
)
from content.pipeline.facts import Row, is_figure, make_fact, split_line
from content.pipeline.marks import take_marks
from content.pipeline.page import Box, FactLine, SourceLine
from content.pipeline.sources import begins_with_mark, names_sources, parse_sources
from content.pipeline.text import Span, Text

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
HEADER: Final = re.compile(
    r"(?:quick |key |career )?(?:facts?|details?|measures?|categor(?:y|ies)|items?|information|info"
    r"|statistics?|figures?|values?|answers?"
    r"|data|label|topic|metric|attribute|feature|descriptions?|amount|)",
    re.I,
)
COLUMNS: Final = (
    ("label", re.compile(r"(?:fact|measure|item|category|statistic|label|metric|figure|indicator)s?", re.I)),
    ("value", re.compile(r"(?:value|amount|detail|figure|data|number|answer)s?", re.I)),
    ("period", re.compile(r"(?:period|year|years|date|as of|time ?frame)", re.I)),
    ("source", re.compile(r"(?:source|reference|from|publisher)s?", re.I)),
)
BAR: Final = re.compile(r"\s[|\u00b7\u2022]\s")
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
    heading = _heading_before(placed)
    block = blocks[at]
    inner = _unboxed(block)
    end = at + 1
    if isinstance(block, Group) and block.kind == "facts":
        title, core, rest = inner
    else:
        title, rest = Text(), _own_sources(block)
        core = [block]
        # Facts that blank lines part, one a paragraph.
        while heading and end < len(blocks) and _line_like(block) and _line_like(blocks[end]):
            core.append(blocks[end])
            end += 1
    rows = [row for each in core for row in _rows(each, sure=bool(heading) or isinstance(block, Group))]
    if not rows:
        return None
    source_blocks, after = _sources_behind(blocks, end, rows)
    caption = title or next(
        (each.caption for each in core if isinstance(each, Table) and each.caption), Text()
    )
    sure = (
        isinstance(block, Group)
        or bool(heading and NAME.search(heading.text.plain))
        or bool(NAME.search(caption.plain))
    )
    if not _is_box(core, rows, sure=sure, sourced=bool(source_blocks) or bool(rest)):
        return None
    sources = parse_sources([*rest, *source_blocks])
    named = heading is not None and ((sure and not title) or _same(heading.text, caption))
    shown = caption or (heading.text if heading and named else Text())
    kept = _without_heading(placed) if named else placed
    box = Box(shown.plain or None, -1, tuple(_facts(rows, sources)), sources)
    return [*kept, BoxHere(box, named)], after


def _next(blocks: Sequence[Block], at: int) -> Block | None:
    while at < len(blocks) and isinstance(blocks[at], SKIPPED):
        at += 1
    return blocks[at] if at < len(blocks) else None


def _facts(rows: list[Row], sources: tuple[SourceLine, ...]) -> Iterator[FactLine]:
    for row in rows:
        yield make_fact(row, sources)


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


def _same(one: Text, other: Text) -> bool:
    return bool(one) and one.plain.casefold() == other.plain.casefold()


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


def _own_sources(block: Block) -> list[Block]:
    """Lines of sources at the end of the very block that holds the facts."""
    lines: list[Text] = []
    if isinstance(block, Paragraph):
        lines = list(block.lines)
    elif isinstance(block, ListBlock):
        lines = [item.text for item in block.items]
    first = next((at for at, line in enumerate(lines) if at and _begins_sources(line)), None)
    return [Paragraph(tuple(lines[first:]))] if first else []


def _line_like(block: Block) -> bool:
    """A paragraph of one line, or what looked like a heading, with a label and a value."""
    if isinstance(block, Paragraph):
        return len(block.lines) == 1 and not names_sources(block) and split_line(block.lines[0]) is not None
    return isinstance(block, Heading) and not block.sure and split_line(block.text) is not None


def _rows(block: Block, *, sure: bool) -> list[Row]:
    """Labels with their values, as far as the block has them; none where it is something else."""
    if isinstance(block, Table):
        return _table_rows(block)
    if isinstance(block, Terms):
        return [Row(term, _listed(meanings)) for term, meanings in block.entries]
    lines: list[Text] = []
    nested: dict[int, Row] = {}
    if isinstance(block, ListBlock):
        lines = [item.text for item in block.items]
        nested = {
            at: Row(item.text, _listed(item_texts(item.children)))
            for at, item in enumerate(block.items)
            if item.children
        }
    elif isinstance(block, Paragraph):
        lines = [part for line in block.lines for part in _segments(line)]
    elif isinstance(block, Heading) and not block.sure:
        lines = [block.text]
    own = next((at for at, line in enumerate(lines) if _begins_sources(line)), len(lines))
    found = [nested.get(at) or split_line(line, sure=sure) for at, line in enumerate(lines[:own])]
    if 2 * sum(row is not None for row in found) <= len(found):
        return []
    # A line without a label says something all the same.
    return [row or Row(Text(), line) for row, line in zip(found, lines, strict=False)]


def _listed(parts: Iterable[Text]) -> Text:
    """Several values as one enumeration."""
    spans = [span for part in parts for span in (Span(", "), *part.spans)]
    return Text.of(spans[1:])


def _segments(line: Text) -> list[Text]:
    """A line of several facts with bars between them, each of which has a label; else the line itself."""
    starts = [0, *(match.end() for match in BAR.finditer(line.plain))]
    ends = [*(match.start() for match in BAR.finditer(line.plain)), len(line.plain)]
    parts = [line.cut(start, end) for start, end in zip(starts, ends, strict=True)]
    return parts if len(parts) > 1 and all(map(split_line, parts)) else [line]


def _begins_sources(line: Text) -> bool:
    return names_sources(Paragraph((line,)))


def _table_rows(table: Table) -> list[Row]:
    width = max((len(row) for row in table.rows), default=0)
    if table.header and len(table.header) > 2:
        return _wide_rows(table)
    if width != 2:
        return []
    rows = [Row(*row) for row in table.rows if len(row) == 2]
    if len(table.header) == 2 and not HEADER.fullmatch(table.header[1].plain):
        rows.insert(0, Row(*table.header))
    return rows


def _wide_rows(table: Table) -> list[Row]:
    """Rows of a table whose columns say label, value, period, source."""
    places: dict[str, int] = {}
    for at, cell in enumerate(table.header):
        for name, pattern in COLUMNS:
            if name not in places and pattern.fullmatch(cell.plain):
                places[name] = at
                break
    if "value" not in places or len(places) < len(table.header) - (0 if "label" in places else 1):
        return []
    label = places.get("label", 0)
    rows = []
    for cells in table.rows:
        if len(cells) == len(table.header):
            period, source = (
                cells[places[name]] if name in places else Text() for name in ("period", "source")
            )
            rows.append(Row(cells[label], cells[places["value"]], period, source))
    return rows


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
