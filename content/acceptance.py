"""The rule by which a figure is accepted without an editor: it is the first, or it changed but little."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Final
from unicodedata import category

from content.lib.figures import Figure, format_value
from content.models import Missing, Observation, Source, Statistic

DAYS_A_YEAR: Final = 365.25
SERIES_TEXTS: Final = ("key", "label", "unit", "per", "subject", "area", "measure", "publisher", "provider")
LARGEST: Final = Decimal(10) ** 14


@dataclass(frozen=True, slots=True)
class Verdict:
    """`why` says the rule, or what an editor has to look at."""

    accepted: bool
    why: str


def unfit(figure: Figure) -> str:
    """Why the database cannot hold the figure's texts, in a sentence; empty where it can."""
    texts = {
        Statistic: {name: getattr(figure, name) for name in SERIES_TEXTS},
        Observation: {"period": figure.period, "release": figure.release},
        Source: asdict(figure.source),
    }
    for model, columns in texts.items():
        for name, text in columns.items():
            longest = getattr(model._meta.get_field(name), "max_length", None)
            if longest is not None and len(text) > longest:
                return f"Its {name} is longer than {longest} characters."
            if not text.isprintable() and not {"Cc", "Cs"}.isdisjoint(map(category, text)):
                return f"Its {name} holds control characters."
    return ""


def implausible(figure: Figure, statistic: Statistic) -> str:
    """Why the series cannot have this value, in a sentence; empty where it can."""
    value = figure.value
    if (value is None) != bool(figure.missing) or figure.missing not in {"", *Missing.values}:
        return "It must have either a value or one of the known reasons why there is none."
    if figure.period_start > figure.period_end:
        return "Its period ends before it starts."
    if figure.unit != statistic.unit or figure.per != statistic.per:
        given, wanted = f"{figure.unit} {figure.per}".strip(), f"{statistic.unit} {statistic.per}".strip()
        return f"It is in {given}, the series is in {wanted}."
    return "" if value is None else out_of_range(value, statistic)


def out_of_range(value: Decimal, statistic: Statistic) -> str:
    """Why the series cannot have this number; empty where it can."""
    if not storable(value):
        return "It is not a number that can be kept."
    too_low = statistic.lowest is not None and value < statistic.lowest
    too_high = statistic.highest is not None and value > statistic.highest
    return "It is outside what is plausible for the series." if too_low or too_high else ""


def storable(value: Decimal) -> bool:
    """Whether the value is a number that the database's column holds."""
    return value.is_finite() and abs(value) < LARGEST


def judge(figure: Figure, statistic: Statistic, accepted: Sequence[Observation]) -> Verdict:
    """Compares the figure with the accepted value nearest in time.

    The limit grows with the years between, so that figures within it are accepted in any order.
    """
    valued = [
        (abs((observation.period_end - figure.period_end).days), observation.period_end, observation)
        for observation in accepted
        if observation.value is not None
    ]
    if not valued:
        return Verdict(True, "The first value of this series.")
    days, _end, near = min(valued, key=lambda each: each[:2])
    if figure.value is None:
        blank = figure.missing == Missing.NOT_PUBLISHED
        return Verdict(
            not blank, "Where a value stood, there is none." if blank else "The publisher marks it so."
        )
    change = _said(near, figure, statistic)
    if statistic.max_change_percent is None:
        return Verdict(False, f"{change} Every change of this series waits for an editor.")
    years = max(1, round(days / DAYS_A_YEAR))
    if _within(near.value or Decimal(0), figure.value, statistic, years):
        return Verdict(True, change)
    return Verdict(False, f"{change} The rule accepts up to {statistic.max_change_percent} a year.")


def _within(old: Decimal, new: Decimal, statistic: Statistic, years: int) -> bool:
    limit = Decimal(statistic.max_change_percent or 0)
    if statistic.unit == "percent":
        return abs(new - old) <= limit * years
    if old > 0 and new > 0:
        return max(old, new) <= min(old, new) * (1 + limit / 100) ** years
    return abs(new - old) <= limit / 100 * max(abs(old), abs(new), Decimal(1)) * years


def _said(near: Observation, figure: Figure, statistic: Statistic) -> str:
    old, new = near.value or Decimal(0), figure.value or Decimal(0)
    was = f"{near.period} says {format_value(old, statistic.unit, statistic.per)}"
    if statistic.unit == "percent" or not old:
        return f"{was}, a difference of {format_value(new - old, '')}."
    percent = (new - old) / abs(old) * 100
    return f"{was}, a difference of {percent:+.1f} percent."
