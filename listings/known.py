"""Reads what is known of schools at a data version, school by school, in a few streams of the same order."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any, Final

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.timezone import localtime

from content.models import Credential
from listings.folding import Charged, Columns, Directory, Folder, Known, Offered, Row, Stated
from listings.models import (
    CompletionsRow,
    DirectoryRow,
    ListingCredential,
    ListingRow,
    Program,
    ReportedRow,
    School,
    Statement,
    TuitionRow,
)
from listings.standing import Seen

CHUNK: Final = 2_000
COLUMNS: Final = tuple(field.name for field in fields(Columns))
OWN_NAMES: Final = tuple(field.name for field in fields(Directory) if field.name != "seen")
ROW_COLUMNS: Final = tuple(field.name for field in fields(Row) if field.name != "credentials")


@dataclass(frozen=True)
class Written:
    """What is known of a school, and the rows that lists read of it now."""

    known: Known
    rows: dict[int, Row]


def folder(version: int, at: datetime) -> Folder:
    """What folds schools as of the version and the day."""
    merged = DirectoryRow.objects.at_version(version).exclude(new_unitid=None)
    successors = School.objects.filter(unitid__in=merged.values("new_unitid").order_by())
    names = Credential.objects.values_list("slug", "code", "name")
    return Folder(
        day=localtime(at).date(),
        successors={unitid: pk for unitid, pk in successors.values_list("unitid", "pk") if unitid},
        credentials={slug: f"{code or ''} {name}".strip() for slug, code, name in names},
    )


def read(version: int, schools: Collection[int] | None, at: datetime) -> Iterator[Written]:
    """All schools or those given, by primary key; of each everything that its listing is folded from."""
    own = School.objects.all() if schools is None else School.objects.filter(pk__in=schools)
    streams = _Streams(version, schools, at)
    columns = ("pk", "unitid", "is_sample", *COLUMNS)
    for pk, unitid, is_sample, *values in _stream(own.values_list(*columns).order_by("pk")):
        yield streams.written(pk, _columns(values), in_ipeds=bool(unitid or is_sample))


class _Streams:
    """Rows of all kinds, ordered by school; each school takes its own from every stream."""

    def __init__(self, version: int, schools: Collection[int] | None, at: datetime) -> None:
        def of(rows: QuerySet[Any], school: str = "school") -> QuerySet[Any]:
            return (rows if schools is None else rows.filter(**{f"{school}__in": schools})).order_by(school)

        directory = DirectoryRow.objects.at_version(version)
        reported = ReportedRow.objects.at_version(version).values("program")
        newer = CompletionsRow.objects.at_version(version).filter(
            program=OuterRef("program"), year__gt=OuterRef("year")
        )
        newest = CompletionsRow.objects.at_version(version).filter(~Exists(newer))
        said = Statement.objects.filter(replaced_at=None, by__in=(Statement.By.SCHOOL, Statement.By.EDITOR))
        programs = Program.objects.annotate(
            is_reported=Exists(reported.filter(program=OuterRef("pk"))),
            is_stated=Exists(said.filter(program=OuterRef("pk"))),
        )
        self.directory = _Stream(
            of(directory).values_list(
                "school", "name", "aliases", "city", "state", "latitude", "longitude", "control", "zip",
                "year", "absent_from", "closed_at", "active", "new_unitid",
            )
        )  # fmt: skip
        self.programs = _Stream(
            of(programs)
            .order_by("school", "pk")
            .values_list("school", "pk", "cip", "award_level", "is_reported", "is_stated")
        )
        self.awards = _Stream(
            of(newest, "program__school").values_list("program__school", "program", "year", "awards")
        )
        self.stated = _Stream(
            of(Statement.objects.valid(at)).values_list("school", "program", "field", "value", "by")
        )
        self.charged = _Stream(
            of(TuitionRow.objects.at_version(version)).values_list(
                "school", "cip", "year", "tuition", "months", "file"
            )
        )
        self.rows = _Stream(of(ListingRow.objects.all()).values_list("school", *ROW_COLUMNS))
        self.credentials = _Stream(
            of(ListingCredential.objects.all(), "row__school").values_list("row__school", "row", "credential")
        )

    def written(self, school: int, own: Columns, *, in_ipeds: bool) -> Written:
        directory = next(iter(self.directory.of(school)), None)
        awards = {program: (year, number) for program, year, number in self.awards.of(school)}
        offered = [
            Offered(program, cip, level, *reversed(awards.get(program, (None, None))))
            for program, cip, level, is_reported, is_stated in self.programs.of(school)
            # What no completions of the version ever named is known by the statements about it.
            if is_reported or (is_stated and program not in awards)
        ]
        credentials: dict[int, set[str]] = {}
        for row, slug in self.credentials.of(school):
            credentials.setdefault(row, set()).add(slug)
        rows = [_row(values, credentials) for values in self.rows.of(school)]
        return Written(
            Known(
                school=school,
                own=own,
                in_ipeds=in_ipeds,
                directory=_directory(*directory) if directory else None,
                offered=offered,
                last_awards_year=max((year for year, _number in awards.values()), default=None),
                stated=[Stated(*values) for values in self.stated.of(school)],
                charged=[Charged(*values) for values in self.charged.of(school)],
            ),
            {row.program_id: row for row in rows},
        )


class _Stream:
    """Rows that begin with their school, in its order, handed out a school at a time."""

    def __init__(self, rows: QuerySet[Any, tuple[Any, ...]]) -> None:
        self._rows = _stream(rows)
        self._next = next(self._rows, None)

    def of(self, school: int) -> list[tuple[Any, ...]]:
        found = []
        while self._next is not None and self._next[0] <= school:
            if self._next[0] == school:
                found.append(self._next[1:])
            self._next = next(self._rows, None)
        return found


def _stream(rows: QuerySet[Any, tuple[Any, ...]]) -> Iterator[tuple[Any, ...]]:
    return iter(rows.iterator(chunk_size=CHUNK))


def _directory(*values: Any) -> Directory:
    """The columns of `Directory` up to `control`, then those of `Seen`."""
    named = dict(zip(OWN_NAMES, values, strict=False))
    return Directory(**named, seen=Seen(*values[len(OWN_NAMES) :]))


def _columns(values: Iterable[Any]) -> Columns:
    found = dict(zip(COLUMNS, values, strict=True))
    return Columns(**found | {name: bytes(found[name]) for name in ("rank_key", "name_key")})


def _row(values: Iterable[Any], credentials: dict[int, set[str]]) -> Row:
    found = dict(zip(ROW_COLUMNS, values, strict=True))
    slugs = frozenset(credentials.get(found["program_id"], ()))
    return Row(**found | {"rank_key": bytes(found["rank_key"]), "credentials": slugs})
