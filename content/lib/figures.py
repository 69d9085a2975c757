"""The plain row that every provider of figures yields, and how a value is said."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

ONE = {
    "people": "person",
    "schools": "school",
    "programs": "program",
    "awards": "award",
    "openings": "opening",
}


@dataclass(frozen=True, slots=True)
class Origin:
    """The publication that a figure was read from."""

    publisher: str
    title: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Break:
    """Where a publisher changed what it counts: `after` goes on where `before` ends, never comparably."""

    before: str
    after: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One value of one series, for one period, from one release; `missing` says why there is no value.

    `retrieved_at` empty: at the time it is proposed. `max_change_percent` is the change a year, in percent
    (in points for percentages), that is accepted by rule; empty: every change waits for an editor.
    `line` and `column` say where in its file it stood.
    """

    key: str
    label: str
    unit: str
    per: str = ""
    subject: str
    area: str = "United States"
    measure: str
    publisher: str
    provider: str
    period: str
    period_start: date
    period_end: date
    value: Decimal | None
    missing: str = ""
    release: str
    source: Origin
    retrieved_at: datetime | None = None
    lowest: Decimal | None = None
    highest: Decimal | None = None
    max_change_percent: int | None = 25
    refresh_days: int = 30
    stale_months: int = 30
    breaks: tuple[Break, ...] = ()
    line: int = 0
    column: str = ""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A cell, a row or (line 0) a whole file that was not taken, and why."""

    file: str
    line: int
    column: str
    value: str
    reason: str


def format_value(value: Decimal | None, unit: str, per: str = "") -> str:
    """The value as readers see it: $51,140 a year, 7.1%, 12,345 awards; empty where there is none."""
    if value is None:
        return ""
    rate = f" {'an' if per == 'hour' else 'a'} {per}" if per else ""
    sign = "\N{MINUS SIGN}" if value < 0 else ""
    size = abs(value)
    if unit == "USD":
        cents = per == "hour" or size != size.to_integral_value()
        return f"{sign}${size:,.2f}{rate}" if cents else f"{sign}${size:,.0f}{rate}"
    number = f"{sign}{_plain(size)}"
    if unit == "percent":
        return f"{number}%{rate}"
    noun = ONE.get(unit, unit) if size == 1 else unit
    return f"{number} {noun}{rate}" if noun else f"{number}{rate}"


def _plain(size: Decimal) -> str:
    """Thousands set off by commas, no zeros after the last digit that says something."""
    text = f"{size:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
