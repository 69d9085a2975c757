"""Listing rows as arrays, one column a school: read from the database, and joined with what changed."""

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from itertools import batched
from math import nan
from typing import Any, Final

import numpy as np
from django.db.models import F, QuerySet, Window
from django.db.models.functions import RowNumber
from numpy.typing import NDArray

from listings.models import ListingCredential, ListingRow, School
from listings.places import STATES

CHUNK: Final = 2_000  # rows; small, as their tuples take ten times the memory of the columns
NO_PROGRAM: Final = -1
UNSAID: Final = 0
MISSING: Final = -1  # of numbers: not said, or no program
ROW: Final = (
    "pk", "school", "cip", "award", "control", "delivery", "tuition", "months", "awards",
    "credentials_stated",
)  # fmt: skip

STATE_CODES: Final = {state: code for code, state in enumerate(STATES, 1)}  # 0 stands for any other

type Column = NDArray[Any]


class Codes[Value]:
    """A number for each value that occurs, in the order of coming; code 0 is kept for `unsaid`."""

    def __init__(self, values: Sequence[Value]) -> None:
        self.values = list(values)
        self._codes = {value: code for code, value in enumerate(values)}

    def code(self, value: Value) -> int:
        found = self._codes.get(value)
        if found is None:
            found = self._codes[value] = len(self.values)
            self.values.append(value)
        return found

    def copy(self) -> "Codes[Value]":
        return Codes(self.values)


@dataclass(frozen=True)
class Schools:
    """Listed schools, those of a state together; `name_place` is where they stand by name.

    `usual` are their places in the usual order of lists.
    """

    keys: Column
    states: Column
    latitude: Column
    longitude: Column
    name_place: Column
    usual: Column

    @classmethod
    def of(cls, rows: Iterable[tuple[Any, ...]]) -> "Schools":
        """In the usual order: keys, states, degrees north and east or None, places by name."""
        columns: list[array[Any]] = [array(kind) for kind in "qbddi"]
        for chunk in batched(rows, CHUNK):
            keys, states, north, east, name_places = zip(*chunk, strict=True)
            columns[0].extend(keys)
            columns[1].extend(STATE_CODES.get(state, 0) for state in states)
            columns[2].extend(nan if degrees is None else degrees for degrees in north)
            columns[3].extend(nan if degrees is None else degrees for degrees in east)
            columns[4].extend(name_places)
        by_state = np.argsort(columns[1], kind="stable")
        usual = np.empty(len(by_state), np.intp)
        usual[by_state] = np.arange(len(by_state))
        return cls(*(np.asarray(column)[by_state] for column in columns), usual)  # type: ignore[call-arg]

    def __len__(self) -> int:
        return len(self.keys)


@dataclass(frozen=True)
class Programs:
    """A plane for each school's first, second, third program; `control` is the school's own.

    Text columns hold codes. -1 stands for no program, 0 for not said (delivery, control, prepares), -1 for a
    missing number (tuition in dollars, months, awards).
    """

    cip: Column
    award: Column
    control: Column
    delivery: Column
    tuition: Column
    months: Column
    awards: Column
    prepares: Column

    @classmethod
    def none(cls) -> "Programs":
        return cls(
            **{name: np.zeros(0 if name == "control" else (0, 0), kind) for name, kind in TYPES.items()}
        )

    def joined(self, changed: "Programs", source: Column) -> "Programs":
        """Schools of both in a new order: `source` counts through these, then those; -1 for no program."""
        return Programs(
            **{
                name: _beside(getattr(self, name), getattr(changed, name))[..., source]
                for name in (field.name for field in fields(self))
            }
        )


# What the values of most listings fit into; a column that holds a larger one becomes `WIDE`.
TYPES: Final = {
    "cip": np.int16, "award": np.int8, "control": np.int8, "delivery": np.int8,
    "tuition": np.int16, "months": np.int16, "awards": np.int16, "prepares": np.int16,
}  # fmt: skip
WIDE: Final = np.int32


@dataclass(frozen=True)
class Coding:
    """What the codes of the text columns stand for."""

    cip: Codes[str]
    award: Codes[str]
    control: Codes[str]
    prepares: Codes[frozenset[str] | None]

    @classmethod
    def new(cls) -> "Coding":
        return cls(Codes([]), Codes([]), Codes([""]), Codes([None]))

    def copy(self) -> "Coding":
        return Coding(self.cip.copy(), self.award.copy(), self.control.copy(), self.prepares.copy())


def read_schools() -> Schools:
    """One query."""
    by_name = Window(RowNumber(), order_by=F("name_key").asc())
    rows = School.objects.listed().annotate(by_name=by_name).order_by("rank_key")
    found = rows.values_list("pk", "state", "latitude", "longitude", "by_name")
    return Schools.of(found.iterator(CHUNK))


def read_programs(keys: Column, coding: Coding, number: int | None = None) -> Programs:
    """Programs of the schools, or of those alone that changed after the number; two queries.

    New codes are added to `coding`. Rows go to their places a chunk at a time: a million of them would leave
    the process as large as it was while they waited.
    """
    rows, credentials = ListingRow.objects.all(), ListingCredential.objects.all()
    if number is not None:
        rows = rows.filter(school__listing_number__gt=number)
        credentials = credentials.filter(row__school__listing_number__gt=number)
    planes, sets = Planes(keys), _Sets(credentials)
    for chunk in batched(rows.order_by("pk").values_list(*ROW).iterator(CHUNK), CHUNK):
        found = dict(zip(ROW, zip(*chunk, strict=True), strict=True))
        planes.add(np.array(found["school"], np.int64), _coded(found, sets, coding))
    return planes.programs()


def _coded(found: dict[str, tuple[Any, ...]], sets: "_Sets", coding: Coding) -> dict[str, list[int]]:
    """The columns of some rows as the numbers that stand for them."""
    said, none = sets.up_to(found["pk"][-1]), frozenset[str]()
    columns = {name: [*map(getattr(coding, name).code, found[name])] for name in ("cip", "award", "control")}
    columns["delivery"] = [value or UNSAID for value in found["delivery"]]
    for name in ("tuition", "months", "awards"):
        columns[name] = [MISSING if value is None else value for value in found[name]]
    columns["prepares"] = [
        coding.prepares.code(frozenset(said.get(key, none)) if states else None)
        for key, states in zip(found["pk"], found["credentials_stated"], strict=True)
    ]
    return columns


class _Sets:
    """The credentials of programs, read in the order of their rows."""

    def __init__(self, credentials: QuerySet[ListingCredential]) -> None:
        self._pairs = credentials.order_by("row").values_list("row", "credential").iterator(CHUNK)
        self._next = next(self._pairs, None)

    def up_to(self, row: int) -> dict[int, list[str]]:
        """Those of all rows up to this one that were not handed out yet."""
        found: dict[int, list[str]] = {}
        while self._next is not None and self._next[0] <= row:
            found.setdefault(self._next[0], []).append(self._next[1])
            self._next = next(self._pairs, None)
        return found


def places_of(keys: Column, wanted: Column, order: Column | None = None) -> Column:
    """Where the keys stand, -1 for those that are not there; `order` sorts the keys, where it is known."""
    if not len(keys):
        return np.full(len(wanted), -1, np.intp)
    order = np.argsort(keys) if order is None else order
    near = order[np.minimum(np.searchsorted(keys, wanted, sorter=order), len(keys) - 1)]
    return np.where(keys[near] == wanted, near, -1)


class Planes:
    """Takes rows in any order of schools and gives each a plane of its school's column."""

    def __init__(self, keys: Column) -> None:
        self._keys, self._order = keys, np.argsort(keys)
        self._filled = np.zeros(len(keys), np.int32)
        self._columns = {
            name: np.full(len(keys) if name == "control" else (0, len(keys)), NO_PROGRAM, kind)
            for name, kind in TYPES.items()
        }

    def add(self, schools: Column, columns: Mapping[str, Sequence[int]]) -> None:
        """Rows of schools that are not among the keys are left out."""
        place = places_of(self._keys, schools, self._order)
        order = np.argsort(place, kind="stable")
        order = order[np.searchsorted(place[order], 0) :]
        place = place[order]
        plane = self._filled[place] + np.arange(len(place)) - np.searchsorted(place, place)
        self._deepen(int(plane.max(initial=-1)) + 1)
        for name in TYPES:
            values = np.array(columns[name], WIDE)[order]
            made = self._fitting(name, int(values.max(initial=0)))
            if name == "control":
                made[place] = values
            else:
                made[plane, place] = values
        self._filled[place] = plane + 1  # the last row of a school counts

    def programs(self) -> Programs:
        return Programs(**self._columns)

    def _fitting(self, name: str, largest: int) -> Column:
        made = self._columns[name]
        if largest > np.iinfo(made.dtype).max:
            made = self._columns[name] = made.astype(WIDE)
        return made

    def _deepen(self, depth: int) -> None:
        for name, made in self._columns.items():
            if name != "control" and depth > len(made):
                self._columns[name] = _deeper(made, depth)


def _deeper(column: Column, depth: int) -> Column:
    more = np.full((depth - len(column), column.shape[1]), NO_PROGRAM, column.dtype)
    return np.concatenate([column, more])


def _beside(one: Column, other: Column) -> Column:
    """One after the other along the last axis, and a school without any program behind them."""
    if one.ndim == 1:
        return np.concatenate([one, other, np.full(1, NO_PROGRAM, one.dtype)])
    depth = max(len(one), len(other))
    parts = [_deeper(part, depth) for part in (one, other, np.full((depth, 1), NO_PROGRAM, one.dtype))]
    return np.concatenate(parts, axis=1)
