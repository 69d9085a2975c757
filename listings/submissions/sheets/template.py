"""The sheet that a school begins with: its programs and what is stated of them, as csv and as xlsx.

What goes out is neutralised, so that no spreadsheet runs it; `files` and `cells` make the same values of it
again.
"""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

import openpyxl
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from content.lib.cells import safe
from listings.fields import AWARD_LEVELS, cip_title
from listings.models import School
from listings.stating import PROGRAM_FIELDS, typed
from listings.submissions.sending import stated
from listings.submissions.sheets.checking import PARTS
from listings.submissions.sheets.columns import CLEAR, OF_FIELD, TEMPLATE
from listings.words import LONGEST_CODE

HOW: Final = (
    "One program a line. An empty cell changes nothing.",
    f"{CLEAR} in a cell takes back what is stated: the field then reads “not stated”.",
    "Add a line for a program that is missing: its CIP code and its award say which it is.",
    "Columns may be left out or stand in another order. Nothing is public before an editor accepts it.",
)
NUMBERS: Final = {
    "tuition",
    "tuition_year",
    "months",
    "externship_hours",
    "pass_rate_year",
    "pass_rate_takers",
}
IN_WORDS: Final = {"delivery", "covers", "aid"}
EMPTY_LINES: Final = 20


def csv_of(school: School) -> str:
    """Explanations, the header, a line a program; with the mark by which spreadsheets know UTF-8."""
    out = io.StringIO()
    lines = csv.writer(out)
    lines.writerow([safe(f"Programs of {school.name}. {' '.join(HOW)}")])
    lines.writerow([column.hint for column in TEMPLATE])
    lines.writerow([column.header for column in TEMPLATE])
    for row in _rows(school):
        lines.writerow([safe(str(row.get(column.name, ""))) for column in TEMPLATE])
    return f"\ufeff{out.getvalue()}"


def xlsx_of(school: School) -> bytes:
    """A sheet to fill in and one that explains it. Every cell is text, or a number that we hold."""
    book = openpyxl.Workbook()
    programs = book.worksheets[0]
    programs.title = "Programs"
    header: dict[str, str | int] = {column.name: column.header for column in TEMPLATE}
    empty: list[dict[str, str | int]] = [{}] * EMPTY_LINES
    for line, row in enumerate([header, *_rows(school), *empty], 1):
        for at, column in enumerate(TEMPLATE, 1):
            _write(programs.cell(line, at), row.get(column.name, ""))
    for at, column in enumerate(TEMPLATE, 1):
        programs.cell(1, at).font = Font(bold=True)
        programs.column_dimensions[get_column_letter(at)].width = 40 if column.has_lines else 22
    programs.freeze_panes = "D2"
    _explain(book.create_sheet("How to fill it in"), school)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _write(cell: Any, value: str | int) -> None:
    if isinstance(value, int):
        cell.value = value
        return
    # As text, so that a code keeps its zeros and nothing that is typed turns into a date.
    cell.number_format = "@"
    if value:
        _write_text(cell, value)
        cell.alignment = Alignment(wrap_text="\n" in value)


def _write_text(cell: Any, text: str) -> None:
    cell.value = safe(text)
    cell.data_type = "s"


def _explain(sheet: Any, school: School) -> None:
    lines: list[Sequence[str]] = [(f"Programs of {school.name}",), *((said,) for said in HOW), ()]
    lines += [(column.header, column.hint) for column in TEMPLATE]
    lines += [(), ("Awards",), *((level.name,) for level in AWARD_LEVELS.values())]
    for at, line in enumerate(lines, 1):
        for column, text in enumerate(line, 1):
            _write_text(sheet.cell(at, column), text)
    sheet.column_dimensions["A"].width = 30
    sheet.column_dimensions["B"].width = 90


def _rows(school: School) -> Iterable[dict[str, str | int]]:
    """The programs that readers see, or all that are known where they see none."""
    programs = list(school.programs.order_by("cip", "award_level").select_related("listing_row"))
    known = stated(school)
    said = {key for key, _field in known}
    shown = [program for program in programs if hasattr(program, "listing_row") or program.key in said]
    for program in shown or programs:
        key = program.key
        row: dict[str, str | int] = {
            "program": cip_title(program.cip),
            "cip": program.cip,
            "award": AWARD_LEVELS[program.award_level].name,
        }
        for name in OF_FIELD:
            if (of := known.get((key, name))) is not None:
                row |= written(name, of.value)
        yield row


def written(name: str, value: Any) -> dict[str, str | int]:
    """The cells of a stated value, by column; numbers stay numbers."""
    if name not in PARTS:
        return {name: _text(name, value)}
    cells = {column: _part(column, value, part) for column, part in PARTS[name].items()}
    return {column: cell for column, cell in cells.items() if cell != ""}


def _part(column: str, value: Mapping[str, Any], part: str) -> str | int:
    said = value.get(part)
    if said is None:
        return ""
    if column == "pass_rate":
        return f"{said}%"
    if isinstance(said, bool):
        return "yes" if said else "no"
    return _code(said) if part == "credential" else said if column in NUMBERS else str(said)


def _text(name: str, value: Any) -> str | int:
    if name in NUMBERS:
        return int(value)
    if name in IN_WORDS:
        return PROGRAM_FIELDS[name].in_words(value)
    if name == "credentials":
        return ", ".join(_code(slug) for slug in value) or typed.NO_CREDENTIAL
    return typed.write(name, value)


def _code(slug: str) -> str:
    """As people know it: `CCS-P`; a long one stays as it is."""
    return slug.upper() if len(slug) <= LONGEST_CODE else slug
