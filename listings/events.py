"""What befell a school, as the data versions that readers' one was built on tell it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from listings.fields import year_name
from listings.models import Bystander, DataVersion, DirectoryRow, FederalFile, School
from listings.standing import Seen

END_OF_YEAR = (12, 31)


@dataclass(frozen=True)
class Event:
    """Something that a federal file reports; `school` is another one that it is about."""

    day: date
    when: str
    text: str
    file: FederalFile
    school: School | None = None


@dataclass(frozen=True)
class Lineage:
    """A version and those that it was built on, with their files, the oldest first.

    A part of a year says of nobody that it is new or gone: its files are left out of `files`.
    """

    versions: Sequence[int]
    files: Sequence[FederalFile]

    @property
    def version(self) -> int:
        """The newest one, 0 before the first load."""
        return self.versions[-1] if self.versions else 0

    def before(self, version: int, year: int) -> list[FederalFile]:
        """Directory files of earlier years that were loaded before the version."""
        return [
            file
            for file in self.files
            if file.kind == FederalFile.Kind.DIRECTORY
            and file.version_id < version
            and (file.year or 0) < year
        ]

    def directory(self, year: int) -> FederalFile | None:
        """The newest directory file of the year."""
        kind = FederalFile.Kind.DIRECTORY
        return next((file for file in reversed(self.files) if (file.kind, file.year) == (kind, year)), None)

    def completions(self) -> dict[int, FederalFile]:
        """The newest completions file of each year."""
        return {file.year or 0: file for file in self.files if file.kind == FederalFile.Kind.COMPLETIONS}


def read_lineage() -> Lineage:
    """That of the version which readers see; in two queries."""
    numbers = DataVersion.objects.lineage()
    files = FederalFile.objects.filter(version__in=numbers, version__is_partial=False)
    return Lineage(sorted(numbers), list(files.order_by("version", "pk")))


def read_events(
    school: School, rows: Sequence[DirectoryRow], years: Sequence[int], lineage: Lineage
) -> list[Event]:
    """The newest first; `rows` are the school's directory rows of the lineage, `years` those with awards."""
    if school.is_sample or not rows:
        return []
    events = [*_begin(rows[0], years, lineage), *_taken_in(school, lineage), *_lapse(school, years, lineage)]
    for earlier, later in zip([None, *rows], rows, strict=False):
        events += _changes(school, earlier, later, lineage)
    return sorted(events, key=lambda event: event.day, reverse=True)


def _begin(first: DirectoryRow, years: Sequence[int], lineage: Lineage) -> Iterator[Event]:
    """That a school is new, where an earlier file is there that could have named it."""
    earlier = lineage.before(first.since, first.year)
    named = Bystander.objects.filter(file__in=earlier, unitid=first.school.unitid or 0)
    if earlier and not named.exists():
        yield _in_year(first.year, f"New in the federal directory of {first.year}.", first.file)
    loaded = lineage.completions()
    if years and min(loaded, default=0) < min(years) in loaded:
        year = min(years)
        text = f"First awards in this field reported for {year_name(year)}."
        yield _in_year(year, text, loaded[year])


def _lapse(school: School, years: Sequence[int], lineage: Lineage) -> Iterator[Event]:
    """That the next year's file names no program of the school any more."""
    loaded = lineage.completions()
    later = [year for year in loaded if years and year > max(years)]
    if later and school.status == School.Status.NO_ROW:
        text = (
            f"No awards in this field reported for {year_name(min(later))} any more; the last were those of"
        )
        yield _in_year(min(later), f"{text} {year_name(max(years))}.", loaded[min(later)])


def _changes(
    school: School, earlier: DirectoryRow | None, later: DirectoryRow, lineage: Lineage
) -> list[Event]:
    """What a directory row says that the one before did not."""
    was, now = (_seen(earlier) if earlier else None), _seen(later)
    events = []
    if earlier and earlier.name != later.name and later.absent_from is None:
        events.append(_in_year(later.year, f"Renamed; it was \u201c{earlier.name}\u201d before.", later.file))
    if now.is_over and not (was and was.is_over):
        events.append(_end(school, now, later))
    elif was and was.is_over and not now.is_over:
        events.append(
            _in_year(later.year, f"Open again in the federal directory of {later.year}.", later.file)
        )
    if now.absent_from and not now.is_over and not (was and was.absent_from):
        text = f"Not in the federal directory of {now.absent_from} any more; the files do not say why."
        events.append(_in_year(now.absent_from, text, lineage.directory(now.absent_from) or later.file))
    return events


def _end(school: School, seen: Seen, row: DirectoryRow) -> Event:
    on = seen.closed_on
    when = f"{on:%B} {on.day}, {on.year}" if on else str(row.year)
    day = on or date(row.year, *END_OF_YEAR)
    if seen.new_unitid:
        return Event(day, when, "Became part of", row.file, school.successor)
    return Event(day, when, "Closed.", row.file)


def _taken_in(school: School, lineage: Lineage) -> Iterator[Event]:
    """Schools that became a part of this one."""
    if school.unitid:
        rows = DirectoryRow.objects.at_version(lineage.version)
        rows = rows.filter(school__successor=school, new_unitid=school.unitid)
        for row in rows.select_related("school", "file").order_by("school"):
            end = _end(row.school, _seen(row), row)
            yield Event(end.day, end.when, "Took in", row.file, row.school)


def _seen(row: DirectoryRow) -> Seen:
    return Seen(row.year, row.absent_from, row.closed_at, row.active, row.new_unitid)


def _in_year(year: int, text: str, file: FederalFile) -> Event:
    return Event(date(year, *END_OF_YEAR), str(year), text, file)
