"""Which measure and which group a sentence speaks of, and which statistics are about the same."""

import re
from collections.abc import Iterable
from typing import Final

from content.lint.amounts import Stated
from content.models import Statistic

PAY: Final = re.compile(
    r"\b(?:salar(?:y|ies)|pay|pays|paid|wages?|earn(?:s|ed|ing|ings)?|incomes?|compensation|makes?)\b", re.I
)
OUTLOOK: Final = re.compile(
    r"\b(?:grow(?:s|th|ing)?|outlook|employment|jobs?|number of|demand|openings|workforce|field"
    r"|occupation)\b",
    re.I,
)
CHANGE: Final = re.compile(
    r"\b(?:grow(?:s|th|ing)?|outlook|chang(?:e|es|ing)|increas\w+|declin\w+|ris(?:e|es|ing)|project\w+|expand\w*)\b",
    re.I,
)
JOBS: Final = re.compile(
    r"\b(?:jobs|employed|employment|people (?:work|hold|do)|worked|positions|workers|specialists|coders)\b",
    re.I,
)
OPENINGS: Final = re.compile(r"\bopenings\b", re.I)
# What a measure is called, the key's ending, and a rank for words that are found at the same distance.
MEASURES: Final[tuple[tuple[str, re.Pattern[str]], ...]] = (
    (
        "p10",
        re.compile(
            r"\b(?:10th percentile|(?:lowest|bottom)(?:[- ]paid)? (?:10|ten|tenth)\b"
            r"|one in ten (?:earns?|makes?) (?:less|under|below))",
            re.I,
        ),
    ),
    (
        "p90",
        re.compile(
            r"\b(?:90th percentile|(?:highest|top|best)(?:[- ]paid)? (?:10|ten|tenth)\b"
            r"|one in ten (?:earns?|makes?)? ?(?:more|over|above))",
            re.I,
        ),
    ),
    ("p25", re.compile(r"\b(?:25th percentile|(?:lowest|bottom)(?:[- ]paid)? (?:25|quarter)\b)", re.I)),
    ("p75", re.compile(r"\b(?:75th percentile|(?:highest|top|best)(?:[- ]paid)? (?:25|quarter)\b)", re.I)),
    ("mean", re.compile(r"\b(?:mean|averages?|averaged|on average)\b", re.I)),
    (
        "median",
        re.compile(
            r"\b(?:medians?|half (?:\w+ ){0,7}(?:earn|make)s? (?:more|less|over|under)|midpoint"
            r"|middle value)\b",
            re.I,
        ),
    ),
)
HOURLY: Final = re.compile(r"\b(?:hourly|(?:an|per|each) hour)\b|/\s?h(?:ou)?r\b", re.I)
ANNUAL: Final = re.compile(r"\b(?:annual(?:ly)?|yearly|(?:a|per|each) year|salar(?:y|ies))\b", re.I)
OURS: Final = re.compile(
    r"\b(?:medical (?:records?|coders?|billers?|coding|billing)|(?:health"
    r"|medical records and health) information"
    r"|coders?|billers?|coding|billing|these (?:jobs|workers|specialists)|this (?:occupation|work"
    r"|job|field|group))\b",
    re.I,
)
OTHERS: Final = re.compile(
    r"\b(?:nurses?|nursing|physicians?|doctors?|assistants?|therapists?|pharmac\w+|dent\w+|teachers?"
    r"|lawyers?|all (?:workers|occupations|jobs)"
    r"|registrars?|transcriptionists?|secretar\w+|receptionists?|managers?|auditors?|aides?|paramedics?|radiolog\w+"
    r"|members?|graduates?|holders?|tuition|fees?|exams?|price|cost)\b",
    re.I,
)
ELSEWHERE: Final = re.compile(
    r"\b(?:AAPC|AHIMA|Payscale|Glassdoor|Indeed|ZipRecruiter|Salary\.com|LinkedIn|survey of"
    r"|in (?:Alabama|Alaska|Arizona|Arkansas"
    r"|California|Colorado|Connecticut|Delaware|Florida|Georgia|Hawaii|Idaho|Illinois|Indiana|Iowa|Kansas|Kentucky|Louisiana|Maine"
    r"|Maryland|Massachusetts|Michigan|Minnesota|Mississippi|Missouri|Montana|Nebraska|Nevada"
    r"|New \w+|North \w+|Ohio|Oklahoma"
    r"|Oregon|Pennsylvania|Puerto Rico|Rhode Island|South \w+|Tennessee|Texas|Utah|Vermont|Virginia"
    r"|Washington|West Virginia"
    r"|Wisconsin|Wyoming|the District))\b",
    re.I,
)
HOME: Final = "29-2072"
LEAST_YEARLY: Final = 10_000
GROUP: Final = re.compile(
    r"(?:^|;\s*)(?:for|of) (?:all )?([a-z][a-z\s-]{3,80}?)(?:,|;|$|\s(?:in|with|who|certified|alone)\b)", re.I
)


def measure_in(sentence: str, at: int) -> str:
    """The measure named nearest to a place, words before it first; empty where none is named."""
    best, name = 10_000, ""
    for measure, pattern in MEASURES:
        for match in pattern.finditer(sentence):
            distance = at - match.end() if match.end() <= at else 2 * (match.start() - at) + 20
            if abs(distance) < best:
                best, name = abs(distance), measure
    return name


def statistics_like(stated: Stated, statistics: Iterable[Statistic]) -> list[Statistic]:
    """Those that a number typed in a sentence repeats or contradicts; none where that is not sure."""
    sentence, at = stated.in_sentence, stated.start - stated.sentence[0]
    if ELSEWHERE.search(sentence) or (OTHERS.search(sentence) and not OURS.search(sentence)):
        return []
    endings = _endings(stated, sentence, at)
    subject = _subject(sentence)
    return [each for each in statistics if subject in each.key and each.measure in endings]


def _subject(sentence: str) -> str:
    code = re.search(r"\b\d\d-\d{4}\b", sentence)
    return code[0] if code else HOME


def _endings(stated: Stated, sentence: str, at: int) -> tuple[str, ...]:
    if stated.unit == "money":
        measure = measure_in(sentence, at)
        if not PAY.search(sentence) and not ANNUAL.search(sentence) and stated.value < LEAST_YEARLY:
            return ()
        # An hourly wage is never in the thousands, an annual one never below.
        return (f"{measure}-{'annual' if stated.value >= 1000 else 'hourly'}",) if measure else ()
    if stated.unit == "percent":
        return ("change-percent",) if CHANGE.search(sentence) and OUTLOOK.search(sentence) else ()
    if OPENINGS.search(sentence):
        return ("openings",)
    return (
        ("employment",)
        if JOBS.search(sentence) and not re.search(r"\bnew\b|\bmore\b|\badd", sentence)
        else ()
    )


def qualifies(sentence: str, at: int, statistic: Statistic) -> str:
    """The word of a sentence that names another measure than the statistic's at a place; empty where none."""
    own, _, rate = statistic.measure.partition("-")
    names = [name for name, _pattern in MEASURES]
    if own not in names:
        return ""
    said = measure_in(sentence, at)
    if said and said != own:
        pattern = dict(MEASURES)[said]
        # In "half earn more" beside a percentile the words belong to another figure of the sentence.
        everything = [name for name, each in MEASURES if each.search(sentence)]
        return _word(pattern, sentence) if everything == [said] else ""
    if rate == "annual" and HOURLY.search(sentence) and not ANNUAL.search(sentence):
        return _word(HOURLY, sentence)
    if rate == "hourly" and ANNUAL.search(sentence) and not HOURLY.search(sentence):
        return _word(ANNUAL, sentence)
    return ""


def _word(pattern: re.Pattern[str], sentence: str) -> str:
    found = pattern.search(sentence)
    return found[0] if found else ""


def speaks_of(qualifier: str) -> str:
    """The group that a qualifier names: "medical coders" of "for medical coders, certified or not"."""
    found = GROUP.search(qualifier)
    return found[1].strip().lower() if found else ""
