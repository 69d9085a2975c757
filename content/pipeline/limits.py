"""How much a page may hold, checked before any parser sees it, so that none can be made to run for long."""

import re
from typing import Final

MOST_BYTES: Final = 2_000_000
MOST_LINES: Final = 6_000
MOST_WORDS: Final = 300_000
MOST_BLOCKS: Final = 6_000
MOST_FACTS: Final = 200
MOST_SIGNS: Final = 50_000
# Both HTML costs are quadratic in the parser: 10,000 elements inside each other take it 0.4 s.
MOST_TAGS: Final = 10_000
MOST_ATTRIBUTES: Final = 2_000
SIGN: Final = re.compile(r"[\[\]*_`<>&!|~^\\]")
START: Final = re.compile(r"<[a-z]", re.I)
ROOT: Final = re.compile(r"(?:html|body)\b", re.I)
NAME: Final = re.compile(r"[^\s/>]*")
ONE_ATTRIBUTE: Final = re.compile(
    r"""[\s/]*+(?:[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+"?|'[^']*+'?|[^\s>"'][^\s>]*+|(?=>)))?+)?+"""
)


class Refused(Exception):
    """A page that is not read at all; the message is a sentence that says what to do."""


def check_size(size: int) -> None:
    if size > MOST_BYTES:
        raise Refused(
            f"The page has {size:,} bytes; one page may have {MOST_BYTES:,}. Save the article alone and"
            f" try again."
        )


def check_length(words: int, blocks: int = 0) -> None:
    """How many characters a page says, in how many blocks."""
    if words > MOST_WORDS or blocks > MOST_BLOCKS:
        raise Refused(
            f"The page says more than an article does ({words:,} characters; {MOST_WORDS:,} are read)."
            " Save the article alone and try again."
        )


def check_facts(lines: int) -> None:
    """Each is a row with a source: more of them would hold the database for too long."""
    if lines > MOST_FACTS:
        raise Refused(
            f"The page has {lines:,} lines of facts; an article has fewer than {MOST_FACTS}."
            " Save the article alone and try again."
        )


def check_lines(text: str) -> None:
    """Lines that say something; blank ones cost nothing."""
    check_length(len(text))
    lines = sum(1 for line in text.splitlines() if line.strip())
    if lines > MOST_LINES:
        raise Refused(
            f"The page has {lines:,} lines; an article has fewer than {MOST_LINES:,}. Save the article alone."
        )


def check_markdown(text: str) -> None:
    signs = sum(1 for _ in SIGN.finditer(text))
    if signs > MOST_SIGNS:
        raise Refused(
            f"The page has {signs:,} signs of markup; an article has fewer than {MOST_SIGNS:,}."
            " Save the article alone and try again."
        )


def check_html(text: str) -> None:
    """No more elements and attributes than an article page has, counted generously, in one pass."""
    starts = [match.end() for match in START.finditer(text)]
    if len(starts) > MOST_TAGS:
        raise Refused(
            f"The page has {len(starts):,} HTML elements; an article page has fewer than {MOST_TAGS:,}."
            " Save the article alone and try again."
        )
    # Comments and scripts may hold tags too: every start is counted from, up to a budget.
    budget = 4 * len(text) + 10_000
    in_root = 0
    for start in starts:
        number, end = _attributes(text, start)
        budget -= end - start
        in_root += number if ROOT.match(text, start - 1) else 0
        if number > MOST_ATTRIBUTES or in_root > MOST_ATTRIBUTES or budget < 0:
            raise Refused(
                "The page has an HTML element that does not end or has thousands of attributes."
                " Save the article alone, as the browser shows it, and try again."
            )


def _attributes(text: str, start: int) -> tuple[int, int]:
    """How many attributes the tag has at most, and where it ends."""
    at = NAME.match(text, start).end()  # type: ignore[union-attr]  # it matches nothing too
    number = 0
    while at < len(text) and text[at] != ">" and number <= MOST_ATTRIBUTES:
        match = ONE_ATTRIBUTE.match(text, at)
        end = match.end() if match else at
        at = end if end > at else at + 1
        number += 1
    return number, at
