"""Which schools meet what is asked, by what they state or because they did not say."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce

from listings.index.bits import Bits, both, schools_of
from listings.index.index import NUMBERS, ListingIndex
from listings.wanted import Wanted

SEVERAL = ("state", "control", "field", "award", "delivery", "credential")
OF_SCHOOLS = frozenset({"state", "control", "q", "near"})


@dataclass(frozen=True)
class Meeting:
    """What meets one key: by what it states, or that and what did not say."""

    key: str
    stated: Bits
    possible: Bits


@dataclass(frozen=True)
class Met:
    """Programs and schools that meet several keys; None stands for all of them.

    A school meets them if one of the programs does, and the school itself does.
    """

    programs: Bits | None = None
    of_school: Bits | None = None

    def schools(self, index: ListingIndex) -> Bits:
        found = both(schools_of(self.programs) if self.programs is not None else None, self.of_school)
        return index.everyone if found is None else found

    def at(self, words: slice) -> "Met":
        """The same of the schools of some words alone."""
        return Met(
            None if self.programs is None else self.programs[:, words],
            None if self.of_school is None else self.of_school[words],
        )


@dataclass(frozen=True)
class Matching:
    """Programs and schools by what is stated, and those that may be meant besides."""

    stated: Met
    possible: Met

    @property
    def is_sure(self) -> bool:
        """Whether there is no key under which something did not say."""
        return self.stated is self.possible


def meetings(index: ListingIndex, wanted: Wanted) -> Iterator[Meeting]:
    """One for each key that filters."""
    for key in SEVERAL:
        values = getattr(wanted, key)
        if values:
            stated = reduce(lambda one, other: one | other, (index.stating(key, value) for value in values))
            yield _meeting(index, key, stated)
    for key in NUMBERS:
        most = getattr(wanted, key)
        if most is not None:
            yield _meeting(index, key, index.at_most(key, most))
    if wanted.words:
        found = index.holding(tuple(wanted.words))
        yield Meeting("q", found, found)
    if wanted.near and wanted.miles is not None:
        found = index.within(wanted.near, wanted.miles)
        yield Meeting("near", found, found)


def _meeting(index: ListingIndex, key: str, stated: Bits) -> Meeting:
    unsaid = index.unsaid(key)
    return Meeting(key, stated, stated if unsaid is None else stated | unsaid)


def match(found: list[Meeting], *, leave_out: str = "") -> Matching:
    """What meets all keys, but for one that may be left out."""
    kept = [meeting for meeting in found if meeting.key != leave_out]
    stated = _met([(meeting.key, meeting.stated) for meeting in kept])
    if all(meeting.stated is meeting.possible for meeting in kept):
        return Matching(stated, stated)
    return Matching(stated, _met([(meeting.key, meeting.possible) for meeting in kept]))


def _met(sets: list[tuple[str, Bits]]) -> Met:
    programs = of_school = None
    for key, bits in sets:
        if key in OF_SCHOOLS:
            of_school = both(of_school, bits)
        else:
            programs = both(programs, bits)
    return Met(programs, of_school)
