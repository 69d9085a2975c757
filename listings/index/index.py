"""One state of the listings in memory: what each choice holds, as bits."""

from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Final
from uuid import UUID

import numpy as np

from listings.distance import Point, miles_between
from listings.fields import GROUP_BY_SLUG, delivery_sum, group_of
from listings.index.bits import (
    WORD,
    Bits,
    Flags,
    Order,
    Places,
    pack,
    places,
    places_between,
    schools_of,
    unpack,
    words_of,
)
from listings.index.lately import Lately
from listings.index.table import (
    MISSING,
    NO_PROGRAM,
    STATE_CODES,
    UNSAID,
    Codes,
    Coding,
    Column,
    Programs,
    Schools,
    places_of,
)
from listings.models import SCHOOL_TEXT, School
from listings.near import Origin
from listings.wanted import Wanted

NUMBERS: Final = {"max_tuition": "tuition", "max_months": "months"}
COLUMNS: Final = NUMBERS | {
    "field": "cip", "credential": "prepares", "award": "award", "control": "control", "delivery": "delivery",
}  # fmt: skip
HAVE_UNSAID: Final = ("delivery", "credential", "control", *NUMBERS)
KEPT: Final = 64  # sets of schools, by words and by circles
BOUNDS_KEPT: Final = 16  # sets of programs, ten times as large where a school has ten

ORDERS_KEPT: Final = 8  # places of up to all schools

type Stamp = tuple[UUID, int]


class ListingIndex:
    """Never changes; sets are made when they are first asked for and kept.

    Keys and values are those of the school list. Sets of `state`, `control`, places and words are of schools,
    the others are of programs.
    """

    def __init__(self, stamp: Stamp | None, schools: Schools, programs: Programs, coding: Coding) -> None:
        self.stamp = stamp
        self.schools = schools
        self.programs = programs
        self.coding = coding
        self._kept: dict[tuple[str, str], Bits] = {}
        self.orders = Lately[tuple[Wanted, str], Order](ORDERS_KEPT)
        self._words = Lately[tuple[str, ...], Bits](KEPT)
        self._circles = Lately[tuple[Origin, int], Bits](KEPT)
        self._bounds = Lately[tuple[str, int], Bits](BOUNDS_KEPT)

    @property
    def everyone(self) -> Bits:
        """All schools."""
        return self._keep(("", "schools"), lambda: np.ones(len(self.schools), bool))

    @property
    def every_program(self) -> Bits:
        return self._keep(("", "programs"), lambda: np.not_equal(self.programs.cip, NO_PROGRAM))

    def stating(self, key: str, value: str) -> Bits:
        """What states the choice; an unknown value is stated by nobody."""
        return self._keep((key, value), lambda: self._stating(key, value))

    def schools_stating(self, key: str, value: str) -> Bits:
        """The schools of `stating`."""
        found = self._kept.get(("schools", f"{key} {value}"))
        if found is None:
            found = self._kept["schools", f"{key} {value}"] = schools_of(self.stating(key, value))
        return found

    def saying(self, key: str) -> Bits:
        """What states anything under the key."""
        return self._keep((key, " said"), lambda: self._saying(key))

    def unsaid(self, key: str) -> Bits | None:
        """What did not say; None for keys under which everything is known."""
        if key not in HAVE_UNSAID:
            return None
        return self._keep((key, " unsaid"), lambda: self._unsaid(key))

    def miles_from(self, point: Point) -> Column:
        """Of each school; NaN where its point is not known."""
        return miles_between(point, self.schools.latitude, self.schools.longitude)

    def at_most(self, key: str, most: int) -> Bits:
        """Programs that state a number up to this one."""
        return self._bounds.get((key, most), lambda: self._at_most(key, most))

    def within(self, near: Origin, miles: int) -> Bits:
        """Schools within so many miles of a place."""
        return self._circles.get((near, miles), lambda: pack(self.miles_from(near.point) <= miles))

    def holding(self, words: tuple[str, ...]) -> Bits:
        """Schools that text search finds; one query where they were not asked for lately."""
        return self._words.get(words, lambda: self._holding(words))

    def credentials(self) -> set[str]:
        """Slugs that any program states."""
        return {slug for slugs in self.coding.prepares.values if slugs for slug in slugs}

    def places(self, keys: Iterable[int]) -> Places:
        """Of schools by primary key; those that are not listed are left out."""
        found = self.place_of_each(keys)
        return found[found >= 0]

    def place_of_each(self, keys: Iterable[int]) -> Places:
        """The same, -1 for those that are not listed."""
        return places_of(self.schools.keys, np.fromiter(keys, np.int64), self._by_key)

    @cached_property
    def state_bounds(self) -> Places:
        """Where the schools of each state begin, by its code, and where those of the last one end."""
        return np.searchsorted(self.schools.states, np.arange(len(STATE_CODES) + 2))

    def in_usual_order(self, schools: Bits, start: int = 0, stop: int | None = None) -> Places:
        """Places of the schools of a set, from one number to before another.

        Within a state they stand in this order already.
        """
        words, states, usual = words_of(schools), self.schools.states, self.schools.usual
        if words != slice(None):
            found: Places = places(schools[words]) + words.start * WORD
            if not len(found) or states[found[0]] == states[found[-1]]:
                return found[start:stop]
        ordered = pack(unpack(schools, len(usual)).take(usual))
        return usual[places_between(ordered, start, len(usual) if stop is None else stop)]

    @cached_property
    def _by_key(self) -> Column:
        return np.argsort(self.schools.keys)

    def _at_most(self, key: str, most: int) -> Bits:
        numbers = self._column(key)
        return pack((numbers >= 0) & (numbers <= most))

    def _holding(self, words: tuple[str, ...]) -> Bits:
        found = School.objects.listed()
        keys = found.filter(SCHOOL_TEXT.holds(list(words), found.db)).values_list("pk", flat=True)
        flags = np.zeros(len(self.schools), bool)
        flags[self.places(keys)] = True
        return pack(flags)

    def _keep(self, name: tuple[str, str], make: Callable[[], Flags]) -> Bits:
        found = self._kept.get(name)
        if found is None:
            found = self._kept[name] = pack(make())
        return found

    def _stating(self, key: str, value: str) -> Flags:
        column, coding = self._column(key), self.coding
        if key == "delivery":
            return (column > UNSAID) & (column & delivery_sum([value]) > 0)
        if key == "credential":
            return _among(column, coding.prepares.values, lambda slugs: bool(slugs and value in slugs))
        if key == "field" and value in GROUP_BY_SLUG:
            return _among(column, coding.cip.values, lambda cip: group_of(cip).slug == value)
        if key == "state":
            return np.equal(column, STATE_CODES[value])
        codes: Codes[str] = coding.cip if key == "field" else getattr(coding, key)
        return _among(column, codes.values, lambda each: each == value)

    def _saying(self, key: str) -> Flags:
        return np.greater(self._column(key), MISSING if key in NUMBERS else UNSAID)

    def _unsaid(self, key: str) -> Flags:
        column = self._column(key)
        if key in NUMBERS:
            return np.equal(column, MISSING) & np.not_equal(self.programs.cip, NO_PROGRAM)
        return np.equal(column, UNSAID)

    def _column(self, key: str) -> Column:
        found: Column = self.schools.states if key == "state" else getattr(self.programs, COLUMNS[key])
        return found


def _among[Value](column: Column, values: list[Value], is_meant: Callable[[Value], bool]) -> Flags:
    """Where the column holds a code whose value is meant; -1, no program, looks up the last flag."""
    meant = np.array([*map(is_meant, values), False], bool)
    found: Flags = meant[column]
    return found
