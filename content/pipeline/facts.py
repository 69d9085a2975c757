"""Lines of a facts box: where the label ends, what the period is, which sources the marks name."""

import re
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Final

from content.pipeline.labels import LABELS
from content.pipeline.marks import take_marks
from content.pipeline.page import FactLine, SourceLine
from content.pipeline.periods import Period, find_period, only_period
from content.pipeline.text import Text, sentences
from content.pipeline.values import parse_value

BRACKET: Final = re.compile(r"\s?\(([^()]{1,80})\)")
TRAILING: Final = re.compile(r"[\s,;:]+(?:(?:in|as of|for|from)\s)?$", re.I)
COLON: Final = re.compile(r"(?<=[\w).%*\u2020\u2021\u00a7\ue001])\s?:\s+")
DASH: Final = re.compile(r"\s+(?:[\u2013\u2014=|]|-{1,2}|\.{3,80}|\u2026{1,20})\s+|\s?\.{3,80}\s?")
DATED: Final = re.compile(r"(?:\(\s?[^()]{0,30}(?:19|20)\d\d[^()]{0,30}\)|(?:19|20)\d\d)\S{0,3}\s+(?=\S)")
FIGURE: Final = re.compile(
    r"\s(?=(?:(?:about|approximately|around|less than|more than|over|under|up to|nearly|at least)\s)?"
    r"(?:(?:US|CA|C|A)?[$\u20ac\u00a3]|[+\u2212-]?\d))",
    re.I,
)
SMALL_WORDS: Final = frozenset({"of", "and", "the", "for", "to", "in", "a", "or", "&", "/", "per", "on"})
LONGEST_LABEL: Final = 80
MOST_LABEL_WORDS: Final = 12


@dataclass(frozen=True)
class Row:
    """A label and a value as written; period and source where the table has columns for them."""

    label: Text
    value: Text
    period: Text = field(default_factory=Text)
    source: Text = field(default_factory=Text)

    @cached_property
    def marks(self) -> list[str]:
        return [*take_marks(self.label.marked)[1], *take_marks(self.value.marked)[1]]

    @property
    def is_marked(self) -> bool:
        return bool(self.marks) or bool(self.source)

    @property
    def is_dated(self) -> bool:
        return bool(self.period) or any(map(find_period, (self.label.plain, self.value.plain)))


def is_figure(row: Row) -> bool:
    """Whether the row states an amount."""
    label, _period, _note = take_period(take_marks(row.label.marked)[0])
    return parse_value(take_marks(row.value.marked)[0], label).kind in ("money", "percent", "count", "ratio")


def make_fact(row: Row, sources: tuple[SourceLine, ...]) -> FactLine:
    """The fact that a row states; its marks are bound to the sources of its own box."""
    label, period, note = take_period(take_marks(row.label.marked)[0])
    words = take_marks(row.value.marked)[0]
    value = parse_value(words, label)
    period = period or only_period(row.period.plain) or value.period
    qualifier = "; ".join(part for part in (note, value.qualifier) if part) or None
    markers = tuple(dict.fromkeys(row.marks))
    named = [source for source in sources if source.marker in markers]
    if row.source:
        marks = take_marks(row.source.marked)
        markers = (*markers, *marks[1])
        named += [source for source in sources if source.marker in marks[1]]
        if marks[0]:
            named.append(SourceLine(None, marks[0], next((s.href for s in row.source.spans if s.href), None)))
    made = replace(value, period=period, qualifier=qualifier)
    return FactLine(label, row.value.plain, made, markers, tuple(named))


def take_period(label: str) -> tuple[str, Period | None, str | None]:
    """The label without its period; what else stood in the period's bracket."""
    for match in BRACKET.finditer(label):
        period = only_period(match[1])
        note = None
        if period is None and (found := find_period(match[1])):
            period, start, end = found
            note = (match[1][:start].rstrip(" ,;") + match[1][end:]).strip(" ,;:") or None
        if period:
            rest = f"{label[: match.start()]} {label[match.end() :]}"
            return _tidy(rest), period, note
    found = find_period(label)
    if found and found[2] == len(label.rstrip(" :")) and found[1] > 0:
        return _tidy(TRAILING.sub("", label[: found[1]])), found[0], None
    if found and found[1] == 0 and label[found[2] :].strip():
        return _tidy(label[found[2] :]), found[0], None
    return _tidy(label), None, None


def _tidy(label: str) -> str:
    return " ".join(label.split()).strip(" :;,\u2013\u2014-").strip()


def split_line(line: Text, *, sure: bool = False) -> Row | None:
    """A line of running words as label and value; `sure` where it stands in a box that says what it is."""
    place = _by_look(line) or _by_sign(line.plain) or (_by_words(line.plain) if sure else None)
    if place is None:
        return None
    end, start = place
    label, value = line.cut(0, end), line.cut(start, len(line.plain))
    words = label.plain.split()
    if (
        not any(map(str.isalpha, label.plain))
        or not value
        or len(label.plain) > LONGEST_LABEL
        or len(words) > MOST_LABEL_WORDS
    ):
        return None
    return Row(label, value)


def _by_look(line: Text) -> tuple[int, int] | None:
    """A label in bold, the rest plain."""
    bold = 0
    for span in line.spans:
        if not span.strong:
            break
        bold += len(span.text)
    return (bold, bold) if 0 < bold < len(line.plain) else None


def _by_sign(plain: str) -> tuple[int, int] | None:
    """A colon, a dash or a row of dots between label and value; a bracketed year behind the label."""
    for pattern in (COLON, DASH):
        match = pattern.search(plain, 1, LONGEST_LABEL + 20)
        if match and not _sentence_like(plain[: match.start()]):
            return match.start(), match.end()
    match = DATED.search(plain, 1, LONGEST_LABEL + 20)
    if match and plain[match.start()] == "(" and plain[:1].isupper():
        return match.end(), match.end()
    return None


def _sentence_like(label: str) -> bool:
    ended = label.rstrip().endswith((".", "!", "?")) or len(sentences(label)) > 1
    return ended or len(label.split()) > MOST_LABEL_WORDS


def _by_words(plain: str) -> tuple[int, int] | None:
    """No sign at all: a known label, words before a figure, or Title Words before a last capital."""
    if plain.endswith((".", "!", "?")) and len(plain.split()) > MOST_LABEL_WORDS // 2:
        return None
    folded = plain.lower()
    for label in LABELS:
        if folded.startswith(label + " "):
            return len(label), len(label)
    match = FIGURE.search(plain, 1, LONGEST_LABEL + 20)
    if match and not any(char in plain[: match.start()] for char in ",;."):
        return match.start(), match.end()
    return _by_capitals(plain)


def _by_capitals(plain: str) -> tuple[int, int] | None:
    """`Work Environment Hospitals, surgery centers`: the last capital of the first run begins the value."""
    at, last = 0, 0
    for word in plain.split(" "):
        if not (word[:1].isupper() or word.lower() in SMALL_WORDS):
            break
        if word[:1].isupper():
            last = at
        at += len(word) + 1
        if word.endswith((",", ";")):
            break
    return (last, last) if last and at < len(plain) + 1 else None
