"""Labels with their values, out of whatever a facts box was built from."""

import re
from collections.abc import Iterable
from typing import Final

from content.pipeline.document import Block, Heading, ListBlock, Paragraph, Table, Terms, item_texts
from content.pipeline.facts import Row, split_line
from content.pipeline.sources import names_sources
from content.pipeline.text import Span, Text

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


def rows_of(block: Block, *, sure: bool) -> list[Row]:
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


def own_sources(block: Block) -> list[Block]:
    """Lines of sources at the end of the very block that holds the facts."""
    lines: list[Text] = []
    if isinstance(block, Paragraph):
        lines = list(block.lines)
    elif isinstance(block, ListBlock):
        lines = [item.text for item in block.items]
    first = next((at for at, line in enumerate(lines) if at and _begins_sources(line)), None)
    return [Paragraph(tuple(lines[first:]))] if first else []


def is_fact_line(block: Block) -> bool:
    """A paragraph of one line, or what looked like a heading, with a label and a value."""
    if isinstance(block, Paragraph):
        return len(block.lines) == 1 and not names_sources(block) and split_line(block.lines[0]) is not None
    return isinstance(block, Heading) and not block.sure and split_line(block.text) is not None


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
