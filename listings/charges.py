"""What a school's programs cost and how long they take by federal files, and which figure is whose."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from django.contrib.humanize.templatetags.humanize import intcomma

from listings import words
from listings.fields import cip_title, year_name
from listings.models import TuitionRow
from listings.words import Cell


class Figures(Protocol):
    """What is charged for programs of a CIP code in the year that begins in the autumn of `year`."""

    @property
    def cip(self) -> str: ...
    @property
    def year(self) -> int: ...


def surely_of[F: Figures](cip: str, taught: Collection[str], charged: Sequence[F]) -> F | None:
    """The newest figures of a school's program of this CIP code; `taught` are the codes of all its programs.

    The files tell no award level: of two programs or two figures of one code nobody knows whose is which.
    """
    newest = max((figures.year for figures in charged), default=0)
    found = [figures for figures in charged if (figures.cip, figures.year) == (cip, newest)]
    alike = [code for code in taught if code == cip]
    return found[0] if len(found) == len(alike) == 1 else None


@dataclass(frozen=True)
class Charge:
    """One program of one year as a reader reads it."""

    title: str
    cip: str
    year: str
    tuition: Cell
    supplies: Cell
    length: Cell
    months: Cell


def charges_in_words(rows: Iterable[TuitionRow]) -> list[Charge]:
    """The newest year first, of a year the largest program."""
    return [
        Charge(
            title=cip_title(row.cip),
            cip=row.cip,
            year=year_name(row.year + 1),
            tuition=words.dollars(row, "tuition"),
            supplies=words.dollars(row, "supplies"),
            length=_length(row),
            months=_months(row),
        )
        for row in sorted(rows, key=lambda row: (-row.year, row.size_rank))
    ]


def _length(row: TuitionRow) -> Cell:
    if row.length is None or row.measure is None:
        return words.missing(row, "length")
    return Cell(f"{intcomma(row.length)} {TuitionRow.Measure(row.measure).label}")


def _months(row: TuitionRow) -> Cell:
    return words.missing(row, "months") if row.months is None else Cell(words.months(row.months))
