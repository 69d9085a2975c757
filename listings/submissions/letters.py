"""Writes letters as rows; `listings.submissions.post` sends them. One event, one letter."""

import secrets
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from content.lib.clock import database_now
from listings.models import Letter, Mailbox, MailKey, Submission

# How many letters somebody else may cause to one mailbox in a day, by typing its address.
TO_ONE: Final = (timedelta(hours=24), 3)
LINK: Final = "link:"
AGAIN: Final = ":again:"


def write(  # noqa: PLR0913  # one argument a column of the letter
    mailbox: Mailbox,
    event: str,
    *,
    subject: str,
    text: str,
    submission: Submission | None = None,
    key: MailKey.Purpose | None = None,
    is_reminder: bool = False,
    at: datetime | None = None,
) -> Letter | None:
    """The letter of an event; None where it was written before.

    It goes out with the next run of the job.
    """
    now = at or database_now()
    subject = "".join(c for c in " ".join(subject.split()) if c.isprintable())[:150]
    letter, is_new = Letter.objects.get_or_create(
        event=event,
        defaults={
            "mailbox": mailbox,
            "submission": submission,
            "subject": subject,
            "text": text,
            "key_purpose": key or "",
            "is_reminder": is_reminder,
            "written_at": now,
            "next_try_at": now,
        },
    )
    return letter if is_new else None


def may_ask(mailbox: Mailbox, *, at: datetime | None = None) -> bool:
    """Whether a letter that anybody can cause may still go to this mailbox today.

    Counted over all addresses of its canonical form, in the caller's transaction. Who has proven to read it
    is told as often as needed.
    """
    time, most = TO_ONE
    # Held until the letter is written, so that many at once are counted one after the other.
    list(Mailbox.objects.select_for_update().filter(canonical=mailbox.canonical).order_by("pk"))
    caused = Q(key_purpose=MailKey.Purpose.CONFIRM) | Q(event__startswith=LINK)
    caused |= Q(is_reminder=True, mailbox__proven_at=None)
    asked = Letter.objects.filter(caused, mailbox__canonical=mailbox.canonical)
    return asked.filter(written_at__gt=(at or database_now()) - time).count() < most


def ask_for_link(mailbox: Mailbox, *, at: datetime | None = None) -> bool:
    """A letter with a link to the private page; False where this mailbox was sent enough today.

    Whoever asked is told the same in both cases.
    """
    now = at or database_now()
    with transaction.atomic():
        if not may_ask(mailbox, at=now):
            return False
        write(
            mailbox,
            f"{LINK}{mailbox.pk}:{secrets.token_hex(8)}",
            subject=f"Your page at {settings.SITE_NAME}",
            text=(
                "The link below opens the page with what you sent for your school, and lets you go on from"
                " any device. It holds for 24 hours and works once.\n\n"
                "If you did not ask for it, do nothing."
            ),
            key=MailKey.Purpose.OPEN,
            at=now,
        )
    return True


def again(letter: Letter, *, at: datetime | None = None) -> Letter | None:
    """The same letter once more, on an editor's word, with a fresh key.

    None while a copy of it waits to be sent, or after three copies in a day.
    """
    now = at or database_now()
    first = letter.event.partition(AGAIN)[0]
    time, most = TO_ONE
    with transaction.atomic():
        list(Mailbox.objects.select_for_update().filter(pk=letter.mailbox_id))
        copies = Letter.objects.filter(event__startswith=f"{first}{AGAIN}")
        if copies.filter(written_at__gt=now - time).count() >= most:
            return None
        if Letter.objects.filter(pk=letter.pk, state=Letter.State.WAITING).exists():
            return None
        if copies.filter(state=Letter.State.WAITING).exists():
            return None
        return write(
            letter.mailbox,
            f"{first}{AGAIN}{copies.count() + 1}",
            subject=letter.subject,
            text=letter.text,
            submission=letter.submission,
            key=MailKey.Purpose(letter.key_purpose) if letter.key_purpose else None,
            is_reminder=letter.is_reminder,
            at=now,
        )
