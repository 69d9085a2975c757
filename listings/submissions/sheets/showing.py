"""A sheet as its person reads it: lines to mend with an input a cell, and what the other lines change."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from listings.fields import AWARD_LEVELS, cip_title
from listings.models import Sheet, SheetRow, Statement
from listings.stating import FIELDS
from listings.submissions.sending import Entry, stated
from listings.submissions.sheets.checking import MORE, Checked
from listings.submissions.sheets.columns import COLUMNS, Column, beside
from listings.submissions.sheets.programs import choices, read_as

# So many lines are mended on one page; the others follow.
LINES_A_PAGE: Final = 20
CHOSEN: Final = ("cip", "award")


@dataclass(frozen=True)
class Box:
    """One cell to mend; `options` makes it a list of choices."""

    name: str
    column: Column
    value: str
    error: str
    options: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Line:
    """A line that does not pass: its boxes, and its other cells by their headers."""

    number: int
    title: str
    boxes: tuple[Box, ...]
    rest: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Change:
    """One field of a program: the new words, and those that stand today."""

    label: str
    words: str
    now: str


@dataclass(frozen=True)
class Changed:
    """A program with what would change of it; `is_new` where the school has no such program here."""

    title: str
    award: str
    is_new: bool
    changes: tuple[Change, ...]


def name_of(row: SheetRow, column: str) -> str:
    """The name of the input of a cell."""
    return f"r{row.pk}-{column}"


def lines(rows: Iterable[tuple[SheetRow, Checked]]) -> Iterator[Line]:
    for row, found in rows:
        asked = _asked(row, found.problems)
        rest = (
            (COLUMNS[name].header, cell)
            for name, cell in row.cells.items()
            if name not in asked and name in COLUMNS and name != "program"
        )
        title = row.cells.get("program", "")[:80]
        yield Line(row.line, title, tuple(_box(row, name, found.problems) for name in asked), tuple(rest))


def _asked(row: SheetRow, problems: Mapping[str, str]) -> list[str]:
    """The columns to show: those with a problem, and what says one thing together with them."""
    asked = {name for column in problems for name in beside(column)}
    if MORE in row.cells:
        asked |= row.cells.keys() & COLUMNS.keys()
    return [name for name in COLUMNS if name in asked]


def _box(row: SheetRow, name: str, problems: Mapping[str, str]) -> Box:
    said = problems.get(name, "")
    if name == "delivery":
        said = said or problems.get("online", "")
    if name == "cip":
        said = said or problems.get("program", "")
    if name in CHOSEN:
        chosen = read_as(name, row.cells)
        return Box(name_of(row, name), COLUMNS[name], chosen, said, (("", "Choose"), *choices(name)))
    return Box(name_of(row, name), COLUMNS[name], row.cells.get(name, ""), said)


def changes(sheet: Sheet, entries: Iterable[Entry]) -> list[Changed]:
    """Program by program, in the order of the file."""
    known = stated(sheet.school)
    programs = {f"{cip}.{level}" for cip, level in sheet.school.programs.values_list("cip", "award_level")}
    by_program: dict[str, list[Change]] = {}
    for entry in entries:
        was = known.get((entry.program_key, entry.field))
        by_program.setdefault(entry.program_key, []).append(_change(entry, was))
    return [_changed(key, key not in programs, found) for key, found in by_program.items()]


def _change(entry: Entry, was: Statement | None) -> Change:
    kind = FIELDS[entry.field]
    words = "Not stated any more" if entry.value is None else kind.in_words(entry.value)
    return Change(kind.label, words, kind.in_words(was.value) if was else "not stated")


def _changed(key: str, is_new: bool, found: list[Change]) -> Changed:
    cip, _, level = key.rpartition(".")
    return Changed(cip_title(cip), AWARD_LEVELS[int(level)].name, is_new, tuple(found))
