"""The Public Data API (version 2) of the Bureau of Labor Statistics: newest wages by occupation and area.

It answers failures with status 200, knows no page but 50 series a call (25 without a key), and allows 500
calls a day (25 without a key). The figures are of the same series as those of the OEWS files.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.conf import settings

from content.lib.answers import BadAnswer
from content.lib.cells import number
from content.lib.figures import Figure, Origin, Refusal
from content.lib.http import CallFailed
from content.models import Missing, Statistic
from content.providers import oews_files
from content.providers.asking import COVERAGE, Caller, Reading, Told, demand, said_by
from content.providers.occupations import BLS, NATION, OCCUPATIONS, STATES, Area

NAME: Final = "bls-api"
PREFIX: Final = "oews."
SEEDS: Final[tuple[str, ...]] = ()
PAGE: Final = "https://www.bls.gov/developers/"
DONE: Final = "REQUEST_SUCCEEDED"
ANNUAL: Final = "A01"
TOP_NOTE: Final = "5"
# The last year of occupations that the survey has not given up.
ONGOING: Final = 9999
YEAR: Final = re.compile(r"(?:19|20)\d{2}", re.ASCII)
STATE_CODES: Final = {code: fips for fips, (code, _name) in STATES.items()}


def is_ready() -> bool:
    return bool(settings.BLS_API_URL)


def offers(key: str) -> bool:
    """Series that the survey still publishes; those that ended at a break are not asked for."""
    parts = key.split(".")
    if len(parts) != 4:
        return False
    _publisher, occupation, area, measure = parts
    known = OCCUPATIONS.get(occupation)
    place = area == NATION.code or area in STATE_CODES or (len(area) == 7 and area.isdigit())
    return known is not None and known.last >= ONGOING and place and measure in oews_files.BY_KEY


def batch_size() -> int:
    return 50 if settings.BLS_API_KEY else 25


def calls_a_day() -> int:
    return 500 if settings.BLS_API_KEY else 25


def fetch(keys: list[str], caller: Caller) -> list[Told]:
    """One call for at most `batch_size()` series."""
    asked: dict[str, Any] = {"seriesid": [series_id(key) for key in keys]}
    if settings.BLS_API_KEY:
        asked["registrationkey"] = settings.BLS_API_KEY
    return [caller.post(settings.BLS_API_URL, json=asked)]


def series_id(key: str) -> str:
    """The Bureau's name of a series: OEUN000000000000029207213 for `oews.29-2072.us.median-annual`."""
    _publisher, occupation, area, measure = key.split(".")
    kind, code = "M", area
    if area == NATION.code:
        kind, code = "N", "0000000"
    elif area in STATE_CODES:
        kind, code = "S", f"{STATE_CODES[area]}00000"
    series = oews_files.BY_KEY[measure].series
    return f"OEU{kind}{code}000000{occupation.replace('-', '')}{series}"


def check(told: list[Told], known: Mapping[str, Statistic], on: date) -> Reading:
    """The figures of an answer; one that covers less than nine tenths of what was asked is not used."""
    reading = Reading()
    answered = 0
    ids = {series_id(key): key for key in known}
    for answer in told:
        words, rows = _series(answer)
        demand(len({row["seriesID"] for row in rows}) == len(rows), "it names a series twice")
        for row in rows:
            demand(row["seriesID"] in ids, f"it names {row['seriesID'][:40]}, which was not asked for")
            statistic = known[ids[row["seriesID"]]]
            answered += bool(row["data"])
            _read(row["data"], statistic, on, reading)
        if words:
            reading.said = said_by("It", "; ".join(words), settings.BLS_API_KEY)
    if answered < COVERAGE * len(known):
        said = f" {reading.said}" if reading.said else ""
        raise BadAnswer(f"It answered for {answered} of {len(known)} series: nothing of it was taken.{said}")
    return reading


def _series(answer: Told) -> tuple[list[str], list[dict[str, Any]]]:
    """The messages and the series of an answer that says it succeeded."""
    if answer.status != 200:
        raise CallFailed(f"It refused the call (status {answer.status}).")
    data = answer.data
    demand(isinstance(data, dict), "it is not an object")
    status, words = data.get("status"), data.get("message", [])
    demand(isinstance(status, str), "it has no status")
    demand(isinstance(words, list) and all(isinstance(word, str) for word in words), "its message is no list")
    if status != DONE:
        raise CallFailed(said_by("It", "; ".join(words) or status, settings.BLS_API_KEY))
    results = data.get("Results")
    demand(isinstance(results, dict), "it has no Results")
    rows = results.get("series")
    demand(isinstance(rows, list), "it has no series")
    for row in rows:
        fits = (
            isinstance(row, dict)
            and isinstance(row.get("seriesID"), str)
            and isinstance(row.get("data"), list)
        )
        demand(fits, "a series has no seriesID or no data")
    return words, rows


def _read(rows: list[Any], statistic: Statistic, on: date, reading: Reading) -> None:
    years = []
    for row in rows:
        demand(isinstance(row, dict), "a value is not an object")
        year, period, text = (row.get(name) for name in ("year", "period", "value"))
        demand(isinstance(year, str) and bool(YEAR.fullmatch(year)), "a value has no year")
        demand(period == ANNUAL, f"a value is not of the annual period {ANNUAL}")
        demand(isinstance(text, str), "a value is not a text")
        years.append(year)
        figure = _figure(statistic, int(year), text, _notes(row))
        if figure.period_end > on:
            reading.refused.append(
                Refusal(
                    NAME, 0, "year", text, f"{statistic.key}: its period, {figure.period}, is still to come."
                )
            )
        else:
            reading.figures.append(figure)
    demand(len(set(years)) == len(years), "it has two values of the same year")


def _notes(row: dict[str, Any]) -> set[str]:
    notes = row.get("footnotes", [])
    demand(isinstance(notes, list) and all(isinstance(note, dict) for note in notes), "footnotes are no list")
    return {str(note.get("code", "")) for note in notes}


def _figure(statistic: Statistic, year: int, text: str, notes: set[str]) -> Figure:
    _publisher, occupation, code, name = statistic.key.split(".")
    measure = oews_files.BY_KEY[name]
    value, missing = _value(text, is_pay=measure.is_pay, is_top=TOP_NOTE in notes)
    series = oews_files.Series(occupation, Area(code, statistic.area), measure)
    made = oews_files.figure(series, year, value, missing)
    return replace(made, source=Origin(BLS, f"Public Data API, {series_id(statistic.key)}", PAGE))


def _value(text: str, *, is_pay: bool, is_top: bool) -> tuple[Decimal | None, str]:
    if is_pay and (is_top or text == "#"):
        return None, Missing.TOP
    if text in oews_files.NO_FIGURE:
        return None, Missing.NOT_AVAILABLE
    value = number(text)
    demand(value is not None, f"'{text[:40]}' is neither a number nor a mark of the survey")
    return value, ""
