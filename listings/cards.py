"""What a school's card says: its programs of the nearest field first, and what is not known as such."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cache
from html import escape
from typing import Final

from django.urls import reverse
from django.utils.safestring import SafeString

from listings import card_rows
from listings.card_rows import ProgramRow
from listings.fields import AWARD_LEVELS, DELIVERIES, cip_title, year_name
from listings.index.answer import Answer
from listings.models import Control, School
from listings.near import Origin
from listings.ordering import explained
from listings.wanted import SORTS, Wanted
from listings.words import credential_name

SHOWN_PROGRAMS: Final = 3
SHOWN_IN_AD: Final = 1
SLUG: Final = "SLUG"
AD: Final = '<span class="ad-label">Ad – sponsored</span> '  # noqa: RUF001
PAID_LINK: Final = ' rel="sponsored nofollow noopener"'
SAMPLE: Final = ' <span class="sample-badge">Sample – invented</span>'  # noqa: RUF001
SAMPLE_STATEMENTS: Final = ' <span class="sample-badge">Sample statements</span>'
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
        return SafeString(_card(self))

    @property
    def choosable(self) -> SafeString:
        """The same with what ticks it for a comparison and saves it."""
        return SafeString(_card(self, tail=_choose(self)))


class CardReader:
    """Reads the cards of a page's schools in one query, ads and others alike.

    `answer` says which of their programs meet what is asked.
    """

    def __init__(
        self,
        schools: Collection[int],
        *,
        answer: Answer | None = None,
        near: Origin | None = None,
        sort: str = Wanted.sort,
    ) -> None:
        self._near = near
        self._sort = sort
        self._schools, rows = card_rows.read(schools)
        meeting = answer.meeting(list(rows)) if answer else [[] for _school in rows]
        self._rows = {
            school: _ranked(of_school, met)
            for (school, of_school), met in zip(rows.items(), meeting, strict=True)
        }
        bare = set(schools) - rows.keys()
        if bare:
            self._schools |= School.objects.in_bulk(bare)

    def card(self, school: int, *, ad: bool = False, program: int | None = None) -> Card:
        """Programs that meet what is asked come first, then nearest field; an ad's own program before all."""
        rows = self._rows.get(school, [])
        if program:
            rows = sorted(rows, key=lambda row: row.pk != program)
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
        return f"By \u201c{SORTS[self._sort]}\u201d, then: {usual}."

    def cards(self, schools: Collection[int]) -> list[Card]:
        return [self.card(school) for school in schools if school in self._schools]


def _card(card: Card, *, tail: str = "") -> str:
    school = card.school
    place = ", ".join(part for part in (school.city, school.state) if part)
    about = " · ".join(part for part in (place, card.control) if part)
    away = f' · <span class="card-distance">{escape(card.distance)}</span>' if card.distance else ""
    statements = SAMPLE_STATEMENTS if card.has_sample else ""
    programs = "".join(
        f"<li><strong>{escape(line.title)}</strong> {escape(line.said)}</li>" for line in card.programs
    )
    if card.more:
        programs += f"<li>and {card.more} more program{'' if card.more == 1 else 's'}</li>"
    return (
        f'<li class="card school-card{" card-ad" if card.ad else ""}">\n'
        f'<h3><a href="{_address().replace(SLUG, school.slug)}"{PAID_LINK if card.ad else ""}>'
        f"{AD if card.ad else ''}{escape(school.name)}</a>"
        f"{SAMPLE if school.is_sample else statements}</h3>\n"
        f'<p class="meta">{escape(about)}{away}</p>\n'
        f'<ul class="card-programs">{programs}</ul>\n'
        f"{_notes(card)}{tail}</li>\n"
    )


@cache
def _address() -> str:
    """Of a school's page; resolved once, as it differs in nothing but the slug."""
    return reverse("school-detail", args=[SLUG])


def _notes(card: Card) -> str:
    notes = ""
    if card.missing:
        missing = f'<span class="missing">Not collected: {card.missing}.</span> Ask the school.'
        notes += f'<p class="card-missing">{missing}</p>\n'
    if card.source:
        notes += f'<p class="source-note">{card.source}</p>\n'
    return notes


def _choose(card: Card) -> str:
    return (
        f'<details class="why"><summary>Why it stands here</summary>{escape(card.why)}</details>\n'
        '<p class="school-choose"><label>'
        f'<input type="checkbox" name="school" value="{card.school.slug}" form="compare">'
        f'Compare<span class="visually-hidden"> {escape(card.school.name)}</span></label></p>\n'
    )


def _ranked(rows: list[ProgramRow], meeting: Iterable[bool]) -> list[ProgramRow]:
    """Those that meet what is asked before the others, each in the order of programs."""
    met = {row.pk for row, meets in zip(rows, meeting, strict=False) if meets}
    return sorted(rows, key=lambda row: (row.pk not in met, bytes(row.rank_key)))


def _line(row: ProgramRow) -> ProgramLine:
    credentials = prepares(row.prepares or "") if row.credentials_stated else ""
    details = (awards(row), delivery(row), tuition(row), months(row), credentials)
    return ProgramLine(
        title=cip_title(row.cip),
        award=AWARD_LEVELS[row.award_level].name,
        details=tuple(words for words in details if words),
    )


def awards(row: ProgramRow) -> str:
    """`12 awards in 2022-23`; none reported is said apart from zero."""
    if row.awards is None or row.awards_year is None:
        return "awards not reported"
    return f"{row.awards:,} award{'' if row.awards == 1 else 's'} in {year_name(row.awards_year)}"


def delivery(row: ProgramRow) -> str:
    bits = row.delivery or 0
    return ", ".join(way.name.lower() for way in DELIVERIES if way.bit & bits)


def tuition(row: ProgramRow) -> str:
    if row.tuition is None:
        return ""
    year = f" ({row.tuition_year})" if row.tuition_year else ""
    return f"${row.tuition:,}{year}"


def months(row: ProgramRow) -> str:
    return "" if row.months is None else f"{row.months} month{'' if row.months == 1 else 's'}"


def prepares(slugs: str) -> str:
    """`prepares for CCS, CPC`, or that it was said to prepare for none; slugs stand between commas."""
    codes = ", ".join(sorted(credential_name(slug) for slug in slugs.split(",") if slug))
    return f"prepares for {codes}" if codes else "prepares for no credential"


def _missing(rows: Collection[ProgramRow]) -> str:
    known = {
        "delivery": any(row.delivery for row in rows),
        "tuition": any(row.tuition is not None for row in rows),
        "months": any(row.months is not None for row in rows),
        "credentials": any(row.credentials_stated for row in rows),
    }
    return ", ".join(words for field, words in NOT_COLLECTED.items() if not known[field])


def _source(school: School, rows: Collection[ProgramRow]) -> str:
    if school.is_sample:
        return "Invented figures, to show how the list works."
    years = sorted({row.awards_year for row in rows if row.awards_year and row.awards is not None})
    sources = [f"Awards: IPEDS completions, {', '.join(year_name(year) for year in years)}."] if years else []
    if any(row.charges_file_id for row in rows):
        sources.append("Tuition, length where nobody stated them: IPEDS, program-year institutions.")
    return " ".join(sources)
