"""What is known of one school, each value with its source, each missing value said as what it is."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from django.contrib.humanize.templatetags.humanize import intcomma
from django.db.models import BooleanField, Case, Q, Value, When
from django.db.models.functions import Now
from django.utils.safestring import SafeString

from content.lib.charts import Point, history
from content.models import Missing
from listings.fields import AWARD_LEVELS, CREDENTIAL_LEVELS, FIELD_GROUPS, cip_title, group_of, year_name
from listings.models import (
    CompletionsRow,
    DataVersion,
    DirectoryRow,
    EarningsRow,
    FederalFile,
    Program,
    School,
)
from listings.stated import Said, said

EARNINGS_FIELD: Final = "51.07"
LEVELS: Final = tuple(AWARD_LEVELS)
MEDIANS: Final = ("median_1yr", "median_2yr", "median_4yr", "median_5yr")


@dataclass(frozen=True)
class Cell:
    """A value in words; `missing` where there is none and the words say why."""

    text: str
    missing: bool = False


@dataclass(frozen=True)
class ProgramRow:
    """A program, a cell of awards for each of the school's years, the newest first, and what is stated."""

    title: str
    cip: str
    award: str
    awards: list[Cell]
    stated: list[Said]


@dataclass(frozen=True)
class Group:
    """Programs of one field group."""

    name: str
    programs: list[ProgramRow]


@dataclass(frozen=True)
class EarningsLine:
    """Medians one, two, four and five years on, of one credential level in all of the 4-digit CIP."""

    level: str
    medians: list[Cell]


@dataclass
class Profile:
    """Everything that a school's page prints, read in at most seven queries."""

    school: School
    directory: DirectoryRow | None = None
    years: list[str] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    chart: str = ""
    earnings: list[EarningsLine] = field(default_factory=list)
    earnings_file: FederalFile | None = None
    completions_files: list[FederalFile] = field(default_factory=list)
    states_anything: bool = False


def read_profile(school: School, *, at: datetime | None = None) -> Profile:
    """What readers may know now: the federal rows of the current version and the school's statements."""
    profile = Profile(school)
    version = DataVersion.objects.filter(is_current=True).values_list("number", flat=True).first() or 0
    directory = DirectoryRow.objects.at_version(version).filter(school=school)
    profile.directory = directory.select_related("file").first()
    programs = sorted(school.programs.all(), key=_place)
    statements = _statements(school, at)
    profile.states_anything = bool(statements)
    _read_awards(profile, programs, statements, version)
    _read_earnings(profile, programs, version)
    return profile


def _place(program: Program) -> tuple[int, str, int]:
    """Nearest field first; of one field the shorter award first."""
    return group_of(program.cip).place, program.cip, LEVELS.index(program.award_level)


def missing(row: CompletionsRow | EarningsRow, name: str) -> Cell:
    """Why a federal row has no value, in words."""
    kind = row.missing.get(name, Missing.NOT_REPORTED)
    return Cell(Missing(kind).label if kind in Missing.values else Missing.NOT_REPORTED.label, missing=True)


def _statements(school: School, at: datetime | None) -> list[Any]:
    """The current statements; `is_valid` is false for one whose last day has passed."""
    valid = Q(valid_until=None) | Q(valid_until__gt=at or Now())
    return list(
        school.statements.filter(replaced_at=None).annotate(
            is_valid=Case(When(valid, then=Value(True)), default=False, output_field=BooleanField())
        )
    )


def _read_awards(profile: Profile, programs: list[Program], statements: list[Any], version: int) -> None:
    rows = list(
        CompletionsRow.objects.at_version(version).filter(program__in=programs).select_related("file")
        if programs
        else []
    )
    by_program: dict[int, dict[int, CompletionsRow]] = defaultdict(dict)
    for row in rows:
        by_program[row.program_id][row.year] = row
    years = sorted({row.year for row in rows}, reverse=True)
    profile.years = [year_name(year) for year in years]
    profile.completions_files = _once(row.file for row in rows)
    grouped: dict[str, list[ProgramRow]] = defaultdict(list)
    for program in programs:
        if profile.directory and not by_program[program.pk]:
            continue  # other versions of the data name it
        grouped[group_of(program.cip).name].append(
            ProgramRow(
                title=cip_title(program.cip),
                cip=program.cip,
                award=AWARD_LEVELS[program.award_level].name,
                awards=[_awards(by_program[program.pk].get(year)) for year in years],
                stated=said(statements, program),
            )
        )
    profile.groups = [
        Group(group.name, grouped[group.name]) for group in FIELD_GROUPS if group.name in grouped
    ]
    if profile.groups:
        profile.chart = _chart(profile.groups[0].name, programs, rows)


def _chart(group: str, programs: Iterable[Program], rows: Iterable[CompletionsRow]) -> SafeString:
    """Awards of the nearest field group by year, the reported programs added up."""
    of_group = {program.pk for program in programs if group_of(program.cip).name == group}
    sums: dict[int, int] = defaultdict(int)
    for row in rows:
        if row.program_id in of_group and row.awards is not None:
            sums[row.year] += row.awards
    points = [
        Point(date(year, 6, 30), Decimal(awards), intcomma(awards), year_name(year))
        for year, awards in sorted(sums.items())
    ]
    return history([points], name="awards-chart", title=f"{group}: awards reported a year")


def _awards(row: CompletionsRow | None) -> Cell:
    if row is None:
        return Cell(Missing.NOT_REPORTED.label, missing=True)
    return missing(row, "awards") if row.awards is None else Cell(intcomma(row.awards))


def _read_earnings(profile: Profile, programs: Collection[Program], version: int) -> None:
    """Medians at the levels that the school's programs have."""
    levels = {AWARD_LEVELS[program.award_level].credlev for program in programs}
    rows = (
        EarningsRow.objects.at_version(version)
        .filter(school=profile.school, cip4=EARNINGS_FIELD, credlev__in=levels)
        .select_related("file")
        .order_by("credlev")
    )
    for row in rows:
        profile.earnings_file = row.file
        values = [(name, getattr(row, name)) for name in MEDIANS]
        cells = [
            missing(row, name) if value is None else Cell(f"${intcomma(value)}") for name, value in values
        ]
        profile.earnings.append(EarningsLine(CREDENTIAL_LEVELS[row.credlev], cells))


def _once(files: Iterable[FederalFile]) -> list[FederalFile]:
    return sorted({file.pk: file for file in files}.values(), key=lambda file: (file.year or 0, file.release))
