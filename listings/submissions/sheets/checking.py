"""Checks the rows of a sheet: which program, which values, what is wrong in a sentence a column."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from django.core.exceptions import ValidationError

from content.lib.clock import database_now
from listings.models import School, Statement
from listings.stating import PROGRAM_FIELDS
from listings.stating.parts import credentials_at_hand
from listings.submissions.sending import Entry, stated
from listings.submissions.sheets import cells as read
from listings.submissions.sheets.columns import CLEAR, OF_FIELD
from listings.submissions.sheets.programs import NoProgram, Programs

# The cells to the right of the last column of the header, together.
MORE: Final = "more"
# What each column of a field that has several is called in its value; the first column leads.
PARTS: Final[dict[str, dict[str, str]]] = {
    "tuition": {"tuition": "amount", "tuition_year": "year"},
    "externship": {"externship": "kind", "externship_hours": "hours"},
    "voucher": {"voucher": "included", "voucher_credential": "credential"},
    "pass_rate": {
        "pass_rate": "percent",
        "pass_rate_credential": "credential",
        "pass_rate_year": "year",
        "pass_rate_takers": "takers",
        "pass_rate_source": "source",
    },
}
MAY_LACK: Final = {"externship_hours", "voucher_credential", "pass_rate_takers"}
NUMBERS: Final = {
    "tuition",
    "tuition_year",
    "externship_hours",
    "pass_rate",
    "pass_rate_year",
    "pass_rate_takers",
}
NO_ANSWER: Final = object()


@dataclass(frozen=True)
class Checked:
    """A row as it was understood. `values` has each field that it states; None takes it back."""

    key: str
    problems: Mapping[str, str]
    values: Mapping[str, Any] = field(default_factory=dict)


class Checker:
    """What the rows of one school's sheet are checked against: asked for once, however many they are."""

    def __init__(self, school: School, *, at: datetime | None = None) -> None:
        now = at or database_now()
        self.programs = Programs.of(school)
        self.stated = stated(school)
        self.lapsed = {key for key, row in self.stated.items() if row.valid_until and row.valid_until <= now}

    def check(self, rows: Iterable[tuple[int, Mapping[str, str]]]) -> list[Checked]:
        """Each row, given with its line in the file; two of one program cannot both pass."""
        first: dict[str, int] = {}
        found = []
        with credentials_at_hand():
            for line, cells in rows:
                checked = self._row(cells)
                if checked.key and first.setdefault(checked.key, line) != line:
                    twice = (
                        f"Line {first[checked.key]} is of the same program and award. Choose another one, or"
                    )
                    again = {"award": f"{twice} send the rest without this line."}
                    checked = Checked(checked.key, {**checked.problems, **again}, checked.values)
                found.append(checked)
        return found

    def _row(self, cells: Mapping[str, str]) -> Checked:
        said, problems = _texts(cells)
        key = ""
        try:
            key = self.programs.key(said)
        except NoProgram as refused:
            problems.setdefault(refused.column, refused.messages[0])
        values = {}
        for name, columns in OF_FIELD.items():
            if problems.keys().isdisjoint(columns) and any(said.get(column) for column in columns):
                try:
                    values[name] = self._value(key, name, columns, said)
                except Refused as refused:
                    problems[refused.column] = refused.message
        return Checked(key, problems, values)

    def _value(self, key: str, name: str, columns: Sequence[str], said: Mapping[str, str]) -> Any:
        leading = said.get(columns[0], "")
        if leading == CLEAR:
            return None
        if name in PARTS:
            was = self.stated.get((key, name))
            value: Any = _joined(name, said, was.value if was else {})
        else:
            value = _read(columns[0], leading)
        try:
            return PROGRAM_FIELDS[name].parse(value)
        except ValidationError as refused:
            raise Refused(_to_mend(name, columns[0], value), refused.messages[0]) from None

    def entries(self, rows: Iterable[Checked]) -> tuple[Entry, ...]:
        """What differs from what stands; what is no longer confirmed does not stand."""
        return tuple(
            Entry(row.key, name, value)
            for row in rows
            for name, value in row.values.items()
            if self._differs((row.key, name), value)
        )

    def _differs(self, of: tuple[str, str], value: Any) -> bool:
        was = self.stated.get(of)
        if was is None:
            return value is not None
        return bool(was.value != value or (of in self.lapsed and value is not None))

    def now(self, key: str, name: str) -> Statement | None:
        """What is stated of a field today."""
        return self.stated.get((key, name))

    def count_stated(self) -> int:
        """How many values are stated of the school's programs."""
        return sum(1 for key, _name in self.stated if key)


class Refused(Exception):
    """A field that cannot be read, with the column to mend."""

    def __init__(self, column: str, message: str) -> None:
        super().__init__(message)
        self.column, self.message = column, message


def _to_mend(name: str, leading: str, value: Any) -> str:
    """The column of a part that is lacking or is no number where one belongs, else the leading one."""
    for column, part in PARTS.get(name, {}).items():
        is_lacking = part not in value and column not in MAY_LACK
        if is_lacking or (column in NUMBERS and isinstance(value.get(part), str)):
            return column
    return leading


def _texts(cells: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """What each cell says, and what is wrong with a cell by itself."""
    said: dict[str, str] = {}
    problems: dict[str, str] = {}
    for name, cell in cells.items():
        try:
            text = read.text_of(cell)
            said[name] = CLEAR if text.upper() == CLEAR else text
        except ValidationError as refused:
            problems[name] = refused.messages[0]
    if said.pop(MORE, "") or problems.pop(MORE, ""):
        problems["program"] = "The line has more cells than the header. Does each stand in its column?"
    online = said.pop("online", "")
    if online and not said.get("delivery"):
        answer = read.READ["online"](online)
        if answer is True:
            said["delivery"] = "online"
        elif answer is not False:
            problems["online"] = "Write yes or no, or better how it is taught: on campus, online or hybrid."
    return said, problems


def _read(column: str, text: str) -> Any:
    try:
        return read.READ[column](text)
    except ValidationError as refused:
        raise Refused(column, refused.messages[0]) from None


def _joined(name: str, said: Mapping[str, str], was: Mapping[str, Any]) -> dict[str, Any]:
    """The value of a field of several columns.

    An empty cell keeps its part of what is stated, unless the leading cell says something new.
    """
    leading, *rest = PARTS[name].items()
    column, part = leading
    given = {part: _read(column, said[column]) if said.get(column) else was.get(part, NO_ANSWER)}
    is_new = given[part] != was.get(part)
    for column, part in rest:
        text = said.get(column, "")
        if text == CLEAR:
            continue
        if text:
            given[part] = _read(column, text)
        elif not is_new:
            given[part] = was.get(part, NO_ANSWER)
    return {part: value for part, value in given.items() if value is not NO_ANSWER}
