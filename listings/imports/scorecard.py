"""Reads College Scorecard's files: field of study (earnings by 4-digit CIP and level), and institution.

Columns: U.S. Department of Education, College Scorecard data dictionary.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final

from listings.imports import cells
from listings.imports.files import CsvFile
from listings.imports.intake import Intake
from listings.imports.ipeds import Value, unitid_of
from listings.imports.refusals import BadCellError

MEDIANS: Final = ("median_1yr", "median_2yr", "median_4yr", "median_5yr")
EARNINGS_VALUES: Final = (*MEDIANS, "missing")
# One- and two-year medians are those after the highest credential. EARN_MDN_1YR is another measure.
OFFICIAL: Final = {
    "unitid": "UNITID",
    "cip4": "CIPCODE",
    "credlev": "CREDLEV",
    "median_1yr": "EARN_MDN_HI_1YR",
    "median_2yr": "EARN_MDN_HI_2YR",
    "median_4yr": "EARN_MDN_4YR",
    "median_5yr": "EARN_MDN_5YR",
}
# As one republisher renamed them, dropping HI and emptying every kind of missing.
RENAMED: Final = {
    "unitid": "UNITID",
    "cip4": "CIPCODE",
    "credlev": "CREDENTIAL_LEVEL",
    "median_1yr": "EARN_MDN_1YR",
    "median_2yr": "EARN_MDN_2YR",
    "median_4yr": "EARN_MDN_4YR",
    "median_5yr": "EARN_MDN_5YR",
}
# Releases differ in which medians they carry; these they all have.
IDENTITY: Final = ("unitid", "cip4", "credlev")
CIP4: Final = re.compile(r"[0-9]{3,4}|[0-9]{2}\.[0-9]{2}")
MOST: Final = 10_000_000  # dollars a year
INSTITUTION: Final = {
    "accreditor": "ACCREDAGENCY",
    "tuition_in_state": "TUITIONFEE_IN",
    "tuition_out_of_state": "TUITIONFEE_OUT",
    "median_6yr": "MD_EARN_WNE_P6",
    "median_10yr": "MD_EARN_WNE_P10",
}
# College Scorecard numbers branches that IPEDS does not know by eight digits.
BRANCH: Final = re.compile(r"[0-9]{8}")
INSTITUTION_VALUES: Final = (*INSTITUTION, "missing")


def columns_of(file: CsvFile) -> dict[str, str]:
    """The column names of the file's release; a median that it does not carry is left out, unless all are."""
    names = RENAMED if RENAMED["credlev"] in file.header else OFFICIAL
    carried = {ours: name for ours, name in names.items() if ours in IDENTITY or name in file.header}
    return carried if len(carried) > len(IDENTITY) else dict(names)


def earnings(file: CsvFile, *, wanted: Callable[[int], bool], intake: Intake) -> Iterator[tuple[Value, ...]]:
    """Line, UNITID, 4-digit CIP, CREDLEV and `EARNINGS_VALUES` of the wanted schools in the wanted fields."""
    columns = columns_of(file)
    places = file.places(columns)
    unitid_at, cip_at, level_at = (places[name] for name in IDENTITY)
    fields: dict[str, str | None] = {}
    for line, record in file.records(intake.progress):
        code = record[cip_at]
        if code not in fields:
            fields[code] = _wanted_field(code, intake.prefixes)
        if (cip4 := fields[code]) is None:
            continue
        unitid: int | None = None
        level: int | None = None
        try:
            unitid = unitid_of(record[unitid_at])
            if not wanted(unitid):
                continue
            level = cells.whole(record[level_at], columns["credlev"], low=1, high=99)
            texts: dict[str, str] = {name: record[places[name]] for name in MEDIANS if name in places}
            yield line, unitid, cip4, level, *_medians(texts, columns)
        except BadCellError as cell:
            # A row without UNITID is of an institution outside IPEDS: it makes nobody unsure.
            key = (unitid or 0, cip4, level)
            intake.refuse(intake.earnings, file, line, cell, key)


def _wanted_field(code: str, prefixes: tuple[str, ...]) -> str | None:
    """`5107`, `51.07` and `100` (for 0100) in one form; None for other fields and for no code at all."""
    digits = code.strip()
    if not CIP4.fullmatch(digits):
        return None
    digits = digits.replace(".", "").zfill(4)
    cip4 = f"{digits[:2]}.{digits[2:]}"
    return cip4 if any(cip4.startswith(prefix) or prefix.startswith(cip4) for prefix in prefixes) else None


def _medians(texts: Mapping[str, str], columns: Mapping[str, str]) -> tuple[Value, ...]:
    values: list[Value] = []
    missing: dict[str, str] = {}
    for name in MEDIANS:
        if name not in texts:
            missing[name] = cells.SCORECARD_MISSING[""].value
            values.append(None)
        elif (code := texts[name].strip().removesuffix(".0").upper()) in cells.SCORECARD_MISSING:
            missing[name] = cells.SCORECARD_MISSING[code].value
            values.append(None)
        else:
            values.append(cells.whole(texts[name], columns[name], low=1, high=MOST))
    return *values, json.dumps(missing, sort_keys=True)


def institution_columns_of(file: CsvFile) -> dict[str, str]:
    """UNITID, name, and those of `INSTITUTION` that the release carries; all of them where it has none."""
    carried = {ours: name for ours, name in INSTITUTION.items() if name in file.header}
    return {"unitid": "UNITID", "name": "INSTNM"} | (carried or INSTITUTION)


def institution(
    file: CsvFile, *, wanted: Callable[[int], bool], intake: Intake
) -> Iterator[tuple[Value, ...]]:
    """Line, UNITID and `INSTITUTION_VALUES` of the wanted schools."""
    places = file.places(institution_columns_of(file))
    for line, record in file.records(intake.progress):
        unitid: int | None = None
        if BRANCH.fullmatch(record[places["unitid"]].strip()):
            continue
        try:
            unitid = unitid_of(record[places["unitid"]])
            if wanted(unitid):
                texts = {name: record[places[name]] for name in INSTITUTION if name in places}
                yield line, unitid, *_institution_values(texts)
        except BadCellError as cell:
            intake.refuse(intake.institution, file, line, cell, (unitid, None, None))


def _institution_values(texts: Mapping[str, str]) -> tuple[Value, ...]:
    values: list[Value] = []
    missing: dict[str, str] = {}
    for name, column in INSTITUTION.items():
        text = texts.get(name, "").strip()
        kind = cells.SCORECARD_MISSING.get(text.upper())
        if kind is not None and not (text == "0" and name.startswith("tuition")):
            missing[name] = kind.value
            values.append("" if name == "accreditor" else None)
        elif name == "accreditor":
            values.append(cells.words(text, column, longest=300))
        else:
            values.append(cells.whole(text, column, low=0, high=MOST))
    return *values, json.dumps(missing, sort_keys=True)
