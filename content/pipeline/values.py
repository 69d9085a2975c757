"""What a line of a facts box says: an amount with its unit, what it is per, its period and what"
" qualifies it."""

import re
from dataclasses import dataclass, field, replace
from typing import Final

from content.pipeline.amounts import UNITS, Amount, Kind, Number, currencies, find_amount
from content.pipeline.periods import Period, find_period, only_period

PER: Final = re.compile(
    r"\s?(?:,\s?)?(?:(?:/|\bper\b|\ban?\b|\beach\b|\bevery\b)\s?(?P<each>year|yr|annum|hour|hr|month|mo"
    r"|week|wk|day"
    r"|credit hour|credit|unit|semester|term|course|class|exam|attempt|session|student|person|test|chart"
    r"|claim)s?\b\.?"
    r"|\b(?P<often>annually|yearly|hourly|monthly|weekly|daily|annual)\b)",
    re.I,
)
ADVERBS: Final = {
    "annually": "year",
    "annual": "year",
    "yearly": "year",
    "hourly": "hour",
    "monthly": "month",
    "weekly": "week",
    "daily": "day",
}
LABEL_PER: Final = (
    (re.compile(r"\bhourly\b|\bper hour\b|\ban hour\b|/\s?h(?:ou)?r\b", re.I), "hour"),
    (re.compile(r"\bannual(?:ly)?\b|\byearly\b|\bper year\b|\ba year\b|/\s?y(?:ea)?r\b", re.I), "year"),
    (re.compile(r"\bmonthly\b|\bper month\b|\ba month\b", re.I), "month"),
    (re.compile(r"\bweekly\b|\bper week\b|\ba week\b", re.I), "week"),
    (re.compile(r"\bper credit hour\b", re.I), "credit hour"),
    (re.compile(r"\bper credit\b", re.I), "credit"),
)
PAY: Final = re.compile(r"\b(?:salar(?:y|ies)|pay|wages?|earnings|income|compensation)\b", re.I)
LEAST_YEARLY: Final = 5000
LEAST: Final = (
    r"more than|over|above|at least|no less than|not less than|upwards of|greater than|starting at|starts at"
    r"|(?:a )?minimum(?: of)?|from"
)
MOST: Final = (
    r"less than|under|below|up to|fewer than|at most|no more than|not more than|as much as|as many as"
    r"|(?:a )?maximum(?: of)?"
)
NEAR: Final = (
    r"about|approximately|approx\.?|around|roughly|nearly|almost|an estimated|estimated|circa|ca\.|typically"
    r"|usually|~|\u2248"
)
HEDGE: Final = re.compile(rf"(?<!\w)(?:(?P<least>{LEAST})|(?P<most>{MOST})|(?P<near>{NEAR}))\s*$", re.I)
OR_SO: Final = re.compile(
    r"^\s?(?:(?P<more>(?:or|and) (?:more|above|higher|over|greater|up))|(?P<less>(?:or|and) (?:less"
    r"|fewer|under|lower|below)))\b",
    re.I,
)
LED_BY: Final = re.compile(
    r"(?:(?:the|median|mean|average|typical|national|starting|entry[- ]level|total|ranges?|between|from"
    r"|of|is|was|are|were"
    r"|growth|increase|decline|decrease|projected|expected|varies|salary|wage|pay|grow|drop|fall|to|by"
    r"|will|a)[\s:,-]{1,3}){0,6}",
    re.I,
)
FALLS: Final = re.compile(r"\b(?:declin\w*|decreas\w*|drops?|falls?|loss(?:es)?|shrink\w*)\b", re.I)
GROWTH: Final = re.compile(
    r"^(?:growth(?: rate)?|increase|change|gain|rise|decline|decrease|drop|loss)\b[\s,:;-]*", re.I
)
BRACKETS: Final = re.compile(r"\s?\(([^()]{1,300})\)|\s?\[([^\[\]]{2,300})\]")
UNCOUNTED: Final = re.compile(
    r"\b(?:codes?|phone|telephone|zip|cip|soc|isbn|id|founded|established|since|year|date|version|edition)\b",
    re.I,
)
NOUNS: Final = re.compile(r"\s?((?:[a-z][a-z\u2019'-]{0,24}\s){0,3})([a-z][a-z-]{1,24})", re.I)
PEOPLE: Final = frozenset({"people", "staff", "personnel"})
JOBS: Final = re.compile(r"\bemployment\b|\bnumber employed\b|\bworkforce\b", re.I)
LIST_SIGN: Final = re.compile(r",\s+(?:and\s+|or\s+)?|\s+(?:and|or|&)\s+(?=[^,]{1,80}$)")
LISTED: Final = re.compile(
    r"skills?|settings?|environment|workplaces?|places|courses?|titles?|specialt|options|tasks|duties"
    r"|responsibilit|topics"
    r"|subjects|employers|fields?|majors|software|tools|occupations|careers|jobs|certifications"
    r"|credentials|industries|qualities"
    r"|exams|bodies|levels?|degrees|programs|areas",
    re.I,
)
NO_ITEM: Final = re.compile(
    r"\d|[;:|]|\b(?:preferred|required|recommended|optional|depending|varies|which|that|but|if|is|are"
    r"|may|plus|then)\b",
    re.I,
)
LONGEST_REST: Final = 12


@dataclass(frozen=True)
class Value:
    """A value, or a range with one end or both. `per_origin` says where `per` was read."""

    kind: Kind
    value: Number | str | tuple[str, ...] | None = None
    value_min: Number | None = None
    value_max: Number | None = None
    unit: str | None = None
    per: str | None = None
    per_origin: str | None = None
    period: Period | None = None
    qualifier: str | None = None
    currencies: frozenset[str] = frozenset()


@dataclass
class _Line:
    """The words outside brackets, and what was read of the rest so far."""

    core: str
    period: Period | None = None
    notes: list[str] = field(default_factory=list)


def parse_value(text: str, label: str) -> Value:
    """What a text without marks says under a label; words that state no amount are a list or a text."""
    line = _Line(text)
    line.core = BRACKETS.sub(lambda match: _bracket(match[1] or match[2], line), text).strip()
    _take_period(line)
    amount = None if UNCOUNTED.search(label) else find_amount(line.core, label)
    found = _amount(amount, line, label) if amount else None
    if found:
        return replace(found, currencies=currencies(text)) if found.kind == "money" else found
    items = _items(text, label)
    return Value("list", items) if items else Value("text", text)


def _bracket(words: str, line: _Line) -> str:
    """Takes a bracket out: its period, and what else it says as a qualifier."""
    period = only_period(words)
    if period is None and (found := find_period(words)):
        period, start, end = found
        rest = (words[:start].rstrip(" ,;") + " " + words[end:].lstrip(" ,;:")).strip()
        line.notes.append(rest if line.period is None else words)
    elif period is None:
        line.notes.append(words.strip())
    line.period = line.period or period
    return ""


def _take_period(line: _Line) -> None:
    """A period behind the amount: "$41,000 in 2019", "13% from 2016 to 2026"."""
    match = re.search(
        r"[,;]?\s(?:(?:as of|in|by|for|from|during|between)\s)?(?=\w{0,9}\.?\s?(?:19|20)\d\d)", line.core
    )
    period = only_period(line.core[match.end() :]) if match else None
    if match and period:
        line.core = line.core[: match.start()]
        line.period = line.period or period


def _amount(amount: Amount, line: _Line, label: str) -> Value | None:
    """The value that the amount makes, unless the words around it say more than an amount."""
    lead, hedge, open_end = _lead(line.core[: amount.start].removesuffix("+"))
    rest = line.core[amount.end :]
    if lead is None:
        return None
    if so := OR_SO.match(rest):
        open_end, hedge, rest = "least" if so["more"] else "most", so[0].strip(), rest[so.end() :]
    per, rest = _per(rest)
    unit, noun_note, rest = _unit(amount, rest, label, per_given=per is not None)
    if per is None:
        per, rest = _per(rest)
    rest = rest.strip(" ,;:.\u2013\u2014-")
    if amount.kind == "percent":
        rest = GROWTH.sub("", rest)
    if rest and (amount.kind not in ("money", "percent") or len(rest.split()) > LONGEST_REST):
        return None
    if amount.high is not None and open_end:
        # "Less than $26,550 to more than $66,260" is a range all the same.
        hedge = None
    per, origin = _per_with_origin(amount, per, label)
    value, value_min, value_max = _ends(amount, "least" if amount.open_ended else open_end, line.core)
    return Value(
        amount.kind,
        value,
        value_min,
        value_max,
        unit=unit,
        per=per,
        per_origin=origin,
        period=line.period,
        qualifier="; ".join(note for note in (hedge, noun_note, rest, *line.notes) if note) or None,
    )


def _per_with_origin(amount: Amount, written: str | None, label: str) -> tuple[str | None, str | None]:
    """What the amount is per, and whether the value, the label or common sense says so."""
    if written or amount.kind not in ("money", "count"):
        return written, "source" if written else None
    by_label = next((name for pattern, name in LABEL_PER if pattern.search(label)), None)
    if by_label:
        return by_label, "label"
    return ("year", "inferred") if _yearly(amount, label) else (None, None)


def _ends(
    amount: Amount, open_end: str | None, words: str
) -> tuple[Number | None, Number | None, Number | None]:
    """Value, lowest, highest; a decline is negative, whatever sign it is written with."""
    low, high = amount.low, amount.high
    if amount.kind == "percent" and FALLS.search(words):
        low, high = -abs(low), None if high is None else -abs(high)
    if high is not None:
        return None, min(low, high), max(low, high)
    if open_end:
        return (None, low, None) if open_end == "least" else (None, None, low)
    return low, None, None


def _lead(words: str) -> tuple[str | None, str | None, str | None]:
    """The words before an amount: None first where they say more than a hedge; the hedge; the open end."""
    match = HEDGE.search(words)
    before = words[: match.start()] if match else words
    if before.strip() and LED_BY.fullmatch(before.strip() + " ") is None:
        return None, None, None
    if match is None:
        return before, None, None
    hedge = match[0].strip().lower()
    if match["near"]:
        return before, "about" if hedge in ("~", "\u2248") else hedge, None
    if hedge == "from":
        return before, None, "least"
    return before, hedge, "least" if match["least"] else "most"


def _per(rest: str) -> tuple[str | None, str]:
    match = PER.match(rest)
    if match is None:
        return None, rest
    word = (match["each"] or match["often"]).lower()
    return ADVERBS.get(word) or UNITS.get(word, word), rest[match.end() :]


def _unit(amount: Amount, rest: str, label: str, *, per_given: bool) -> tuple[str | None, str | None, str]:
    """The unit, what stands before it ("multiple-choice"), and what is left."""
    if amount.kind != "count":
        return amount.unit, None, rest
    match = None if per_given else NOUNS.match(rest)
    if match and (match[2].endswith("s") or match[2] in PEOPLE) and not PER.match(rest):
        before = match[1].strip()
        return match[2].lower(), before if before.lower() not in label.lower() else None, rest[match.end() :]
    if JOBS.search(label):
        return "jobs", None, rest
    words = re.findall(r"[A-Za-z]+", label)
    plural = [
        word.lower() for word in words if len(word) > 3 and word.endswith("s") and not word.endswith("ss")
    ]
    return (plural[-1] if plural else None), None, rest


def _yearly(amount: Amount, label: str) -> bool:
    """Pay of thousands is pay of a year, where a line about pay says nothing else."""
    largest = amount.high if amount.high is not None else amount.low
    return amount.kind == "money" and bool(PAY.search(label)) and largest >= LEAST_YEARLY


def _items(text: str, label: str) -> tuple[str, ...]:
    """The items of an enumeration; two of them only under a label that promises several."""
    if "," not in text and not (LISTED.search(label) and re.search(r"\s(?:and|or|&)\s", text)):
        return ()
    items = tuple(item.strip(" .") for item in LIST_SIGN.split(text))
    if len(items) < 2 or any(not item or len(item.split()) > 7 or NO_ITEM.search(item) for item in items):
        return ()
    return items if len(items) > 2 or LISTED.search(label) else ()
