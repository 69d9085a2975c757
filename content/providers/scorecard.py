"""The College Scorecard API: how many schools it lists in this field, and what their former students earn.

It pages, says in `x-ratelimit` headers what is left of the hour's calls, and has three forms of error: a list
`errors` (a wrong question), an object `error` (the key, the rate), and a status alone. It does not say which
years its newest data are of, so a figure is dated by the month it was published in when it was read.
"""

import calendar
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from statistics import median
from typing import Any, Final

from django.conf import settings

from content.lib.answers import BadAnswer
from content.lib.figures import Figure, Origin
from content.lib.http import CallFailed
from content.models import Statistic
from content.providers.asking import COVERAGE, Caller, Reading, Told, demand, said_by

NAME: Final = "scorecard-api"
PREFIX: Final = "scorecard."
PUBLISHER: Final = "U.S. Department of Education"
PAGE: Final = "https://collegescorecard.ed.gov/data/"
FIELD: Final = "5107"
PROGRAMS: Final = "latest.programs.cip_4_digit"
PER_PAGE: Final = 100
MOST_PAGES: Final = 60
FEWEST_PROGRAMS: Final = 10
SUBJECT: Final = "Health and medical administrative services (CIP 51.07)"
SCHOOLS: Final = "scorecard.51.07.us.schools"
LEVELS: Final = {
    1: ("scorecard.51.07.us.certificate-earnings-1yr", "undergraduate certificates"),
    2: ("scorecard.51.07.us.associate-earnings-1yr", "associate degrees"),
}
SEEDS: Final = (SCHOOLS, *(key for key, _words in LEVELS.values()))


def is_ready() -> bool:
    return bool(settings.SCORECARD_API_URL and settings.SCORECARD_API_KEY)


def offers(key: str) -> bool:
    return key in SEEDS


def batch_size() -> int:
    return len(SEEDS)


def calls_a_day() -> int:
    """Far below the publisher's thousand an hour: a whole look takes some twenty calls."""
    return 200


def fetch(keys: list[str], caller: Caller) -> list[Told]:
    """All pages, whichever of its series are asked for."""
    pages: list[Told] = []
    total = PER_PAGE
    while len(pages) * PER_PAGE < total:
        page = caller.get(settings.SCORECARD_API_URL, params=_question(len(pages)), headers=_key())
        total = _total(page)
        pages.append(page)
        demand(total <= MOST_PAGES * PER_PAGE, f"it speaks of {total} schools")
        if page.headers.get("x-ratelimit-remaining", "1").strip() == "0" and len(pages) * PER_PAGE < total:
            raise CallFailed("Its calls of this hour are used up; the rest waits for the next look.")
    return pages


def _question(page: int) -> dict[str, Any]:
    return {
        f"{PROGRAMS}.code": FIELD,
        "school.operating": 1,
        "fields": f"id,school.name,{PROGRAMS}",
        "sort": "id",
        "per_page": PER_PAGE,
        "page": page,
    }


def _key() -> dict[str, str]:
    return {"X-Api-Key": settings.SCORECARD_API_KEY}


def _total(page: Told) -> int:
    """How many schools there are on all pages; raises for the publisher's forms of error."""
    data = page.data
    demand(isinstance(data, dict), "it is not an object")
    if page.status != 200 or "errors" in data or "error" in data:
        raise CallFailed(
            said_by("It", _complaint(data) or f"status {page.status}", settings.SCORECARD_API_KEY)
        )
    about = data.get("metadata")
    demand(
        isinstance(about, dict) and isinstance(data.get("results"), list), "it has no metadata or no results"
    )
    total = about.get("total")
    demand(type(total) is int and total >= 0, "its total is not a whole number")
    return int(total)


def _complaint(data: dict[str, Any]) -> str:
    errors = data.get("errors")
    found = [each for each in errors if isinstance(each, dict)] if isinstance(errors, list) else []
    single = data.get("error")
    if isinstance(single, dict):
        found.append(single)
    words = [str(each.get("message") or each.get("error") or each.get("code") or "") for each in found]
    return "; ".join(word for word in [*words, single if isinstance(single, str) else ""] if word)


def check(told: list[Told], known: Mapping[str, Statistic], on: date) -> Reading:
    """The figures of all pages together; schools that shifted while paging spoil the whole."""
    totals = {_total(page) for page in told}
    demand(len(totals) == 1, "its pages speak of different numbers of schools")
    schools = [_school(row) for page in told for row in page.data["results"]]
    ids = {number for number, _programs in schools}
    total = totals.pop()
    if len(ids) != len(schools) or len(ids) != total:
        raise BadAnswer(
            f"Its pages hold {len(ids)} of {total} schools, as if they shifted; nothing was taken."
        )
    _check_coverage(len(ids), known)
    programs = [program for _number, found in schools for program in found]
    demand(any(value for _level, value in programs), "no program has earnings after one year")
    figures = [
        _figure(SCHOOLS, "schools that teach it, as College Scorecard lists them", "schools", len(ids), on)
    ]
    for level, (key, words) in LEVELS.items():
        earned = [value for each, value in programs if each == level and value]
        if len(earned) >= FEWEST_PROGRAMS:
            label = f"middle of the programs' median earnings one year after completing, {words}"
            figures.append(_figure(key, label, "USD", round(median(earned)), on))
    return Reading(figures)


def _check_coverage(found: int, known: Mapping[str, Statistic]) -> None:
    before = known[SCHOOLS].current if SCHOOLS in known else None
    if found == 0 or (before and before.value and found < COVERAGE * float(before.value)):
        was = f" of the {before.value:.0f} known" if before and before.value else ""
        raise BadAnswer(f"It lists {found} schools{was}: nothing was taken.")


def _school(row: Any) -> tuple[int, list[tuple[int, int]]]:
    """A school's id and its programs of the field: level and earnings, 0 where there are none to know.

    Old answers give 0 where a number is suppressed; a median of earnings is never 0.
    """
    demand(isinstance(row, dict) and type(row.get("id")) is int, "a school has no id")
    programs = row.get(PROGRAMS)
    demand(isinstance(programs, list), f"a school has no {PROGRAMS}")
    return row["id"], [_program(each) for each in programs or [] if _is_of_field(each)]


def _is_of_field(program: Any) -> bool:
    demand(isinstance(program, dict) and isinstance(program.get("code"), str), "a program has no code")
    return bool(program["code"].replace(".", "") == FIELD)


def _program(program: dict[str, Any]) -> tuple[int, int]:
    credential, earnings = program.get("credential"), program.get("earnings")
    demand(isinstance(credential, dict) and type(credential.get("level")) is int, "a program has no level")
    demand(isinstance(earnings, dict), "a program has no earnings")
    first = (earnings or {}).get("1_yr") or {}
    demand(isinstance(first, dict), "earnings after one year are no object")
    value = first.get("overall_median_earnings")
    demand(value is None or (type(value) is int and value >= 0), "earnings are not a whole number")
    return (credential or {})["level"], value or 0


def _figure(key: str, words: str, unit: str, value: int, on: date) -> Figure:
    month = f"{on:%B %Y}"
    money = unit == "USD"
    return Figure(
        key=key,
        label=f"{SUBJECT}: {words}",
        unit=unit,
        per="year" if money else "",
        subject=SUBJECT,
        measure=key.rpartition(".")[2],
        publisher=PUBLISHER,
        provider=NAME,
        period=f"as published in {month}",
        period_start=on.replace(day=1),
        period_end=on.replace(day=calendar.monthrange(on.year, on.month)[1]),
        value=Decimal(value),
        release=f"College Scorecard API, {month}",
        source=Origin(PUBLISHER, "College Scorecard API", PAGE),
        lowest=Decimal(5_000 if money else 1),
        highest=Decimal(400_000 if money else 10_000),
        max_change_percent=15,
        stale_months=14,
    )
