"""Temporary tables in which a load is compared with what is known, set against set, on either database.

They belong to the connection, take no lock that a writer would wait for, and hold what memory need not.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import batched
from typing import Any, Final

from django.db import connection

BATCH: Final = 5_000

# Whether the row k holds at a version (two parameters, both its number).
AT_VERSION: Final = "k.since <= %s AND (k.until IS NULL OR k.until > %s)"

Param = str | int | float | bytes | datetime | None


def differing(left: str, right: str) -> str:
    """A comparison that knows NULL as a value."""
    return f"{left} {'IS NOT' if connection.vendor == 'sqlite' else 'IS DISTINCT FROM'} {right}"


def statement(template: str, **names: str) -> str:
    """SQL with `{name}` filled in: a table or column of ours, or a piece of SQL from the code.

    Never a value; `{at_version}` is `AT_VERSION`.
    """
    return template.format(at_version=AT_VERSION, **names)


def run(template: str, *params: Param, **names: str) -> int:
    """Runs a statement and tells how many rows it touched."""
    with connection.cursor() as cursor:
        cursor.execute(statement(template, **names), params or None)
        return max(int(cursor.rowcount), 0)


def rows(template: str, *params: Param, **names: str) -> Iterator[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement(template, **names), params or None)
        while found := cursor.fetchmany(BATCH):
            yield from found


def number(template: str, *params: Param, **names: str) -> int:
    """The one number that a query gives; 0 where it gives NULL."""
    return next(rows(template, *params, **names))[0] or 0


def table(name: str, template: str, *params: Param, **names: str) -> None:
    """Makes a temporary table out of a query, in place of one of the same name."""
    drop(name)
    run("CREATE TEMP TABLE {table} AS " + template, *params, table=name, **names)


def index(name: str, columns: str) -> None:
    key = f"{name}_{columns.replace(', ', '_')}"
    run("CREATE INDEX IF NOT EXISTS {key} ON {name} ({columns})", key=key, name=name, columns=columns)
    run("ANALYZE {name}", name=name)


def analyze(*tables: str) -> None:
    """Lets PostgreSQL plan by what was just written: it knows nothing of it, and would join row by row."""
    if connection.vendor == "postgresql":
        run("ANALYZE {tables}", tables=", ".join(tables))


def drop(*names: str) -> None:
    for name in names:
        run("DROP TABLE IF EXISTS {table}", table=name)


def drop_all() -> None:
    """Drops every temporary table of this module's making, so that a pooled connection keeps none."""
    listed = "SELECT name FROM sqlite_temp_master WHERE type = 'table'"
    if connection.vendor == "postgresql":
        listed = "SELECT relname FROM pg_class WHERE relnamespace = pg_my_temp_schema() AND relkind = 'r'"
    drop(*[name for (name,) in rows(listed) if name.startswith(("load_", "rebuilt_"))])


def fill(name: str, columns: Sequence[str], found: Iterable[Sequence[Any]]) -> None:
    """Puts rows into a table: COPY on PostgreSQL, executemany on SQLite."""
    names = ", ".join(connection.ops.quote_name(column) for column in columns)
    marks = ", ".join(["%s"] * len(columns))
    into = "INSERT INTO {table} ({columns}) VALUES ({marks})"
    if connection.vendor == "postgresql":
        into = "COPY {table} ({columns}) FROM STDIN"
    into = statement(into, table=name, columns=names, marks=marks)
    # In batches: rows may come from a query, which the connection cannot answer in the middle of a COPY.
    for batch in batched(found, BATCH):
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                with cursor.copy(into) as copy:
                    for row in batch:
                        copy.write_row(row)
            else:
                _fill_at_once(cursor, into, batch)


def _fill_at_once(cursor: Any, into: str, batch: Sequence[Sequence[Any]]) -> None:
    """Without a savepoint SQLite ends a transaction for each row; this one locks temporary tables only."""
    cursor.execute("SAVEPOINT filling")
    try:
        cursor.executemany(into, batch)
    except BaseException:
        cursor.execute("ROLLBACK TO filling")
        raise
    finally:
        cursor.execute("RELEASE filling")
