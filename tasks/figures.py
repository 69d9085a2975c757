"""Keeps statistics fresh, and tells editors once a week which are not."""

from datetime import datetime

from content import refreshing, review_mail, stale_mail, statistics
from content.lib.http import NetworkOff
from tasks.job import Counts, Renew, Skipped


def ask_providers(renew: Renew, at: datetime | None) -> Counts:
    try:
        return refreshing.ask_providers(renew, at)
    except NetworkOff as off:
        raise Skipped(str(off)) from None


def refresh_statistics(renew: Renew, at: datetime | None) -> Counts:
    return statistics.refresh_due(at=at)


def write_stale_mail(renew: Renew, at: datetime | None) -> Counts:
    return stale_mail.write(at)


def some_to_write(now: datetime) -> bool:
    return stale_mail.is_due(now)


def send_mails(renew: Renew, at: datetime | None) -> Counts:
    return stale_mail.send(renew, at)


def write_review_mail(renew: Renew, at: datetime | None) -> Counts:
    return review_mail.write(at)


def some_to_review(now: datetime) -> bool:
    return review_mail.is_due(now)


def some_to_send(now: datetime) -> bool:
    return stale_mail.unsent().exists()
