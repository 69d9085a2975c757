"""Texts that readers see are looked at again: what was right when it was published goes stale."""

from datetime import datetime

from content.lint import gate
from tasks.job import Counts, Renew


def check_texts(renew: Renew, at: datetime | None) -> Counts:
    return gate.check_live(at, renew=renew)


def some_unchecked(now: datetime) -> bool:
    return gate.unchecked(now).exists()
