"""The answer to one set of choices: how many schools, and which, in the order asked for."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np

from listings.fields import FIELD_GROUPS
from listings.index.bits import (
    Bits,
    Order,
    Places,
    count,
    flags_at,
    schools_of,
    unpack,
    words_of,
)
from listings.index.facets import FacetCounts, facet_counts
from listings.index.index import ListingIndex
from listings.index.matching import Matching, match, meetings
from listings.index.table import Column
from listings.models import SCHOOL_TEXT, School
from listings.wanted import Wanted

MEASURES: Final = {"tuition": "tuition", "length": "months", "awards": "awards"}
JUDGED: Final = 2_000  # schools whose nearness to the words is looked at, the first ones of the usual order
NONE: Final = np.iinfo(np.int64).max


@dataclass(frozen=True)
class Counts:
    """Numbers of schools: `stated` match by what is stated, `unsaid` only because they did not say.

    `nearest` are those of the list with a program in the nearest field group, whatever brings them there.
    `programs` are those that bring the schools into the list, `nearest_programs` those of the nearest group
    among them, and `nearest_schools` whose these are.
    """

    stated: int
    unsaid: int
    listed: int
    nearest: int
    programs: int
    nearest_programs: int
    nearest_schools: int


class Answer:
    """Made of an index that never changes, so numbers, facets and pages always belong together."""

    def __init__(self, index: ListingIndex, wanted: Wanted) -> None:
        self.index = index
        self.wanted = wanted
        # Sets of programs are ten times as large as those of schools, and are not kept.
        matching = self._matching()
        self.stated = matching.stated.schools(index)
        possible = self.stated if matching.is_sure else matching.possible.schools(index)
        self.unsaid = possible & ~self.stated
        self.shown_unsaid = self.unsaid if wanted.include_unknown else np.zeros_like(self.unsaid)

    def instead(self, wanted: Wanted) -> "Answer":
        """The answer to other choices out of the same state of the listings."""
        return Answer(self.index, wanted)

    @property
    def listed(self) -> Bits:
        """The schools of the list."""
        return self.stated | self.shown_unsaid

    def lists(self, schools: Sequence[int]) -> list[bool]:
        """Of each school, by primary key, whether the list holds it."""
        place = self.index.place_of_each(schools)
        found: list[bool] = (flags_at(self.listed, place) & (place >= 0)).tolist()
        return found

    def meeting(self, schools: Sequence[int]) -> list[list[bool]]:
        """Of each listed school, by primary key, which of its programs meet every choice about programs.

        By what they state, and in the order of their primary keys; empty where all of them do.
        """
        programs = self._matching().stated.programs
        if programs is None:
            return [[] for _school in schools]
        place = self.index.place_of_each(schools)
        found: list[list[bool]] = flags_at(programs, place).T.tolist()
        return found

    @cached_property
    def counts(self) -> Counts:
        return self._counts(self._matching())

    @cached_property
    def facets(self) -> dict[str, FacetCounts]:
        return facet_counts(self.index, self.wanted)

    def keys(self, sort: str, start: int, stop: int) -> list[int]:
        """Primary keys of schools in order: those that match by what is stated, then the others."""
        place = self._in_usual_order(start, stop) if sort == "order" else self._order(sort)[start:stop]
        found: list[int] = self.index.schools.keys[place].tolist()
        return found

    def besides(self, other: "Answer", *, most: int) -> list[int]:
        """Primary keys of the first schools that this list holds and the other does not."""
        found: list[int] = self.index.schools.keys[
            self.index.in_usual_order(self.listed & ~other.listed, 0, most)
        ].tolist()
        return found

    def measured(self, sort: str) -> int:
        """How many schools of the list have what a sort goes by."""
        return sum(int((self._measure(sort, part) != NONE).sum()) for part in self._parts())

    def _matching(self) -> Matching:
        return match(list(meetings(self.index, self.wanted)))

    def _counts(self, matching: Matching) -> Counts:
        index, stated, unsaid = self.index, count(self.stated), count(self.unsaid)
        group = FIELD_GROUPS[0].slug
        shown = [(matching.stated.programs, self.stated), (matching.possible.programs, self.shown_unsaid)]
        words = words_of(self.listed)
        programs = [
            (index.every_program if met is None else met)[:, words] & schools[words] for met, schools in shown
        ]
        nearest = [found & index.stating("field", group)[:, words] for found in programs]
        return Counts(
            stated=stated,
            unsaid=unsaid,
            listed=stated + (unsaid if self.wanted.include_unknown else 0),
            nearest=count(self.listed & index.schools_stating("field", group)),
            programs=sum(count(found) for found in programs),
            nearest_programs=sum(map(count, nearest)),
            nearest_schools=sum(count(schools_of(found)) for found in nearest),
        )

    def _parts(self) -> tuple[tuple[Places, Bits | None], ...]:
        """Places of the schools of either part, with the programs that bring them there; None for all."""
        matching = self._matching()
        parts = [(self.stated, matching.stated.programs)]
        if self.wanted.include_unknown:
            parts.append((self.unsaid, matching.possible.programs))
        return tuple((self.index.in_usual_order(schools), programs) for schools, programs in parts)

    def _in_usual_order(self, start: int, stop: int) -> Places:
        """Places of the schools from one number of the list to before another."""
        found, stated = self.index.in_usual_order(self.stated, start, stop), self.counts.stated
        if stop <= stated:
            return found
        unsaid = self.index.in_usual_order(self.shown_unsaid, max(start - stated, 0), stop - stated)
        return np.concatenate([found, unsaid])

    def _order(self, sort: str) -> Order:
        """Places of the schools of the list; between equals the usual order decides."""
        return self.index.orders.get((self.wanted, sort), lambda: self._sorted(sort))

    def _sorted(self, sort: str) -> Order:
        parts = self._parts()
        if sort == "relevance":
            return self._by_relevance([found for found, _programs in parts])
        ordered = []
        for found, programs in parts:
            by = self._measure(sort, (found, programs))
            ordered.append(found[np.argsort(by, kind="stable")])
        return np.concatenate(ordered, dtype=np.int32)

    def _measure(self, sort: str, part: tuple[Places, Bits | None]) -> Column:
        """What the schools of a part are sorted by, ascending; `NONE` or NaN for those without it."""
        found, programs = part
        schools = self.index.schools
        if sort == "name":
            return schools.name_place[found]
        if sort == "distance" and self.wanted.near:
            return self.index.miles_from(self.wanted.near.point)[found]
        numbers: Column = getattr(self.index.programs, MEASURES[sort])[:, found].astype(np.int64)
        has = numbers >= 0
        if programs is not None:
            has &= unpack(programs, len(schools))[:, found]
        if sort == "awards":
            return np.where(has.any(axis=0), -np.where(has, numbers, 0).sum(axis=0), NONE)
        return np.where(has, numbers, NONE).min(axis=0, initial=NONE)

    def _by_relevance(self, parts: list[Places]) -> Order:
        """The first schools of each part by nearness to the words, the rest in the usual order."""
        keys = self.index.schools.keys
        judged = [int(key) for found in parts for key in keys[found[:JUDGED]]][:JUDGED]
        schools = School.objects.filter(SCHOOL_TEXT.among(judged))
        schools = schools.filter(SCHOOL_TEXT.holds(self.wanted.words, schools.db))
        near = schools.order_by(SCHOOL_TEXT.relevance(self.wanted.words, schools.db), "rank_key")
        rank = np.full(len(keys), len(keys))
        for number, place in enumerate(self.index.places(near.values_list("pk", flat=True))):
            rank[place] = number
        ordered = [found[np.argsort(rank[found], kind="stable")] for found in parts]
        return np.concatenate(ordered, dtype=np.int32)
