"""Puts the invented schools into the site's own tables, by COPY on PostgreSQL and executemany on SQLite."""

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from hashlib import blake2b
from itertools import batched
from operator import attrgetter
from typing import Any, Final

from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.models import Model
from django.utils.timezone import localtime

from content.lib.clock import database_now
from content.models import Credential, Revision
from directory.bench import population
from directory.bench.population import PROGRAMS_A_SCHOOL, YEAR
from listings import cities, known, staging
from listings.folding import Columns, Folder, Known, Row
from listings.models import (
    CompletionsRow,
    DataVersion,
    DirectoryRow,
    FederalFile,
    ListingCredential,
    ListingRow,
    ListingStamp,
    Placement,
    Program,
    ReportedRow,
    School,
    Sponsorship,
    Statement,
)
from listings.views.school_list import SchoolList

AT_ONCE: Final = 2_000  # schools
SPONSORED: Final = 50  # one school of so many has a paid place
VERSION: Final = 1
FOREVER: Final = "2100-01-01 00:00:00+00:00"
ROW_COLUMNS: Final = ("school_id", *known.ROW_COLUMNS)
DIRECTORY: Final = (
    "school_id", "file_id", "since", "year", "name", "aliases", "address", "city", "state", "zip", "county",
    "latitude", "longitude", "control", "phone", "website", "admissions_url", "aid_url", "application_url",
    "net_price_url", "closed_at", "active", "missing",
)  # fmt: skip
STATEMENT: Final = ("school_id", "program_id", "field", "value", "by", "stated_at")

Folded = tuple[Known, Columns, list[Row]]
Filled = tuple[type[Model], Sequence[str], Iterable[Sequence[Any]]]


def fill(programs: int) -> str:
    """Fills an empty, migrated database that has credentials; returns the checksum of the listing rows."""
    now = database_now()
    credentials = sorted(Credential.objects.current().values_list("slug", flat=True))
    folder = known.folder(VERSION, now)
    checksum = blake2b(digest_size=8)
    version = DataVersion.objects.create(
        number=VERSION, year=YEAR, loaded_at=now, switched_at=now, is_current=True
    )
    with _unchecked(), transaction.atomic():
        tables = Tables(version, str(now))
        schools = population.draw(programs // PROGRAMS_A_SCHOOL, credentials, year=localtime(now).year)
        for batch in batched(_folded(folder, schools), AT_ONCE):
            for model, columns, rows in (*tables.known(batch), *tables.stated(batch)):
                staging.fill(model._meta.db_table, columns, rows)
            for _known, _columns, listed in batch:
                checksum.update(
                    repr([(row.cip, row.award, row.rank_key, row.tuition) for row in listed]).encode()
                )
        cities.apply(cities.prepare(version))
        ListingStamp.objects.advance()
    _reset_sequences()
    return checksum.hexdigest()


def settle() -> None:
    """Does at once what PostgreSQL's autovacuum does on a site within minutes; outside a transaction."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def described(programs: int) -> dict[str, Any]:
    """What targets are made of, as the database has it."""
    articles = Revision.objects.live().articles().filter(article__topic__isnull=False)
    return {
        "programs": programs,
        "schools": programs // PROGRAMS_A_SCHOOL,
        "pages": -(-(programs // PROGRAMS_A_SCHOOL) // SchoolList.per_page),
        "credentials": sorted(Credential.objects.current().values_list("slug", flat=True)),
        "articles": [revision.article.get_absolute_url() for revision in articles.select_related("article")],
    }


def _folded(folder: Folder, schools: Iterable[Known]) -> Iterator[Folded]:
    for school in schools:
        columns, rows = folder.fold(school)
        yield school, columns, rows


class Tables:
    """The tables of schools and programs, with what is shared by all of their rows."""

    def __init__(self, version: DataVersion, now: str) -> None:
        files = {
            kind: FederalFile.objects.create(
                version=version,
                kind=kind,
                name="",
                release="Invented by the benchmark",
                year=YEAR,
                sha256="",
                rows=0,
            ).pk
            for kind in (FederalFile.Kind.DIRECTORY, FederalFile.Kind.COMPLETIONS)
        }
        self.directory, self.completions = files.values()
        self.now = now

    def known(self, schools: Sequence[Folded]) -> Iterator[Filled]:
        """What a load of federal files writes: table, columns, rows."""
        yield School, ("id", "slug", "unitid", "is_sample", *known.COLUMNS), self._schools(schools)
        yield DirectoryRow, DIRECTORY, self._directory_rows(schools)
        yield Program, ("school_id", "id", "cip", "award_level"), self._programs(schools)
        yield ReportedRow, ("program_id", "file_id", "since", "missing"), self._reported(schools)
        columns = ("program_id", "year", "awards", "file_id", "since", "missing")
        yield CompletionsRow, columns, self._awards(schools)

    def stated(self, schools: Sequence[Folded]) -> Iterator[Filled]:
        """Statements, paid places, and what lists read of it all."""
        yield Statement, STATEMENT, self._statements(schools)
        yield ListingRow, ROW_COLUMNS, self._rows(schools)
        yield ListingCredential, ("row_id", "credential"), self._credentials(schools)
        columns = ("school_id", "placement", "starts_at", "ends_at", "is_approved", "note")
        yield Sponsorship, columns, self._sponsored(schools)

    def _schools(self, schools: Sequence[Folded]) -> Iterator[Sequence[Any]]:
        values = attrgetter(*known.COLUMNS)
        for school, columns, _rows in schools:
            pk = school.school
            yield pk, f"school-{pk}", population.FIRST_UNITID + pk, False, *values(columns)

    def _directory_rows(self, schools: Sequence[Folded]) -> Iterator[Sequence[Any]]:
        for school, _columns, _rows in schools:
            row = school.directory
            if row is not None:
                yield (
                    school.school, self.directory, VERSION, YEAR, row.name, row.aliases, "", row.city,
                    row.state, "", "", row.latitude, row.longitude, row.control, *[""] * 7, row.seen.active,
                    "{}",
                )  # fmt: skip

    def _programs(self, schools: Sequence[Folded]) -> Iterator[Sequence[Any]]:
        for school, _columns, _rows in schools:
            for program in school.offered:
                yield school.school, program.program, program.cip, program.award_level

    def _reported(self, schools: Sequence[Folded]) -> Iterator[Sequence[Any]]:
        for school, _columns, _rows in schools:
            for program in school.offered:
                yield program.program, self.completions, VERSION, "{}"

    def _awards(self, schools: Sequence[Folded]) -> Iterator[Sequence[Any]]:
        unreported = json.dumps({"awards": "not-reported"})
        for school, _columns, _rows in schools:
            for program in school.offered:
                missing = unreported if program.awards is None else "{}"
                yield program.program, YEAR, program.awards, self.completions, VERSION, missing

    def _statements(self, schools: Sequence[Folded]) -> Iterator[Sequence[Any]]:
        for school, _columns, _rows in schools:
            for said in school.stated:
                yield school.school, said.program, said.field, json.dumps(said.value), said.by, self.now

    def _rows(self, schools: Sequence[Folded]) -> Iterator[Sequence[Any]]:
        values = attrgetter(*known.ROW_COLUMNS)
        for school, _columns, rows in schools:
            for row in rows:
                yield school.school, *values(row)

    def _credentials(self, schools: Sequence[Folded]) -> Iterator[Sequence[Any]]:
        for _school, _columns, rows in schools:
            for row in rows:
                yield from ((row.program_id, slug) for slug in sorted(row.credentials))

    def _sponsored(self, schools: Sequence[Folded]) -> Iterator[Sequence[Any]]:
        for school, _columns, _rows in schools:
            if school.school % SPONSORED == 0:
                yield school.school, Placement.SCHOOL_LIST.value, self.now, FOREVER, True, ""


@contextmanager
def _unchecked() -> Iterator[None]:
    """Foreign keys are right by construction: looking each one up would take as long as the rest."""
    if connection.vendor == "sqlite":
        with connection.constraint_checks_disabled():
            yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        try:
            yield
        finally:
            cursor.execute("SET session_replication_role = DEFAULT")


def _reset_sequences() -> None:
    """What is added after the benchmark's own ids must not meet them."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [School, Program]):
            cursor.execute(statement)
