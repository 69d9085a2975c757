"""Switches readers to the data version that an editor asked for."""

from datetime import datetime

from listings import versions
from listings.imports.refusals import LoadRefusedError
from listings.models import DataVersion
from tasks.job import Counts, Renew, Skipped


def switch_version(renew: Renew, at: datetime | None) -> Counts:
    """The latest wish counts. While a load runs it waits for the next look."""
    version = DataVersion.objects.asked().first()
    if version is None:
        return {"switched": 0}
    try:
        with versions.one_load():
            renew()
            versions.switch(version.pk, at=at)
    except LoadRefusedError as busy:
        raise Skipped(str(busy)) from None
    return {"switched": version.pk}


def some_asked(now: datetime) -> bool:
    return DataVersion.objects.asked().exists()
