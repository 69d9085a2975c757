"""The line below a facts box that says where its figures are from."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from content.pipeline.document import Block, Footnotes, Heading, ListBlock, Paragraph, item_texts
from content.pipeline.links import bare
from content.pipeline.marks import MARK, take_marks
from content.pipeline.page import SourceLine
from content.pipeline.text import LOWERED, RAISED, Text

NAMED: Final = re.compile(
    r"\W{0,3}(?:(?:data|figures?|statistics|salary|wage|pay|job|information|fact)s? )?(?:sources?"
    r"|source\(s\)|references?)"
    r"(?: for (?:this|the) (?:table|box|figures?|data))?\s?(?:[:\u2013\u2014]|-(?=\s)|(?=\n)|$)\s?"
    r"|\W{0,3}(?:(?:all )?(?:data|figures|statistics|salaries|wages) (?:are |is |come |comes )?(?:from"
    r"|by|via|according to))\s?:?\s",
    re.I,
)
BETWEEN: Final = re.compile(r"\s*(?:[;,.|/\u00b7\u2022]|\band\b|\n)*\s*$")
SEPARATED: Final = re.compile(r"\s*;\s*|\s*\n\s*|\s+\|\s+")
IN_BRACKETS: Final = re.compile(
    r"\s?[(<]\s?((?:https?://|www\.|[a-z0-9-]{1,60}\.)[^\s()<>]{1,500})\s?[)>]", re.I
)
AT_END: Final = re.compile(r"[\s,:;\u2013\u2014-]{1,4}((?:https?://|www\.)[^\s()<>]{1,500})$", re.I)
NUMBERED: Final = re.compile(r"\(?(\d{1,2})[.)]?")
LONGEST_NAME: Final = 300


def names_sources(block: Block) -> bool:
    """Whether the block says by its own words that it holds sources."""
    if isinstance(block, Heading):
        return len(block.text.plain) < 40 and bool(NAMED.fullmatch(block.text.plain))
    return isinstance(block, Paragraph) and any(NAMED.match(line.plain) for line in block.lines[:1])


def begins_with_mark(block: Block) -> bool:
    """Whether every line of the block begins with a mark, as notes below a box do."""
    return isinstance(block, Paragraph) and all(MARK.match(line.marked) for line in block.lines)


def parse_sources(blocks: Iterable[Block]) -> tuple[SourceLine, ...]:
    """The sources that blocks name, in order."""
    found: list[SourceLine] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            found += _from_lines(block.lines)
        elif isinstance(block, ListBlock):
            found += _from_list(block)
        elif isinstance(block, Footnotes):
            found += [_source(note.marker, _Words.of(note.text)) for note in block.items]
    return tuple(dict.fromkeys(source for source in found if source.name))


@dataclass(frozen=True)
class _Words:
    """Words with the address that each character leads to."""

    text: str
    hrefs: tuple[str, ...]

    @classmethod
    def of(cls, text: Text) -> "_Words":
        words, hrefs = "", []
        for span in text.spans:
            shown = f"{RAISED}{span.note or span.text}{LOWERED}" if span.raised or span.note else span.text
            words += shown
            hrefs += [span.href] * len(shown)
        return cls(words, tuple(hrefs))

    def part(self, start: int, end: int) -> "_Words":
        return _Words(self.text[start:end], self.hrefs[start:end])

    @property
    def href(self) -> str:
        return next((href for href in self.hrefs if href), "")


def _from_lines(lines: tuple[Text, ...]) -> list[SourceLine]:
    parts = [_Words.of(line) for line in lines]
    words = _Words("\n".join(part.text for part in parts), _joined_hrefs(parts))
    words = _without_name(words)
    marks = list(MARK.finditer(words.text))
    if not marks:
        return [_source(None, part) for part in _split(words)]
    if words.text[: marks[0].start()].strip() and not words.text[marks[-1].end() :].strip(" .;,"):
        return _marks_behind(words, marks)
    starts = [mark for mark in marks if BETWEEN.search(words.text[: mark.start()])]
    ends = [mark.start() for mark in starts[1:]] + [len(words.text)]
    found = [_source(None, part) for part in _split(words.part(0, starts[0].start()))] if starts else []
    for mark, end in zip(starts, ends, strict=True):
        found.append(_source(take_marks(mark[0])[1][0], words.part(mark.end(), end)))
    return found


def _without_name(words: _Words) -> _Words:
    """The words behind "Sources:"; in "*Source: BLS" the mark stays in front."""
    mark = MARK.match(words.text)
    start = mark.end() if mark else 0
    name = NAMED.match(words.text, start)
    if name is None:
        return words
    rest = words.part(name.end(), len(words.text))
    return _Words(words.text[:start] + rest.text, words.hrefs[:start] + rest.hrefs)


def _joined_hrefs(parts: list[_Words]) -> tuple[str, ...]:
    hrefs: list[str] = []
    for at, part in enumerate(parts):
        hrefs += ([""] if at else []) + list(part.hrefs)
    return tuple(hrefs)


def _marks_behind(words: _Words, marks: list[re.Match[str]]) -> list[SourceLine]:
    """`Payscale.com*; BLS**`: each mark stands behind its source."""
    found: list[SourceLine] = []
    at = 0
    for mark in marks:
        found.append(_source(take_marks(mark[0])[1][0], words.part(at, mark.start())))
        at = mark.end()
    return found


def _split(words: _Words) -> list[_Words]:
    parts: list[_Words] = []
    at = 0
    for match in SEPARATED.finditer(words.text):
        parts.append(words.part(at, match.start()))
        at = match.end()
    return [part for part in [*parts, words.part(at, len(words.text))] if part.text.strip()]


def _from_list(block: ListBlock) -> list[SourceLine]:
    found: list[SourceLine] = []
    sign = block.bullet if MARK.fullmatch(block.bullet) else ""
    for number, text in enumerate(item_texts(block), 1):
        made = _from_lines((text,))
        if len(made) == 1 and made[0].marker is None:
            marker = sign if sign and len(block.items) == 1 else str(number) if block.ordered else None
            made = [_source(marker, _Words.of(text))]
        found += made
    return found


def _source(marker: str | None, words: _Words) -> SourceLine:
    text, _marks = take_marks(words.text)
    text = " ".join(text.split()).strip(" ;,\u00b7\u2022|")
    url = words.href
    for pattern in (IN_BRACKETS, AT_END):
        match = pattern.search(text)
        if match and bare(match[1]):
            url = url or bare(match[1])
            text = (text[: match.start()] + text[match.end() :]).strip(" ;,:")
    if text.startswith(("http://", "https://")):
        url = url or bare(text)
        text = text.split("/")[2]
    name = text.removeprefix("and ").removesuffix(" and").strip(" ;,:|\u00b7\u2022")
    if name.endswith(".") and not re.search(r"\b(?:Inc|Ltd|Co|Corp|U\.S|Dept|[A-Z])\.$", name):
        name = name[:-1]
    return SourceLine(marker, name[:LONGEST_NAME], url or None)
