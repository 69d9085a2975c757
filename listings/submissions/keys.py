"""Links in mails: a GET looks at a key, a POST uses it up."""

from datetime import datetime

from django.db import transaction

from content.lib.clock import database_now
from listings.models import Mailbox, MailKey
from listings.submissions.mailboxes import prove
from listings.submissions.sending import confirm


class KeyRefused(Exception):
    """The key opens nothing: `reason` is `unknown`, `used` or `over`. Nothing else of it may be told."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def look(token: str, purpose: MailKey.Purpose, *, at: datetime | None = None) -> MailKey:
    """The key, which stays usable. Raises KeyRefused."""
    key = MailKey.objects.found(token, purpose)
    if key is None:
        raise KeyRefused("unknown")
    if key.used_at is not None:
        raise KeyRefused("used")
    if key.is_over(at):
        raise KeyRefused("over")
    return key


def enter(token: str, purpose: MailKey.Purpose, *, at: datetime | None = None) -> MailKey:
    """Uses the key up: the mailbox is proven and, with a key to confirm, its submission goes to the queue.

    Of two at once one enters. Raises KeyRefused.
    """
    now = at or database_now()
    with transaction.atomic():
        key = look(token, purpose, at=now)
        if not key.use(at=now):
            raise KeyRefused("used")
        prove(key.mailbox, at=now)
        if purpose == MailKey.Purpose.CONFIRM and key.submission is not None:
            confirm(key.submission, at=now)
    return key


def end_reminders(token: str, *, at: datetime | None = None) -> Mailbox:
    """No reminder goes to this mailbox any more; a second time changes nothing. Raises KeyRefused."""
    key = MailKey.objects.found(token, MailKey.Purpose.END_REMINDERS)
    if key is None:
        raise KeyRefused("unknown")
    now = at or database_now()
    Mailbox.objects.filter(pk=key.mailbox_id, reminders_ended_at=None).update(reminders_ended_at=now)
    return key.mailbox
