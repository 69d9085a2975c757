"""How fast federal files are loaded, beside a bare COPY of as many rows into a table with three indexes."""

import csv
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Final

from django.db import connection, transaction

from directory.bench import population
from directory.bench.population import PROGRAMS_A_SCHOOL, YEAR
from listings import staging, versions
from listings.folding import Known
from listings.imports import ipeds
from listings.loading import Order, load

CHANGED: Final = 100  # of so many rows one differs when the files come again
COLUMNS: Final = ("unitid", "cip", "award_level", "year", "awards", "file", "since", "missing")
MAJOR: Final = 1
BLANK: Final = "-2"  # IPEDS for a column that does not apply

Row = tuple[int, str, int, int | None]


def measure(programs: int) -> dict[str, Any]:
    """Rows a second by bare COPY (executemany on SQLite), and those of a load of all its files over that.

    A load reads, checks, compares and writes a version aside; the switch, which works out what lists read, is
    told by itself, in seconds.
    """
    rows = programs + programs // PROGRAMS_A_SCHOOL
    drawn = list(_programs(population.draw(rows // PROGRAMS_A_SCHOOL, ("cpc",), year=YEAR)))
    _make_table()
    copy = len(drawn) / _seconds(lambda: _copy(drawn))
    with tempfile.TemporaryDirectory() as folder:
        order = _files(Path(folder), programs, more=0)
        fresh = _seconds(lambda: _load(order))
        switch = _seconds(lambda: versions.switch(1))
        order = _files(Path(folder), programs, more=1)
        changed = _seconds(lambda: _load(order))
    return {
        "rows": rows,
        "copy_rows_per_second": round(copy),
        "fresh_seconds": round(fresh, 2),
        "changed_seconds": round(changed, 2),
        "switch_seconds": round(switch, 2),
        "fresh": round(rows / fresh / copy, 3),
        "changed": round(rows / changed / copy, 3),
    }


def _seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _load(order: Order) -> None:
    report = load(order)
    if report.outcome != "loaded":
        raise AssertionError(f"The load ended as {report.outcome}: {report.reason}")


def _programs(schools: Iterable[Known]) -> Iterator[Row]:
    for school in schools:
        for offered in school.offered:
            unitid = population.FIRST_UNITID + school.school
            yield unitid, offered.cip, offered.award_level, offered.awards


def _copy(rows: Iterable[Row]) -> None:
    with transaction.atomic():
        staging.fill("bench_copy", COLUMNS, ((*row[:3], YEAR, row[3], 1, 1, "{}") for row in rows))


def _make_table() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TABLE bench_copy (unitid integer, cip varchar(7), award_level smallint, year smallint,"
            " awards integer, file bigint, since integer, missing text)"
        )
        for name in ("unitid", "cip", "year"):
            cursor.execute(f"CREATE INDEX bench_copy_{name} ON bench_copy ({name})")


def _files(folder: Path, programs: int, *, more: int) -> Order:
    """A directory and a completions file; `more` awards in one row of `CHANGED`."""
    directory, completions = folder / f"hd{YEAR}.csv", folder / f"c{YEAR}_a.csv"
    schools = list(population.draw(programs // PROGRAMS_A_SCHOOL, ("cpc",), year=YEAR))
    with directory.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(ipeds.DIRECTORY.values()), restval=BLANK)
        writer.writeheader()
        writer.writerows(map(_directory, schools))
    with completions.open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(ipeds.COMPLETIONS.values())
        for number, (unitid, cip, level, awards) in enumerate(_programs(schools)):
            known = awards if awards is None or number % CHANGED else awards + more
            rows.writerow((unitid, cip, MAJOR, level, "-1" if known is None else known))
    return Order(directory=directory, completions=(completions,), switch=False)


def _directory(school: Known) -> dict[str, Any]:
    row = school.directory
    if row is None:
        raise ValueError(f"School {school.school} has no directory row.")
    controls = {name: code for code, name in ipeds.CONTROLS.items()}
    return {
        "UNITID": population.FIRST_UNITID + school.school,
        "INSTNM": row.name,
        "CITY": row.city,
        "STABBR": row.state,
        "ZIP": "43004",
        "LATITUDE": row.latitude,
        "LONGITUD": row.longitude,
        "CONTROL": controls[row.control],
        "SECTOR": 1,
        "ICLEVEL": 1,
        "GENTELE": "6145550100",
        "WEBADDR": "www.example.edu",
        "CYACTIVE": 1,
    }
