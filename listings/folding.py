"""Folds a school's federal rows and statements into the columns and rows that lists read; pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from listings.fields import AWARD_LEVELS, FIELD_GROUPS, GROUP_BY_SLUG, cip_title, delivery_sum, group_of
from listings.models import School, Statement
from listings.ordering import completeness_class, name_key, rank_key
from listings.places import STATES
from listings.standing import Seen

TUITION_YEARS: Final = 3  # a tuition older than that neither filters nor sorts
Field = Statement.Field


@dataclass(frozen=True)
class Stated:
    """A statement that counts; `program` None is about all programs of the school."""

    program: int | None
    field: str
    value: Any
    by: str


@dataclass(frozen=True)
class Offered:
    """A program that the newest completions name, with its newest awards."""

    program: int
    cip: str
    award_level: int
    awards: int | None
    awards_year: int | None


@dataclass(frozen=True)
class Directory:
    """What the newest directory row says, as far as lists need it."""

    name: str
    aliases: str
    city: str
    state: str
    latitude: float | None
    longitude: float | None
    control: str
    seen: Seen


@dataclass(frozen=True)
class Known:
    """All that is known of one school at one version; without UNITID it is known by statements alone."""

    school: int
    own: "Columns"
    in_ipeds: bool
    directory: Directory | None
    offered: Sequence[Offered]
    last_awards_year: int | None
    stated: Sequence[Stated]

    @property
    def place(self) -> "Directory | Columns":
        """Name, aliases, city, state and point."""
        return self.directory or self.own

    @property
    def control(self) -> str:
        return self.directory.control if self.directory else ""


@dataclass(frozen=True)
class Columns:
    """The columns of `School` that repeat what is known."""

    name: str
    aliases: str
    city: str
    state: str
    latitude: float | None
    longitude: float | None
    text: str
    status: str
    status_year: int | None
    last_awards_year: int | None
    closed_on: date | None
    successor_id: int | None
    rank_key: bytes
    name_key: bytes


@dataclass(frozen=True)
class Row:
    """The columns of a `ListingRow` without its school, and the credentials it is stated to prepare for."""

    program_id: int
    cip: str
    group: str
    award_level: int
    award: str
    awards: int | None
    awards_year: int | None
    state: str
    control: str
    delivery: int | None
    tuition: int | None
    tuition_year: int | None
    months: int | None
    credentials_stated: bool
    rank_key: bytes
    credentials: frozenset[str]


@dataclass(frozen=True)
class Folder:
    """Folds schools at one time: `year` is that of the day, `successors` finds schools by UNITID."""

    year: int
    successors: Mapping[int, int]
    credentials: Mapping[str, str]

    def fold(self, known: Known) -> tuple[Columns, list[Row]]:
        """The school's columns, and a row for each program if it is listed."""
        status = self._status(known)
        offered = known.offered if status == School.Status.LISTED else ()
        stated = {program.program: self._counting(known, program.program) for program in offered}
        rows = [self._row(known, program, stated[program.program]) for program in offered]
        return self._columns(known, status, offered, stated, rows), rows

    def _status(self, known: Known) -> str:
        if known.directory:
            return known.directory.seen.status(reported=bool(known.offered))
        return School.Status.UNSEEN if known.in_ipeds else known.own.status

    def _counting(self, known: Known, program: int) -> dict[str, Stated]:
        """By field what counts for the program; a statement about it goes before one about the school."""
        about = [stated for stated in known.stated if stated.program is None]
        about += [stated for stated in known.stated if stated.program == program]
        return {
            stated.field: stated
            for stated in about
            if stated.field != Field.TUITION or stated.value["year"] >= self.year - TUITION_YEARS
        }

    def _row(self, known: Known, program: Offered, stated: dict[str, Stated]) -> Row:
        values = {field: statement.value for field, statement in stated.items()}
        tuition = values.get(Field.TUITION, {})
        group = group_of(program.cip).slug
        return Row(
            program_id=program.program,
            cip=program.cip,
            group=group,
            award_level=program.award_level,
            award=AWARD_LEVELS[program.award_level].choice,
            awards=program.awards,
            awards_year=program.awards_year,
            state=known.place.state,
            control=known.control,
            delivery=delivery_sum(values[Field.DELIVERY]) if Field.DELIVERY in values else None,
            tuition=tuition.get("amount"),
            tuition_year=tuition.get("year"),
            months=values.get(Field.MONTHS),
            credentials_stated=Field.CREDENTIALS in values,
            rank_key=rank_key(
                groups=[group],
                completeness=completeness_class(values),
                confirmed=_confirmed(stated),
                awards=program.awards,
                name=known.place.name,
                school_id=known.school,
            ),
            credentials=frozenset(values.get(Field.CREDENTIALS, ())),
        )

    def _columns(
        self,
        known: Known,
        status: str,
        offered: Sequence[Offered],
        stated: Mapping[int, dict[str, Stated]],
        rows: Sequence[Row],
    ) -> Columns:
        place, seen = known.place, known.directory.seen if known.directory else None
        groups = {row.group for row in rows}
        nearest = min(groups, key=lambda slug: GROUP_BY_SLUG[slug].place, default=None)
        awards = [row.awards for row in rows if row.group == nearest and row.awards is not None]
        absent = seen.absent_from if seen and status == School.Status.ABSENT else None
        return Columns(
            name=place.name,
            aliases=place.aliases,
            city=place.city,
            state=place.state,
            latitude=place.latitude,
            longitude=place.longitude,
            text=self._text(place.aliases, place.state, rows),
            status=status,
            status_year=absent or (seen.year if seen else known.own.status_year),
            last_awards_year=known.last_awards_year,
            closed_on=seen.closed_on if seen else known.own.closed_on,
            successor_id=self._successor(known, seen),
            rank_key=rank_key(
                groups=groups,
                completeness=completeness_class({name for fields in stated.values() for name in fields}),
                confirmed=any(_confirmed(fields) for fields in stated.values()),
                awards=sum(awards) if awards else None,
                name=place.name,
                school_id=known.school,
            ),
            name_key=name_key(place.name, known.school),
        )

    def _successor(self, known: Known, seen: Seen | None) -> int | None:
        if seen is None:
            return known.own.successor_id
        successor = self.successors.get(seen.new_unitid or 0)
        return successor if successor != known.school else None

    def _text(self, aliases: str, state: str, rows: Sequence[Row]) -> str:
        """What search finds the school by, beside its name and city."""
        groups = {row.group for row in rows}
        credentials = sorted({slug for row in rows for slug in row.credentials})
        parts = [
            aliases,
            STATES.get(state, ""),
            *(group.name for group in FIELD_GROUPS if group.slug in groups),
            *sorted({cip_title(row.cip) for row in rows}),
            *(self.credentials.get(slug, slug) for slug in credentials),
        ]
        return "\n".join(part for part in parts if part)


def _confirmed(stated: Mapping[str, Stated]) -> bool:
    return any(statement.by == Statement.By.SCHOOL for statement in stated.values())
