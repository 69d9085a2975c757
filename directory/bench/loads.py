"""How fast federal files are loaded, beside a bare COPY of the same rows into the same tables."""

import csv
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from django.db import connection, transaction

from directory.bench import population
from directory.bench.filling import Filled, Folded, Tables
from directory.bench.population import OWN, PROGRAMS_A_SCHOOL, YEAR
from directory.bench.processes import cpu_ms
from listings import staging, versions
from listings.folding import Known
from listings.imports import ipeds
from listings.loading import Order, load
from listings.models import DataVersion

CHANGED: Final = 100  # of so many rows one differs when the files come again
MAJOR: Final = 1
BLANK: Final = "-2"  # IPEDS for a column that does not apply

Row = tuple[int, str, int, int | None]


def measure(programs: int) -> dict[str, Any]:
    """Rows of files a second by bare COPY (executemany on SQLite), and those of a load as a share of that.

    A load reads, checks, compares and writes a version aside; the switch, which works out what lists read, is
    told by itself, in seconds of processor time.
    """
    schools = list(population.draw(programs // PROGRAMS_A_SCHOOL, ("cpc",), year=YEAR))
    rows = len(schools) + programs
    copy = rows / _copy(schools)
    with tempfile.TemporaryDirectory() as folder:
        order = _files(Path(folder), schools, more=0)
        fresh = _seconds(lambda: _load(order))
        switch = _seconds(lambda: versions.switch(1))
        order = _files(Path(folder), schools, more=1)
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
    """Processor time of this process and of its database connection: other programs do not add to it."""
    processes = [os.getpid()]
    if connection.vendor == "postgresql":
        processes.append(staging.number("SELECT pg_backend_pid()"))
    before = cpu_ms(processes)
    work()
    return (cpu_ms(processes) - before) / 1000


def _load(order: Order) -> None:
    report = load(order)
    if report.outcome != "loaded":
        raise AssertionError(f"The load ended as {report.outcome}: {report.reason}")


def _programs(schools: Iterable[Known]) -> Iterator[Row]:
    for school in schools:
        for offered in school.offered:
            unitid = population.FIRST_UNITID + school.school
            yield unitid, offered.cip, offered.award_level, offered.awards


class _RollBack(Exception):
    """Takes back what was written to be timed."""


def _copy(schools: Sequence[Known]) -> float:
    """Seconds that the same rows take without reading, checking or comparing; nothing of them stays."""
    try:
        with transaction.atomic():
            written: list[Folded] = [
                (school, replace(OWN, name=f"School {school.school}"), []) for school in schools
            ]
            version = DataVersion.objects.create(number=1, year=YEAR)
            tables = [
                (model, columns, list(rows)) for model, columns, rows in Tables(version, "").known(written)
            ]
            raise _RollBack(_seconds(lambda: _write(tables)))
    except _RollBack as done:
        return float(done.args[0])


def _write(tables: Sequence[Filled]) -> None:
    for model, columns, rows in tables:
        staging.fill(model._meta.db_table, columns, rows)
    connection.check_constraints()


def _files(folder: Path, schools: Sequence[Known], *, more: int) -> Order:
    """A directory and a completions file; `more` awards in one row of `CHANGED`."""
    directory, completions = folder / f"hd{YEAR}.csv", folder / f"c{YEAR}_a.csv"
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
