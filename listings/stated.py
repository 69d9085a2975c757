"""What a school or an editor stated of a program, in words, with who said so and whether it still holds."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.formats import date_format
from django.utils.timezone import localtime

from content.models import Missing
from listings import stating, words
from listings.charges import surely_of
from listings.fields import year_name
from listings.models import Program, Statement, TuitionRow

FIELDS: Final = (
    (Statement.Field.DELIVERY, "How it is taught"),
    (Statement.Field.CREDENTIALS, "Prepares for"),
    (Statement.Field.TUITION, "Tuition"),
    (Statement.Field.MONTHS, "Length"),
)
BY: Final = {
    Statement.By.SCHOOL: "stated by the school",
    Statement.By.EDITOR: "stated by an editor of this site",
    Statement.By.SAMPLE: "sample",
}


@dataclass(frozen=True)
class Said:
    """One field of a program: what was stated, or else what a federal file says, or that it is missing.

    `beside` is a federal value that differs from the stated one.
    """

    label: str
    text: str
    note: str = ""
    missing: bool = False
    beside: str = ""
    sample: bool = False


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
        """All four fields; a statement about the program goes before one about the whole school."""
        taught = [each.cip for each in programs if each.pk in self._taught]
        charged = surely_of(program.cip, taught, self.charged)
        found = {
            statement.field: statement
            for statement in sorted(self.statements, key=lambda statement: statement.program_id is not None)
            if statement.program_id in {None, program.pk}
        }
        return [_said(label, found.get(name), _federal(name, charged)) for name, label in FIELDS]


@dataclass(frozen=True)
class _Federal:
    value: int
    text: str
    file: str


def _federal(name: str, charged: TuitionRow | None) -> _Federal | None:
    if charged is None:
        return None
    fields = {Statement.Field.TUITION: charged.tuition, Statement.Field.MONTHS: charged.months}
    if (value := fields.get(Statement.Field(name))) is None:
        return None
    amount = f"${intcomma(value)}" if name == Statement.Field.TUITION else words.months(value)
    text = f"{amount} ({year_name(charged.year + 1)})"
    retrieved = date_format(localtime(charged.file.retrieved_at), "j M Y")
    return _Federal(value, text, f"IPEDS {charged.file.release}, retrieved {retrieved}")


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
        beside=f"{federal.text}: {federal.file}" if federal and federal.value != _number(statement) else "",
        sample=statement.by == Statement.By.SAMPLE,
    )


def _number(statement: Statement) -> object:
    """What of a stated value a federal one is compared with."""
    value: Any = statement.value
    return value["amount"] if statement.field == Statement.Field.TUITION else value


def in_words(statement: Statement) -> str:
    """A stated value as a reader reads it: `Online, hybrid`, `CPC`, `$4,500 (2024)`, `9 months`."""
    return stating.FIELDS[statement.field].in_words(statement.value)
