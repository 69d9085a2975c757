"""Links between articles that belong together."""

from datetime import datetime

from content import related
from tasks.job import Counts, Renew


def rebuild_related(renew: Renew, at: datetime | None) -> Counts:
    return related.rebuild(at, renew=renew)


def refresh_related(renew: Renew, at: datetime | None) -> Counts:
    return related.refresh_changed(at, renew=renew)


def some_changed(now: datetime) -> bool:
    return related.is_stale(now)
