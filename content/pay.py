"""Pay by state: what the wage survey says of one occupation in each state and territory."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Final

from django.utils.safestring import SafeString

from content.lib import charts, tiles
from content.lib.figures import format_value
from content.models import Statistic
from content.providers.occupations import NATION, OCCUPATIONS, STATES

OCCUPATION: Final = "29-2072"
MEDIAN: Final = "median-annual"
SPREAD: Final = ("p10-annual", "p25-annual", MEDIAN, "p75-annual", "p90-annual")
MEASURES: Final = (*SPREAD, "employment", "employment-error", "mean-annual", "mean-error")
PLACES: Final = dict(STATES.values())
WORDS: Final = ("10th percentile", "25th percentile", "median", "75th percentile", "90th percentile")


@dataclass(frozen=True)
class PlacePay:
    """One place; `figures` holds by measure what is of the same period as its median."""

    code: str
    name: str
    figures: Mapping[str, Statistic]

    @property
    def median(self) -> Statistic:
        return self.figures[MEDIAN]

    @property
    def p10(self) -> Statistic | None:
        return self.figures.get("p10-annual")

    @property
    def p90(self) -> Statistic | None:
        return self.figures.get("p90-annual")

    @property
    def employment(self) -> Statistic | None:
        return self.figures.get("employment")

    @property
    def mean(self) -> Statistic | None:
        return self.figures.get("mean-annual")

    @property
    def mean_error(self) -> Statistic | None:
        return self.figures.get("mean-error")

    @property
    def employment_error(self) -> Statistic | None:
        return self.figures.get("employment-error")

    @property
    def bar(self) -> SafeString:
        """The spread as a bar; empty where a part of it has no value."""
        parts = [self.figures.get(measure) for measure in SPREAD]
        marks = [
            (words, part.current.value, format_value(part.current.value, part.unit))
            for words, part in zip(WORDS, parts, strict=True)
            if part and part.current and part.current.value is not None
        ]
        if len(marks) != len(SPREAD):
            return SafeString("")
        return charts.spread(marks, name="spread", title=f"{self.name}: spread of pay")


@dataclass(frozen=True)
class PayByState:
    """One occupation everywhere; `places` by name, `nation` beside them for comparison."""

    occupation: str
    title: str
    nation: PlacePay | None
    places: list[PlacePay]

    @cached_property
    def ranks(self) -> dict[str, int]:
        values = {
            place.code: float(place.median.current.value)
            for place in self.places
            if place.median.current and place.median.current.value is not None
        }
        return tiles.ranked(values) if values else {}

    @property
    def map(self) -> SafeString:
        """The tile map; empty where fewer than two places have a value."""
        if len(self.ranks) < 2:
            return SafeString("")
        drawn = {
            place.code: tiles.Tile(self.ranks.get(place.code, 0), f"{place.name}: {_said(place.median)}")
            for place in self.places
        }
        told = "; ".join(f"{place.name} {_said(place.median)}" for place in self.places)
        return tiles.tile_map(drawn, title=f"{self.title}: median annual pay by state", told=told)

    @property
    def legend(self) -> list[tuple[int, str]]:
        """The lowest and highest median of each class of the map."""
        rows = []
        for rank in sorted(set(self.ranks.values())):
            values = [
                place.median.current.value
                for place in self.places
                if self.ranks.get(place.code) == rank and place.median.current and place.median.current.value
            ]
            rows.append((rank, f"{format_value(min(values), 'USD')} to {format_value(max(values), 'USD')}"))
        return rows

    @property
    def absent(self) -> list[str]:
        """The places without any figure of this occupation."""
        have = {place.code for place in self.places}
        return [name for code, name in PLACES.items() if code not in have]

    def place(self, code: str) -> PlacePay | None:
        return next((place for place in self.places if place.code == code), None)


def _said(statistic: Statistic) -> str:
    current = statistic.current
    if current is None:
        return "no value yet"
    value = format_value(current.value, statistic.unit, statistic.per) or current.get_missing_display()
    return f"{value} ({current.period})"


def occupations() -> dict[str, str]:
    """The titles of the occupations that have a figure for a state, by code; one query."""
    keys = {f"oews.{code}.{place}.{MEDIAN}": code for code in OCCUPATIONS for place in PLACES}
    shown = Statistic.objects.exclude(current=None).filter(
        measure=MEDIAN, area__in=PLACES.values(), successor=None
    )
    found = {keys[key] for key in shown.values_list("key", flat=True) if key in keys}
    return {code: OCCUPATIONS[code].title for code in OCCUPATIONS if code in found}


def pay_by_state(occupation: str, at: datetime | None = None) -> PayByState:
    """What is known of an occupation in every place that has a median; one query."""
    names = {NATION.code: NATION.name, **PLACES}
    keys = [f"oews.{occupation}.{code}.{measure}" for code in names for measure in MEASURES]
    found: dict[str, dict[str, Statistic]] = {}
    for statistic in Statistic.objects.with_current(at).filter(key__in=keys).exclude(current=None):
        code = statistic.key.split(".")[2]
        found.setdefault(code, {})[statistic.measure] = statistic
    places = {
        code: PlacePay(code, names[code], _of_one_period(figures))
        for code, figures in found.items()
        if MEDIAN in figures
    }
    nation = places.pop(NATION.code, None)
    ordered = sorted(places.values(), key=lambda place: place.name)
    return PayByState(occupation, OCCUPATIONS[occupation].title, nation, ordered)


def _of_one_period(figures: Mapping[str, Statistic]) -> dict[str, Statistic]:
    period = figures[MEDIAN].current.period if figures[MEDIAN].current else ""
    return {name: each for name, each in figures.items() if each.current and each.current.period == period}
