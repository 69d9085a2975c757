"""Reads IPEDS' file of program-year institutions (ICyyyy_PY): what their six largest programs cost.

Columns: NCES, IPEDS data dictionaries. They have had the same names from IC2009_PY to IC2023_PY.
"""

import json
import re
from collections.abc import Callable, Iterator
from typing import Final

from listings.imports import cells
from listings.imports.files import CsvFile
from listings.imports.intake import Intake
from listings.imports.ipeds import Value, unitid_of
from listings.imports.refusals import BadCellError

RANKS: Final = range(1, 7)
VALUES: Final = {
    "tuition": "CIPTUIT",
    "supplies": "CIPSUPP",
    "length": "CIPLGTH",
    "measure": "PRGMSR",
    "months": "MTHCMP",
}
# Where first-time students begin full-time, the largest program's charges stand under these names instead.
LARGEST: Final = {"tuition": "CHG1PY3", "supplies": "CHG4PY3"}
COLUMNS: Final = {"unitid": "UNITID", "largest_tuition": LARGEST["tuition"]} | {
    f"{ours}{rank}": f"{name}{rank}" for rank in RANKS for ours, name in {"cip": "CIPCODE", **VALUES}.items()
}
OPTIONAL: Final = {"largest_supplies": LARGEST["supplies"]}
TUITION_VALUES: Final = (*VALUES, "missing")
MOST: Final = {"tuition": 1_000_000, "supplies": 200_000, "length": 20_000, "measure": 2, "months": 120}
LEAST: Final = {"tuition": 0, "supplies": 0, "length": 1, "measure": 1, "months": 1}
# The file holds the codes as numbers, whose zeros at both ends are lost: 51.071 is 51.0710, 51 is 51.0000.
CIP: Final = re.compile(r"([0-9]{1,2})(?:\.([0-9]{1,4}))?")


def tuition(file: CsvFile, *, wanted: Callable[[int], bool], intake: Intake) -> Iterator[tuple[Value, ...]]:
    """Line, UNITID, CIP code, rank by size and `TUITION_VALUES` of wanted schools in our fields."""
    optional = {ours: name for ours, name in OPTIONAL.items() if name in file.header}
    at = file.places(COLUMNS) | file.places(optional)
    for line, record in file.records(intake.progress, loose_end=True):
        try:
            unitid = unitid_of(record[at["unitid"]])
        except BadCellError as cell:
            intake.refuse(intake.tuition, file, line, cell, (None, None, None))
            continue
        for rank in RANKS if wanted(unitid) else ():
            cip: str | None = None
            try:
                cip = _cip(record[at[f"cip{rank}"]].strip(), f"CIPCODE{rank}")
                if cip.startswith(intake.prefixes):
                    yield line, unitid, cip, rank, *_Charges(at, record, rank).values()
            except BadCellError as cell:
                intake.refuse(intake.tuition, file, line, cell, (unitid, cip, rank))


def _cip(text: str, column: str) -> str:
    """The code in seven characters; empty where there is none."""
    if text in cells.IPEDS_MISSING:
        return ""
    if not (match := CIP.fullmatch(text)):
        raise BadCellError(column, text, "not a CIP code such as 51.0713")
    return f"{match[1]:>02}.{match[2] or '':<04}"


class _Charges:
    """The cells of one program on their way to a row."""

    def __init__(self, at: dict[str, int], record: list[str], rank: int) -> None:
        self.at, self.record, self.rank = at, record, rank
        self.missing: dict[str, str] = {}

    def values(self) -> tuple[Value, ...]:
        found = [self._number(name) for name in VALUES]
        return *found, json.dumps(self.missing, sort_keys=True)

    def _number(self, name: str) -> int | None:
        column = f"{VALUES[name]}{self.rank}"
        text = self.record[self.at[f"{name}{self.rank}"]].strip()
        if text in cells.IPEDS_MISSING and self.rank == 1 and f"largest_{name}" in self.at:
            column, text = LARGEST[name], self.record[self.at[f"largest_{name}"]].strip()
        if text in cells.IPEDS_MISSING:
            self.missing[name] = cells.IPEDS_MISSING[text].value
            return None
        return cells.whole(text, column, low=LEAST[name], high=MOST[name])
