"""Folds a school's federal rows and statements into the columns and rows that lists read; pure."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any, Final

from listings.charges import surely_of
from listings.fields import AWARD_LEVELS, FIELD_GROUPS, GROUP_BY_SLUG, cip_title, delivery_sum, group_of
from listings.models import School, Statement
from listings.ordering import completeness_class, name_key, rank_key
from listings.places import STATES
from listings.placing import Placed, stated_place
from listings.standing import Seen
from listings.stating import SCHOOL_FIELDS

TUITION_YEARS: Final = 3  # a tuition older than that neither filters nor sorts
NOT_TO_CLOSE: Final = {School.Status.CLOSED, School.Status.MERGED, School.Status.UNSEEN}
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
    """A program that the newest completions name, or that is known by statements alone; its newest awards."""

    program: int
    cip: str
    award_level: int
    awards: int | None
    awards_year: int | None


@dataclass(frozen=True)
class Charged:
    """What a federal file says that programs of a CIP code cost and last; it does not tell award levels."""

    cip: str
    year: int
    tuition: int | None
    months: int | None
    file: int


@dataclass(frozen=True)
class Life:
    """Where a school stands, the federal year that says so, and the day it closed on."""

    status: str
    year: int | None
    closed_on: date | None


@dataclass(frozen=True)
class Facts:
    """What counts for a program, by field: what was stated, else what the federal file of `file` says."""

    stated: Mapping[str, Stated]
    federal: Mapping[str, Any]
    file: int | None

    @property
    def values(self) -> dict[str, Any]:
        return {**self.federal, **{field: statement.value for field, statement in self.stated.items()}}

    @property
    def charges_file(self) -> int | None:
        """The federal file, if some value is from it."""
        return self.file if self.federal.keys() - self.stated.keys() else None

    def is_stated_by(self, who: str) -> bool:
        return any(statement.by == who for statement in self.stated.values())


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
    zip: str
    seen: Seen


@dataclass(frozen=True)
class Known:
    """All that is known of one school at one version; outside IPEDS it is known by statements alone."""

    school: int
    own: "Columns"
    in_ipeds: bool
    directory: Directory | None
    offered: Sequence[Offered]
    last_awards_year: int | None
    stated: Sequence[Stated]
    charged: Sequence[Charged] = ()

    @cached_property
    def of_school(self) -> dict[str, Any]:
        """What is stated of the school itself, by field."""
        return {stated.field: stated.value for stated in self.stated if stated.field in SCHOOL_FIELDS}

    @cached_property
    def place(self) -> Placed:
        code = self.directory.zip if self.directory else ""
        return stated_place(self.directory or self.own, code, self.of_school)

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
    charges_file_id: int | None
    credentials_stated: bool
    has_sample: bool
    rank_key: bytes
    credentials: frozenset[str]


@dataclass(frozen=True)
class Folder:
    """Folds schools on one day; `successors` finds schools by UNITID."""

    day: date
    successors: Mapping[int, int]
    credentials: Mapping[str, str]

    def fold(self, known: Known) -> tuple[Columns, list[Row]]:
        """The school's columns, and a row for each program if it is listed."""
        life = self._life(known)
        offered = known.offered if life.status == School.Status.LISTED else ()
        facts = {program.program: self._facts(known, program) for program in offered}
        rows = [self._row(known, program, facts[program.program]) for program in offered]
        return self._columns(known, life, offered, facts.values(), rows), rows

    def _life(self, known: Known) -> Life:
        """A stated closing counts from its day on, beside a federal one, which goes before it."""
        life = _federal_life(known) if known.in_ipeds or known.directory else _stated_life(known)
        closure = known.of_school.get(Field.CLOSURE)
        closed_on = date.fromisoformat(closure["closed_on"]) if closure else None
        if closed_on is None or closed_on > self.day or life.status in NOT_TO_CLOSE:
            return life
        return Life(School.Status.CLOSED, None, closed_on)

    def _counting(self, known: Known, program: int) -> dict[str, Stated]:
        """By field what counts for the program; a statement about it goes before one about the school."""
        of_all = [each for each in known.stated if each.program is None and each.field not in SCHOOL_FIELDS]
        about = of_all + [stated for stated in known.stated if stated.program == program]
        return {
            stated.field: stated
            for stated in about
            if stated.field != Field.TUITION or stated.value["year"] >= self.day.year - TUITION_YEARS
        }

    def _facts(self, known: Known, program: Offered) -> Facts:
        charged = surely_of(program.cip, [taught.cip for taught in known.offered], known.charged)
        if charged and charged.year < self.day.year - TUITION_YEARS:
            charged = None
        federal: dict[str, Any] = {}
        if charged and charged.tuition is not None:
            federal[Field.TUITION] = {"amount": charged.tuition, "year": charged.year}
        if charged and charged.months is not None:
            federal[Field.MONTHS] = charged.months
        return Facts(self._counting(known, program.program), federal, charged.file if charged else None)

    def _row(self, known: Known, program: Offered, facts: Facts) -> Row:
        values = facts.values
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
            charges_file_id=facts.charges_file,
            credentials_stated=Field.CREDENTIALS in values,
            has_sample=facts.is_stated_by(Statement.By.SAMPLE),
            rank_key=rank_key(
                groups=[group],
                completeness=completeness_class(values),
                confirmed=facts.is_stated_by(Statement.By.SCHOOL),
                awards=program.awards,
                name=known.place.name,
                school_id=known.school,
            ),
            credentials=frozenset(values.get(Field.CREDENTIALS, ())),
        )

    def _columns(
        self,
        known: Known,
        life: Life,
        offered: Sequence[Offered],
        facts: Collection[Facts],
        rows: Sequence[Row],
    ) -> Columns:
        place, seen = known.place, known.directory.seen if known.directory else None
        groups = {row.group for row in rows}
        nearest = min(groups, key=lambda slug: GROUP_BY_SLUG[slug].place, default=None)
        awards = [row.awards for row in rows if row.group == nearest and row.awards is not None]
        return Columns(
            name=place.name,
            aliases=place.aliases,
            city=place.city,
            state=place.state,
            latitude=place.latitude,
            longitude=place.longitude,
            text=self._text(known, rows),
            status=life.status,
            status_year=life.year,
            last_awards_year=known.last_awards_year,
            closed_on=life.closed_on,
            successor_id=self._successor(known, seen),
            rank_key=rank_key(
                groups=groups,
                completeness=completeness_class({field for each in facts for field in each.values}),
                confirmed=any(each.is_stated_by(Statement.By.SCHOOL) for each in facts),
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

    def _text(self, known: Known, rows: Sequence[Row]) -> str:
        """What search finds the school by, beside its name and city: of two names the federal one too."""
        place, federal = known.place, known.directory
        groups = {row.group for row in rows}
        credentials = sorted({slug for row in rows for slug in row.credentials})
        parts = [
            place.aliases,
            federal.name if federal and federal.name != place.name else "",
            STATES.get(place.state, ""),
            *(group.name for group in FIELD_GROUPS if group.slug in groups),
            *sorted({cip_title(row.cip) for row in rows}),
            *(self.credentials.get(slug, slug) for slug in credentials),
        ]
        return "\n".join(part for part in parts if part)


def _federal_life(known: Known) -> Life:
    if known.directory is None:
        return Life(School.Status.UNSEEN, known.own.status_year, known.own.closed_on)
    seen = known.directory.seen
    status = seen.status(reported=bool(known.offered))
    absent = seen.absent_from if status == School.Status.ABSENT else None
    return Life(status, absent or seen.year, seen.closed_on)


def _stated_life(known: Known) -> Life:
    """Of a school outside IPEDS."""
    return Life(School.Status.LISTED if known.offered else School.Status.NO_ROW, None, None)
