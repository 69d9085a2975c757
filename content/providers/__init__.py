"""Where figures come from.

A provider is a module that tells its tables from others (`recognises`) and turns one into plain rows
(`read`), checked, without a database: one file here and its name in PROVIDERS. What becomes of the rows is
the same for all: `content.statistics.propose`.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Final, Protocol

from content.lib.tables import BadFile, Table, open_tables
from content.providers import oews_files, projections
from content.providers.batch import Batch


class Provider(Protocol):
    """What a module of this package offers."""

    NAME: str

    def recognises(self, table: Table) -> bool:
        """Whether the table is one of its own; it may look at the head alone."""
        ...

    def read(self, table: Table) -> Batch:
        """The table's figures and refused rows; raises BadFile where the table as a whole cannot be used."""
        ...


PROVIDERS: Final[tuple[Provider, ...]] = (oews_files, projections)


def read_file(path: Path) -> list[Batch]:
    """What the registered providers make of every table in a file they know; raises BadFile."""
    batches = list(_batches(path))
    if not batches:
        raise BadFile(
            "It holds no table that this site reads: OEWS tables or series, projections 1.2 or 1.10."
        )
    return batches


def _batches(path: Path) -> Iterator[Batch]:
    for table in open_tables(path):
        provider = next((each for each in PROVIDERS if each.recognises(table)), None)
        if provider:
            yield provider.read(table)
