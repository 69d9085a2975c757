"""Paid places beside a list: who stands there now. Nothing here reaches the organic order or its numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any, Final

from django.db.models import Case, Subquery, When, Window
from django.db.models.functions import RowNumber

from content.lib.compiled import Statement, compiled, fetch
from listings.models import Disclosure, ListingRow, Placement, Sponsorship
from listings.search import SchoolSearch

MOST: Final = 2
ORGANIC_FOR_ONE: Final = 3
READ: Final = 50
FIRST: Final = 200
KEPT: Final = 8  # statements
DISCLOSURE: Final = (
    "These places are paid for. Payment buys the place and its label; it moves nothing in the list below."
)

type Row = tuple[Any, ...]  # school, program or None, words in the first row


@dataclass(frozen=True)
class Place:
    """A paid place of a school or of one program of it, with the words that say so."""

    school: int
    program: int | None
    disclosure: str


def places(
    search: SchoolSearch, placement: Placement, *, organic: int, page: int, at: datetime | None = None
) -> list[Place]:
    """At most two a page and a quarter of its cards, `organic` being the others; at most three queries.

    A sponsor stands only where its school, or the sponsored program, meets what is asked. Each page goes on
    in the line of sponsors where the one before left off.
    """
    slots = min(MOST, organic // ORGANIC_FOR_ONE)
    if not slots:
        return []
    running = fetch(_running(placement, at))
    disclosure = (running[0][2] if running else "") or DISCLOSURE
    once: dict[int, Place] = {}
    for school, of_program, _words in _line(search, running):
        once.setdefault(school, Place(school, of_program, disclosure))
    line = list(once.values())
    start = (page - 1) * slots % len(line) if line else 0
    return (line[start:] + line[:start])[:slots]


@lru_cache(KEPT)
def _running(placement: Placement, at: datetime | None) -> Statement:
    """All that run now, by their beginning; which of them are listed is in the answer, without a join.

    The words that say so come once, with the first: they are most of what thousands of rows would carry.
    """
    words = Subquery(Disclosure.objects.order_by("-version").values("text")[:1])
    line = ("starts_at", "pk")
    return compiled(
        Sponsorship.objects.running(at)
        .filter(placement=placement)
        .annotate(number=Window(RowNumber(), order_by=line))
        .annotate(disclosure=Case(When(number=1, then=words)))
        .order_by(*line)
        .values_list("school", "program", "disclosure")
    )


def _line(search: SchoolSearch, running: Sequence[Row]) -> list[Row]:
    """The first `READ` that meet what is asked; most lists find them among the first ones listed."""
    listed = search.answer.lists([school for school, _program, _words in running])
    here = [sponsor for sponsor, is_listed in zip(running, listed, strict=True) if is_listed]
    line = _meeting(search, here[:FIRST])
    if len(line) < READ and len(here) > FIRST:
        line = _meeting(search, here)
    return line[:READ]


def _meeting(search: SchoolSearch, sponsors: list[Row]) -> list[Row]:
    """Without those whose sponsored program does not meet what is asked."""
    programs = {program for _school, program, _words in sponsors if program}
    if not programs:
        return sponsors
    met = ListingRow.objects.filter(search.shown, pk__in=programs).values_list("pk", flat=True)
    kept = {None, *met}
    return [sponsor for sponsor in sponsors if sponsor[1] in kept]
