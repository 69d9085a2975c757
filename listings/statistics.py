"""Figures that the directory itself yields: schools, programs and awards by state, field and level.

Counted of federal rows alone, so that they change with the data version and nothing else: what is stated of a
school moves none, and invented sample schools give none.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from django.db.models import Case, CharField, Count, Exists, F, Max, OuterRef, Q, QuerySet, Sum, Value, When

from content.lib.figures import Figure, Origin
from listings.fields import (
    AWARD_CHOICES,
    AWARD_LEVELS,
    FIELD_GROUPS,
    GROUP_BY_SLUG,
    cip_title,
    group_of,
    year_name,
)
from listings.models import CompletionsRow, DataVersion, DirectoryRow, FederalFile, Program, ReportedRow
from listings.places import STATES
from listings.standing import CLOSED_COMBINED_OR_OUT_OF_SCOPE
from listings.versions import current

PUBLISHER: Final = "National Center for Education Statistics"
ADDRESS: Final = "https://nces.ed.gov/ipeds/"
COUNTRY: Final = "us"
REST: Final = FIELD_GROUPS[-1].slug  # of CIP codes that no group names
LEVELS_OF: Final = {
    choice: [level.code for level in AWARD_LEVELS.values() if level.choice == choice]
    for choice in AWARD_CHOICES
}
# A state's few schools may well double in a year; the load itself was checked for losses.
CHANGE_OF_COUNTRY: Final = 25
CHANGE_OF_STATE: Final = 900

Subject = tuple[
    str, ...
]  # nothing for everything; a CIP code, a field group, an award choice, or the last two
Key = tuple[str, Subject]  # with the area, `us` or `oh`


@dataclass(frozen=True)
class Release:
    """From which files, of which data version, and when they came."""

    files: str
    version: int
    year: int
    retrieved_at: datetime

    @property
    def name(self) -> str:
        return f"{self.files}, data version {self.version}"


def figures() -> Iterator[Figure]:
    """Schools and programs listed now, and awards of every year loaded; nothing without a real load."""
    version = current()
    if version is None or version.is_sample:
        return
    release = _release_of(version)
    known = _known()
    for measure, numbers in (("schools", _schools(version)), ("programs", _programs(version))):
        for key in sorted(known | numbers.keys()):
            yield _figure(key, measure, numbers.get(key, 0), release)
    for of_year, awards in _awards(version):
        for key in sorted(awards):
            yield _figure(key, "awards", awards[key], of_year)


def subjects(area: str, cip: str, award: str) -> tuple[Subject, ...]:
    """What a program counts for: everything, its group, its CIP code, its level; in the country a pair."""
    group = group_of(cip).slug
    both: tuple[Subject, ...] = ((group, award),) if area == COUNTRY else ()
    return (), (group,), (cip,), (award,), *both


def areas(state: str) -> tuple[str, ...]:
    """The country, and the state where it is known."""
    return (COUNTRY, state.lower()) if state in STATES else (COUNTRY,)


def _at_version(number: int, *, of: str) -> Q:
    """That the row of a school's directory rows, reached by the path `of`, is the one that holds."""
    return Q(**{f"{of}since__lte": number}) & (Q(**{f"{of}until": None}) | Q(**{f"{of}until__gt": number}))


def _listed(version: DataVersion) -> QuerySet[Any]:
    """Programs of the newest completions whose school is open by the files, as `standing.Seen` has it."""
    row = "program__school__directory_rows__"
    is_open = Q(**{f"{row}absent_from": None, f"{row}closed_at": "", f"{row}new_unitid": None})
    over = CLOSED_COMBINED_OR_OUT_OF_SCOPE
    active = [Q(**{f"{row}active": None}), Q(**{f"{row}active__lt": over}), Q(**{f"{row}active__gt": over})]
    return (
        ReportedRow.objects.at_version(version.number)
        .filter(
            _at_version(version.number, of=row) & is_open & (active[0] | active[1] | active[2]),
            program__school__unitid__isnull=False,
        )
        .annotate(
            at=F(f"{row}state"),
            cip=F("program__cip"),
            group=_named("program__cip", {group.slug: group.cips for group in FIELD_GROUPS}, REST),
            award=_named("program__award_level", LEVELS_OF, ""),
        )
        .order_by()
    )


def _named(column: str, names: Mapping[str, Collection[object]], other: str) -> Case:
    """The name whose values have the column's."""
    cases = [When(**{f"{column}__in": list(values)}, then=Value(name)) for name, values in names.items()]
    return Case(*cases, default=Value(other), output_field=CharField())


def _known() -> set[Key]:
    """Every area and subject that a program was ever reported in: those without one now count zero."""
    ever = CompletionsRow.objects.filter(program=OuterRef("pk"))
    programs = Program.objects.filter(Exists(ever), school__unitid__isnull=False).order_by()
    found = programs.values_list("school__directory_rows__state", "cip", "award_level").distinct()
    return {
        (area, subject)
        for state, cip, level in found
        for area in areas(state)
        for subject in subjects(area, cip, AWARD_LEVELS[level].choice)
    }


def _programs(version: DataVersion) -> Counter[Key]:
    counts = Counter[Key]()
    for state, cip, award, programs in (
        _listed(version).values_list("at", "cip", "award").annotate(Count("pk"))
    ):
        for area in areas(state):
            for subject in subjects(area, cip, award):
                counts[area, subject] += programs
    return counts


def _schools(version: DataVersion) -> Counter[Key]:
    """A school with several programs of a subject counts once, so each kind of subject is a query."""
    counts = Counter[Key]()
    rows = _listed(version)
    for columns in ((), ("group",), ("cip",), ("award",), ("group", "award")):
        found = rows.values_list("at", *columns)
        for state, *subject, schools in found.annotate(Count("program__school", distinct=True)):
            for area in areas(state) if len(subject) < 2 else (COUNTRY,):
                counts[area, tuple(subject)] += schools
    return counts


def _awards(version: DataVersion) -> Iterator[tuple[Release, Mapping[Key, int]]]:
    row = "program__school__directory_rows__"
    rows = CompletionsRow.objects.at_version(version.number).filter(
        _at_version(version.number, of=row), program__school__unitid__isnull=False
    )
    found = (
        rows.order_by()
        .values_list("year", f"{row}state", "program__cip", "program__award_level")
        .annotate(number=Sum("awards"))
    )
    by_year: dict[int, Counter[Key]] = defaultdict(Counter)
    for year, state, cip, level, awards in found:
        for area in areas(state):
            for subject in subjects(area, cip, AWARD_LEVELS[level].choice):
                by_year[year][area, subject] += awards or 0
    for year in sorted(by_year):
        yield _release_of_year(version, year), by_year[year]


def _release_of(version: DataVersion) -> Release:
    """The newest directory file and the completions of its year."""
    directory = _newest_file(DirectoryRow.objects.at_version(version.number).filter(year=version.year))
    completions = _newest_file(CompletionsRow.objects.at_version(version.number).filter(year=version.year))
    files = f"{directory.release} and {completions.release}"
    return Release(files, version.number, version.year, directory.retrieved_at)


def _release_of_year(version: DataVersion, year: int) -> Release:
    """The completions of one year, and the version that last added, changed or ended a row of it."""
    every = CompletionsRow.objects.filter(year=year)
    rows = every.at_version(version.number)
    newest = rows.aggregate(since=Max("since"))["since"]
    ended = every.filter(until__lte=version.number).aggregate(until=Max("until"))["until"]
    file = _newest_file(rows)
    return Release(file.release, max(newest, ended or 0), year, file.retrieved_at)


def _newest_file(rows: QuerySet[Any]) -> FederalFile:
    """Of a version's rows of one year; a real version has some."""
    return FederalFile.objects.filter(pk__in=rows.values("file").order_by()).order_by("-version")[0]


def _words(subject: Subject) -> str:
    """A subject as a reader reads it: `Billing and coding, Associate's degree`."""
    names = {**{slug: group.name for slug, group in GROUP_BY_SLUG.items()}, **AWARD_CHOICES}
    parts = [names.get(part) or f"{cip_title(part)} ({part})" for part in subject]
    return ", ".join(parts) or "All fields of the directory"


def _figure(key: Key, measure: str, value: int, release: Release) -> Figure:
    area, subject = key
    place = "United States" if area == COUNTRY else STATES[area.upper()]
    words = _words(subject)
    return Figure(
        key=".".join(("directory", area, *(subject or ("all",)), measure)),
        label=f"{measure.capitalize()}: {words}, {place}",
        unit=measure,
        subject=words,
        area=place,
        measure=measure,
        publisher=PUBLISHER,
        provider="directory",
        period=year_name(release.year),
        period_start=date(release.year - 1, 7, 1),
        period_end=date(release.year, 6, 30),
        value=Decimal(value),
        release=release.name,
        source=Origin(PUBLISHER, f"IPEDS {release.files}, counted by this site", ADDRESS),
        retrieved_at=release.retrieved_at,
        lowest=Decimal(0),
        max_change_percent=CHANGE_OF_COUNTRY if key == (COUNTRY, ()) else CHANGE_OF_STATE,
    )
