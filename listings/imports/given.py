"""The files that a load was given: of which kind, year and release each is, and whether they go together."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from listings.fields import year_name
from listings.imports import ipeds, scorecard, tuition
from listings.imports.files import CsvFile, Progress, open_csv
from listings.imports.refusals import LoadRefusedError
from listings.models import FederalFile

Kind = FederalFile.Kind

YEAR_IN_NAME: Final = {
    Kind.DIRECTORY: re.compile(r"hd(\d{4})", re.IGNORECASE),
    Kind.COMPLETIONS: re.compile(r"c(\d{4})_a", re.IGNORECASE),
    Kind.TUITION: re.compile(r"ic(\d{4})_py", re.IGNORECASE),
}
WORDS: Final = {
    Kind.DIRECTORY: "a directory file",
    Kind.COMPLETIONS: "a completions file",
    Kind.EARNINGS: "a field-of-study file",
    Kind.INSTITUTION: "a College Scorecard institution file",
    Kind.TUITION: "a tuition file of program-year institutions",
}
# Columns that only files of the kind have, in every release.
MARKS: Final = {
    Kind.DIRECTORY: ({"INSTNM", "STABBR", "CLOSEDAT"},),
    Kind.COMPLETIONS: ({"CIPCODE", "AWLEVEL", "CTOTALT"},),
    Kind.EARNINGS: ({"CIPCODE", "CREDLEV"}, {"CIPCODE", "CREDENTIAL_LEVEL"}),
    Kind.INSTITUTION: tuple({"INSTNM", name} for name in scorecard.INSTITUTION.values()),
    Kind.TUITION: ({"CIPCODE1", "CIPTUIT2"},),
}
NAMED_BY_DATE: Final = {Kind.EARNINGS: "Field of study", Kind.INSTITUTION: "Institution"}
RELEASED: Final = (
    re.compile(r"(?P<year>20\d\d)[_-]?(?P<month>[01]\d)[_-]?(?P<day>[0-3]\d)(?!\d)"),
    re.compile(r"(?<!\d)(?P<month>[01]\d)(?P<day>[0-3]\d)(?P<year>20\d\d)(?!\d)"),
)


@dataclass(frozen=True)
class Order:
    """What the operator asked for.

    `year` is that of files whose name tells none, `accept_loss` a percentage.
    """

    directory: Path
    completions: tuple[Path, ...]
    earnings: tuple[Path, ...] = ()
    institution: Path | None = None
    tuition: Path | None = None
    year: int | None = None
    partial: bool = False
    accept_loss: int = 10
    switch: bool = True
    dry_run: bool = False


@dataclass(frozen=True)
class GivenFile:
    """One file with what it is.

    Completions 2023 are of 2022-23, tuition 2023 of 2023-24; College Scorecard's files are of no year.
    """

    kind: FederalFile.Kind
    csv: CsvFile
    year: int | None
    release: str


@dataclass(frozen=True)
class Given:
    """Files that go together: the newest completions are of the directory's year, the others are older."""

    directory: GivenFile
    completions: tuple[GivenFile, ...]
    earnings: tuple[GivenFile, ...]
    institution: tuple[GivenFile, ...]
    tuition: tuple[GivenFile, ...]
    year: int

    @property
    def files(self) -> tuple[GivenFile, ...]:
        return (self.directory, *self.completions, *self.earnings, *self.institution, *self.tuition)


def open_given(order: Order, *, progress: Progress) -> Given:
    """Opens all files and checks their form. Raises LoadRefusedError."""

    def opened(kind: FederalFile.Kind, paths: Iterable[Path | None]) -> tuple[GivenFile, ...]:
        return tuple(_open(kind, path, order.year, progress) for path in paths if path)

    [first] = opened(Kind.DIRECTORY, [order.directory])
    rest = opened(Kind.COMPLETIONS, order.completions)
    rest = tuple(sorted(rest, key=lambda file: file.year or 0, reverse=True))
    _check_years(first, rest)
    return Given(
        first,
        rest,
        opened(Kind.EARNINGS, order.earnings),
        opened(Kind.INSTITUTION, [order.institution]),
        opened(Kind.TUITION, [order.tuition]),
        first.year or 0,
    )


def _open(kind: FederalFile.Kind, path: Path, year: int | None, progress: Progress) -> GivenFile:
    csv = open_csv(path, progress)
    for other, marks in MARKS.items():
        if other != kind and any(mark <= set(csv.header) for mark in marks):
            raise LoadRefusedError(
                f"{csv.name} is {WORDS[other]}, but was given as {WORDS[kind]}. Swap the files."
            )
    columns = {
        Kind.DIRECTORY: ipeds.DIRECTORY,
        Kind.COMPLETIONS: ipeds.COMPLETIONS,
        Kind.EARNINGS: scorecard.columns_of(csv),
        Kind.INSTITUTION: scorecard.institution_columns_of(csv),
        Kind.TUITION: tuition.COLUMNS,
    }
    csv.places(columns[kind])
    return GivenFile(kind, csv, _year(kind, csv, year), _release(kind, csv))


def _year(kind: FederalFile.Kind, csv: CsvFile, told: int | None) -> int | None:
    if kind not in YEAR_IN_NAME:
        return None
    match = YEAR_IN_NAME[kind].match(csv.member)
    found = int(match[1]) if match else told
    if found is None:
        raise LoadRefusedError(
            f"{csv.name} does not tell its year by its name (hd2023, c2023_a, ic2023_py)."
            " Name it so, or add --year."
        )
    if told is not None and found != told and kind == Kind.DIRECTORY:
        raise LoadRefusedError(
            f"{csv.name} is of {found} by its name, but --year says {told}. Leave one out."
        )
    return found


def _release(kind: FederalFile.Kind, csv: CsvFile) -> str:
    """What its publisher calls it: HD2023, C2023_A; College Scorecard's files go by their date."""
    if match := YEAR_IN_NAME.get(kind, re.compile(r"(?!)")).match(csv.member):
        revised = ", revised" if re.search(r"_rv\b", csv.member, re.IGNORECASE) else ""
        return match[0].upper() + revised
    if kind in NAMED_BY_DATE:
        for pattern in RELEASED:
            if (found := pattern.search(csv.member)) and (day := _day(found)):
                return f"{NAMED_BY_DATE[kind]}, {day:%B} {day.day}, {day.year}"
    return Path(csv.member).stem[:100]


def _day(found: re.Match[str]) -> date | None:
    try:
        return date(int(found["year"]), int(found["month"]), int(found["day"]))
    except ValueError:
        return None


def _check_years(directory: GivenFile, completions: Sequence[GivenFile]) -> None:
    years = [file.year for file in completions]
    for file in completions:
        if years.count(file.year) > 1:
            raise LoadRefusedError(f"Two completions files are of {file.year}. Give one of them.")
    newest = completions[0]
    if newest.year != directory.year:
        raise LoadRefusedError(
            f"The newest completions file, {newest.csv.name}, is of {newest.year} ({_said(newest.year)}),"
            f" the directory file of {directory.year}. Give the completions of {directory.year} with it."
        )


def _said(year: int | None) -> str:
    return year_name(year or 0)
