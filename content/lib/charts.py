"""Charts as inline SVG: drawn on the server, described in words, coloured by the site's stylesheet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Final

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

WIDTH: Final = 360
PLOT_HEIGHT: Final = 190
LEFT, RIGHT, TOP, BOTTOM = 62, 14, 22, 30
BAR_HEIGHT: Final = 84
BAR_MIDDLE: Final = 44
BAR_EDGE: Final = 30
BARS_WIDTH: Final = 180
BARS_LEFT: Final = 52
BARS_LONGEST: Final = 86
BARS_STEP: Final = 22


@dataclass(frozen=True, slots=True)
class Point:
    """A value at a time; `said` is the value as readers see it, `when` the period."""

    at: date
    value: Decimal
    said: str
    when: str


@dataclass(frozen=True, slots=True)
class Frame:
    """The plane that values are drawn on."""

    first: date
    last: date
    low: Decimal
    high: Decimal

    def across(self, at: date) -> float:
        """Pixels from the left."""
        days = max(1, (self.last - self.first).days)
        return LEFT + (WIDTH - LEFT - RIGHT) * (at - self.first).days / days

    def down(self, value: Decimal) -> float:
        """Pixels from the top."""
        span = float(self.high - self.low) or 1.0
        room = PLOT_HEIGHT - TOP - BOTTOM
        return TOP + room * (0.5 if self.high == self.low else float(self.high - value) / span)


def history(segments: Sequence[Sequence[Point]], *, name: str, title: str) -> SafeString:
    """A line a segment, each in order of time; no line crosses from one to the next, where a series broke.

    `name` is unique on the page. Empty where there are not two points to look at.
    """
    drawn = [segment for segment in segments if segment]
    points = [point for segment in drawn for point in segment]
    if len(points) < 2:
        return SafeString("")
    values = [point.value for point in points]
    frame = Frame(
        min(point.at for point in points), max(point.at for point in points), min(values), max(values)
    )
    told = "; then the series changed. ".join(
        ", ".join(f"{point.when} {point.said}" for point in segment) for segment in drawn
    )
    return _svg(
        name,
        title,
        f"{told}.",
        (WIDTH, PLOT_HEIGHT),
        format_html(
            "{}{}{}{}", _axes(frame, points), _breaks(frame, drawn), _lines(frame, drawn), _dots(frame, drawn)
        ),
    )


def spread(marks: Sequence[tuple[str, Decimal, str]], *, name: str, title: str) -> SafeString:
    """Five ascending marks (words, value, value as said) as a bar from end to end, a line in the middle.

    Empty where the ends are the same.
    """
    low, lower, middle, upper, high = (value for _words, value, _said in marks)
    if not low < high:
        return SafeString("")

    def across(value: Decimal) -> float:
        return BAR_EDGE + (WIDTH - 2 * BAR_EDGE) * float((value - low) / (high - low))

    told = ", ".join(f"{words} {said}" for words, _value, said in marks)
    bar = format_html(
        '<rect class="chart-whole" x="{}" y="{}" width="{}" height="6" rx="3" fill="currentColor"'
        ' fill-opacity="0.25"/>'
        '<rect class="chart-half" x="{}" y="{}" width="{}" height="16" rx="3" fill="currentColor"'
        ' fill-opacity="0.6"/>'
        '<line class="chart-middle" x1="{}" x2="{}" y1="{}" y2="{}" stroke="currentColor" stroke-width="3"/>',
        _px(across(low)),
        BAR_MIDDLE - 3,
        _px(across(high) - across(low)),
        _px(across(lower)),
        BAR_MIDDLE - 8,
        _px(across(upper) - across(lower)),
        _px(across(middle)),
        _px(across(middle)),
        BAR_MIDDLE - 13,
        BAR_MIDDLE + 13,
    )
    texts = [
        (across(low), BAR_MIDDLE + 28, "middle", marks[0][2]),
        (across(high), BAR_MIDDLE + 28, "middle", marks[4][2]),
        (across(middle), BAR_MIDDLE - 20, "middle", marks[2][2]),
    ]
    return _svg(name, title, f"{told}.", (WIDTH, BAR_HEIGHT), format_html("{}{}", bar, _texts(texts)))


@dataclass(frozen=True, slots=True)
class Bar:
    """A value of a period; without one `said` tells why there is none."""

    when: str
    value: int | None
    said: str


def bars(rows: Sequence[Bar], *, highest: int, name: str, title: str) -> SafeString:
    """A bar a period, one under the other; `highest` is the value of the longest bar that there may be.

    Charts drawn with the same `highest` can be compared. Empty where there is no row.
    """
    if not rows:
        return SafeString("")
    drawn = []
    texts = []
    for place, row in enumerate(rows):
        top = place * BARS_STEP
        length = 0.0 if row.value is None else max(1.0, BARS_LONGEST * row.value / max(1, highest))
        texts += [
            (0.0, top + 15.0, "start", row.when),
            (BARS_LEFT + length + (5 if length else 0), top + 15.0, "start", row.said),
        ]
        if length:
            drawn.append((BARS_LEFT, top + 4, _px(length)))
    shapes = format_html_join(
        "", '<rect class="chart-bar" x="{}" y="{}" width="{}" height="14" fill="currentColor"/>', drawn
    )
    told = ", ".join(f"{row.when} {row.said}" for row in rows)
    inside = format_html("{}{}", shapes, _texts(texts))
    return _svg(name, title, f"{told}.", (BARS_WIDTH, len(rows) * BARS_STEP), inside)


def _svg(name: str, title: str, told: str, size: tuple[int, int], inside: SafeString) -> SafeString:
    """`size` is width and height."""
    return format_html(
        '<svg class="chart" viewBox="0 0 {} {}" role="img" aria-labelledby="{}-title {}-told"'
        ' xmlns="http://www.w3.org/2000/svg">'
        '<title id="{}-title">{}</title><desc id="{}-told">{}</desc>{}</svg>',
        *size,
        name,
        name,
        name,
        title,
        name,
        told,
        inside,
    )


def _axes(frame: Frame, points: Sequence[Point]) -> SafeString:
    highest = max(points, key=lambda point: point.value)
    lowest = min(points, key=lambda point: point.value)
    first = min(points, key=lambda point: point.at)
    last = max(points, key=lambda point: point.at)
    base = PLOT_HEIGHT - BOTTOM + 8
    texts = [(LEFT - 8.0, frame.down(highest.value) + 4, "end", highest.said)]
    if lowest.value != highest.value:
        texts.append((LEFT - 8.0, frame.down(lowest.value) + 4, "end", lowest.said))
    texts += [
        (frame.across(first.at), PLOT_HEIGHT - 6.0, "start", first.when),
        (frame.across(last.at), PLOT_HEIGHT - 6.0, "end", last.when),
    ]
    line = format_html(
        '<line class="chart-axis" x1="{}" x2="{}" y1="{}" y2="{}" stroke="currentColor"'
        ' stroke-opacity="0.4"/>',
        LEFT,
        WIDTH - RIGHT,
        base,
        base,
    )
    return format_html("{}{}", line, _texts(texts))


def _breaks(frame: Frame, segments: Sequence[Sequence[Point]]) -> SafeString:
    """A dashed upright halfway between two segments."""
    places = [
        _px((frame.across(before[-1].at) + frame.across(after[0].at)) / 2)
        for before, after in pairwise(segments)
    ]
    return format_html_join(
        "",
        '<line class="chart-break" x1="{}" x2="{}" y1="{}" y2="{}" stroke="currentColor" stroke-opacity="0.6"'
        ' stroke-dasharray="3 4"/>',
        ((place, place, TOP - 12, PLOT_HEIGHT - BOTTOM + 8) for place in places),
    )


def _lines(frame: Frame, segments: Sequence[Sequence[Point]]) -> SafeString:
    return format_html_join(
        "",
        '<polyline class="{}" points="{}" fill="none" stroke="currentColor" stroke-width="2"/>',
        (
            (_class(place, len(segments)), " ".join(f"{_px(x)},{_px(y)}" for x, y in _placed(frame, segment)))
            for place, segment in enumerate(segments)
        ),
    )


def _dots(frame: Frame, segments: Sequence[Sequence[Point]]) -> SafeString:
    return format_html_join(
        "",
        '<circle class="{}" cx="{}" cy="{}" r="3.5" fill="currentColor"/>',
        (
            (_class(place, len(segments)), _px(x), _px(y))
            for place, segment in enumerate(segments)
            for x, y in _placed(frame, segment)
        ),
    )


def _placed(frame: Frame, segment: Sequence[Point]) -> list[tuple[float, float]]:
    return [(frame.across(point.at), frame.down(point.value)) for point in segment]


def _class(place: int, count: int) -> str:
    return "chart-now" if place == count - 1 else "chart-before"


def _texts(texts: Sequence[tuple[float, float, str, str]]) -> SafeString:
    return format_html_join(
        "",
        '<text x="{}" y="{}" text-anchor="{}" font-size="12" fill="currentColor">{}</text>',
        ((_px(x), _px(y), anchor, said) for x, y, anchor, said in texts),
    )


def _px(place: float) -> str:
    return f"{place:.1f}".removesuffix(".0")
