"""Which schools meet what is asked, in which order, and how many.

A school matches where one and the same program meets all choices about programs. A choice has three answers
for a program: it states so, it states otherwise, or it did not say.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property, reduce
from operator import and_
from typing import Final

from django.db import models
from django.db.models import Exists, OuterRef, Q

from listings.distance import box, miles_from
from listings.fields import DELIVERIES, GROUP_BY_SLUG, delivery_sum
from listings.index import current
from listings.index.answer import MEASURES, Answer, Counts
from listings.models import SCHOOL_TEXT, ListingCredential, ListingRow, School
from listings.models.school import SchoolQuerySet
from listings.wanted import Wanted

EVERY_DELIVERY: Final = range(1, sum(delivery.bit for delivery in DELIVERIES) + 1)
FALLBACKS: Final = {
    "relevance": "There are no words to be near to, so the list stands in its usual order.",
    "distance": "There is no place to measure from, so the list stands in its usual order.",
    "tuition": "No program that fits states its tuition, so the list stands in its usual order.",
    "length": "No program that fits states how long it takes, so the list stands in its usual order.",
    "awards": "No school here reports awards, so the list stands in its usual order.",
}


@dataclass(frozen=True)
class Condition:
    """Which programs meet a choice by what they state, and which did not say."""

    stated: Q
    unsaid: Q | None = None

    @property
    def possible(self) -> Q:
        return self.stated if self.unsaid is None else self.stated | self.unsaid


def conditions(wanted: Wanted) -> Iterator[Condition]:
    """What a program must meet; a key that is not asked for gives none."""
    if wanted.field:
        yield Condition(_in_fields(wanted.field))
    if wanted.award:
        yield Condition(Q(award__in=wanted.award))
    if wanted.control:
        yield Condition(Q(control__in=wanted.control), Q(control=""))
    if wanted.delivery:
        bits = delivery_sum(wanted.delivery)
        yield Condition(Q(delivery__in=[ways for ways in EVERY_DELIVERY if ways & bits]), Q(delivery=None))
    if wanted.credential:
        stated = ListingCredential.objects.filter(row=OuterRef("pk"), credential__in=wanted.credential)
        yield Condition(Q(Exists(stated)), Q(credentials_stated=False))
    if wanted.max_tuition is not None:
        yield Condition(Q(tuition__lte=wanted.max_tuition), Q(tuition=None))
    if wanted.max_months is not None:
        yield Condition(Q(months__lte=wanted.max_months), Q(months=None))


def _in_fields(fields: Collection[str]) -> Q:
    """Groups and CIP codes, each asked for only where named: an index serves one of them, not both."""
    groups = [field for field in fields if field in GROUP_BY_SLUG]
    cips = [field for field in fields if field not in GROUP_BY_SLUG]
    if not cips:
        return Q(group__in=groups)
    return Q(group__in=groups) | Q(cip__in=cips) if groups else Q(cip__in=cips)


class SchoolSearch:
    """The answer to one set of choices; a queryset until `counts` or `keys` is asked."""

    def __init__(self, wanted: Wanted) -> None:
        self.wanted = wanted
        self.conditions = list(conditions(wanted))
        self.unsure = any(condition.unsaid is not None for condition in self.conditions)

    @cached_property
    def stated(self) -> Q:
        """A program that meets every choice by what it states."""
        return reduce(and_, (condition.stated for condition in self.conditions), Q())

    @cached_property
    def possible(self) -> Q:
        """A program that meets every choice or did not say."""
        return reduce(and_, (condition.possible for condition in self.conditions), Q())

    @property
    def shown(self) -> Q:
        """A program that brings its school into the list."""
        return self.possible if self.wanted.include_unknown else self.stated

    def found(self, among: SchoolQuerySet | None = None) -> SchoolQuerySet:
        """The schools of the list in no order; of those given, or of all that are listed."""
        return self._schools(self.shown, among)

    @cached_property
    def answer(self) -> Answer:
        """Numbers and orders, all of one state of the listings; one query."""
        return current.answer(self.wanted)

    @property
    def counts(self) -> Counts:
        return self.answer.counts

    @cached_property
    def fallback(self) -> str:
        """Why the list does not stand in the order asked for; empty where it does."""
        sort = self.wanted.sort
        if (sort == "relevance" and not self.wanted.words) or (sort == "distance" and not self.wanted.near):
            return FALLBACKS[sort]
        if sort in MEASURES and self.counts.listed and not self.answer.measured(sort):
            return FALLBACKS[sort]
        return ""

    @property
    def sort(self) -> str:
        """The order that the list stands in."""
        return Wanted.sort if self.fallback else self.wanted.sort

    def keys(self, start: int, stop: int) -> list[int]:
        """Primary keys of schools in the order asked for, or in the usual one where it falls back.

        Those that match by what is stated come first, then the others.
        """
        return self.answer.keys(self.sort, start, stop)

    def loosened(self) -> dict[str, int]:
        """How many schools there would be without each of the keys that filter."""
        keys = dict.fromkeys(key for key, _ in self.wanted.filters())
        found = {key: self.answer.instead(self.wanted.without(key)).counts.listed for key in keys}
        return {key: listed for key, listed in found.items() if listed}

    def _schools(self, program: Q, among: SchoolQuerySet | None = None) -> SchoolQuerySet:
        schools = School.objects.listed() if among is None else among
        if self.wanted.state:
            schools = schools.filter(state__in=self.wanted.state)
        if self.wanted.near and self.wanted.miles is not None:
            away = miles_from(self.wanted.near.point)
            schools = schools.filter(box(self.wanted.near.point, self.wanted.miles))
            schools = schools.alias(reach=away).filter(reach__lte=self.wanted.miles)
        if self.conditions:
            schools = schools.filter(Exists(_of_school(program)))
        return schools.filter(SCHOOL_TEXT.holds(self.wanted.words, schools.db))


def _of_school(program: Q) -> models.QuerySet[ListingRow]:
    return ListingRow.objects.filter(program, school=OuterRef("pk"))
