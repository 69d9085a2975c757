"""What holds for the school list at any size: plans without a scan, pages as OFFSET has them, few queries."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from directory.bench import filling
from listings.models import School
from listings.search import SchoolSearch
from listings.wanted import Wanted
from tests.build import make_credential

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

BIG = ("listings_listingrow", "listings_program", "listings_listingcredential")
ADDRESSES = [
    "/schools/?state=CA&credential=cpc",
    "/schools/?credential=cpc&delivery=online&include_unknown=0",
    "/schools/?q=college&sort=relevance",
    "/schools/?near=43004&within=50&credential=cpc",
    "/schools/?page=40",
]


def fill(programs: int) -> None:
    for code in ("CPC", "CCS", "RHIT"):
        make_credential(code)
    filling.fill(programs)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def asked(client: Client, address: str) -> list[str]:
    assert client.get(address).status_code == 200
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    return [query["sql"] for query in captured]


def scans(sql: str) -> list[str]:
    """The large tables that the plan of a query reads from end to end."""
    explain = "EXPLAIN QUERY PLAN " if connection.vendor == "sqlite" else "EXPLAIN "
    scan = "SCAN {}" if connection.vendor == "sqlite" else "Seq Scan on {}"
    with connection.cursor() as cursor:
        cursor.execute(explain + sql)
        plan = "\n".join(str(row[-1]) for row in cursor.fetchall())
    # SQLite names a table of a subquery by its alias.
    aliases = [alias for table, alias in re.findall(r'"(\w+)" "(\w+)"', sql) if table in BIG]
    names = (*BIG, *aliases) if connection.vendor == "sqlite" else BIG
    return [f"{sql}\n{plan}" for table in names if scan.format(table) in plan]


def test_no_page_of_a_hundred_thousand_programs_reads_a_large_table_through(client: Client) -> None:
    fill(100_000)
    found = [scan for address in ADDRESSES for sql in asked(client, address) for scan in scans(sql)]
    assert found == []


def test_any_page_holds_the_schools_that_offset_gives(client: Client) -> None:
    fill(4_000)
    in_order = School.objects.listed().order_by("rank_key")
    search = SchoolSearch(Wanted())
    for page in (1, 2, 7, 19, 20):
        start = (page - 1) * 20
        assert search.keys(start, start + 20) == list(
            in_order.values_list("pk", flat=True)[start : start + 20]
        )


@pytest.mark.parametrize("programs", [800, 8_000])
def test_the_number_of_queries_is_the_same_at_two_sizes(client: Client, programs: int) -> None:
    fill(programs)
    numbers = [len(asked(client, address)) for address in ADDRESSES[:3]]
    assert numbers == [4, 4, 4]
