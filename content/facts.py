"""The facts boxes of a revision as readers see them: what each line says, of when, according to whom."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import groupby
from typing import Any, Final

from django.db.models import F, Q
from django.db.models.functions import Now
from django.urls import reverse

from content.lib.figures import format_value
from content.models import Fact, Observation, Revision, Source

BEFORE_THE_VALUE: Final = {"about", "at least", "at most", "less than", "more than", "over", "under", "up to"}
SPANS_OF_TIME: Final = {"hour", "day", "week", "month", "year"}
NOT_STATED: Final = "not stated"
CITED_FIELDS: Final = ("id", "publisher", "title", "url", "retrieved_on", "checked_on")
CITED: Final = {f"cited_{field}": F(f"markers__source__{field}") for field in CITED_FIELDS}


@dataclass(frozen=True, kw_only=True)
class Line:
    """A fact ready to print; `items` has more than one entry for a list, `receipt` is an address or empty."""

    label: str
    items: tuple[str, ...]
    is_missing: bool = False
    is_stale: bool = False
    period: str = ""
    qualifier: str = ""
    sources: tuple[Source, ...] = ()
    receipt: str = ""


@dataclass(frozen=True)
class Box:
    title: str
    lines: tuple[Line, ...]


def boxes_of(
    revision: Revision, at: datetime | None = None, values: Mapping[int, Observation] | None = None
) -> list[Box]:
    """One query, however many lines; a line bound to a statistic has its value, period and source of now.

    `values` says otherwise: what each statistic showed at another time, by its primary key.
    """
    rows: Iterable[Any] = (
        Fact.objects.filter(box__revision=revision)
        .select_related("box", "statistic__current__source")
        .annotate(is_stale=Q(statistic__stale_at__lte=at or Now()), **CITED)
        .order_by("box__position", "box", "position", "pk", "markers__pk")
    )
    boxes: dict[int, tuple[str, list[Line]]] = {}
    for _, group in groupby(rows, key=lambda row: row.pk):
        fact, *others = group
        if values is not None and fact.statistic is not None:
            fact.statistic.current = values.get(fact.statistic_id)
        sources = [_cited(row) for row in (fact, *others) if row.cited_id is not None]
        boxes.setdefault(fact.box_id, (fact.box.title, []))[1].append(_line(fact, tuple(sources)))
    return [Box(title or "Facts", tuple(lines)) for title, lines in boxes.values()]


def _cited(row: Any) -> Source:
    return Source(**{field: getattr(row, f"cited_{field}") for field in CITED_FIELDS})


def _line(fact: Any, sources: tuple[Source, ...]) -> Line:
    if fact.statistic is None:
        items = _literal(fact)
        return Line(
            label=fact.label,
            items=items or (NOT_STATED,),
            is_missing=not items,
            period=_years(fact.period_from, fact.period_to),
            qualifier="" if fact.qualifier in BEFORE_THE_VALUE else fact.qualifier,
            sources=sources,
        )
    current = fact.statistic.current
    value = format_value(current.value, fact.statistic.unit, fact.statistic.per) if current else ""
    return Line(
        label=fact.label,
        items=(value or (current.get_missing_display() if current else "not available"),),
        is_missing=not value,
        is_stale=bool(fact.is_stale),
        period=current.period if current else "",
        qualifier=fact.qualifier,
        sources=(current.source, *sources) if current else sources,
        receipt=reverse("statistic-detail", args=[fact.statistic.key]),
    )


def _literal(fact: Fact) -> tuple[str, ...]:
    """What a line without a statistic says; nothing where it holds neither number nor text."""
    number = _number(fact)
    if number:
        return (f"{fact.qualifier} {number}" if fact.qualifier in BEFORE_THE_VALUE else number,)
    items = fact.text.splitlines() if fact.kind == Fact.Kind.LIST else [fact.text]
    return tuple(item.strip() for item in items if item.strip())


def _number(fact: Fact) -> str:
    if fact.value is not None:
        return _amount(fact, fact.value)
    low, high = fact.value_min, fact.value_max
    if low is not None and high is not None:
        sign = fact.unit if fact.unit in ("USD", "percent") else ""
        return f"{format_value(low, sign)} to {_amount(fact, high)}"
    bound = low if low is not None else high
    if bound is None:
        return ""
    words = "" if fact.qualifier in BEFORE_THE_VALUE else "from " if high is None else "up to "
    return words + _amount(fact, bound)


def _amount(fact: Fact, value: Decimal) -> str:
    unit = fact.unit + "s" if fact.unit in SPANS_OF_TIME and value != 1 else fact.unit
    return format_value(value, unit, fact.per)


def _years(first: int | None, last: int | None) -> str:
    years = sorted({year for year in (first, last) if year})
    return " to ".join(str(year) for year in years)
