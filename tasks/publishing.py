"""Tidies up what has a date; readers see it right from its moment on, whether or not these run."""

from datetime import datetime

from content import publishing
from listings import loading
from tasks.job import Counts, Renew


def publish_due(renew: Renew, at: datetime | None) -> Counts:
    return publishing.publish_due(at)


def some_due(now: datetime) -> bool:
    return publishing.is_due(now)


def expire_due(renew: Renew, at: datetime | None) -> Counts:
    return loading.expire_due(at)


def some_expired(now: datetime) -> bool:
    return bool(loading.expired(now))
