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
from content.pipeline.plain_lists import build_list, is_item
from content.pipeline.plain_tables import build_table, table_end
from content.pipeline.tags import without_tags
from content.pipeline.text import Text, clean, harmless

LINE_END: Final = re.compile("\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]")
FENCE: Final = re.compile(r"\s{0,3}(```+|~~~+)")
RULE_SIGNS: Final = "-=_*~\u2013\u2014\u2500\u2550"
UNDERLINE: Final = re.compile(r"\s*(={3,200}|-{3,200}|~{3,200})\s*")
HASHED: Final = re.compile(r"\s{0,3}(#{1,6})\s+(\S.{0,200}?)(?:\s+#+)?\s*")
WIKI: Final = re.compile(r"(={1,6})\s*([^=\s][^=]{0,200}?)\s*\1")
QUOTED: Final = re.compile(r"\s{0,3}>\s?(.*)")
NOTE: Final = re.compile(r"\s*\[(\^?\w{1,8})\]:?\s+(\S.*)")
UNWRAPPED: Final = 110
LONGEST_HEADING: Final = 110
MOST_HEADING_WORDS: Final = 14
FACTS_NAME: Final = re.compile(r"\b(facts?|snapshot|at a glance|figures|statistics|overview)\b", re.I)
SAID_OF_SOMETHING: Final = re.compile(
    r"\W{0,3}(?:[\w()]{1,20} ){0,2}(?:sources?|references?|notes?|source\(s\))\s?:", re.I
)
FIGURE: Final = re.compile(r"[$€£%]|\(\s*(?:19|20)\d\d|\d,\d{3}\b")


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
    document.blocks = _promote(_joined_lists(blocks))
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
        elif UNDERLINE.fullmatch(below) and not _is_rule(line) and _heading_like(line.strip()):
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
        for short, run in groupby(lines, key=lambda line: len(line) <= UNWRAPPED):
            together = list(run)
            yield from _short_lines(together) if short else map(_paragraph, together)
    elif len(lines) > 1 and _stands_above(lines[0], lines[1], longest, first=first):
        yield _paragraph(lines[0])
        yield _paragraph(*lines[1:])
    else:
        yield _paragraph(*lines)


def _short_lines(lines: list[str]) -> Iterator[Paragraph]:
    """Short lines among long ones: headings, or the lines of a facts box with its name above."""
    if len(lines) > 1 and any(FIGURE.search(line) for line in lines):
        if not FIGURE.search(lines[0]) and ":" not in lines[0]:
            yield _paragraph(lines[0])
            lines = lines[1:]
        yield _paragraph(*lines)
    else:
        yield from map(_paragraph, lines)


def _stands_above(line: str, below: str, longest: int, *, first: bool) -> bool:
    """Whether the first line of wrapped ones is a heading without a blank line below it."""
    words = line.strip()
    if not _heading_like(words):
        return False
    if words.isupper() and not below.strip().isupper():
        return True
    if FACTS_NAME.search(words) and ":" not in words:
        return True
    short = words.endswith("?") or len(line) < 0.6 * longest
    if not short or not below.strip()[:1].isupper():
        return False
    return first or (len(below) > 0.6 * longest > 30 and (words.endswith("?") or _named(words)))


def _paragraph(*lines: str) -> Paragraph:
    return Paragraph(tuple(Text.plainly(line) for line in lines))


BUILDERS: Final[dict[str, Callable[[list[str], bool], Iterator[Block]]]] = {
    "list": _list,
    "quote": _quote,
    "note": _notes,
    "table": _table,
    "text": _text,
}


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


def _promote(blocks: list[Block]) -> list[Block]:
    """Short lines that stand alone above something become headings."""
    made: list[Block] = []
    for at, block in enumerate(blocks):
        below = next((other for other in blocks[at + 1 : at + 3] if not isinstance(other, Break)), None)
        made.append(_as_heading(block, below) or block)
    return made


def _as_heading(block: Block, below: Block | None) -> Heading | None:
    if below is None:
        return None
    if isinstance(block, ListBlock) and len(block.items) == 1 and block.ordered:
        # "1. What coders do" above a text is a numbered heading.
        words = block.items[0].text.plain
        numbered = isinstance(below, Paragraph) and not block.items[0].children
        if numbered and _heading_like(words):
            return Heading(2, Text.plainly(f"{block.bullet} {words}"), sure=False)
    if isinstance(block, Paragraph) and len(block.lines) == 1:
        words = block.text.plain
        if _heading_like(words):
            return Heading(2, block.text, sure=False)
        if words.endswith(":") and _named(words[:-1]) and not isinstance(below, Heading):
            return Heading(2, Text.plainly(words[:-1]), sure=False)
    return None


def _named(words: str) -> bool:
    """Whether words before a colon are a name ("Related Articles") and no sentence ("You will need")."""
    parts = [part for part in words.split() if len(part) > 3]
    return _heading_like(words) and bool(parts) and all(part[0].isupper() for part in parts)


def _heading_like(words: str) -> bool:
    if not words or len(words) > LONGEST_HEADING or len(words.split()) > MOST_HEADING_WORDS:
        return False
    if words[-1] in ".;,:!\u2026" or "://" in words or not any(char.isalpha() for char in words):
        return False
    if SAID_OF_SOMETHING.match(words) or (FIGURE.search(words) and not words.endswith("?")):
        return False
    return words[0].isupper() or words[0].isdigit() or words[0] in "\"'\u201c\u2018"
