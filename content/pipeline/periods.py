"""Years that a figure is for: 2019, 2016-2026, 2024-34, May 2023."""

import re
from dataclasses import dataclass
from typing import Final

MONTH: Final = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
PERIOD: Final = re.compile(
    rf"(?:\b(?:{MONTH}|fy|q[1-4]|fiscal(?: year)?|spring|summer|fall|winter)\s?)?(?<![\d,.$])((?:19|20)\d\d)"
    rf"(?:\s?(?:-|\u2013|\u2014|/|to|through|until)\s?(?:{MONTH}\s)?((?:19|20)\d\d|\d\d(?!\d)))?(?![\d%]"
    rf"|[,.]\d)",
    re.I,
)
PREFIX: Final = (
    r"(?:(?:as of|in|for|from|during|between|since|projected|estimated|est\.?|data|figures|year)\s){0,3}"
)
SUFFIX: Final = r"(?:\s(?:data|figures|estimates?|projections?|dollars|est\.?|average|median))?"
ALONE: Final = re.compile(rf"{PREFIX}({PERIOD.pattern}){SUFFIX}", re.I)


@dataclass(frozen=True, slots=True)
class Period:
    """First and last year, and the words that say it. A projection begins at its base year."""

    first: int
    last: int
    raw: str


def find_period(text: str) -> tuple[Period, int, int] | None:
    """The first period in a text, and where it stands."""
    match = PERIOD.search(text)
    return (_made(match), match.start(), match.end()) if match else None


def only_period(text: str) -> Period | None:
    """The period that a text is, but for words such as "as of"."""
    match = ALONE.fullmatch(text.strip())
    found = PERIOD.search(match[1]) if match else None
    return _made(found) if found else None


def _made(match: re.Match[str]) -> Period:
    first = int(match[1])
    last = first
    if match[2]:
        last = int(match[2]) if len(match[2]) == 4 else first - first % 100 + int(match[2])
        if last < first:
            # 1999-04 ends in 2004; 2019-12 is a month and no range.
            last = last + 100 if len(match[2]) == 2 and first % 100 > 80 else first
    return Period(first, last, match[0].strip())
