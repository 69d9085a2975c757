"""The rows that cards are made of, by a statement that is compiled once for each number of schools.

A page of schools with many programs each reads hundreds of rows: the ORM takes several times as long for them
as the database does.
"""

from collections.abc import Collection
from functools import lru_cache
from typing import Any, Final, NamedTuple

from django.db.models import F, OuterRef, QuerySet, StringAgg, Subquery, Value

from content.lib.compiled import Statement, compiled, fetch
from listings.models import ListingCredential, ListingRow, School

SCHOOL: Final = ("id", "slug", "name", "city", "state", "latitude", "longitude", "is_sample", "rank_key")
KEPT: Final = 64  # statements


class ProgramRow(NamedTuple):
    """A listing row as the database gives it; `prepares` are slugs of its credentials, commas between."""

    pk: int
    school_id: int
    cip: str
    award_level: int
    awards: int | None
    awards_year: int | None
    control: str
    delivery: int | None
    tuition: int | None
    tuition_year: int | None
    months: int | None
    credentials_stated: bool
    has_sample: bool
    charges_file_id: int | None
    rank_key: bytes
    prepares: str | None


def read(schools: Collection[int]) -> tuple[dict[int, School], dict[int, list[ProgramRow]]]:
    """Schools that have listing rows, and these rows in the order of their primary keys; one query."""
    known: dict[int, School] = {}
    rows: dict[int, list[ProgramRow]] = {}
    if not schools:
        return known, rows
    width = len(ProgramRow._fields)
    for values in sorted(fetch(_statement(len(schools)), schools)):
        row = ProgramRow._make(values[:width])
        if row.school_id not in known:
            known[row.school_id] = School.from_db(None, SCHOOL, values[width:])
        rows.setdefault(row.school_id, []).append(row)
    return known, rows


@lru_cache(KEPT)
def _statement(schools: int) -> Statement:
    """Without the keys of so many schools, which come last."""
    sql, params = compiled(_rows(range(schools)))
    return sql, params[:-schools]


def _rows(schools: Collection[int]) -> QuerySet[ListingRow, tuple[Any, ...]]:
    prepares = (
        ListingCredential.objects.filter(row=OuterRef("pk"))
        .order_by()
        .values("row")
        .annotate(slugs=StringAgg("credential", delimiter=Value(",")))
        .values("slugs")
    )
    *columns, _prepares = ProgramRow._fields
    rows = ListingRow.objects.filter(school__in=schools)
    return rows.values_list(*columns, Subquery(prepares), *(F(f"school__{name}") for name in SCHOOL))
