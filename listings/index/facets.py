"""How many schools there are beside each choice."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np

from listings.index.bits import Bits, before, count, words_of
from listings.index.index import NUMBERS, ListingIndex
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
    chosen = {meeting.key: meeting.stated for meeting in found}
    # To the system, fresh memory for each of a hundred sets costs more than the sets.
    room = np.empty(index.every_program.size + index.everyone.size, np.uint64)
    counts = {}
    for key in KEYS:
        others = match(found, leave_out=key)
        shown = others.possible if wanted.include_unknown else others.stated
        unsure = [shown] if shown is not others.stated else []
        part = _Part(index, key, [others.stated, *unsure], room)
        numbers = part.by_state() if key == "state" else part.numbers()
        unsaid, silent = 0, index.unsaid(key)
        if silent is not None:
            unsaid = part.only(silent, chosen[key] if key in chosen else index.saying(key))
        counts[key] = FacetCounts(
            {value: number[0] for value, number in numbers.items()},
            {value: number[1] - number[0] for value, number in numbers.items()} if unsure else {},
            unsaid,
        )
    return counts


class _Part:
    """Counts under a key, where it can in the words alone that hold a school of the state or place asked for.

    `others` are readings of the other keys: by what is stated, and perhaps by what may be meant as well.
    """

    def __init__(self, index: ListingIndex, key: str, others: Sequence[Met], room: Bits) -> None:
        self._index, self._key = index, key
        around = others[-1].of_school
        self._words = slice(None) if around is None else words_of(around)
        # Of a key of schools it is asked which of them meet the others, by whatever program.
        self._whole = [Met(of_school=met.schools(index)) if key in OF_SCHOOLS else met for met in others]
        self._others = [met.at(self._words) for met in self._whole]
        size, depth = len(index.everyone[self._words]), len(index.programs.cip)
        self._room = room[: size * depth].reshape(depth, size), room[size * depth : size * (depth + 1)]

    def numbers(self) -> dict[str, list[int]]:
        """By value, of schools that state it and meet the others, in each of their readings."""
        has_programs = self._others[0].programs is not None
        stating = self._index.stating if has_programs else self._index.schools_stating
        # Value by value: the set that was just read is near.
        sets = ((value, stating(self._key, value)) for value in values_of(self._index, self._key))
        return {value: [count(self._holding(met, bits)) for met in self._others] for value, bits in sets}

    def by_state(self) -> dict[str, list[int]]:
        """The same of states, without their sets: the schools of each lie together."""
        bounds = self._index.state_bounds
        numbers = [np.diff(before(met.schools(self._index), bounds)).tolist() for met in self._whole]
        return {state: [each[code] for each in numbers] for state, code in STATE_CODES.items()}

    def only(self, silent: Bits, saying: Bits) -> int:
        """Schools of the last reading with what is silent, and without what says something."""
        met = self._others[-1]
        found = self._holding(met, silent).copy()
        return count(found & ~self._holding(met, saying))

    def _holding(self, met: Met, bits: Bits) -> Bits:
        """Schools that meet the others and are of a set, or with a program that does; until the next one."""
        programs, schools = self._room
        found = bits[..., self._words]
        if met.programs is not None:
            found = np.bitwise_and(met.programs, found, out=programs)
        if found.ndim > 1:
            found = np.bitwise_or.reduce(found, axis=0, out=schools)
        return found if met.of_school is None else np.bitwise_and(found, met.of_school, out=schools)
