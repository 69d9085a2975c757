"""Sections back to the Markdown that revisions hold; words of a page never become markup by accident."""

import re
from collections.abc import Iterator
from typing import Final

from content.pipeline.document import (
    Block,
    Code,
    Footnotes,
    ListBlock,
    Paragraph,
    Quote,
    Table,
    Terms,
)
from content.pipeline.page import Page, Section, in_title_case
from content.pipeline.text import Span, Text

UNTITLED: Final = "## {untitled}"
ESCAPED: Final = re.compile(r"[\\`*\[\]<~]|(?<!\w)_|_(?!\w)|&(?=#?\w{1,32};)|\$(?=\$)")
LINE_START: Final = re.compile(
    r"^(?:(#{1,6}(?=\s|$)|>|[-+=](?=[\s=-]|$)|\{(?=untitled\}))|(\d{1,9})([.)])(?=\s|$))"
)
OPENS_BADLY: Final = re.compile(r"^\W")
CLOSES_BADLY: Final = re.compile(r"\W$")
NOTE: Final = re.compile(r"[^\w-]+")


def lead_markdown(page: Page) -> str:
    return "\n\n".join(lead_parts(page))


def body_markdown(page: Page) -> str:
    """The sections as one text: `## ` begins a section, `## {untitled}` one whose heading was lost."""
    return "\n\n".join(part for parts in section_parts(page) for part in parts if part)


def lead_parts(page: Page) -> list[str]:
    return [inline(text, frozenset()) for text in page.lead]


def section_parts(page: Page) -> list[list[str]]:
    """Of every section its heading and its blocks; a block that writes nothing is an empty part."""
    notes = frozenset(
        _note(note.marker)
        for section in page.sections
        for block in section.blocks
        if isinstance(block, Footnotes)
        for note in block.items
    )
    return [list(_section(section, notes)) for section in page.sections]


def _section(section: Section, notes: frozenset[str]) -> Iterator[str]:
    if section.heading is None:
        yield UNTITLED
    else:
        words = in_title_case(section.heading) if section.heading.isupper() else section.heading
        # A sign at the end would close the heading and go.
        yield f"{'#' * min(section.level, 6)} {re.sub('#(?=#*$)', r'\\#', escape(words))}"
    for block in section.blocks:
        yield "\n".join(_block(block, notes))


def _block(block: Block, notes: frozenset[str]) -> Iterator[str]:
    match block:
        case Paragraph():
            yield inline(block.text, notes)
        case Quote(text=text):
            yield f"> {inline(text, notes)}"
        case ListBlock():
            yield from _list(block, notes, "")
        case Terms(entries=entries):
            for term, meanings in entries:
                yield f"- {inline(term, notes)}"
                yield from (f"  - {inline(meaning, notes)}" for meaning in meanings)
        case Table():
            yield from _table(block, notes)
        case Code(text=code):
            fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", code)), default=0))
            yield from (fence, code, fence)
        case Footnotes(items=items):
            yield "\n\n".join(f"[^{_note(note.marker)}]: {inline(note.text, notes)}" for note in items)
        case _:
            raise TypeError(f"{type(block).__name__} is no block of a section")


def _list(block: ListBlock, notes: frozenset[str], indent: str) -> Iterator[str]:
    for number, item in enumerate(block.items, 1):
        sign = f"{number}." if block.ordered else "-"
        yield f"{indent}{sign} {inline(item.text, notes)}".rstrip()
        if item.children:
            yield from _list(item.children, notes, indent + " " * (len(sign) + 1))


def _table(table: Table, notes: frozenset[str]) -> Iterator[str]:
    width = max(map(len, (table.header, *table.rows)), default=0)
    if not width:
        return
    if table.caption:
        yield f"**{escape(table.caption.plain)}**\n"
    for at, row in enumerate((table.header, *table.rows)):
        cells = [inline(cell, notes).replace("|", "\\|") for cell in row] + [""] * (width - len(row))
        yield f"| {' | '.join(cells)} |"
        if at == 0:
            yield f"|{' --- |' * width}"


def escape(words: str) -> str:
    """Words that Markdown prints as they are."""
    safe = ESCAPED.sub(lambda sign: f"\\{sign[0]}", words)
    start = LINE_START.match(safe)
    if start is None:
        return safe
    if start[1]:
        return f"\\{safe}"
    return f"{start[2]}\\{safe[start.end(2) :]}"


def inline(text: Text, notes: frozenset[str]) -> str:
    """A line of words with its links and emphasis; references to no footnote of the page are left out."""
    parts: list[str] = []
    spans = text.spans
    for at, span in enumerate(spans):
        if span.note:
            parts.append(f"[^{_note(span.note)}]" if _note(span.note) in notes else "")
            continue
        before = spans[at - 1].text[-1:] if at else ""
        after = spans[at + 1].text[:1] if at + 1 < len(spans) else ""
        parts.append(_span(span, before, after, first=at == 0))
    return "".join(parts).strip()


def _span(span: Span, before: str, after: str, *, first: bool) -> str:
    words = span.text.strip()
    if not words:
        return span.text
    left = span.text[: len(span.text) - len(span.text.lstrip())]
    right = span.text[len(span.text.rstrip()) :]
    plain = escape(words) if first else ESCAPED.sub(r"\\\g<0>", words)
    written = _code(words) if span.code else plain
    sign = "***" if span.strong and span.em else "**" if span.strong else "*" if span.em else ""
    if sign and _can_open(words, "" if left else before) and _can_close(words, "" if right else after):
        written = f"{sign}{written}{sign}"
    if span.href:
        written = f"[{written}](<{span.href}>)"
    return f"{left}{written}{right}"


def _can_open(words: str, before: str) -> bool:
    """CommonMark opens no emphasis between a letter and a sign."""
    return not (before.isalnum() and OPENS_BADLY.search(words))


def _can_close(words: str, after: str) -> bool:
    return not (after.isalnum() and CLOSES_BADLY.search(words))


def _code(words: str) -> str:
    fence = "`" * (1 + max((len(run) for run in re.findall("`+", words)), default=0))
    pad = " " if words.startswith("`") or words.endswith("`") else ""
    return f"{fence}{pad}{words}{pad}{fence}"


def _note(marker: str) -> str:
    return NOTE.sub("-", marker).strip("-") or "note"
