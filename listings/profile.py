"""What is known of one school, each value with its source, each missing value said as what it is."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from django.contrib.humanize.templatetags.humanize import intcomma
from django.utils.safestring import SafeString

from content.lib.charts import Point, history
from content.models import Missing
from listings.charges import Charge, charges_in_words
from listings.events import Event, Lineage, read_events, read_lineage
from listings.fields import AWARD_LEVELS, CREDENTIAL_LEVELS, FIELD_GROUPS, cip_title, group_of, year_name
from listings.logos import Logo, public
from listings.models import (
    CompletionsRow,
    DirectoryRow,
    EarningsRow,
    FederalFile,
    InstitutionRow,
    Program,
    School,
    Statement,
    TuitionRow,
)
from listings.stated import Beside, Said, of_school, offered
from listings.stating import PROGRAM_FIELDS
from listings.words import Cell, dollars, missing

EARNINGS_FIELD: Final = "51.07"
LEVELS: Final = tuple(AWARD_LEVELS)
WHOLE_SCHOOL: Final = {
    "tuition_in_state": "Tuition and fees a year, in-state",
    "tuition_out_of_state": "Tuition and fees a year, out-of-state",
    "median_6yr": "Median earnings 6 years after entry",
    "median_10yr": "Median earnings 10 years after entry",
}
MEDIANS: Final = ("median_1yr", "median_2yr", "median_4yr", "median_5yr")


@dataclass(frozen=True)
class ProgramRow:
    """A program, a cell of awards for each of the school's years, the newest first, and what is stated.

    `not_stated` names what else it might have stated.
    """

    title: str
    cip: str
    award: str
    key: str
    awards: list[Cell]
    is_reported: bool
    stated: list[Said]
    not_stated: str


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
    """Everything that a school's page prints, read in at most twelve queries."""

    school: School
    version: int = 0
    directory: DirectoryRow | None = None
    years: list[str] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    chart: str = ""
    earnings: list[EarningsLine] = field(default_factory=list)
    earnings_file: FederalFile | None = None
    completions_files: list[FederalFile] = field(default_factory=list)
    charges: list[Charge] = field(default_factory=list)
    charges_files: list[FederalFile] = field(default_factory=list)
    institution: InstitutionRow | None = None
    whole_school: list[tuple[str, Cell]] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    own: dict[str, Said] = field(default_factory=dict)
    logo: Logo | None = None
    says_anything: bool = False
    has_sample: bool = False

    @property
    def is_outside(self) -> bool:
        """Whether no federal file has ever named it."""
        return self.school.unitid is None and self.directory is None


def read_profile(school: School, *, at: datetime | None = None) -> Profile:
    """What readers may know now: the federal rows of the current version and the school's statements."""
    lineage = read_lineage()
    profile = Profile(school, lineage.version)
    directory = _read_directory(profile, lineage)
    programs = sorted(school.programs.all(), key=_place)
    statements = list(school.statements.standing(at))
    profile.has_sample = any(statement.by == Statement.By.SAMPLE for statement in statements)
    profile.own = of_school(statements, profile.directory)
    profile.logo = _logo(school, statements)
    awards = _read_awards(profile, programs)
    _group(profile, programs, awards, Beside(statements, _read_charges(profile), awards))
    _read_earnings(profile, programs)
    _read_institution(profile)
    years = sorted({year for rows in awards.values() for year in rows})
    profile.events = read_events(school, directory, years, lineage)
    return profile


def read_past(school: School) -> Profile:
    """The part of a profile that tells who accredits the school and what befell it, in eight queries."""
    lineage = read_lineage()
    profile = Profile(school, lineage.version)
    directory = _read_directory(profile, lineage)
    _read_institution(profile)
    awards = CompletionsRow.objects.at_version(lineage.version).filter(program__school=school)
    years = sorted(set(awards.order_by().values_list("year", flat=True).distinct()))
    profile.events = read_events(school, directory, years, lineage)
    return profile


def _logo(school: School, statements: Iterable[Any]) -> Logo | None:
    """Not one whose last day has passed."""
    valid = (each for each in statements if each.field == Statement.Field.LOGO and each.is_valid)
    stated = next(valid, None)
    return public(school.slug, stated.value) if stated else None


def _read_directory(profile: Profile, lineage: Lineage) -> list[DirectoryRow]:
    """All rows that the lineage brought; the profile gets the one that holds."""
    rows = DirectoryRow.objects.filter(school=profile.school, since__in=lineage.versions)
    found = list(rows.select_related("file").order_by("since"))
    holding = [row for row in found if row.until is None or row.until > profile.version]
    profile.directory = holding[-1] if holding else None
    return found


def _place(program: Program) -> tuple[int, str, int]:
    """Nearest field first; of one field the shorter award first."""
    return group_of(program.cip).place, program.cip, LEVELS.index(program.award_level)


Awards = dict[int, dict[int, CompletionsRow]]


def _read_awards(profile: Profile, programs: list[Program]) -> Awards:
    """Awards by program and year."""
    rows = list(
        CompletionsRow.objects.at_version(profile.version).filter(program__in=programs).select_related("file")
        if programs
        else []
    )
    by_program: Awards = defaultdict(dict)
    for row in rows:
        by_program[row.program_id][row.year] = row
    profile.completions_files = _once(row.file for row in rows)
    return by_program


def _read_charges(profile: Profile) -> list[TuitionRow]:
    rows = TuitionRow.objects.at_version(profile.version).filter(school=profile.school)
    found = list(rows.select_related("file"))
    profile.charges = charges_in_words(found)
    profile.charges_files = _once(row.file for row in found)
    return found


def _group(profile: Profile, programs: list[Program], awards: Awards, beside: Beside) -> None:
    years = sorted({year for rows in awards.values() for year in rows}, reverse=True)
    profile.years = [year_name(year) for year in years]
    of_statements = offered(beside.statements)
    grouped: dict[str, list[ProgramRow]] = defaultdict(list)
    for program in programs:
        if not awards[program.pk] and program.pk not in of_statements:
            continue  # other versions of the data name it
        grouped[group_of(program.cip).name].append(
            ProgramRow(
                title=cip_title(program.cip),
                cip=program.cip,
                award=AWARD_LEVELS[program.award_level].name,
                key=program.key,
                awards=[_awards(awards[program.pk].get(year)) for year in years],
                is_reported=bool(awards[program.pk]),
                stated=beside.of(program, programs),
                not_stated=beside.not_stated(program),
            )
        )
    profile.groups = [
        Group(group.name, grouped[group.name]) for group in FIELD_GROUPS if group.name in grouped
    ]
    rows = [row for years in awards.values() for row in years.values()]
    shown = (program for group in profile.groups for program in group.programs)
    profile.says_anything = any(each.field in PROGRAM_FIELDS for each in beside.statements) or any(
        not each.missing for program in shown for each in program.stated
    )
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


def _read_earnings(profile: Profile, programs: Collection[Program]) -> None:
    """Medians at the levels that the school's programs have."""
    levels = {AWARD_LEVELS[program.award_level].credlev for program in programs}
    rows = (
        EarningsRow.objects.at_version(profile.version)
        .filter(school=profile.school, cip4=EARNINGS_FIELD, credlev__in=levels)
        .select_related("file")
        .order_by("credlev")
    )
    for row in rows:
        profile.earnings_file = row.file
        medians = [dollars(row, name) for name in MEDIANS]
        profile.earnings.append(EarningsLine(CREDENTIAL_LEVELS[row.credlev], medians))


def _read_institution(profile: Profile) -> None:
    rows = InstitutionRow.objects.at_version(profile.version).filter(school=profile.school)
    profile.institution = row = rows.select_related("file").first()
    if row:
        accreditor = Cell(row.accreditor) if row.accreditor else missing(row, "accreditor")
        figures = [(label, dollars(row, name)) for name, label in WHOLE_SCHOOL.items()]
        profile.whole_school = [("Accreditor", accreditor), *figures]


def _once(files: Iterable[FederalFile]) -> list[FederalFile]:
    return sorted({file.pk: file for file in files}.values(), key=lambda file: (file.year or 0, file.release))
