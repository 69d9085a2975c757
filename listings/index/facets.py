"""How many schools there are beside each choice."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from listings.index.bits import Bits, count, schools_of, unpack
from listings.index.index import HAVE_UNSAID, NUMBERS, ListingIndex
from listings.index.matching import OF_SCHOOLS, Met, match, meetings
from listings.index.table import STATE_CODES
from listings.wanted import CHOICES, Wanted

KEYS: Final = ("state", "field", "credential", "delivery", "award", "control", *NUMBERS)


@dataclass(frozen=True)
class FacetCounts:
    """Numbers of schools for one key, its own choice left out.

    `stated`: with a program that states the value and meets the others by what it states. `perhaps`: those
    besides whose program states the value and did not say what other keys ask for; none where such schools
    are left out. `unsaid`: those of the list without the key that are meant only because they did not say;
    without a choice under the key, those that say nothing under it.
    """

    stated: dict[str, int] = field(default_factory=dict)
    perhaps: dict[str, int] = field(default_factory=dict)
    unsaid: int = 0

    def listed(self, value: str) -> int:
        return self.stated.get(value, 0) + self.perhaps.get(value, 0)


def values_of(index: ListingIndex, key: str) -> Iterable[str]:
    """The choices of a key; those of a bounded key are numbers, and have no counts."""
    return sorted(index.credentials()) if key == "credential" else CHOICES.get(key, ())


def facet_counts(index: ListingIndex, wanted: Wanted) -> dict[str, FacetCounts]:
    """All of them, each with its own key left out."""
    found = list(meetings(index, wanted))
    chosen = {meeting.key: meeting for meeting in found}
    counts = {}
    for key in KEYS:
        others = match(found, leave_out=key)
        stated = _numbers(index, key, others.stated)
        perhaps: dict[str, int] = {}
        if wanted.include_unknown and not others.is_sure:
            possible = _numbers(index, key, others.possible)
            perhaps = {value: possible[value] - number for value, number in stated.items()}
        unsaid = 0
        if key in HAVE_UNSAID:
            meant = chosen[key].stated if key in chosen else index.saying(key)
            shown = others.possible if wanted.include_unknown else others.stated
            unsaid = _unsaid(index, key, shown, meant)
        counts[key] = FacetCounts(stated, perhaps, unsaid)
    return counts


def _numbers(index: ListingIndex, key: str, others: Met) -> dict[str, int]:
    values = list(values_of(index, key))
    if key == "state":
        schools = unpack(others.schools(index), len(index.schools))
        numbers = np.bincount(index.schools.states[schools], minlength=len(STATE_CODES) + 1).tolist()
        return {value: numbers[STATE_CODES[value]] for value in values}
    return {value: _number(index, key, value, others) for value in values}


def _number(index: ListingIndex, key: str, value: str, others: Met) -> int:
    if key in OF_SCHOOLS:
        return count(others.schools(index) & index.stating(key, value))
    if others.programs is None:
        return count(_of(others, index.schools_stating(key, value)))
    return count(_with(others, index.stating(key, value)))


def _with(others: Met, programs: Bits) -> Bits:
    return _of(others, schools_of(programs if others.programs is None else others.programs & programs))


def _of(others: Met, schools: Bits) -> Bits:
    return schools if others.of_school is None else others.of_school & schools


def _unsaid(index: ListingIndex, key: str, others: Met, meant: Bits) -> int:
    silent = index.unsaid(key)
    if silent is None:
        return 0
    if key in OF_SCHOOLS:
        return count(others.schools(index) & silent)
    return count(_with(others, silent) & ~_with(others, meant))
