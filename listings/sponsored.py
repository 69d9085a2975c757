"""Paid places beside a list: who stands there now. Nothing here reaches the organic order or its numbers."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Exists, OuterRef, Q, Subquery

from listings.models import Disclosure, ListingRow, Placement, Sponsorship
from listings.search import SchoolSearch

MOST: Final = 2
ORGANIC_FOR_ONE: Final = 3
READ: Final = 50
DISCLOSURE: Final = (
    "These places are paid for. Payment buys the place and its label; it moves nothing in the list below."
)


@dataclass(frozen=True)
class Place:
    """A paid place of a school or of one program of it, with the words that say so."""

    school: int
    program: int | None
    disclosure: str


def places(
    search: SchoolSearch, placement: Placement, *, organic: int, page: int, at: datetime | None = None
) -> list[Place]:
    """At most two a page and a quarter of its cards, `organic` being the others; one query.

    A sponsor stands only where its school, or the sponsored program, meets what is asked. Each page goes on
    in the line of sponsors where the one before left off.
    """
    slots = min(MOST, organic // ORGANIC_FOR_ONE)
    if not slots:
        return []
    program = ListingRow.objects.filter(search.shown, pk=OuterRef("program"))
    running = (
        Sponsorship.objects.running(at)
        .filter(Exists(search.found().filter(pk=OuterRef("school"))), placement=placement)
        .filter(Q(program=None) | Exists(program))
        .annotate(disclosure=Subquery(Disclosure.objects.order_by("-version").values("text")[:1]))
        .order_by("starts_at", "pk")
    )
    once: dict[int, Place] = {}
    for school, of_program, disclosure in running.values_list("school", "program", "disclosure")[:READ]:
        once.setdefault(school, Place(school, of_program, disclosure or DISCLOSURE))
    line = list(once.values())
    start = (page - 1) * slots % len(line) if line else 0
    return (line[start:] + line[:start])[:slots]
