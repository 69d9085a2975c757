"""Letters to schools, and what reminds them."""

from datetime import datetime

from listings.submissions import post, reminders
from tasks.job import Counts, Renew


def send_letters(renew: Renew, at: datetime | None) -> Counts:
    return post.send_due(renew, at)


def some_letters_due(now: datetime) -> bool:
    return post.some_due(now)


def remind(renew: Renew, at: datetime | None) -> Counts:
    return reminders.write_due(renew, at)
