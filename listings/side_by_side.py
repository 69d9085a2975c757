"""Schools beside one another: of each its programs of the field nearest to billing and coding."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from django.contrib.humanize.templatetags.humanize import intcomma

from content.lib.charts import Bar, bars
from content.models import Missing
from listings.fields import AWARD_LEVELS, CREDENTIAL_LEVELS, FieldGroup, cip_title, group_of, year_name
from listings.models import (
    CompletionsRow,
    DataVersion,
    DirectoryRow,
    EarningsRow,
    FederalFile,
    Program,
    School,
    Statement,
    TuitionRow,
)
from listings.profile import EARNINGS_FIELD, MEDIANS
from listings.stated import Beside, Said, offered
from listings.words import Cell, dollars, missing

LEVELS: Final = tuple(AWARD_LEVELS)


@dataclass(frozen=True)
class Entry:
    """A stated field, or that it is missing; `programs` are numbers of programs, where these differ."""

    said: Said
    programs: str = ""


@dataclass(frozen=True)
class Earned:
    """Medians one, two, four and five years on, of one credential level."""

    level: str
    medians: Sequence[Cell]

    @property
    def after_highest(self) -> Sequence[Cell]:
        return self.medians[:2]

    @property
    def after_this(self) -> Sequence[Cell]:
        return self.medians[2:]


@dataclass
class Column:
    """What is known of one school."""

    school: School
    directory: DirectoryRow | None
    group: FieldGroup | None = None
    programs: list[Program] = field(default_factory=list)
    more: int = 0
    awards: dict[int, Cell] = field(default_factory=dict)
    sums: dict[int, int] = field(default_factory=dict)
    chart: str = ""
    stated: dict[str, list[Entry]] = field(default_factory=dict)
    earned: list[Earned] = field(default_factory=list)

    def named(self) -> list[tuple[str, str]]:
        """Title and award of each program."""
        return [(cip_title(program.cip), AWARD_LEVELS[program.award_level].name) for program in self.programs]


@dataclass(frozen=True)
class SideBySide:
    """Columns in the order of the slugs, and the files that their figures are from."""

    columns: list[Column]
    files: list[FederalFile]


def read(slugs: Collection[str], *, most: int, at: datetime | None = None) -> SideBySide:
    """The first schools of these slugs, `most` of them; eight queries at most."""
    schools = list(School.objects.known().filter(slug__in=slugs).order_by("slug")[:most])
    if not schools:
        return SideBySide([], [])
    version = DataVersion.objects.filter(is_current=True).values_list("number", flat=True).first() or 0
    rows = DirectoryRow.objects.at_version(version).filter(school__in=schools).select_related("file__version")
    directory = {row.school_id: row for row in rows}
    columns = [Column(school, directory.get(school.pk)) for school in schools]
    files = [row.file for row in directory.values()]
    files += _read_programs(columns, version, at)
    files += _read_earnings(columns, version)
    once = {file.pk: file for file in files if not file.version.is_sample}.values()
    return SideBySide(columns, sorted(once, key=lambda file: (file.kind, file.year or 0, file.release)))


def _read_programs(columns: list[Column], version: int, at: datetime | None) -> list[FederalFile]:
    schools = [column.school for column in columns]
    programs: dict[int, list[Program]] = defaultdict(list)
    for program in Program.objects.filter(school__in=schools):
        programs[program.school_id].append(program)
    reported: dict[int, dict[int, CompletionsRow]] = defaultdict(dict)
    completions = CompletionsRow.objects.at_version(version).filter(program__school__in=schools)
    files = []
    for row in completions.select_related("file__version"):
        reported[row.program_id][row.year] = row
        files.append(row.file)
    statements = _statements(schools, at)
    charged = _charges(schools, version)
    for column in columns:
        own = programs[column.school.pk]
        of_statements = offered(statements[column.school.pk])
        known = [program for program in own if reported[program.pk] or program.pk in of_statements]
        _fill(column, known)
        rows = charged[column.school.pk]
        awards = {program.pk: reported[program.pk].keys() for program in own}
        _say(column, own, Beside(statements[column.school.pk], rows, awards))
        files += [row.file for row in rows]
    _count(columns, reported)
    return files


def _charges(schools: Sequence[School], version: int) -> dict[int, list[TuitionRow]]:
    found: dict[int, list[TuitionRow]] = defaultdict(list)
    rows = TuitionRow.objects.at_version(version).filter(school__in=schools)
    for row in rows.select_related("file__version"):
        found[row.school_id].append(row)
    return found


def _fill(column: Column, programs: Sequence[Program]) -> None:
    """Programs of the nearest field, of one field the shorter award first; the others are counted."""
    if not programs:
        return
    column.group = min((group_of(program.cip) for program in programs), key=lambda group: group.place)
    column.programs = sorted(
        (program for program in programs if group_of(program.cip) == column.group),
        key=lambda program: (program.cip, LEVELS.index(program.award_level)),
    )
    column.more = len(programs) - len(column.programs)


def _count(columns: Sequence[Column], reported: dict[int, dict[int, CompletionsRow]]) -> None:
    """Awards of each column's programs added up, in every year that one of the columns has; one scale."""
    years = sorted({year for rows in reported.values() for year in rows})
    for column in columns:
        for year in years:
            rows = [reported[program.pk].get(year) for program in column.programs]
            _add(column, year, [row for row in rows if row is not None])
    highest = max((awards for column in columns for awards in column.sums.values()), default=0)
    for column in columns:
        group = column.group.name if column.group else ""
        column.chart = bars(
            [Bar(year_name(year), column.sums.get(year), column.awards[year].text) for year in years]
            if group
            else [],
            highest=highest,
            name=f"awards-{column.school.pk}",
            title=f"{column.school.name}, {group}: awards reported a year",
        )


def _add(column: Column, year: int, rows: Sequence[CompletionsRow]) -> None:
    numbers = [row.awards for row in rows if row.awards is not None]
    if numbers:
        column.sums[year] = sum(numbers)
        column.awards[year] = Cell(intcomma(sum(numbers)))
    elif rows:
        column.awards[year] = missing(rows[0], "awards")
    else:
        column.awards[year] = Cell(Missing.NOT_REPORTED.label, missing=True)


def _statements(schools: Sequence[School], at: datetime | None) -> dict[int, list[Any]]:
    """The current statements of each school."""
    found: dict[int, list[Any]] = defaultdict(list)
    for statement in Statement.objects.standing(at).filter(school__in=schools):
        found[statement.school_id].append(statement)
    return found


def _say(column: Column, programs: Sequence[Program], beside: Beside) -> None:
    """Each field once where all programs state the same, else once a value, with the programs' numbers."""
    of_field: dict[str, dict[Said, list[str]]] = defaultdict(lambda: defaultdict(list))
    for number, program in enumerate(column.programs, 1):
        for each in beside.of(program, programs):
            of_field[each.label][each].append(str(number))
    for label, values in of_field.items():
        alone = len(values) == 1
        column.stated[label] = [
            Entry(each, "" if alone else ", ".join(numbers)) for each, numbers in values.items()
        ]


def _read_earnings(columns: Sequence[Column], version: int) -> list[FederalFile]:
    """Medians at the levels that the shown programs have."""
    of_school = {column.school.pk: column for column in columns}
    rows = (
        EarningsRow.objects.at_version(version)
        .filter(school__in=of_school, cip4=EARNINGS_FIELD)
        .select_related("file__version")
        .order_by("credlev")
    )
    files = []
    for row in rows:
        column = of_school[row.school_id]
        if row.credlev not in {AWARD_LEVELS[program.award_level].credlev for program in column.programs}:
            continue
        cells = [dollars(row, name) for name in MEDIANS]
        column.earned.append(Earned(CREDENTIAL_LEVELS[row.credlev], cells))
        files.append(row.file)
    return files
