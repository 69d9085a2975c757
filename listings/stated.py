"""What a school or an editor stated, in words, with who said so and whether it still holds."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.formats import date_format
from django.utils.timezone import localtime

from content.models import Missing
from listings import stating, words
from listings.charges import surely_of
from listings.contact import address_lines, telephone
from listings.fields import year_name
from listings.models import DirectoryRow, FederalFile, Program, Statement, TuitionRow
from listings.ordering import COMPLETENESS_FIELDS

BY: Final = {
    Statement.By.SCHOOL: "stated by the school",
    Statement.By.EDITOR: "stated by an editor of this site",
    Statement.By.SAMPLE: "sample",
}


@dataclass(frozen=True)
class Said:
    """One field: what was stated, or else what a federal file says, or that it is missing.

    `beside` is a federal value that differs from the stated one; `name` is that of the field.
    """

    label: str
    text: str
    note: str = ""
    missing: bool = False
    beside: str = ""
    sample: bool = False
    lapsed: bool = False
    name: str = ""


class Beside:
    """What is stated of a school's programs and what federal files say of them, side by side.

    Each statement carries `is_valid`, decided by the database's clock. `awards` are the years of each
    program; those of the newest year are the ones that the school teaches.
    """

    def __init__(
        self,
        statements: Collection[Any],
        charged: Sequence[TuitionRow],
        awards: Mapping[int, Collection[int]],
    ) -> None:
        self.statements, self.charged = statements, charged
        newest = max((year for years in awards.values() for year in years), default=0)
        self._taught = {program for program, years in awards.items() if newest in years}

    def of(self, program: Program, programs: Iterable[Program]) -> list[Said]:
        """The fields of the order, and the others where they are stated.

        A statement about the program goes before one about the whole school.
        """
        taught = [each.cip for each in programs if each.pk in self._taught]
        charged = surely_of(program.cip, taught, self.charged)
        found = self._about(program)
        return [
            replace(_said(field.label, found.get(name), _charged(name, charged)), name=name)
            for name, field in stating.PROGRAM_FIELDS.items()
            if name in COMPLETENESS_FIELDS or name in found
        ]

    def not_stated(self, program: Program) -> str:
        """The other fields, of which no federal file says anything either, between commas."""
        found = self._about(program)
        return ", ".join(
            field.label.lower()
            for name, field in stating.PROGRAM_FIELDS.items()
            if name not in COMPLETENESS_FIELDS and name not in found
        )

    def _about(self, program: Program) -> dict[str, Any]:
        return {
            statement.field: statement
            for statement in sorted(self.statements, key=lambda statement: statement.program_id is not None)
            if statement.program_id in {None, program.pk}
        }


def offered(statements: Iterable[Statement]) -> set[int]:
    """Programs, by their keys, that a school or an editor stated something of; see `listings.known`."""
    return {each.program_id for each in statements if each.program_id and each.by != Statement.By.SAMPLE}


def of_school(statements: Iterable[Any], row: DirectoryRow | None) -> dict[str, Said]:
    """What is stated of the school itself, by field, beside what its federal row says."""
    stated = {each.field: each for each in statements}
    return {
        name: _said(field.label, stated[name], _directory(name, row))
        for name, field in stating.SCHOOL_FIELDS.items()
        if name in stated
    }


@dataclass(frozen=True)
class _Federal:
    """`value` is compared with that of a statement."""

    value: object
    text: str
    file: str


def _charged(name: str, charged: TuitionRow | None) -> _Federal | None:
    if charged is None:
        return None
    fields = {Statement.Field.TUITION: charged.tuition, Statement.Field.MONTHS: charged.months}
    if (value := fields.get(Statement.Field(name))) is None:
        return None
    amount = f"${intcomma(value)}" if name == Statement.Field.TUITION else words.months(value)
    return _Federal(value, f"{amount} ({year_name(charged.year + 1)})", _read_in(charged.file))


def _directory(name: str, row: DirectoryRow | None) -> _Federal | None:
    if row is None:
        return None
    fields = {
        Statement.Field.NAME: row.name,
        Statement.Field.ADDRESS: ", ".join(address_lines(row)),
        Statement.Field.PHONE: telephone(row.phone),
        Statement.Field.WEBSITE: row.website,
    }
    text = fields.get(Statement.Field(name), "")
    return _Federal(_bare(text), text, _read_in(row.file)) if text else None


def _read_in(file: FederalFile) -> str:
    retrieved = date_format(localtime(file.retrieved_at), "j M Y")
    return f"IPEDS {file.release}, retrieved {retrieved}"


def _said(label: str, statement: Any | None, federal: _Federal | None) -> Said:
    if statement is None:
        if federal:
            return Said(label, federal.text, federal.file)
        return Said(label, Missing.NOT_COLLECTED.label, missing=True)
    day = date_format(localtime(statement.stated_at), "j M Y")
    by = BY[Statement.By(statement.by)]
    return Said(
        label,
        in_words(statement),
        f"{by}, {day}" if statement.is_valid else f"not confirmed since {day}",
        beside=f"{federal.text}: {federal.file}" if federal and federal.value != _compared(statement) else "",
        sample=statement.by == Statement.By.SAMPLE,
        lapsed=not statement.is_valid,
    )


def _compared(statement: Statement) -> object:
    """What of a stated value a federal one is compared with."""
    value: Any = statement.value
    if statement.field in stating.SCHOOL_FIELDS:
        return _bare(in_words(statement))
    return value["amount"] if statement.field == Statement.Field.TUITION else value


def _bare(text: str) -> str:
    """Without what makes no other name, address or site of it."""
    return text.casefold().rstrip("/")


def in_words(statement: Statement) -> str:
    """A stated value as a reader reads it: `Online, hybrid`, `CPC`, `$4,500 (2024)`, `9 months`."""
    return stating.FIELDS[statement.field].in_words(statement.value)
