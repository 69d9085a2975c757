"""Employment Projections of the Bureau of Labor Statistics: tables 1.2 and 1.10, csv or workbook."""

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Final

from content.lib.cells import number
from content.lib.figures import Figure, Origin
from content.lib.tables import BadFile, Row, Table
from content.models import Missing
from content.providers.batch import Batch, check_range, fold, whole
from content.providers.occupations import BLS, NATION, OCCUPATIONS, Occupation

NAME: Final = "projections"
TITLE: Final = re.compile(r"Table (1\.2|1\.10) .*\(Employment in thousands\)")
CODE: Final = re.compile(r"(20\d\d) national employment matrix code", re.ASCII)
END: Final = "source: employment projections program"
NO_FIGURE: Final = "\N{EM DASH}"
PAGES: Final = {
    "1.2": "https://www.bls.gov/emp/tables/occupational-projections-and-characteristics.htm",
    "1.10": "https://www.bls.gov/emp/tables/occupational-separations-and-openings.htm",
}
# Counted from the end of a year, from May, and for an outlook from its first day: each gives three years.
STALE_MONTHS: Final = {"year": 24, "may": 31, "span": 36}


@dataclass(frozen=True, slots=True)
class Measure:
    """A column of a table: `{base}`, `{end}` and `{span}` in its name stand for the release's years.

    People are counted in thousands there. `change` is what may change from release to release by rule.
    """

    table: str
    key: str
    words: str
    column: str
    unit: str = "people"
    per: str = ""
    period: str = "span"
    lowest: int = 0
    highest: int = 300_000_000
    change: int = 40

    @property
    def in_thousands(self) -> bool:
        return self.unit in {"people", "openings"}


def _rate(key: str, words: str, column: str) -> Measure:
    yearly = f"{column}, {{span}} annual average"
    return Measure("1.10", key, words, yearly, "percent", "year", highest=100, change=5)


def _yearly(key: str, words: str, column: str) -> Measure:
    return Measure("1.10", key, words, f"{column}, {{span}} annual average", per="year")


MEASURES: Final = (
    Measure("1.2", "employment", "employment", "employment, {base}", period="year"),
    Measure("1.2", "employment-projected", "employment at the end of the projection", "employment, {end}"),
    Measure(
        "1.2",
        "change-number",
        "projected change in employment",
        "employment change, numeric, {span}",
        lowest=-50_000_000,
        change=300,
    ),
    Measure(
        "1.2",
        "change-percent",
        "projected change in employment, percent",
        "employment change, percent, {span}",
        "percent",
        lowest=-95,
        highest=200,
        change=10,
    ),
    Measure(
        "1.2",
        "openings",
        "projected openings",
        "occupational openings, {span} annual average",
        "openings",
        "year",
    ),
    Measure(
        "1.2",
        "median-annual",
        "median annual pay",
        "median annual wage, dollars, {base}",
        "USD",
        "year",
        "may",
        lowest=4_000,
        highest=2_000_000,
        change=20,
    ),
    _rate("exit-percent", "projected share leaving the labor force", "labor force exit rate"),
    _rate("transfer-percent", "projected share moving to other work", "occupational transfer rate"),
    _rate(
        "separation-percent", "projected share leaving the occupation", "total occupational separations rate"
    ),
    _yearly("exits", "projected exits from the labor force", "labor force exits"),
    _yearly("transfers", "projected moves to other work", "occupational transfers"),
    _yearly("separations", "projected departures from the occupation", "total occupational separations"),
)
BY_KEY: Final = {measure.key: measure for measure in MEASURES}


def recognises(table: Table) -> bool:
    """Whether the table's first line names table 1.2 or 1.10, in thousands."""
    return bool(table.head and TITLE.fullmatch(table.head[0][1][0]))


def read(table: Table, occupations: Collection[str] = OCCUPATIONS.keys()) -> Batch:
    """The figures of these occupations. A bad cell refuses its row; bad form raises BadFile."""
    batch = Batch(table.name)
    number_of_table, top, names, base = _form(table)
    columns = {
        measure: _column(names, measure, base) for measure in MEASURES if measure.table == number_of_table
    }
    code = next(place for place, name in enumerate(names) if CODE.fullmatch(name))
    last = ""
    for row in table.rows:
        last = row[1][0]
        if row[0] <= top or len(row[1]) <= code or not re.fullmatch(r"\d\d-\d{4}", row[1][code], re.ASCII):
            continue
        batch.rows += 1
        cells = whole(row, len(names))
        if cells[code] in occupations:
            _take((row[0], cells), cells[code], columns, base, batch)
    if not last.casefold().startswith(END):
        raise BadFile("Its last line does not name the source: the table is cut short; fetch it again.")
    if not batch.figures and not batch.refusals:
        raise BadFile("It holds none of the occupations that this site follows; is it the right file?")
    check_range(batch)
    return batch


def figure(occupation: str, measure: Measure, base: int, value: Decimal | None, missing: str = "") -> Figure:
    """One value of the projections from the year `base` for the ten years after it."""
    title = OCCUPATIONS.get(occupation, Occupation(occupation)).title
    span = _span(base)
    period, start, end = {
        "year": (str(base), date(base, 1, 1), date(base, 12, 31)),
        "may": (f"May {base}", date(base, 5, 1), date(base, 5, 31)),
        "span": (span, date(base, 1, 1), date(base + 10, 12, 31)),
    }[measure.period]
    source = f"Employment Projections {span}, table {measure.table}"
    return Figure(
        key=f"ep.{occupation}.us.{measure.key}",
        label=f"{title}: {measure.words}, {NATION.name}",
        unit=measure.unit,
        per=measure.per,
        subject=f"{title} ({occupation})",
        area=NATION.name,
        measure=measure.key,
        publisher=BLS,
        provider=NAME,
        period=period,
        period_start=start,
        period_end=end,
        value=value,
        missing=missing,
        release=f"Employment Projections {span}",
        source=Origin(BLS, source, PAGES[measure.table]),
        lowest=Decimal(measure.lowest),
        highest=Decimal(measure.highest),
        max_change_percent=measure.change,
        stale_months=STALE_MONTHS[measure.period],
    )


def _span(base: int) -> str:
    return f"{base}-{(base + 10) % 100:02}"


def _form(table: Table) -> tuple[str, int, list[str], int]:
    """Which table it is, its header's line and names, and its base year."""
    title = TITLE.fullmatch(table.head[0][1][0])
    for line, cells in table.head[1:]:
        names = [re.sub(r"\[\d+\]$", "", fold(cell)).strip() for cell in cells]
        years = [int(found[1]) for name in names if (found := CODE.fullmatch(name))]
        if title and len(years) == 1:
            return title[1], line, names, years[0]
    raise BadFile("Under its title stands no header with a column '20.. National Employment Matrix code'.")


def _column(names: list[str], measure: Measure, base: int) -> int:
    wanted = measure.column.format(base=base, end=base + 10, span=_span(base))
    if names.count(wanted) != 1:
        raise BadFile(f"It has no column '{wanted}' (or several): the publisher changed the table.")
    return names.index(wanted)


def _take(row: Row, occupation: str, columns: dict[Measure, int], base: int, batch: Batch) -> None:
    """Adds the figures of a row, or refuses the whole row for its first bad cell."""
    line, cells = row
    figures = []
    for measure, place in columns.items():
        text = cells[place]
        missing = _missing(text, measure)
        value = None if missing else number(text)
        if value is None and not missing:
            batch.refuse(line, measure.column, text[:100], "Neither a number nor a mark of this table.")
            return
        scaled = value * 1000 if value is not None and measure.in_thousands else value
        figures.append(
            replace(figure(occupation, measure, base, scaled, missing), line=line, column=measure.column)
        )
    batch.figures += figures


def _missing(text: str, measure: Measure) -> str:
    """Why there is no value: a dash is not available, `>=` the top of the survey, blank not said."""
    if text.startswith(">=$") and measure.unit == "USD":
        return Missing.TOP
    if text == NO_FIGURE:
        return Missing.NOT_AVAILABLE
    return "" if text else Missing.NOT_PUBLISHED
