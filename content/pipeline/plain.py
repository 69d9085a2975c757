"""Plain text pages: blank lines part blocks, the look of a line says what it is."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Final

from content.pipeline.document import (
    Block,
    Break,
    Code,
    Document,
    Footnotes,
    Heading,
    ListBlock,
    Note,
    Paragraph,
    Quote,
)
from content.pipeline.links import without_tracking
from content.pipeline.plain_headings import FIGURE, heading_like, promote, stands_above
from content.pipeline.plain_lists import build_list, is_item
from content.pipeline.plain_tables import build_table, table_end
from content.pipeline.tags import without_tags
from content.pipeline.text import Span, Text, clean, harmless

LINE_END: Final = re.compile("\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]")
FENCE: Final = re.compile(r"\s{0,3}(```+|~~~+)")
RULE_SIGNS: Final = "-=_*~\u2013\u2014\u2500\u2550"
UNDERLINE: Final = re.compile(r"\s*(={3,200}|-{3,200}|~{3,200})\s*")
HASHED: Final = re.compile(r"\s{0,3}(#{1,6})\s+(\S.{0,200}?)(?:\s+#+)?\s*")
WIKI: Final = re.compile(r"(={1,6})\s*([^=\s][^=]{0,200}?)\s*\1")
QUOTED: Final = re.compile(r"\s{0,3}>\s?(.*)")
REFERENCE: Final = re.compile(r"\[\^?(\w{1,8})\]")
NOTE: Final = re.compile(r"\s*\[(\^?\w{1,8})\]:?\s+([^\s\[].*)")
UNWRAPPED: Final = 110


@dataclass(frozen=True)
class _Chunk:
    """Lines between blank ones, and how many blank ones came before."""

    lines: list[str]
    gap: int
    fenced: bool = False


def read_plain(text: str, document: Document) -> None:
    """Fills the document with the blocks of a plain text."""
    chunks = _chunks(LINE_END.split(without_tracking(document, without_tags(text))))
    usual = _usual_gap(chunks)
    blocks: list[Block] = []
    for chunk in chunks:
        if chunk.gap > usual and blocks:
            blocks.append(Break())
        if chunk.fenced:
            blocks.append(Code(harmless("\n".join(clean(line.expandtabs(4)) for line in chunk.lines))))
        else:
            blocks += _blocks(chunk.lines, first=not blocks)
    markers = {note.marker for block in blocks if isinstance(block, Footnotes) for note in block.items}
    document.blocks = [_with_notes(block, markers) for block in promote(_joined_lists(blocks))]
    document.headings_marked = False


def _chunks(lines: list[str]) -> list[_Chunk]:
    chunks: list[_Chunk] = []
    lines = [line.rstrip() for line in lines]
    gap, at = 0, 0
    while at < len(lines):
        fence = FENCE.match(lines[at])
        end = _fence_end(lines, at, fence[1]) if fence else 0
        if end:
            chunks.append(_Chunk(lines[at + 1 : end], gap, fenced=True))
            gap, at = 0, end + 1
        elif not clean(lines[at]).strip():
            gap, at = gap + 1, at + 1
        else:
            end = at + 1
            while end < len(lines) and clean(lines[end]).strip() and not FENCE.match(lines[end]):
                end += 1
            chunks.append(_Chunk(lines[at:end], gap))
            gap, at = 0, end
    return chunks


def _fence_end(lines: list[str], at: int, fence: str) -> int:
    """The line that closes the fence; 0 where none does within 400 lines."""
    for end in range(at + 1, min(at + 400, len(lines))):
        if lines[end].strip().startswith(fence):
            return end
    return 0


def _usual_gap(chunks: list[_Chunk]) -> int:
    gaps = Counter(chunk.gap for chunk in chunks[1:] if chunk.gap)
    if not gaps:
        return 1
    most = max(gaps.values())
    return min(gap for gap, number in gaps.items() if number == most)


def _blocks(lines: list[str], *, first: bool) -> Iterator[Block]:
    """The blocks of the lines between two blank ones."""
    at = 0
    while at < len(lines):
        line = lines[at]
        below = lines[at + 1] if at + 1 < len(lines) else ""
        heading = HASHED.fullmatch(line) or WIKI.fullmatch(line.strip())
        if heading:
            yield Heading(min(len(heading[1]), 6), Text.plainly(heading[2]))
            at += 1
        elif UNDERLINE.fullmatch(below) and not _is_rule(line) and heading_like(line.strip()):
            yield Heading(1 if "=" in below else 2, Text.plainly(line))
            at += 2
        elif _is_rule(line):
            yield Break()
            at += 1
        else:
            kind, end = _run(lines, at)
            yield from BUILDERS[kind](lines[at:end], first and at == 0)
            at = end


def _run(lines: list[str], at: int) -> tuple[str, int]:
    """What the line is, and where the lines of its kind end."""
    end = table_end(lines, at)
    if end:
        return "table", end
    kind = _kind(lines[at])
    end = at + 1
    while end < len(lines) and not _starts_other(lines, end, kind):
        end += 1
    return kind, end


def _kind(line: str) -> str:
    for kind, test in (("quote", QUOTED.fullmatch), ("note", NOTE.fullmatch), ("list", is_item)):
        if test(line):
            return kind
    return "text"


def _starts_other(lines: list[str], at: int, kind: str) -> bool:
    line = lines[at]
    if HASHED.fullmatch(line) or _is_rule(line) or table_end(lines, at):
        return True
    if at + 1 < len(lines) and UNDERLINE.fullmatch(lines[at + 1]):
        return True
    found = _kind(line)
    if kind in ("list", "note") and found == "text":
        # A wrapped item goes on in the next line, pushed in or after a full one.
        return not (line.startswith((" ", "\t")) or len(lines[at - 1]) > 60)
    return found != kind


def _is_rule(line: str) -> bool:
    signs = "".join(line.split())
    return len(signs) > 2 and signs[0] in RULE_SIGNS and signs == signs[0] * len(signs)


def _list(lines: list[str], _first: bool) -> Iterator[Block]:
    yield build_list(lines)


def _quote(lines: list[str], _first: bool) -> Iterator[Block]:
    matches = [QUOTED.fullmatch(line) for line in lines]
    yield Quote(Text.plainly(" ".join(match[1] for match in matches if match)))


def _notes(lines: list[str], _first: bool) -> Iterator[Block]:
    found: list[Note] = []
    for line in lines:
        match = NOTE.fullmatch(line)
        if match:
            found.append(Note(match[1].removeprefix("^"), Text.plainly(match[2])))
        else:
            found[-1] = replace(found[-1], text=Text.plainly(f"{found[-1].text.plain} {line}"))
    yield Footnotes(tuple(found))


def _table(lines: list[str], _first: bool) -> Iterator[Block]:
    yield build_table(lines)


def _text(lines: list[str], first: bool) -> Iterator[Block]:
    longest = max(len(line) for line in lines)
    if longest > UNWRAPPED:
        runs = [(short, list(run)) for short, run in groupby(lines, key=lambda line: len(line) <= UNWRAPPED)]
        for at, (short, run) in enumerate(runs):
            above = short and at + 1 < len(runs)
            yield from _short_lines(run, above_text=above) if short else map(_paragraph, run)
    elif len(lines) > 1 and stands_above(lines[0], lines[1], longest, first=first):
        yield _paragraph(lines[0])
        yield _paragraph(*lines[1:])
    else:
        yield _paragraph(*lines)


def _short_lines(lines: list[str], *, above_text: bool) -> Iterator[Paragraph]:
    """Short lines among long ones: headings, or the lines of a facts box with its name above."""
    if above_text and len(lines) > 1 and heading_like(lines[-1].strip()) and ":" not in lines[-1]:
        yield from _short_lines(lines[:-1], above_text=False)
        yield _paragraph(lines[-1])
    elif len(lines) > 1 and any(FIGURE.search(line) for line in lines):
        if not FIGURE.search(lines[0]) and ":" not in lines[0]:
            yield _paragraph(lines[0])
            lines = lines[1:]
        yield _paragraph(*lines)
    else:
        yield from map(_paragraph, lines)


def _paragraph(*lines: str) -> Paragraph:
    return Paragraph(tuple(Text.plainly(line) for line in lines))


BUILDERS: Final[dict[str, Callable[[list[str], bool], Iterator[Block]]]] = {
    "list": _list,
    "quote": _quote,
    "note": _notes,
    "table": _table,
    "text": _text,
}


def _with_notes(block: Block, markers: set[str]) -> Block:
    """A paragraph whose [1] refers to the footnote [1] of the page."""
    if not markers or not isinstance(block, Paragraph):
        return block
    return Paragraph(tuple(_referring(line, markers) for line in block.lines))


def _referring(line: Text, markers: set[str]) -> Text:
    spans: list[Span] = []
    at = 0
    for match in REFERENCE.finditer(line.plain):
        if match[1] in markers:
            spans += [Span(line.plain[at : match.start()]), Span("", note=match[1])]
            at = match.end()
    return Text.of([*spans, Span(line.plain[at:])]) if spans else line


def _joined_lists(blocks: list[Block]) -> list[Block]:
    """Lists whose items stand apart by blank lines become one."""
    joined: list[Block] = []
    for block in blocks:
        before = joined[-1] if joined else None
        if isinstance(block, ListBlock) and isinstance(before, ListBlock) and _goes_on(before, block):
            joined[-1] = replace(before, items=before.items + block.items)
        else:
            joined.append(block)
    return joined


def _goes_on(before: ListBlock, block: ListBlock) -> bool:
    if not (before.ordered and block.ordered):
        return before.ordered == block.ordered and before.bullet == block.bullet
    numbers = [re.sub(r"\D", "", each.bullet) or "0" for each in (before, block)]
    return int(numbers[1]) == int(numbers[0]) + len(before.items)
