"""Headings of plain text pages, told by their look and by what stands below them."""

import re
from typing import Final

from content.pipeline.document import Block, Break, Heading, ListBlock, Paragraph
from content.pipeline.text import Text

LONGEST_HEADING: Final = 110
MOST_HEADING_WORDS: Final = 14
FACTS_NAME: Final = re.compile(r"\b(facts?|snapshot|at a glance|figures|statistics|overview)\b", re.I)
SAID_OF_SOMETHING: Final = re.compile(
    r"\W{0,3}(?:[\w()]{1,20} ){0,2}(?:sources?|references?|notes?|source\(s\))\s?:", re.I
)
FIGURE: Final = re.compile(r"[$€£%]|\(\s*(?:19|20)\d\d|\d,\d{3}\b")


def promote(blocks: list[Block]) -> list[Block]:
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
        if numbered and heading_like(words):
            return Heading(2, Text.plainly(f"{block.bullet} {words}"), sure=False)
    if isinstance(block, Paragraph) and len(block.lines) == 1:
        words = block.text.plain
        if heading_like(words):
            return Heading(2, block.text, sure=False)
        if words.endswith(":") and _named(words[:-1]) and not isinstance(below, Heading):
            return Heading(2, Text.plainly(words[:-1]), sure=False)
    return None


def _named(words: str) -> bool:
    """Whether words before a colon are a name ("Related Articles") and no sentence ("You will need")."""
    parts = [part for part in words.split() if len(part) > 3]
    return heading_like(words) and bool(parts) and all(part[0].isupper() for part in parts)


def heading_like(words: str) -> bool:
    """Whether a line could be a heading: short, begun with a capital, ended without a stop."""
    if not words or len(words) > LONGEST_HEADING or len(words.split()) > MOST_HEADING_WORDS:
        return False
    if words[-1] in ".;,:!\u2026" or "://" in words or not any(char.isalpha() for char in words):
        return False
    if SAID_OF_SOMETHING.match(words) or (FIGURE.search(words) and not words.endswith("?")):
        return False
    return words[0].isupper() or words[0].isdigit() or words[0] in "\"'\u201c\u2018"


def stands_above(line: str, below: str, longest: int, *, first: bool) -> bool:
    """Whether the first line of wrapped ones is a heading without a blank line below it."""
    words = line.strip()
    if not heading_like(words):
        return False
    if words.isupper() and not below.strip().isupper():
        return True
    if FACTS_NAME.search(words) and ":" not in words:
        return True
    short = words.endswith("?") or len(line) < 0.6 * longest
    if not short or not below.strip()[:1].isupper():
        return False
    return first or (len(below) > 0.6 * longest > 30 and (words.endswith("?") or _named(words)))
