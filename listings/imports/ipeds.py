"""Reads the directory (HDyyyy) and completions (Cyyyy_A) files of IPEDS into plain rows.

Columns: NCES, IPEDS data dictionaries. Officials' names and tax numbers are not read.
"""

import json
import re
from collections.abc import Callable, Collection, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from listings.fields import AWARD_LEVELS
from listings.imports import cells
from listings.imports.files import CsvFile
from listings.imports.intake import Intake
from listings.imports.refusals import BadCellError, LoadRefusedError, Refusals
from listings.places import STATES

DIRECTORY: Final = {
    "unitid": "UNITID",
    "name": "INSTNM",
    "aliases": "IALIAS",
    "address": "ADDR",
    "city": "CITY",
    "state": "STABBR",
    "zip": "ZIP",
    "county": "COUNTYNM",
    "latitude": "LATITUDE",
    "longitude": "LONGITUD",
    "control": "CONTROL",
    "sector": "SECTOR",
    "level": "ICLEVEL",
    "phone": "GENTELE",
    "website": "WEBADDR",
    "admissions_url": "ADMINURL",
    "aid_url": "FAIDURL",
    "application_url": "APPLURL",
    "net_price_url": "NPRICURL",
    "closed_at": "CLOSEDAT",
    "active": "CYACTIVE",
    "new_unitid": "NEWID",
}
COMPLETIONS: Final = {
    "unitid": "UNITID",
    "cip": "CIPCODE",
    "major": "MAJORNUM",
    "award_level": "AWLEVEL",
    "awards": "CTOTALT",
}
DIRECTORY_VALUES: Final = (*list(DIRECTORY)[1:], "missing")
COMPLETIONS_VALUES: Final = ("awards", "missing")
CONTROLS: Final = {"1": "public", "2": "nonprofit", "3": "forprofit"}
MOST_AWARDS: Final = 1_000_000
GRAND_TOTAL: Final = "99"
CIP: Final = re.compile(r"[0-9]{2}\.[0-9]{4}|99")
ZIP: Final = re.compile(r"[0-9]{5}(-[0-9]{4})?")
CLOSED_AT: Final = re.compile(r"[0-9]{2}/[0-9]{2}/[0-9]{4}")
PHONE: Final = re.compile(r"[0-9()+. xX-]{7,20}")
ADDRESS_LENGTH: Final = 500

Value = str | int | float | None


def unitid_of(text: str) -> int:
    """IPEDS' six digits for an institution."""
    return cells.whole(text, "UNITID", low=100_000, high=999_999)


@dataclass
class DirectoryFile:
    """What is read of a directory file beside the wanted rows: all UNITIDs, other institutions as JSON."""

    seen: set[int] = field(default_factory=set)
    others: list[tuple[int, str]] = field(default_factory=list)


def directory(
    file: CsvFile, *, wanted: Callable[[int], bool], beside: DirectoryFile, intake: Intake
) -> Iterator[tuple[Value, ...]]:
    """Line, UNITID and `DIRECTORY_VALUES` of the wanted schools; the rest goes into `beside`."""
    places = file.places(DIRECTORY)
    unitid_at = places["unitid"]
    for line, record in file.records(intake.progress):
        unitid: int | None = None
        try:
            unitid = unitid_of(record[unitid_at])
            if unitid in beside.seen:
                raise BadCellError("UNITID", record[unitid_at], "stands twice; the first row was taken")
            beside.seen.add(unitid)
            texts = {ours: record[at] for ours, at in places.items()}
            if wanted(unitid):
                yield line, unitid, *_DirectoryRecord(file.name, line, texts, intake.refusals).values()
            else:
                _put_aside(unitid, _DirectoryRecord(file.name, line, texts, Refusals()), beside)
        except BadCellError as cell:
            intake.refuse(intake.directory, file, line, cell, (unitid, None, None))


def _put_aside(unitid: int, record: "_DirectoryRecord", beside: DirectoryFile) -> None:
    """Keeps an institution that teaches none of our fields; a bad cell of it concerns nobody."""
    with suppress(BadCellError):
        values = dict(zip(DIRECTORY_VALUES, record.values(), strict=True))
        beside.others.append((unitid, json.dumps(values)))


class _DirectoryRecord:
    """One record of a directory file on its way to a row."""

    def __init__(self, file: str, line: int, texts: dict[str, str], refusals: Refusals) -> None:
        self.file, self.line, self.texts, self.refusals = file, line, texts, refusals
        self.missing: dict[str, str] = {}

    def values(self) -> tuple[Value, ...]:
        found = (
            self._name(),
            self._aliases(),
            self._words("address", longest=200),
            self._words("city", longest=100),
            self._matching("state", STATES.__contains__, "not a state or territory"),
            self._matching("zip", ZIP.fullmatch, "not a ZIP code"),
            self._words("county", longest=100),
            self._read("latitude", lambda text, column: cells.degrees(text, column, most=90)),
            self._read("longitude", lambda text, column: cells.degrees(text, column, most=180)),
            CONTROLS.get(self._matching("control", CONTROLS.__contains__, "not 1, 2 or 3"), ""),
            self._whole("sector", 0, 99),
            self._whole("level", 1, 3),
            self._way("phone", _phone),
            self._way("website", _address),
            self._way("admissions_url", _address),
            self._way("aid_url", _address),
            self._way("application_url", _address),
            self._way("net_price_url", _address),
            self._closed_at(),
            self._whole("active", 1, 3),
            self._new_unitid(),
        )
        return *found, json.dumps(self.missing, sort_keys=True)

    def _read[T](self, name: str, parse: Callable[[str, str], T]) -> T | None:
        text = self.texts[name].strip()
        if text in cells.IPEDS_MISSING:
            self.missing[name] = cells.IPEDS_MISSING[text].value
            return None
        return parse(text, DIRECTORY[name])

    def _name(self) -> str:
        name = cells.words(self.texts["name"], "INSTNM", longest=200)
        if name in cells.IPEDS_MISSING:
            raise BadCellError("INSTNM", name, "no name")
        return name

    def _aliases(self) -> str:
        """Other names, if any: to have none is not to be missing them."""
        text = self.texts["aliases"].strip()
        return "" if text in cells.IPEDS_MISSING else cells.words(text, "IALIAS", longest=5_000)

    def _words(self, name: str, *, longest: int) -> str:
        return self._read(name, lambda text, column: cells.words(text, column, longest=longest)) or ""

    def _whole(self, name: str, low: int, high: int) -> int | None:
        return self._read(name, lambda text, column: cells.whole(text, column, low=low, high=high))

    def _matching(self, name: str, matches: Callable[[str], object], reason: str) -> str:
        def parse(text: str, column: str) -> str:
            if not matches(text):
                raise BadCellError(column, text, reason)
            return text

        return self._read(name, parse) or ""

    def _way(self, name: str, parse: Callable[[str, str], str]) -> str:
        """A way to reach the school; one that leads nowhere is dropped with a line in the report."""
        try:
            return self._read(name, parse) or ""
        except BadCellError as cell:
            reason = f"{cell.reason}; the row was taken without it"
            self.refusals.add(self.file, self.line, BadCellError(cell.column, cell.value, reason))
            self.missing[name] = cells.IPEDS_MISSING[""].value
            return ""

    def _closed_at(self) -> str:
        """CLOSEDAT as reported: `-2` is open, `00/00/0000` closed on an unknown day."""
        text = self.texts["closed_at"].strip()
        if text in cells.IPEDS_MISSING:
            return ""
        if not CLOSED_AT.fullmatch(text):
            raise BadCellError("CLOSEDAT", text, "not a date such as 05/26/2023")
        return text

    def _new_unitid(self) -> int | None:
        text = self.texts["new_unitid"].strip()
        return None if text in cells.IPEDS_MISSING else cells.whole(text, "NEWID", low=100_000, high=999_999)


def _phone(text: str, column: str) -> str:
    """Digits as reported; those after the tenth are an extension."""
    if not PHONE.fullmatch(text):
        raise BadCellError(column, text, "not a telephone number")
    return text


def _address(text: str, column: str) -> str:
    return cells.web_address(text, column, longest=ADDRESS_LENGTH)


def completions(file: CsvFile, *, intake: Intake) -> Iterator[tuple[Value, ...]]:
    """Line, UNITID, CIP code, award level and `COMPLETIONS_VALUES` of first majors in the wanted fields.

    Raises `LoadRefusedError` at a CIP code of another form: a spreadsheet has then changed all of them.
    """
    places = file.places(COMPLETIONS)
    unitid_at, cip_at, major_at, level_at, awards_at = places.values()
    wanted: dict[str, bool] = {}
    for line, record in file.records(intake.progress):
        cip = record[cip_at]
        if cip not in wanted:
            wanted[cip] = _is_wanted(file, line, cip, intake.prefixes)
        if not wanted[cip]:
            continue
        unitid: int | None = None
        level: int | None = None
        cip = cip.strip()
        try:
            unitid = unitid_of(record[unitid_at])
            level = cells.whole(record[level_at], "AWLEVEL", low=1, high=99)
            if level not in AWARD_LEVELS:
                raise BadCellError("AWLEVEL", record[level_at], "not an award level of the list")
            if cells.whole(record[major_at], "MAJORNUM", low=1, high=2) == 1:
                yield line, unitid, cip, level, *_awards(record[awards_at])
        except BadCellError as cell:
            known_level = level if level in AWARD_LEVELS else None
            intake.refuse(intake.completions, file, line, cell, (unitid, cip, known_level))


def _is_wanted(file: CsvFile, line: int, cip: str, prefixes: Collection[str]) -> bool:
    code = cip.strip()
    if not CIP.fullmatch(code):
        raise LoadRefusedError(
            f"{file.name}, line {line}: the CIP code {code[:20]!r} is not of the form 51.0713. "
            "A spreadsheet may have changed the codes; give the file as its publisher released it."
        )
    return code != GRAND_TOTAL and code.startswith(tuple(prefixes))


@lru_cache(maxsize=4096)
def _awards(text: str) -> tuple[int | None, str]:
    if (code := text.strip()) in cells.IPEDS_MISSING:
        return None, json.dumps({"awards": cells.IPEDS_MISSING[code].value})
    return cells.whole(text, "CTOTALT", low=0, high=MOST_AWARDS), "{}"
