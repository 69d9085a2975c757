"""Institutions of a directory file that taught none of our fields when it was loaded."""

from collections.abc import Iterable, Sequence
from itertools import batched
from typing import Any, Final

from django.db import transaction

from listings import staging
from listings.imports.ipeds import DIRECTORY_VALUES
from listings.layers import DIRECTORY
from listings.models import Bystander, DataVersion, FederalFile

BATCH: Final = 2_000


def keep(file: int, others: Iterable[tuple[int, str]]) -> None:
    """Writes the institutions, UNITID and values as JSON, of a file that was just written."""
    staging.table("load_bystander", "SELECT id AS place, unitid, record FROM listings_bystander WHERE 1 = 0")
    for batch in batched(others, BATCH):
        staging.run("DELETE FROM load_bystander")
        staging.fill("load_bystander", ("unitid", "record"), batch)
        with transaction.atomic():
            staging.run(
                "INSERT INTO listings_bystander (file_id, unitid, record)"
                " SELECT %s, unitid, record FROM load_bystander",
                file,
            )


def directory_files(base: int, year: int) -> tuple[int, ...]:
    """The directory files of the year that the version rests on, the newest first."""
    numbers = DataVersion.objects.lineage(base)
    files = FederalFile.objects.filter(version__in=numbers, kind=FederalFile.Kind.DIRECTORY, year=year)
    return tuple(files.order_by("-version").values_list("pk", flat=True))


def take_in(files: Sequence[int], year: int) -> None:
    """Gives schools of the directory stage the row of a newer file that named them as bystanders.

    The rows carry the file as -1 for the first of `files`, -2 for the second.
    """
    staged = staging.rows("SELECT unitid, n FROM {stage}", stage=DIRECTORY.stage)
    numbers: dict[int, int] = dict(staged)
    found: dict[int, tuple[Any, ...]] = {}
    for number, file in enumerate(files, 1):
        others = Bystander.objects.filter(file=file).values_list("unitid", "record")
        for unitid, record in others.iterator():
            if unitid in numbers and unitid not in found:
                values = [record[name] for name in DIRECTORY_VALUES]
                found[unitid] = (numbers[unitid], 0, -number, unitid, year, None, *values)
    staging.table("load_taken", "SELECT unitid FROM load_directory WHERE 1 = 0")
    staging.fill("load_taken", ("unitid",), ((unitid,) for unitid in found))
    staging.run("DELETE FROM load_directory WHERE unitid IN (SELECT unitid FROM load_taken)")
    staging.fill(DIRECTORY.stage, DIRECTORY.columns, found.values())
