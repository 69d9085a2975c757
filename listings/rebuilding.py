"""Works out the rows that lists read at a data version, and puts in those that differ.

What differs waits in temporary tables, so that the transaction only writes.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import batched
from operator import attrgetter
from typing import Final

from django.db import connection, transaction

from content.lib.clock import database_now
from listings import known, staging
from listings.folding import Columns, Row
from listings.models import ListingStamp

BATCH: Final = 500  # schools
WORDS: Final = ("name", "aliases", "city", "text")
OTHERS: Final = tuple(column for column in known.COLUMNS if column not in WORDS)
ROW_COLUMNS: Final = ("school_id", *known.ROW_COLUMNS)
QUOTED: Final = ", ".join(f'"{column}"' for column in ROW_COLUMNS)


@dataclass(frozen=True)
class Changes:
    """What differs at a version, in temporary tables of this connection until the next preparation."""

    version: int
    at: datetime
    schools: int


def rebuild_listing(
    version: int, schools: Collection[int] | None = None, *, at: datetime | None = None
) -> int:
    """Makes listing rows and the repeated columns of schools what they are at the version.

    Of all schools, or of those given. Returns how many changed; those given count as changed, since somebody
    changed what is known of them.
    """
    if schools is None:
        changes = prepare(version, at=at)
        with transaction.atomic():
            apply(changes)
    else:
        with transaction.atomic():
            number = ListingStamp.objects.advance()
            changes = prepare(version, schools, at=at)
            _put_in(changes, number)
    return changes.schools


def prepare(version: int, schools: Collection[int] | None = None, *, at: datetime | None = None) -> Changes:
    """Works out what differs, without a lock."""
    now = at or database_now()
    if schools is None:
        # Before anything else is read: whoever rebuilds a school from here on is noticed.
        staging.table("rebuilt_seen", "SELECT id, changed_at FROM listings_school")
        staging.index("rebuilt_seen", "id")
    _make_tables()
    folder = known.folder(version, now)
    found = (
        _Difference(written, *folder.fold(written.known)) for written in known.read(version, schools, now)
    )
    touched = 0
    for batch in batched(found, BATCH):
        different = [difference for difference in batch if difference.is_any or schools is not None]
        _keep(different)
        touched += len(different)
    staging.index("rebuilt_gone", "program_id")
    staging.index("rebuilt_school", "id")
    return Changes(version, now, touched)


def apply(changes: Changes) -> None:
    """Puts the prepared rows in, and redoes schools that somebody rebuilt meanwhile; in a transaction."""
    number = ListingStamp.objects.advance()
    late = [
        row[0]
        for row in staging.rows(
            "SELECT s.id FROM listings_school s LEFT JOIN rebuilt_seen r ON r.id = s.id"
            " WHERE r.id IS NULL OR r.changed_at <> s.changed_at"
        )
    ]
    _put_in(changes, number)
    if late:
        _put_in(prepare(changes.version, late, at=changes.at), number)


class _Difference:
    """One school's rows as they are and as they must be."""

    def __init__(self, written: known.Written, columns: Columns, rows: Iterable[Row]) -> None:
        self.school = written.known.school
        self.columns = columns
        self.words = any(getattr(columns, name) != getattr(written.known.own, name) for name in WORDS)
        self.others = any(getattr(columns, name) != getattr(written.known.own, name) for name in OTHERS)
        must = {row.program_id: row for row in rows}
        self.rows = [row for program, row in must.items() if written.rows.get(program) != row]
        self.gone = [program for program, row in written.rows.items() if must.get(program) != row]

    @property
    def is_any(self) -> bool:
        return bool(self.words or self.others or self.rows or self.gone)


def _make_tables() -> None:
    staging.table("rebuilt_gone", "SELECT program_id FROM listings_listingrow WHERE 1 = 0")
    staging.table("rebuilt_row", "SELECT {columns} FROM listings_listingrow WHERE 1 = 0", columns=QUOTED)
    staging.table(
        "rebuilt_credential", "SELECT row_id, credential FROM listings_listingcredential WHERE 1 = 0"
    )
    staging.table(
        "rebuilt_school",
        "SELECT id, is_sample AS new_words, is_sample AS new_others, {columns}"
        " FROM listings_school WHERE 1 = 0",
        columns=", ".join(known.COLUMNS),
    )


def _keep(differences: Iterable[_Difference]) -> None:
    found = list(differences)
    values, row_values = attrgetter(*known.COLUMNS), attrgetter(*known.ROW_COLUMNS)
    staging.fill("rebuilt_gone", ("program_id",), ((program,) for each in found for program in each.gone))
    staging.fill(
        "rebuilt_row", ROW_COLUMNS, ((each.school, *row_values(row)) for each in found for row in each.rows)
    )
    staging.fill("rebuilt_credential", ("row_id", "credential"), _credentials(found))
    staging.fill(
        "rebuilt_school",
        ("id", "new_words", "new_others", *known.COLUMNS),
        ((each.school, each.words, each.others, *values(each.columns)) for each in found),
    )


def _credentials(found: Iterable[_Difference]) -> Iterator[tuple[int, str]]:
    for each in found:
        for row in each.rows:
            yield from ((row.program_id, slug) for slug in sorted(row.credentials))


def _put_in(changes: Changes, number: int) -> None:
    for child, column in (("listings_listingcredential", "row_id"), ("listings_listingrow", "program_id")):
        staging.run(
            "DELETE FROM {child} WHERE {column} IN (SELECT program_id FROM rebuilt_gone)",
            child=child,
            column=column,
        )
    staging.run(
        "INSERT INTO listings_listingrow ({columns}) SELECT {columns} FROM rebuilt_row", columns=QUOTED
    )
    staging.run(
        "INSERT INTO listings_listingcredential (row_id, credential)"
        " SELECT row_id, credential FROM rebuilt_credential"
    )
    # Text search is indexed anew for every row whose words are set, so they are set only where they differ.
    for which, names in (("r.new_words", WORDS), ("r.new_others", OTHERS)):
        staging.run(
            "UPDATE listings_school SET {values} FROM rebuilt_school r"
            " WHERE r.id = listings_school.id AND {which}",
            values=", ".join(f"{name} = r.{name}" for name in names),
            which=which,
        )
    staging.run(
        "UPDATE listings_school SET changed_at = %s, listing_number = %s"
        " WHERE id IN (SELECT id FROM rebuilt_school)",
        connection.ops.adapt_datetimefield_value(changes.at),
        number,
    )
