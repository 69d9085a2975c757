"""Figures in running words: what is stated, of when, how surely, and by whom."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from content.lib.normal import number
from content.lint.draft import Words
from content.pipeline.amounts import CENT, NUM, SCALE, TIMES
from content.pipeline.periods import Period, find_period

type Unit = Literal["money", "percent", "count"]

STATED: Final = re.compile(
    rf"(?P<money>(?:US)?\$\s?(?P<dollars>{NUM})(?P<dollar_scale>{SCALE})?)"
    rf"|(?P<percent>(?<![\w.,$])(?P<share>{NUM}){CENT})"
    rf"|(?P<count>(?<![\w.,$])(?P<number>\d{{1,3}}(?:,\d{{3}})+|\d{{1,4}}(?:\.\d+)?(?P<count_scale>\s(?:thousand|million"
    rf"|billion)\b))(?![\w%]))",
    re.I,
)
ROUGHLY: Final = re.compile(
    r"\b(?:about|around|approximately|roughly|nearly|almost|close to|some|an estimated|more than"
    r"|over|at least|less than"
    r"|under|up to|above|below)\W{1,2}(?:\w+ )?$",
    re.I,
)
# "The top 10 percent" is a group and no figure.
GROUP: Final = re.compile(
    r"\b(?:top|bottom|lowest|highest|best|middle|first|last|other|remaining)(?:[- ]\w+)? $", re.I
)
LEAST: Final = 1000
ATTRIBUTED: Final = re.compile(
    r"\b(?:according to|as (?:reported|published|stated|quoted|estimated|listed|given|shown) (?:by|in|on|at)"
    r"|(?:reported|published|estimated|stated|projected|collected|released|counted|given|set"
    r"|surveyed|found) (?:by|in)"
    r"|(?:data|figures?|numbers?|statistics|survey|report|handbook|table|study|projections?"
    r"|estimates?|schedule|page) (?:from|of|by|in)"
    r"|\b(?:BLS|AAPC|AHIMA|Bureau of Labor Statistics|federal) (?:data|figures?|numbers|projections?"
    r"|estimates?|tables?)()"
    r"|source:|(?:says|said|reports?|reported|estimates?|estimated|expects?|expected|projects?|projected|found|finds|counts?|counted|puts"
    r"|writes|wrote|published|publishes|announced|announces|shows?|showed)\b(?! to\b))",
    re.I,
)
# Only a name makes "reports" or "expects" a source: "the BLS expects", never "demand is expected".
NAMED: Final = re.compile(
    r"\b(?:[A-Z]{2,}|[A-Z][a-z]+(?:\.\w+)?(?: (?:of|for|and|the"
    r"|[A-Z][\w.]+))*)(?:['\u2019]s? [\w\s-]{1,40}|\s\([^()]{1,80}\)|,[^,]{1,60},)?\s(?:now |also |itself )?$"
)
IN_BRACKETS: Final = re.compile(
    r"\([^()]*\b(?:[A-Z]{2,}|[A-Z][a-z]+ [A-Z]\w+)\b[^()]*\d{4}[^()]*\)|\([^()]*\b[Ss]ource\b[^()]*\)"
)


@dataclass(frozen=True)
class Stated:
    """An amount in a sentence: places are those of `words.plain`; `period` is the nearest in the sentence."""

    words: Words
    start: int
    end: int
    sentence: tuple[int, int]
    unit: Unit
    value: float
    exact: float
    period: Period | None

    @property
    def said(self) -> str:
        return self.words.plain[self.start : self.end]

    @property
    def in_sentence(self) -> str:
        return self.words.plain[slice(*self.sentence)]

    def agrees(self, value: float) -> bool:
        """Whether it states the value, as exactly as it was typed."""
        return abs(self.value - value) <= self.exact


def amounts_in(words: Words) -> Iterator[Stated]:
    """Money, percentages and counts of a thousand or more; years and small counts are none."""
    for low, high in words.sentences:
        for match in STATED.finditer(words.plain, low, high):
            made = _stated(words, match, (low, high))
            if made is not None:
                yield made


def _stated(words: Words, match: re.Match[str], sentence: tuple[int, int]) -> Stated | None:
    low, _high = sentence
    unit: Unit = "money" if match["money"] else "percent" if match["percent"] else "count"
    typed = match["dollars"] or match["share"] or match["number"]
    scale = (match["dollar_scale"] or match["count_scale"] or "").strip().lower()
    digits = number(typed[: -len(scale)].strip() if scale and typed.lower().endswith(scale) else typed)
    if digits is None:
        return None
    value = float(digits) * TIMES.get(scale, 1)
    if unit == "count" and value < LEAST:
        return None
    before = words.plain[low : match.start()]
    if unit == "percent" and GROUP.search(before):
        return None
    period = _period(words.plain[slice(*sentence)], match.start() - low)
    exact = _exactness(typed, value, unit, before)
    return Stated(words, match.start(), match.end(), sentence, unit, value, exact, period)


def _exactness(typed: str, value: float, unit: Unit, before: str) -> float:
    """How far the true value may be away: half of the last digit that says something, more behind "about"."""
    decimals = len(typed.partition(".")[2]) if "." in typed else 0
    step = 10.0**-decimals
    if unit != "percent" and not decimals:
        while value and value % (step * 10) == 0 and step < 1000:
            step *= 10
    step = min(step, 1000.0)
    near = abs(value) * 0.04 if ROUGHLY.search(before) else 0.0
    return max(step / 2 + 1e-9, near)


def _period(sentence: str, at: int) -> Period | None:
    """The period nearest to a place, those behind it first."""
    found: list[tuple[int, Period]] = []
    start = 0
    while (next_one := find_period(sentence[start:])) is not None:
        period, low, high = next_one
        place = start + low
        distance = place - at if place >= at else 1 + 2 * (at - place)
        # What stands behind a semicolon is said of something else.
        distance += 500 * sentence[min(at, place) : max(at, place)].count(";")
        found.append((distance, period))
        start += high
    return min(found, key=lambda pair: pair[0])[1] if found else None


def periods_in(sentence: str) -> list[Period]:
    found = []
    while (one := find_period(sentence)) is not None:
        found.append(one[0])
        sentence = sentence[one[2] :]
    return found


def is_sourced(words: Words, sentence: tuple[int, int]) -> bool:
    """Whether the words say where a figure of one of their sentences is from."""
    plain = words.plain[slice(*sentence)]
    linked = any(link.href.startswith(("http", "/statistics/")) for link in words.links)
    return linked or words.has_note or names_source(plain) or names_source(words.intro)


def names_source(plain: str) -> bool:
    """Whether a sentence says who reports what it states: "according to AAPC", "the BLS expects"."""
    if IN_BRACKETS.search(plain):
        return True
    return any(_names_somebody(plain, match) for match in ATTRIBUTED.finditer(plain))


def _names_somebody(plain: str, match: re.Match[str]) -> bool:
    if match[1] is not None:
        return True
    behind = re.match(r"[\s:]*(?:the |its |a |an )?(?:[\w-]+ ){0,2}[A-Z]", plain[match.end() :])
    leads_on = match[0].endswith((" by", " from", " of", " in", " to", ":"))
    if leads_on and behind:
        return True
    return bool(NAMED.search(plain[: match.start()]) or re.match(r" (?:the )?[A-Z]", plain[match.end() :]))
