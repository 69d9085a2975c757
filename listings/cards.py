"""What a school's card says: its programs of the nearest field first, and what is not known as such."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import BooleanField, Case, OuterRef, Q, StringAgg, Subquery, Value, When
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from listings.fields import AWARD_LEVELS, DELIVERIES, cip_title, year_name
from listings.models import Control, ListingCredential, ListingRow, School
from listings.near import Origin
from listings.ordering import explained
from listings.wanted import SORTS, Wanted
from listings.words import credential_name

SHOWN_PROGRAMS: Final = 3
SHOWN_IN_AD: Final = 1
CARD: Final = """<li class="card school-card{}">
<h3><a href="{}"{}>{}{}</a>{}</h3>
<p class="meta">{}{}</p>
<ul class="card-programs">{}</ul>
{}{}</li>
"""
CHOOSE: Final = """<details class="why"><summary>Why it stands here</summary>{2}</details>
<p class="cluster school-choose">\
<label class="choice"><input type="checkbox" name="school" value="{0}" form="compare">\
<span>Compare<span class="visually-hidden"> {1}</span></span></label></p>
"""
AD: Final = SafeString('<span class="ad-label">Ad – sponsored</span> ')  # noqa: RUF001
PAID_LINK: Final = SafeString(' rel="sponsored nofollow noopener"')
SAMPLE: Final = SafeString(' <span class="sample-badge">Sample – invented</span>')  # noqa: RUF001
SAMPLE_STATEMENTS: Final = SafeString(' <span class="sample-badge">Sample statements</span>')
DISTANCE: Final = ' · <span class="card-distance">{}</span>'
PROGRAM: Final = "<li><strong>{}</strong> <span>{}</span></li>"
MORE: Final = '<p class="meta">and {} more program{}</p>\n'
MISSING: Final = (
    '<p class="card-missing"><span class="missing">Not collected: {}.</span> Ask the school.</p>\n'
)
SOURCE: Final = '<p class="source-note">{}</p>\n'
SCHOOL: Final = ("id", "slug", "name", "city", "state", "latitude", "longitude", "is_sample", "rank_key")
COLUMNS: Final = (
    "pk", "school_id", "cip", "award_level", "awards", "awards_year", "control", "delivery", "tuition",
    "tuition_year", "months", "credentials_stated", "has_sample", "charges_file_id", "rank_key", "meets",
    "prepares", *(f"school__{name}" for name in SCHOOL),
)  # fmt: skip
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

    @property
    def said(self) -> str:
        return " · ".join((self.award, *self.details))


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
    why: str = ""

    @property
    def html(self) -> SafeString:
        """The card as an item of a list: one string, as a page of template nodes costs more than its data."""
        return _card(self, tail=SafeString())

    @property
    def choosable(self) -> SafeString:
        """The same with what ticks it for a comparison and saves it."""
        choose = format_html(CHOOSE, self.school.slug, self.school.name, self.why)
        return _card(self, tail=choose)


class CardReader:
    """Reads the cards of a page's schools in one query, ads and others alike."""

    def __init__(
        self, schools: Collection[int], *, meets: Q, near: Origin | None = None, sort: str = Wanted.sort
    ) -> None:
        self._near = near
        self._sort = sort
        self._rows: dict[int, list[Any]] = {}
        self._schools: dict[int, School] = {}
        if not schools:
            return
        for row in _rows(schools, meets):
            self._rows.setdefault(row.school_id, []).append(row)
        for key, rows in self._rows.items():
            values = [getattr(rows[0], f"school__{name}") for name in SCHOOL]
            self._schools[key] = School.from_db(None, SCHOOL, values)
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
            control=str(Control(rows[0].control).label) if rows else "",
            programs=tuple(_line(row) for row in shown),
            more=len(rows) - len(shown),
            missing=_missing(shown),
            source=_source(self._schools[school], shown),
            distance=self._near.distance(self._schools[school]) if self._near else "",
            ad=ad,
            has_sample=any(row.has_sample for row in shown),
            why=self._why(self._schools[school]),
        )

    def _why(self, school: School) -> str:
        """Where it stands, by the criteria of the order."""
        usual = explained(bytes(school.rank_key))
        if self._sort == Wanted.sort:
            return f"{usual}."
        return f"Sorted by \u201c{SORTS[self._sort]}\u201d; between equals: {usual}."

    def cards(self, schools: Collection[int]) -> list[Card]:
        return [self.card(school) for school in schools if school in self._schools]


def _card(card: Card, *, tail: SafeString) -> SafeString:
    nothing = SafeString()
    school = card.school
    place = ", ".join(part for part in (school.city, school.state) if part)
    about = " · ".join(part for part in (place, card.control) if part)
    away = format_html(DISTANCE, card.distance) if card.distance else nothing
    sample = SAMPLE_STATEMENTS if card.has_sample else nothing
    notes = [
        format_html(MORE, card.more, "" if card.more == 1 else "s") if card.more else nothing,
        format_html(MISSING, card.missing) if card.missing else nothing,
        format_html(SOURCE, card.source) if card.source else nothing,
    ]
    return format_html(
        CARD,
        " card-ad" if card.ad else "",
        school.get_absolute_url(),
        PAID_LINK if card.ad else nothing,
        AD if card.ad else nothing,
        school.name,
        SAMPLE if school.is_sample else sample,
        about,
        away,
        format_html_join("", PROGRAM, ((line.title, line.said) for line in card.programs)),
        SafeString("".join(notes)),
        nothing if card.ad else tail,
    )


def _rows(schools: Collection[int], meets: Q) -> Collection[Any]:
    """Columns of listing rows with `meets` and `prepares`, the slugs of their credentials.

    Tuples: a page of schools with many programs each would make hundreds of models.
    """
    prepares = (
        ListingCredential.objects.filter(row=OuterRef("pk"))
        .order_by()
        .values("row")
        .annotate(slugs=StringAgg("credential", delimiter=Value(",")))
        .values("slugs")
    )
    met = Case(When(meets, then=True), default=False, output_field=BooleanField()) if meets else Value(True)
    rows = ListingRow.objects.filter(school__in=schools)
    return rows.annotate(meets=met, prepares=Subquery(prepares)).values_list(*COLUMNS, named=True)


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
    return f"{row.awards:,} award{'' if row.awards == 1 else 's'} in {year_name(row.awards_year)}"


def delivery(row: ListingRow) -> str:
    bits = row.delivery or 0
    return ", ".join(way.name.lower() for way in DELIVERIES if way.bit & bits)


def tuition(row: ListingRow) -> str:
    if row.tuition is None:
        return ""
    year = f" ({row.tuition_year})" if row.tuition_year else ""
    return f"${row.tuition:,}{year}"


def months(row: ListingRow) -> str:
    return "" if row.months is None else f"{row.months} month{'' if row.months == 1 else 's'}"


def prepares(slugs: str) -> str:
    """`prepares for CCS, CPC`, or that it was said to prepare for none; slugs stand between commas."""
    codes = ", ".join(sorted(credential_name(slug) for slug in slugs.split(",") if slug))
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
