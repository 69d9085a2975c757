"""What differs between two data versions: new, gone, and changed field by field, in streams of one order."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import astuple, dataclass, field
from heapq import merge
from itertools import groupby
from operator import itemgetter
from typing import Any, Final

from django.db.models import Q, QuerySet

from content.lib.cells import safe
from listings.fields import AWARD_LEVELS, CREDENTIAL_LEVELS, cip_title, year_name
from listings.layers import COMPLETIONS, DIRECTORY, EARNINGS, INSTITUTION, REPORTED, TUITION, Layer
from listings.models import (
    CompletionsRow,
    DirectoryRow,
    EarningsRow,
    InstitutionRow,
    ReportedRow,
    TuitionRow,
)
from listings.standing import Seen

CHUNK: Final = 2_000
NEW, GONE, CHANGED = "new", "gone", "changed"
KINDS: Final = (NEW, GONE, CHANGED)
STATUS: Final = "status"
SEEN: Final = ("year", "absent_from", "closed_at", "active", "new_unitid")
# No change by themselves: what a school's status says in words, and why a value is missing.
UNSAID: Final = {*SEEN, "missing"}

Row = dict[str, Any]


@dataclass(frozen=True)
class Subject:
    """A kind of thing that versions may differ in, and the rows that tell it."""

    name: str
    layer: Layer
    rows: QuerySet[Any]

    @property
    def fields(self) -> tuple[str, ...]:
        return tuple(name for name in self.layer.values if name not in UNSAID)


SCHOOLS: Final = Subject("schools", DIRECTORY, DirectoryRow.objects.all())
SUBJECTS: Final = (
    SCHOOLS,
    Subject("programs", REPORTED, ReportedRow.objects.all()),
    Subject("awards", COMPLETIONS, CompletionsRow.objects.all()),
    Subject("earnings", EARNINGS, EarningsRow.objects.all()),
    Subject("whole schools", INSTITUTION, InstitutionRow.objects.all()),
    Subject("tuition", TUITION, TuitionRow.objects.all()),
)


@dataclass(frozen=True)
class Change:
    """One difference; what is new or gone has no field, what is changed has one with its two values."""

    subject: str
    kind: str
    unitid: int | None
    school: str
    what: str = ""
    field: str = ""
    before: str = ""
    after: str = ""

    def cells(self) -> list[str]:
        """A line of csv that no spreadsheet runs."""
        return [safe("" if value is None else str(value)) for value in astuple(self)]


COLUMNS: Final = ("subject", "kind", "unitid", "school", "what", "field", "before", "after")


@dataclass
class Counts:
    """How many things differ, by subject and kind; `fields` counts the changes of each field.

    `statuses` counts schools by where they stood and where they stand.
    """

    things: Counter[tuple[str, str]] = field(default_factory=Counter)
    fields: Counter[tuple[str, str]] = field(default_factory=Counter)
    statuses: Counter[tuple[str, str]] = field(default_factory=Counter)

    def of(self, subject: str) -> dict[str, int]:
        return {kind: self.things[subject, kind] for kind in KINDS}

    def fields_of(self, subject: str) -> dict[str, int]:
        """The fields that changed most first."""
        return {name: count for (about, name), count in self.fields.most_common() if about == subject}

    def lines(self) -> Iterator[str]:
        """A sentence for each subject that differs."""
        for subject in SUBJECTS:
            found = self.of(subject.name)
            if any(found.values()):
                counts = ", ".join(f"{found[kind]:,} {kind}" for kind in KINDS)
                fields = ", ".join(
                    f"{name} {count:,}" for name, count in self.fields_of(subject.name).items()
                )
                yield f"{subject.name.capitalize()}: {counts}{f' ({fields})' if fields else ''}."
        if self.statuses:
            moved = (f"{was} to {now} {count:,}" for (was, now), count in self.statuses.most_common())
            yield f"Where schools stand: {', '.join(moved)}."


def count(before: int, after: int) -> Counts:
    found = Counts()
    for thing in _things(before, after):
        found.things[thing[0].subject, thing[0].kind] += 1
        found.fields.update((change.subject, change.field) for change in thing if change.field)
        found.statuses.update((each.before, each.after) for each in thing if each.field == STATUS)
    return found


def changes(before: int, after: int, *, subject: str = "") -> Iterator[Change]:
    """Every difference, subject by subject, school by school; of one subject where it is named."""
    for thing in _things(before, after, subject):
        yield from thing


def _things(before: int, after: int, only: str = "") -> Iterator[list[Change]]:
    """Of each school, program or figure that differs its changes."""
    for subject in (each for each in SUBJECTS if only in ("", each.name)):
        statuses = _Statuses(before, after) if subject is SCHOOLS else None
        for old, new in _pairs(subject, before, after):
            if found := _changes(subject, old, new, statuses):
                yield found


def _changes(
    subject: Subject, old: Row | None, new: Row | None, statuses: "_Statuses | None"
) -> list[Change]:
    row: Row = new or old or {}
    about = (row["unitid"], row["name"], _what(subject, row))
    if old is None or new is None:
        return [Change(subject.name, NEW if new else GONE, *about)]
    differ = [(name, old[name], new[name]) for name in subject.fields if old[name] != new[name]]
    if statuses and (moved := statuses.of(old, new)):
        differ.insert(0, (STATUS, *moved))
    return [Change(subject.name, CHANGED, *about, name, _said(was), _said(now)) for name, was, now in differ]


class _Statuses:
    """Where a school stands in either version."""

    def __init__(self, before: int, after: int) -> None:
        self._reported = [
            set(ReportedRow.objects.at_version(version).values_list("program__school", flat=True))
            for version in (before, after)
        ]

    def of(self, *rows: Row) -> tuple[str, str] | None:
        """Both, if they differ."""
        was, now = (
            Seen(*(row[name] for name in SEEN)).status(reported=row["owner"] in reported).value
            for row, reported in zip(rows, self._reported, strict=True)
        )
        return (was, now) if was != now else None


def _pairs(subject: Subject, before: int, after: int) -> Iterator[tuple[Row | None, Row | None]]:
    """The row of each key in either version; those of figures that both versions share stay out."""
    old = subject.rows.filter(_at(before))
    new = subject.rows.filter(_at(after))
    if subject is not SCHOOLS:
        old, new = old.exclude(_at(after)), new.exclude(_at(before))
    merged = merge(_stream(subject, old, 0), _stream(subject, new, 1), key=itemgetter(0, 1))
    for _key, rows in groupby(merged, key=itemgetter(0)):
        sides: list[Row | None] = [None, None]
        for _same, side, row in rows:
            sides[side] = row
        yield sides[0], sides[1]


def _at(version: int) -> Q:
    return Q(Q(until=None) | Q(until__gt=version), since__lte=version)


def _stream(subject: Subject, rows: QuerySet[Any], side: int) -> Iterator[tuple[Any, int, Row]]:
    """Key, side and row by our names, in the order of the key."""
    layer = subject.layer
    school = "school" if layer.owner == "school" else "program__school"
    ours = {"owner": f"{layer.owner}_id", "unitid": f"{school}__unitid", "name": f"{school}__name"}
    if layer.owner == "program":
        ours |= {"cip": "program__cip", "award_level": "program__award_level"}
    ours |= {name: name for name in (*layer.key, *layer.values)}
    found = rows.order_by(f"{layer.owner}_id", *layer.key).values_list(*ours.values())
    for values in found.iterator(chunk_size=CHUNK):
        row = dict(zip(ours, values, strict=True))
        yield tuple(row[name] for name in ("owner", *layer.key)), side, row


def _what(subject: Subject, row: Row) -> str:
    """Which program or figure of the school it is."""
    if subject.layer.owner == "program":
        program = f"{cip_title(row['cip'])} {row['cip']}, {AWARD_LEVELS[row['award_level']].name}"
        return f"{program}, {year_name(row['year'])}" if "year" in subject.layer.key else program
    if subject.layer is EARNINGS:
        return f"{row['cip4']}, {CREDENTIAL_LEVELS.get(row['credlev'], row['credlev'])}"
    return f"{row['cip']}, {year_name(row['year'] + 1)}" if subject.layer is TUITION else ""


def _said(value: object) -> str:
    return "" if value is None else str(value)
