"""Schools, programs and awards as rows of open data: no invented school or statement, no person."""

import json
from collections.abc import Iterator
from typing import Final

from django.db.models import Q
from django.utils.timezone import localtime

from listings import published
from listings.fields import AWARD_LEVELS, year_name
from listings.models import CompletionsRow, DirectoryRow, ListingRow, School, Statement
from listings.stated import BY, in_words
from listings.views.export import COLUMNS, cells_of
from listings.views.school import notice

BATCH: Final = 500
SCHOOLS: Final = {
    "slug": "Our key of the school; its page is /schools/<slug>/.",
    "unitid": "IPEDS UNITID; empty for a school outside IPEDS.",
    "name": "Name as the school states it, else in the newest federal directory that names it.",
    "status": "listed, no-row, absent, closed or merged.",
    "notice": "Why it is not listed any more; empty for a listed one.",
    "city": "City of the main campus.",
    "state": "Postal code of the state or territory.",
    "latitude": "Degrees north; empty: not reported.",
    "longitude": "Degrees east; empty: not reported.",
    "control": "public, nonprofit or forprofit; empty: not reported.",
    "source": "What the row was read in.",
    "release": "The publisher's name of that file.",
}
PROGRAMS: Final = {
    "school": "slug of the school in schools.csv.",
    "school_name": "Name of the school.",
    "city": "City of the school.",
    "state": "Postal code of the state or territory.",
    "control": "public, nonprofit or forprofit; empty: not reported.",
    "cip": "CIP 2020 code, 7 characters of text.",
    "title": "Title of the CIP code.",
    "award_level": "IPEDS award level in words.",
    "awards": "First-major awards of the newest year.",
    "tuition_usd": "Tuition in dollars, as stated or in a federal file.",
    "length_months": "Length in months, as stated or in a federal file.",
    "delivery": "campus, online, hybrid, between commas, as stated.",
    "prepares_for": "Slugs of credentials, between commas, as stated; empty with no missing: none.",
    "url": "Address of the program in the API.",
}
TAILS: Final = {
    "missing": "Why {} has no value; empty where it has one.",
    "period": "The time that {} is of.",
    "source": "Where {} was read or who stated it.",
    "release": "The publisher's name of the file, or the day of the statement, behind {}.",
    "stated_on": "The day {} was stated on.",
}
AWARDS: Final = {
    "school": "slug of the school in schools.csv.",
    "cip": "CIP 2020 code, 7 characters of text.",
    "award_level_code": "IPEDS AWLEVEL.",
    "award_level": "IPEDS award level in words.",
    "year": "Academic year, July to June.",
    "awards": "First-major awards; empty: see missing.",
    "missing": "Why there is no number; empty where there is one.",
    "source": "What the row was read in.",
    "release": "The publisher's name of that file.",
}
STATEMENTS: Final = {
    "school": "slug of the school in schools.csv.",
    "cip": "CIP 2020 code of the program; empty: stated of the whole school.",
    "award_level_code": "IPEDS AWLEVEL of the program; empty: stated of the whole school.",
    "field": "What is stated.",
    "value": "JSON; its form depends on the field.",
    "words": "The value as readers see it.",
    "source": "Who stated it.",
    "stated_on": "The day it was stated on.",
    "is_confirmed": "1, or 0 where its last day has passed.",
}
OUTSIDE: Final = ("Stated to this site; the school is not in IPEDS.", "")
Cell = str | int | float | None


def program_columns() -> dict[str, str]:
    """The columns of the csv export without the mark of samples, each with its meaning."""
    meanings: dict[str, str] = {}
    for column in COLUMNS:
        if column in PROGRAMS:
            meanings[column] = PROGRAMS[column]
        elif column != "is_sample":
            [(tail, meaning)] = [
                (tail, words) for tail, words in TAILS.items() if column.endswith(f"_{tail}")
            ]
            meanings[column] = meaning.format(column.removesuffix(f"_{tail}"))
    return meanings


def schools() -> Iterator[list[Cell]]:
    """Every school that has a page."""
    rows = DirectoryRow.objects.at_version(published.number()).filter(school__is_sample=False)
    rows = rows.exclude(school__status=School.Status.UNSEEN).select_related("school", "file")
    for row in rows.order_by("school_id").iterator(BATCH):
        school = row.school
        words = [notice(school), school.city, school.state]
        place = [school.latitude, school.longitude, row.control]
        source = published.read_in(row.file, is_sample=False)
        yield [school.slug, school.unitid, school.name, school.status, *words, *place, *source]
    for school in School.objects.known().filter(unitid=None, is_sample=False).order_by("pk").iterator(BATCH):
        words = [notice(school), school.city, school.state]
        place = [school.latitude, school.longitude, ""]
        yield [school.slug, None, school.name, school.status, *words, *place, *OUTSIDE]


def programs() -> Iterator[list[object]]:
    """Every listed program, in batches of a few queries."""
    names = list(program_columns())
    version = published.number()
    last = 0
    of_real = ListingRow.objects.filter(school__is_sample=False).order_by("pk")
    while keys := list(of_real.filter(pk__gt=last).values_list("pk", flat=True)[:BATCH]):
        last = keys[-1]
        reader = published.ProgramReader(Q(pk__in=keys), version, samples=False)
        for row in sorted(reader.rows, key=lambda row: row.pk):
            cells = cells_of(reader.program(row), row.school.city, row.control)
            yield [cells[name] for name in names]


def awards() -> Iterator[list[Cell]]:
    """Every year of every program that the current version knows."""
    rows = CompletionsRow.objects.at_version(published.number()).filter(program__school__is_sample=False)
    rows = rows.exclude(program__school__status=School.Status.UNSEEN)
    rows = rows.select_related("program__school", "file").order_by("program_id", "year")
    for row in rows.iterator(BATCH):
        program = row.program
        figure = published.awards_figure(row, is_sample=False)
        level = AWARD_LEVELS[program.award_level].name
        known = [row.awards, figure["missing"], figure["source"], figure["release"]]
        yield [program.school.slug, program.cip, program.award_level, level, year_name(row.year), *known]


def statements() -> Iterator[list[Cell]]:
    """What stands of every school that has a page, a field a row."""
    found = Statement.objects.standing().exclude(by=Statement.By.SAMPLE)
    found = found.filter(school__in=School.objects.known().filter(is_sample=False))
    for each in found.select_related("school", "program").order_by("pk").iterator(BATCH):
        about = [each.program.cip, each.program.award_level] if each.program else [None, None]
        said = [
            each.field,
            json.dumps(each.value, ensure_ascii=False),
            in_words(each),
            BY[Statement.By(each.by)],
        ]
        day = localtime(each.stated_at).date().isoformat()
        yield [each.school.slug, *about, *said, day, int(each.is_valid)]
