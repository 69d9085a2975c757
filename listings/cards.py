"""What a school's card says: its programs of the nearest field first, and what is not known as such."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final

from django.contrib.humanize.templatetags.humanize import intcomma
from django.db.models import BooleanField, Case, OuterRef, Q, StringAgg, Subquery, Value, When

from listings.fields import AWARD_LEVELS, DELIVERIES, cip_title, year_name
from listings.models import ListingCredential, ListingRow, School
from listings.near import Origin

SHOWN_PROGRAMS: Final = 3
SHOWN_IN_AD: Final = 1
NOT_COLLECTED: Final = {
    "delivery": "how it is taught",
    "tuition": "tuition",
    "months": "length",
    "credentials": "credential prepared for",
}


@dataclass(frozen=True)
class ProgramLine:
    """One program as a card names it; `details` are what is known of it, in words."""

    title: str
    award: str
    details: tuple[str, ...]


@dataclass(frozen=True)
class Card:
    """A school with its first programs; `missing` names what none of them states."""

    school: School
    control: str
    programs: tuple[ProgramLine, ...]
    more: int
    missing: str
    source: str
    distance: str = ""
    ad: bool = False
    has_sample: bool = False


class CardReader:
    """Reads the cards of a page's schools in one query, ads and others alike."""

    def __init__(self, schools: Collection[int], *, meets: Q, near: Origin | None = None) -> None:
        self._near = near
        self._rows: dict[int, list[Any]] = {}
        self._schools: dict[int, School] = {}
        if not schools:
            return
        for row in _rows(schools, meets):
            self._rows.setdefault(row.school_id, []).append(row)
            self._schools[row.school_id] = row.school
        bare = set(schools) - self._schools.keys()
        if bare:
            self._schools |= School.objects.in_bulk(bare)

    def card(self, school: int, *, ad: bool = False, program: int | None = None) -> Card:
        """Programs that meet what is asked come first, then nearest field; an ad's own program before all."""
        rows = sorted(
            self._rows.get(school, ()),
            key=lambda row: (row.pk != program, not row.meets, bytes(row.rank_key)),
        )
        shown = rows[: SHOWN_IN_AD if ad else SHOWN_PROGRAMS]
        return Card(
            school=self._schools[school],
            control=rows[0].get_control_display() if rows else "",
            programs=tuple(_line(row) for row in shown),
            more=len(rows) - len(shown),
            missing=_missing(shown),
            source=_source(self._schools[school], shown),
            distance=self._near.distance(self._schools[school]) if self._near else "",
            ad=ad,
            has_sample=any(row.has_sample for row in shown),
        )

    def cards(self, schools: Collection[int]) -> list[Card]:
        return [self.card(school) for school in schools if school in self._schools]


def _rows(schools: Collection[int], meets: Q) -> Collection[Any]:
    """Listing rows with `meets` and `prepares`, the slugs of their credentials."""
    prepares = (
        ListingCredential.objects.filter(row=OuterRef("pk"))
        .order_by()
        .values("row")
        .annotate(slugs=StringAgg("credential", delimiter=Value(",")))
        .values("slugs")
    )
    met = Case(When(meets, then=True), default=False, output_field=BooleanField()) if meets else Value(True)
    return (
        ListingRow.objects.filter(school__in=schools)
        .select_related("school")
        .defer("school__text", "school__aliases")
        .annotate(meets=met, prepares=Subquery(prepares))
    )


def _line(row: Any) -> ProgramLine:
    credentials = prepares(row.prepares or "") if row.credentials_stated else ""
    details = (awards(row), delivery(row), tuition(row), months(row), credentials)
    return ProgramLine(
        title=cip_title(row.cip),
        award=AWARD_LEVELS[row.award_level].name,
        details=tuple(words for words in details if words),
    )


def awards(row: ListingRow) -> str:
    """`12 awards in 2022-23`; none reported is said apart from zero."""
    if row.awards is None or row.awards_year is None:
        return "awards not reported"
    return f"{intcomma(row.awards)} award{'' if row.awards == 1 else 's'} in {year_name(row.awards_year)}"


def delivery(row: ListingRow) -> str:
    bits = row.delivery or 0
    return ", ".join(way.name.lower() for way in DELIVERIES if way.bit & bits)


def tuition(row: ListingRow) -> str:
    if row.tuition is None:
        return ""
    year = f" ({row.tuition_year})" if row.tuition_year else ""
    return f"${intcomma(row.tuition)}{year}"


def months(row: ListingRow) -> str:
    return "" if row.months is None else f"{row.months} month{'' if row.months == 1 else 's'}"


def prepares(slugs: str) -> str:
    """`prepares for CCS, CPC`, or that it was said to prepare for none; slugs stand between commas."""
    codes = ", ".join(sorted(slug.upper() for slug in slugs.split(",") if slug))
    return f"prepares for {codes}" if codes else "prepares for no credential"


def _missing(rows: Collection[ListingRow]) -> str:
    known = {
        "delivery": any(row.delivery for row in rows),
        "tuition": any(row.tuition is not None for row in rows),
        "months": any(row.months is not None for row in rows),
        "credentials": any(row.credentials_stated for row in rows),
    }
    return ", ".join(words for field, words in NOT_COLLECTED.items() if not known[field])


def _source(school: School, rows: Collection[ListingRow]) -> str:
    if school.is_sample:
        return "Invented figures, to show how the list works."
    years = sorted({row.awards_year for row in rows if row.awards_year and row.awards is not None})
    sources = [f"Awards: IPEDS completions, {', '.join(year_name(year) for year in years)}."] if years else []
    if any(row.charges_file_id for row in rows):
        sources.append("Tuition, length where nobody stated them: IPEDS, program-year institutions.")
    return " ".join(sources)
