"""Degree options: at how many of the schools that are asked for each award level is offered."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from django.db.models import Count

from listings.fields import AWARD_CHOICES
from listings.models import ListingRow
from listings.search import SchoolSearch
from listings.wanted import Wanted


@dataclass(frozen=True)
class DegreeOption:
    """An award level, the number of schools with a program of that level, and their list's address."""

    name: str
    schools: int
    address: str


def degree_options(wanted: Wanted) -> list[DegreeOption]:
    """From the shortest to the longest; levels that no school offers are left out. One query."""
    return list(_options(wanted))


def _options(wanted: Wanted) -> Iterator[DegreeOption]:
    search = SchoolSearch(wanted)
    rows = ListingRow.objects.filter(search.shown, school__in=search.found()).order_by()
    counts = dict(rows.values_list("award").annotate(schools=Count("school", distinct=True)))
    for award, name in AWARD_CHOICES.items():
        if counts.get(award):
            yield DegreeOption(name, counts[award], replace(wanted, award=(award,)).address())
