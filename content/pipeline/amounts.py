"""Amounts in words and figures: money, percentages, durations, ratios, counts; single or from-to."""

import re
from dataclasses import dataclass
from typing import Final, Literal

from content.lib.normal import number

type Kind = Literal["money", "percent", "count", "ratio", "duration", "list", "text"]
type Number = int | float

NUM: Final = r"(?:\d{1,3}(?:[,\u2019' ]\d{3})+(?!\d)(?:\.\d{1,4})?|\d{1,12}(?:\.\d{1,4})?)"
SIGNS: Final = {
    "$": "USD",
    "\u20ac": "EUR",
    "\u00a3": "GBP",
    "\u00a5": "JPY",
    "\u20b9": "INR",
    "c$": "CAD",
} | {
    "us$": "USD",
    "ca$": "CAD",
    "a$": "AUD",
    "au$": "AUD",
    "nz$": "NZD",
    "dollar": "USD",
    "dollars": "USD",
    "us dollar": "USD",
    "us dollars": "USD",
    "euro": "EUR",
    "euros": "EUR",
    "pound": "GBP",
    "pounds": "GBP",
}
CODES: Final = "USD|EUR|GBP|CAD|AUD|NZD|CHF|INR|JPY"
BEFORE: Final = (
    rf"(?:(?:\b(?:US|CA|C|A|AU|NZ))?\$|[\u20ac\u00a3\u00a5\u20b9]|\b(?:{CODES})(?=[\s$\u20ac\u00a3\d]))"
)
AFTER: Final = rf"(?:\s?\b(?:{CODES})\b|\s?[\u20ac\u00a3]|\s(?:US )?(?:dollars?|euros?|pounds?)\b)"
SCALE: Final = r"(?:\s?(?:k|m|bn)\b|\s(?:thousand|million|billion)\b)"
TIMES: Final = {"k": 10**3, "thousand": 10**3, "m": 10**6, "million": 10**6, "bn": 10**9, "billion": 10**9}
TO: Final = (
    r"\s?(?:-|\u2013|\u2014|\u2212|\bto\b|\bthrough\b|\band\b)\s?"
    r"(?:(?:more than|over|above|up to|less than|about)\s)?"
)
MONEY: Final = re.compile(
    rf"(?P<cur>{BEFORE})\s?(?:(?<=\s)\$)?(?P<low>{NUM})(?P<lows>{SCALE})?"
    rf"(?:{TO}(?P<cur2>{BEFORE})?\s?(?P<high>{NUM})(?P<highs>{SCALE})?)?(?P<code>\s?\b(?:{CODES})\b)?(?P<plus>\+)?",
    re.I,
)
MONEY_AFTER: Final = re.compile(
    rf"(?P<low>{NUM})(?P<lows>{SCALE})?(?:{TO}(?P<high>{NUM})(?P<highs>{SCALE})?)?(?P<cur>{AFTER})(?P<plus>\+)?",
    re.I,
)
MINUS: Final = r"(?:(?<![\w)%])[+\u2212\u2013-](?=\d))?"
CENT: Final = r"\s?(?:%|percent\b|per ?cent\b|pct\b|percentage points?\b)"
PERCENT: Final = re.compile(
    rf"(?P<low>{MINUS}{NUM})(?:{CENT})?(?:{TO}(?P<high>{MINUS}{NUM}))?{CENT}(?P<plus>\+)?", re.I
)
WORDS: Final = {
    word: value
    for value, word in enumerate(
        ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"), 1
    )
} | {"fifteen": 15, "eighteen": 18, "twenty": 20, "thirty": 30}
SMALL: Final = rf"(?:{NUM}|\b(?:{'|'.join(WORDS)})\b)"
DURATION: Final = re.compile(
    rf"(?P<low>{SMALL})(?P<plus>\+)?(?:{TO}(?P<high>{SMALL}))?[\s-]?"
    r"\b(?P<unit>minute|min|hour|hr|day|week|wk|month|mo|year|yr|semester)s?\b\.?",
    re.I,
)
RATIO: Final = re.compile(
    rf"(?P<low>{SMALL})\s?(?P<how>:|\bin\b|\bout of\b|\bto\b)\s?(?:every\s)?(?P<high>{SMALL})", re.I
)
COUNT: Final = re.compile(
    rf"(?P<low>{MINUS}{NUM})(?P<lows>{SCALE})?(?:{TO}(?P<high>{NUM})(?P<highs>{SCALE})?)?(?P<plus>\+)?", re.I
)
UNITS: Final = {"min": "minute", "hr": "hour", "wk": "week", "mo": "month", "yr": "year", "annum": "year"}
RATIO_LABEL: Final = re.compile(r"\bratio\b|\bodds\b|\bchance|\brate\b|\bshare\b|\bper\b", re.I)
YEAR: Final = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Amount:
    """`high` is there where a range was written, `open_ended` where a plus followed; places in the text."""

    kind: Kind
    low: Number
    high: Number | None
    open_ended: bool
    unit: str | None
    start: int
    end: int


def find_amount(text: str, label: str) -> Amount | None:
    """The amount that a value states; the label helps where a bare number could be anything."""
    for find in (_money, _percent, _ratio, _duration):
        found = find(text, label)
        if found:
            return found
    return _count(text)


def currencies(text: str) -> frozenset[str]:
    """Every currency that a text names beside a number."""
    found = [match["cur"] for pattern in (MONEY, MONEY_AFTER) for match in pattern.finditer(text)]
    return frozenset(_currency(sign) for sign in found)


def figure(words: str) -> Number | None:
    """A number in figures or a small one in words, perhaps negative."""
    plain = words.strip().lower()
    negative = plain[:1] in ("-", "\u2212", "\u2013")
    found = WORDS.get(plain) or number(plain.lstrip("+-\u2212\u2013").strip())
    return -found if negative and found is not None else found


def _scaled(words: str, scale: str | None) -> Number | None:
    found = figure(words)
    if found is None or not scale:
        return found
    times = found * TIMES[scale.strip().lower()]
    return int(times) if times == int(times) else times


def _currency(sign: str) -> str:
    plain = sign.strip().lower()
    return SIGNS.get(plain) or plain.upper()


def _money(text: str, _label: str) -> Amount | None:
    for pattern in (MONEY, MONEY_AFTER):
        match = pattern.search(text)
        if match is None:
            continue
        code = match.groupdict().get("code") or match["cur"]
        high_scale = match["highs"]
        low, high = _scaled(match["low"], match["lows"]), _scaled(match["high"] or "", high_scale)
        if low is not None and high is not None and high_scale and not match["lows"] and low < 1000:
            low = _scaled(match["low"], high_scale)
        if low is not None:
            unit, place = _currency(code), match.span()
            return Amount("money", low, high, bool(match["plus"]), unit, *place)
    return None


def _percent(text: str, _label: str) -> Amount | None:
    match = PERCENT.search(text)
    low = figure(match["low"]) if match else None
    if match is None or low is None:
        return None
    high = figure(match["high"]) if match["high"] else None
    return Amount("percent", low, high, bool(match["plus"]), "percent", match.start(), match.end())


def _ratio(text: str, label: str) -> Amount | None:
    match = RATIO.search(text)
    if match is None or YEAR.fullmatch(match["high"]):
        return None
    sure = match["how"].lower() in ("in", "out of")
    low, high = figure(match["low"]), figure(match["high"])
    if low is None or not high or not (sure or RATIO_LABEL.search(label)):
        return None
    quotient = low / high
    value = int(quotient) if quotient == int(quotient) else round(quotient, 4)
    return Amount("ratio", value, None, False, None, match.start(), match.end())


def _duration(text: str, _label: str) -> Amount | None:
    match = DURATION.search(text)
    low = figure(match["low"]) if match else None
    if match is None or low is None:
        return None
    unit = match["unit"].lower()
    high = figure(match["high"]) if match["high"] else None
    return Amount(
        "duration", low, high, bool(match["plus"]), UNITS.get(unit, unit), match.start(), match.end()
    )


def _count(text: str) -> Amount | None:
    match = COUNT.search(text)
    low = _scaled(match["low"], match["lows"]) if match else None
    if match is None or low is None or (not match["high"] and YEAR.fullmatch(match["low"])):
        return None
    high = _scaled(match["high"], match["highs"]) if match["high"] else None
    return Amount("count", low, high, bool(match["plus"]), None, match.start(), match.end())
