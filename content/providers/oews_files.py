"""Occupational Employment and Wage Statistics, from the files the Bureau of Labor Statistics publishes.

Three forms are read: the official tables (xlsx or csv, of any year since 1997, columns by name), one row a
cell of area and occupation ("wide"), and one row a series as the Bureau's time series files have it.
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Final

from content.lib.cells import number
from content.lib.figures import Figure, Origin
from content.lib.tables import BadFile, Table
from content.models import Missing
from content.providers.batch import Batch, check_ascending, check_range, header_of, whole
from content.providers.occupations import BLS, NATION, OCCUPATIONS, Area, Occupation, area, breaks_of

NAME: Final = "oews-files"
PAGE: Final = "https://www.bls.gov/oes/tables.htm"
STALE_MONTHS: Final = 26
SPREAD: Final = ("p10", "p25", "median", "p75", "p90")
COVERAGE: Final = 0.9
NO_FIGURE: Final = {"*", "**", "-"}
OCCUPATION: Final = re.compile(r"\d{2}-?\d{4}", re.ASCII)
SERIES_ID: Final = re.compile(r"OEU[NSM](\d{7})(\d{6})(\d{6})(\d{2})", re.ASCII)
NAME_YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)", re.ASCII)
NOTE_YEAR: Final = re.compile(r"\bMay ((?:19|20)\d{2}) OE(?:W)?S\b", re.ASCII)


@dataclass(frozen=True, slots=True)
class Measure:
    """What is measured: its name in keys and in words, and its column in each form of the files."""

    key: str
    words: str
    official: str
    wide: str
    series: str
    per: str = ""

    @property
    def is_pay(self) -> bool:
        return bool(self.per)

    @property
    def unit(self) -> str:
        return "USD" if self.is_pay else "percent" if self in ERRORS else "people"


def _pay(key: str, words: str, columns: tuple[str, str], series: tuple[str, str]) -> tuple[Measure, Measure]:
    official, wide = columns
    return (
        Measure(f"{key}-hourly", f"{words} hourly pay", f"h_{official}", f"hourly {wide}", series[0], "hour"),
        Measure(f"{key}-annual", f"{words} annual pay", f"a_{official}", f"annual {wide}", series[1], "year"),
    )


# How sure the survey is of a figure: the smaller, the surer.
ERRORS: Final = (
    Measure(
        "employment-error",
        "relative standard error of employment",
        "emp_prse",
        "employment percent relative standard error",
        "02",
    ),
    Measure(
        "mean-error",
        "relative standard error of mean pay",
        "mean_prse",
        "wage percent relative standard error",
        "05",
    ),
)
MEASURES: Final = (
    Measure("employment", "employment", "tot_emp", "employment", "01"),
    *ERRORS,
    *_pay("mean", "mean", ("mean", "mean wage"), ("03", "04")),
    *_pay("p10", "10th percentile of", ("pct10", "10th percentile wage"), ("06", "11")),
    *_pay("p25", "25th percentile of", ("pct25", "25th percentile wage"), ("07", "12")),
    *_pay("median", "median", ("median", "median wage"), ("08", "13")),
    *_pay("p75", "75th percentile of", ("pct75", "75th percentile wage"), ("09", "14")),
    *_pay("p90", "90th percentile of", ("pct90", "90th percentile wage"), ("10", "15")),
)
BY_SERIES: Final = {measure.series: measure for measure in MEASURES}
BY_KEY: Final = {measure.key: measure for measure in MEASURES}

OFFICIAL: Final = ("occ_code", *(measure.official for measure in MEASURES))
WIDE: Final = ("area_code", "area_name", "occupation_code", *(measure.wide for measure in MEASURES))
SERIES: Final = ("series_id", "year", "period", "value", "footnote_codes")

RANGES: Final = {
    "percent": (Decimal(0), Decimal(100)),
    "people": (Decimal(10), Decimal(300_000_000)),
    "hour": (Decimal(2), Decimal(1_000)),
    "year": (Decimal(4_000), Decimal(2_000_000)),
}
# How much pay, and how much employment, may change in a year: the smaller the area, the rougher the sample.
CHANGES: Final = {"nation": (20, 30), "state": (25, 60), "area": (40, 150)}


@dataclass(frozen=True, slots=True)
class Series:
    """What one key names: one measure of one occupation in one area."""

    occupation: str
    area: Area
    measure: Measure

    @property
    def key(self) -> str:
        return f"oews.{self.occupation}.{self.area.code}.{self.measure.key}"


@dataclass(frozen=True, slots=True)
class _Cell:
    """One value of a series before its text is read."""

    series: Series
    year: int
    text: str
    notes: str
    line: int
    column: str


def recognises(table: Table) -> bool:
    """Whether the table has the columns of one of the three forms."""
    return any(header_of(table, form) for form in (OFFICIAL, WIDE, SERIES))


def read(table: Table, occupations: Collection[str] = OCCUPATIONS.keys()) -> Batch:
    """The figures of these occupations. A bad cell refuses its row; bad form raises BadFile."""
    batch = Batch(table.name)
    found: set[str] = set()
    for row in _rows(table, batch, occupations):
        found.update(cell.series.occupation for cell in row)
        _take(row, batch)
    if not found:
        raise BadFile("It holds none of the occupations that this site follows; is it the right file?")
    _check_coverage(table, found, occupations)
    check_range(batch)
    for per in ("hourly", "annual"):
        check_ascending(batch, [f"{part}-{per}" for part in SPREAD], "The percentiles do not ascend.")
    return batch


def figure(series: Series, year: int, value: Decimal | None, missing: str = "") -> Figure:
    """One value of the survey of May of that year."""
    occupation, place, measure = series.occupation, series.area, series.measure
    title = OCCUPATIONS.get(occupation, Occupation(occupation)).title
    lowest, highest = RANGES[measure.per or measure.unit]
    level = "nation" if place == NATION else "area" if place.code.isdigit() else "state"
    return Figure(
        key=series.key,
        label=f"{title}: {measure.words}, {place.name}",
        unit=measure.unit,
        per=measure.per,
        subject=f"{title} ({occupation})",
        area=place.name,
        measure=measure.key,
        publisher=BLS,
        provider=NAME,
        period=f"May {year}",
        period_start=date(year, 5, 1),
        period_end=date(year, 5, 31),
        value=value,
        missing=missing,
        release=f"OEWS May {year}",
        source=Origin(BLS, f"Occupational Employment and Wage Statistics, May {year}", PAGE),
        lowest=lowest,
        highest=highest,
        max_change_percent=100 if measure in ERRORS else CHANGES[level][0 if measure.is_pay else 1],
        stale_months=STALE_MONTHS,
        breaks=breaks_of(occupation, series.key),
    )


def _rows(table: Table, batch: Batch, occupations: Collection[str]) -> Iterator[list[_Cell]]:
    if header := header_of(table, SERIES):
        yield from _series_rows(table, batch, *header, occupations)
    elif header := header_of(table, WIDE):
        yield from _wide_rows(table, batch, *header, occupations)
    elif header := header_of(table, OFFICIAL):
        yield from _official_rows(table, batch, *header, occupations)


def _records(table: Table, batch: Batch, top: int, names: list[str]) -> Iterator[tuple[int, dict[str, str]]]:
    for row in table.rows:
        if row[0] > top:
            batch.rows += 1
            yield row[0], dict(zip(names, whole(row, len(names)), strict=True))


def _official_rows(
    table: Table, batch: Batch, top: int, names: list[str], occupations: Collection[str]
) -> Iterator[list[_Cell]]:
    year = _year(table)
    for line, record in _records(table, batch, top, names):
        code = record["occ_code"]
        if not OCCUPATION.fullmatch(code):
            batch.refuse(line, "OCC_CODE", code, "Not an occupation code such as 29-2072.")
        elif _wanted(code, year, occupations) and _all_industries(record):
            place = _official_area(record)
            yield [
                _Cell(Series(code, place, each), year, record[each.official], "", line, each.official.upper())
                for each in MEASURES
            ]


def _all_industries(record: dict[str, str]) -> bool:
    industry = record.get("naics") or record.get("industry_code") or "000000"
    owner = record.get("own_code", "1235")
    return not industry.strip("0") and owner in {"1235", ""}


def _official_area(record: dict[str, str]) -> Area:
    code, kind = record.get("area", ""), record.get("area_type", "1")
    if kind == "1":
        return NATION
    return area(f"{code:0>2}00000" if kind in {"2", "3"} else code.zfill(7), record.get("area_title", ""))


def _wide_rows(
    table: Table, batch: Batch, top: int, names: list[str], occupations: Collection[str]
) -> Iterator[list[_Cell]]:
    year = _year(table)
    for line, record in _records(table, batch, top, names):
        code, place = record["occupation_code"], record["area_code"]
        if not OCCUPATION.fullmatch(code):
            batch.refuse(line, "occupation_code", code, "Not an occupation code such as 292072.")
        elif not re.fullmatch(r"\d{7}", place, re.ASCII):
            batch.refuse(line, "area_code", place, "Not an area code of seven digits.")
        elif _wanted(soc := _soc(code), year, occupations) and _all_industries(record):
            where = area(place, record["area_name"])
            yield [
                _Cell(Series(soc, where, each), year, record[each.wide], "", line, each.wide)
                for each in MEASURES
            ]


def _series_rows(
    table: Table, batch: Batch, top: int, names: list[str], occupations: Collection[str]
) -> Iterator[list[_Cell]]:
    for line, record in _records(table, batch, top, names):
        found = SERIES_ID.fullmatch(record["series_id"])
        if not found:
            batch.refuse(line, "series_id", record["series_id"], "Not a series of this survey (OEU...).")
            continue
        place, industry, code, kind = found.groups()
        year = record["year"]
        if not NAME_YEAR.fullmatch(year) or record["period"] != "A01":
            batch.refuse(line, "year", f"{year} {record['period']}", "Not a year and its annual period A01.")
        elif kind in BY_SERIES and _wanted(_soc(code), int(year), occupations) and industry == "000000":
            series = Series(_soc(code), area(place), BY_SERIES[kind])
            yield [_Cell(series, int(year), record["value"], record["footnote_codes"], line, "value")]


def _soc(code: str) -> str:
    return code if "-" in code else f"{code[:2]}-{code[2:]}"


def _wanted(code: str, year: int, occupations: Collection[str]) -> bool:
    known = OCCUPATIONS.get(code)
    return code in occupations and (known is None or known.first <= year <= known.last)


def _year(table: Table) -> int:
    """The survey's year: from the workbook's own notes, else from the file's name; both must agree."""
    noted = {int(year) for note in table.notes for year in NOTE_YEAR.findall(note)}
    named = {int(year) for year in NAME_YEAR.findall(table.name.replace("_", " ").replace("M", " "))}
    if noted and named and not noted & named:
        raise BadFile(
            f"Its name says {_spell(named)}, its notes say {_spell(noted)}; give it its publisher's name."
        )
    years = noted & named or noted or named
    if len(years) != 1:
        raise BadFile("Its name must hold the survey's year once, as in national_M2022_dl.xlsx.")
    return years.pop()


def _spell(years: set[int]) -> str:
    return " and ".join(str(year) for year in sorted(years))


def _take(row: list[_Cell], batch: Batch) -> None:
    """Adds the figures of a row, or refuses the whole row for its first bad cell."""
    figures = []
    for cell in row:
        missing = _missing(cell)
        value = None if missing else number(cell.text)
        if value is None and not missing:
            batch.refuse(
                cell.line, cell.column, cell.text[:100], "Neither a number nor a mark of this survey."
            )
            return
        made = figure(cell.series, cell.year, value, missing)
        figures.append(replace(made, line=cell.line, column=cell.column))
    batch.figures += figures


def _missing(cell: _Cell) -> str:
    """Why there is no value: `#` and footnote 5 the top, `*`, `**` and `-` not available, blank not said."""
    footnotes = cell.notes.replace(",", " ").split()
    if cell.series.measure.is_pay and (cell.text == "#" or "5" in footnotes):
        return Missing.TOP
    if cell.text in NO_FIGURE:
        return Missing.NOT_AVAILABLE
    return "" if cell.text else Missing.NOT_PUBLISHED


def _check_coverage(table: Table, found: set[str], occupations: Collection[str]) -> None:
    """A national table names every occupation of its year; one that lacks many is a part of one."""
    header = header_of(table, OFFICIAL)
    if not header or "area" in header[1]:
        return
    year = _year(table)
    due = {code for code in occupations if _wanted(code, year, occupations)}
    if len(found & due) < COVERAGE * len(due):
        raise BadFile(
            f"It holds {len(found)} of the {len(due)} occupations of {year} that this site follows: "
            "it is a part of the table; load the whole one."
        )
