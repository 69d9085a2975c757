"""Querysets whose SQL is kept: for what nearly every page asks.

The ORM takes several times as long to compile and to carry such an answer as the database does to give it.
"""

from collections.abc import Collection
from typing import Any

from django.db import connection
from django.db.models import QuerySet

type Statement = tuple[str, tuple[Any, ...]]


def compiled(queryset: QuerySet[Any, tuple[Any, ...]]) -> Statement:
    """SQL and parameters of a `values_list`; what comes from the database's clock is asked each time."""
    sql, params = queryset.query.sql_with_params()
    return sql, tuple(params)


def fetch(statement: Statement, last: Collection[Any] = ()) -> list[tuple[Any, ...]]:
    """Rows as the driver gives them, so SQLite's booleans are 0 and 1; `last` are parameters behind the kept.

    One query.
    """
    sql, params = statement
    with connection.cursor() as cursor:
        cursor.execute(sql, (*params, *last))
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows
