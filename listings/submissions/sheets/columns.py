"""The columns of a sheet of programs, and the other words that schools head them with."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from content.lib import normal
from listings.models import Statement

Field = Statement.Field
CLEAR: Final = "__CLEAR__"


@dataclass(frozen=True)
class Column:
    """`field` is what the column states, or states a part of; the first column of a field leads it."""

    name: str
    header: str
    hint: str
    field: str = ""
    aliases: tuple[str, ...] = ()
    has_lines: bool = False


IDENTITY: Final = (
    Column(
        "program",
        "Program",
        "The name that you know it by; it states nothing.",
        aliases=("program name", "name of program", "program title", "title", "course", "course name"),
    ),
    Column(
        "cip",
        "CIP code",
        "Such as 51.0713.",
        aliases=("cip", "c.i.p.", "cip number", "cip 2020", "cip2020", "program code", "federal code"),
    ),
    Column(
        "award",
        "Award",
        "Such as Certificate of 12 weeks to 1 year, or Associate's degree.",
        aliases=("award level", "award type", "type of award", "level", "degree", "award name"),
    ),
)
# Understood where a file has them; no template does.
BESIDE: Final = (
    Column("unitid", "UNITID", "", aliases=("ipeds id", "ipeds unitid", "unit id", "ipeds")),
    Column(
        "online", "Online?", "", Field.DELIVERY, ("online", "is online", "available online", "offered online")
    ),
)
STATED: Final = (
    Column(
        "delivery",
        "How it is taught",
        "On campus, online, hybrid; several with commas.",
        Field.DELIVERY,
        ("delivery", "delivery mode", "delivery method", "format", "mode", "modality", "taught"),
    ),
    Column(
        "credentials",
        "Prepares for",
        "Codes of credentials such as CPC, CCS; or none.",
        Field.CREDENTIALS,
        (
            "credential",
            "credentials",
            "certification",
            "certifications",
            "exam",
            "exams",
            "prepares for exams",
        ),
    ),
    Column(
        "tuition",
        "Tuition ($)",
        "Dollars for the whole program, such as 4500.",
        Field.TUITION,
        (
            "tuition",
            "total tuition",
            "program tuition",
            "tuition usd",
            "tuition in dollars",
            "tuition dollars",
        ),
    ),
    Column(
        "tuition_year",
        "Tuition year",
        "The year that this tuition applies to, such as 2026.",
        Field.TUITION,
        ("year", "year of tuition", "tuition applies to", "tuition for year"),
    ),
    Column(
        "covers",
        "Tuition covers",
        "Tuition and fees, books, supplies, software, the exam fee, membership; several with commas.",
        Field.COVERS,
        ("covers", "what the tuition covers", "tuition includes", "includes"),
    ),
    Column(
        "months",
        "Length (months)",
        "Months from the first day to the last, such as 9.",
        Field.MONTHS,
        ("length", "duration", "months", "program length", "duration months", "length in months"),
    ),
    Column(
        "starts",
        "Start dates",
        "Days such as 2027-01-11, several with commas; or rolling.",
        Field.STARTS,
        ("starts", "start", "start date", "starting dates", "begins", "next start"),
    ),
    Column(
        "curriculum",
        "Courses",
        "A course a line with its hours, as in Anatomy: 60; last, Total hours: 540.",
        Field.CURRICULUM,
        ("curriculum", "course list", "classes", "list of courses"),
        has_lines=True,
    ),
    Column(
        "prerequisites",
        "Prerequisites",
        "What a student must have before the first day.",
        Field.PREREQUISITES,
        ("prerequisite", "requirements", "entry requirements", "admission requirements"),
        has_lines=True,
    ),
    Column(
        "aid",
        "Financial aid accepted",
        "Federal, state, veterans, workforce, school, payment plan; or none.",
        Field.AID,
        ("financial aid", "aid", "aid accepted"),
    ),
    Column(
        "externship",
        "Externship",
        "Required, optional or none.",
        Field.EXTERNSHIP,
        ("internship", "externship required"),
    ),
    Column(
        "externship_hours",
        "Externship hours",
        "Where they are fixed, such as 160.",
        Field.EXTERNSHIP,
        ("hours of externship", "internship hours"),
    ),
    Column(
        "voucher",
        "Exam voucher",
        "Yes or no: whether the price includes it.",
        Field.VOUCHER,
        ("voucher", "voucher included", "exam voucher included"),
    ),
    Column(
        "voucher_credential",
        "Voucher for",
        "Code of the credential, such as CPC.",
        Field.VOUCHER,
        ("voucher credential", "exam voucher for"),
    ),
    Column(
        "pass_rate",
        "Pass rate (%)",
        "Of one exam in one year, such as 87.5%.",
        Field.PASS_RATE,
        ("pass rate", "exam pass rate", "pass rate percent"),
    ),
    Column(
        "pass_rate_credential",
        "Pass rate: exam",
        "Code of the credential, such as CPC.",
        Field.PASS_RATE,
        ("pass rate credential", "exam of pass rate"),
    ),
    Column("pass_rate_year", "Pass rate: year", "Such as 2025.", Field.PASS_RATE, ("year of pass rate",)),
    Column(
        "pass_rate_takers",
        "Pass rate: takers",
        "How many took it, where you know.",
        Field.PASS_RATE,
        ("takers", "test takers", "exam takers"),
    ),
    Column(
        "pass_rate_source",
        "Pass rate: source",
        "Where it is published.",
        Field.PASS_RATE,
        ("source of pass rate", "pass rate link"),
    ),
)
TEMPLATE: Final = (*IDENTITY, *STATED)
COLUMNS: Final = {column.name: column for column in (*TEMPLATE, *BESIDE)}
# The columns of each field, the leading one first.
OF_FIELD: Final[dict[str, tuple[str, ...]]] = {
    field: tuple(column.name for column in STATED if column.field == field)
    for field in dict.fromkeys(str(column.field) for column in STATED)
}
NAMES: Final = {
    normal.key(said): name for name, column in COLUMNS.items() for said in (column.header, *column.aliases)
}


def recognised(cells: Sequence[str]) -> list[str]:
    """The column that each cell of a header names; empty for one that names none."""
    return [NAMES.get(normal.key(cell), "") if len(cell) <= 60 else "" for cell in cells]


def is_header(found: Iterable[str]) -> int:
    """How many columns a line names, or 0 where it is no header: it must say which program a row is of."""
    named = set(found) - {""}
    return len(named) if len(named) > 1 and named & {"program", "cip"} else 0


def beside(name: str) -> tuple[str, ...]:
    """The columns that say one thing together with this one."""
    if name in {"cip", "award", "program"}:
        return ("cip", "award")
    return OF_FIELD.get(str(COLUMNS[name].field), (name,))
