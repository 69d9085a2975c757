"""The index of what readers see: made once a process, then patched by the schools that changed."""

from dataclasses import replace
from threading import Lock
from typing import Final

import numpy as np

from listings.index.answer import Answer
from listings.index.index import ListingIndex, Stamp
from listings.index.lately import Lately
from listings.index.table import Coding, Programs, Schools, places_of, read_programs, read_schools
from listings.models import ListingStamp, School
from listings.wanted import Wanted

ANSWERS_KEPT: Final = 32


class _Kept:
    """An index with the answers that were asked of it last."""

    def __init__(self, index: ListingIndex) -> None:
        self.index = index
        self._answers = Lately[Wanted, Answer](ANSWERS_KEPT)

    def answer(self, wanted: Wanted) -> Answer:
        return self._answers.get(wanted, lambda: Answer(self.index, wanted))


class _Holder:
    """The newest index of this process."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.kept: _Kept | None = None


_holder = _Holder()


def answer(wanted: Wanted) -> Answer:
    """The answer as of the newest change, so that processes never tell different numbers; one query.

    A change since costs a few more. To be asked outside the transaction of a change: what is rolled back
    would be kept.
    """
    return _current().answer(replace(wanted, sort=Wanted.sort))


def _current() -> _Kept:
    stamp = ListingStamp.objects.read()
    kept = _holder.kept
    if kept is not None and kept.index.stamp == stamp:
        return kept
    with _holder.lock:
        # Again under the lock: who waited finds the index that another thread made.
        stamp, kept = ListingStamp.objects.read(), _holder.kept
        index = kept.index if kept else None
        while index is None or index.stamp != stamp:
            index = _made(stamp, index)
            stamp = ListingStamp.objects.read()
        if kept is None or index is not kept.index:
            _holder.kept = kept = _Kept(index)
        return kept


def _made(stamp: Stamp | None, held: ListingIndex | None) -> ListingIndex:
    """Whole, or out of the one that is held where that is an earlier state of the same listings.

    What changes while it is read has a later number, and is read again.
    """
    if stamp is None:
        return ListingIndex(None, Schools.of([]), Programs.none(), Coding.new())
    if held is None or held.stamp is None:
        return built(stamp)
    (epoch, number), (held_epoch, held_number) = stamp, held.stamp
    is_earlier = epoch == held_epoch and number > held_number
    return patched(held, held_number, stamp) if is_earlier else built(stamp)


def built(stamp: Stamp) -> ListingIndex:
    """Everything read anew; three queries."""
    schools, coding = read_schools(), Coding.new()
    return ListingIndex(stamp, schools, read_programs(schools.keys, coding), coding)


def patched(held: ListingIndex, number: int, stamp: Stamp) -> ListingIndex:
    """The held one of that number, with the programs of those schools read anew that changed since.

    Four queries.
    """
    later = School.objects.filter(listing_number__gt=number)
    changed = np.fromiter(later.values_list("pk", flat=True), np.int64)
    schools, coding = read_schools(), held.coding.copy()
    programs = read_programs(changed, coding, number)
    before, anew = places_of(held.schools.keys, schools.keys), places_of(changed, schools.keys)
    source = np.where(anew >= 0, anew + len(held.schools), before)
    return ListingIndex(stamp, schools, held.programs.joined(programs, source), coding)
