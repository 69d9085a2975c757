"""What a school or an editor stated of a program, in words, with who said so and whether it still holds."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.formats import date_format
from django.utils.timezone import localtime

from content.models import Missing
from listings.fields import DELIVERIES
from listings.models import Program, Statement

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
    """One field of a program; without a statement `missing` is true and the text says so."""

    label: str
    text: str
    note: str = ""
    missing: bool = False


def said(statements: Iterable[Any], program: Program) -> list[Said]:
    """All four fields; a statement about the program goes before one about the whole school.

    Each statement carries `is_valid`, decided by the database's clock.
    """
    found = {
        statement.field: statement
        for statement in sorted(statements, key=lambda statement: statement.program_id is not None)
        if statement.program_id in {None, program.pk}
    }
    return [_said(label, found.get(name)) for name, label in FIELDS]


def _said(label: str, statement: Any | None) -> Said:
    if statement is None:
        return Said(label, Missing.NOT_COLLECTED.label, missing=True)
    day = localtime(statement.stated_at)
    if not statement.is_valid:
        return Said(label, in_words(statement), f"not confirmed since {date_format(day, 'j M Y')}")
    return Said(label, in_words(statement), f"{BY[Statement.By(statement.by)]}, {date_format(day, 'j M Y')}")


def in_words(statement: Statement) -> str:
    """A stated value as a reader reads it: `Online, hybrid`, `CPC`, `$4,500 (2024)`, `9 months`."""
    value: Any = statement.value
    match statement.field:
        case Statement.Field.DELIVERY:
            return ", ".join(way.name for way in DELIVERIES if way.slug in value).capitalize()
        case Statement.Field.CREDENTIALS:
            return ", ".join(slug.upper() for slug in sorted(value)) or "no credential"
        case Statement.Field.TUITION:
            return f"${intcomma(value['amount'])} ({value['year']})"
        case _:
            return f"{value} month{'' if value == 1 else 's'}"
