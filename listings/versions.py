"""Data versions: one load at a time, what a killed one left, and which version readers see."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Final

from django.db import connection, transaction
from django.db.models.functions import Now

from listings import cities, rebuilding, staging
from listings.imports.refusals import LoadRefusedError
from listings.layers import LAYERS
from listings.models import DataVersion, FederalFile, ListingStamp, School, Sponsorship

BATCH: Final = 4_000
ADVISORY_KEY: Final = 51_07  # of PostgreSQL's lock that a load holds
BUSY: Final = "Another load is running. Wait until it is done, then try again."


def current() -> DataVersion | None:
    """The version that readers see."""
    return DataVersion.objects.filter(is_current=True).first()


@contextmanager
def one_load() -> Iterator[None]:
    """Lets one load run at a time; the lock ends with its process, however that ends."""
    if connection.vendor == "postgresql":
        if not staging.number("SELECT CAST(pg_try_advisory_lock(%s) AS integer)", ADVISORY_KEY):
            raise LoadRefusedError(BUSY)
        staging.run("SET statement_timeout = 0")
        try:
            yield
        finally:
            staging.run("RESET statement_timeout")
            staging.number("SELECT CAST(pg_advisory_unlock(%s) AS integer)", ADVISORY_KEY)
        return
    name = str(connection.settings_dict["NAME"])
    if ":memory:" in name or "mode=memory" in name:
        yield
        return
    with Path(f"{name}.load").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise LoadRefusedError(BUSY) from None
        yield


def discard_unfinished() -> None:
    """Takes back what loads wrote that were stopped before their version was whole."""
    for version in DataVersion.objects.filter(loaded_at=None).order_by("-number"):
        for layer in LAYERS:
            _in_batches("DELETE FROM {rows}", layer.table, "since = %s", version.number)
            _in_batches("UPDATE {rows} SET until = NULL", layer.table, "until = %s", version.number)
        with transaction.atomic():
            FederalFile.objects.filter(version=version).delete()
            version.delete()
            School.objects.filter(status=School.Status.UNSEEN, directory_rows=None).delete()


def _in_batches(action: str, table: str, which: str, number: int) -> None:
    template = "{action} WHERE id IN (SELECT id FROM {rows} WHERE {which} ORDER BY id LIMIT %s)"
    action = staging.statement(action, rows=table)
    while staging.run(template, number, BATCH, action=action, rows=table, which=which) == BATCH:
        pass


def switch(number: int, *, at: datetime | None = None) -> None:
    """Makes the version what readers see; raises `DataVersion.DoesNotExist` if it is not whole.

    The listing rows and cities are worked out before; the transaction puts in those that differ.
    """
    version = DataVersion.objects.whole().get(pk=number)
    changes = rebuilding.prepare(number, at=at)
    places = cities.prepare(version)
    with transaction.atomic():
        if not version.is_sample:
            remove_samples()
        DataVersion.objects.filter(is_current=True).update(is_current=False)
        DataVersion.objects.filter(pk=number).update(is_current=True, switched_at=at or Now())
        DataVersion.objects.exclude(switch_asked_at=None).update(switch_asked_at=None, switch_asked_by=None)
        rebuilding.apply(changes)
        cities.apply(places)


def compared_with(version: DataVersion) -> int:
    """The version that it is set beside: what readers see, or for that one the version it was built on."""
    now = current()
    return version.base if now is None or now.pk == version.pk else now.pk


def remove_samples() -> int:
    """Deletes the sample schools with everything of theirs, and their version; inside a transaction."""
    schools = School.objects.samples()
    Sponsorship.objects.filter(school__in=schools).delete()
    Sponsorship.history.filter(school__in=schools.values("pk")).delete()
    removed = schools.count()
    schools.delete()
    FederalFile.objects.filter(version__is_sample=True).delete()
    DataVersion.objects.filter(is_sample=True).delete()
    ListingStamp.objects.begin_anew()
    if current() is None:
        cities.apply([])
    return removed
