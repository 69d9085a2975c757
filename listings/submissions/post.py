"""Sends the letters that are due: none is handed to a mail server twice, whatever dies meanwhile.

A key is made with each try and stands in the mail alone; a try that surely failed takes its key back.
"""

import hashlib
import logging
import smtplib
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, mailers
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse

from content.lib.careful_smtp import InDoubt
from content.lib.clock import database_now
from listings.models import Letter, MailKey
from listings.models.mailbox import digest_of

logger = logging.getLogger(__name__)
State, Purpose = Letter.State, MailKey.Purpose
# Of one run: a slow server must not hold the worker beyond the time that a job may take.
LONGEST_RUN: Final = 90.0  # seconds
MOST: Final = 2000
LEADS_TO: Final = {
    Purpose.CONFIRM: "school-confirm",
    Purpose.OPEN: "school-open",
    Purpose.END_REMINDERS: "school-end-reminders",
}
SAYS: Final[dict[str, str]] = {
    Purpose.CONFIRM: "Look at it and confirm",
    Purpose.OPEN: "Open your page",
}


class ServerDown(Exception):
    """No mail server took the call: no other letter would fare better."""


def some_due(now: datetime) -> bool:
    return Letter.objects.due(now).exists() or Letter.objects.torn(now).exists()


def send_due(renew: Callable[[], None], at: datetime | None = None) -> dict[str, int]:
    """Sends what is due, the oldest first, and counts what became of it."""
    counts = dict.fromkeys(State.values, 0)
    counts[State.PERHAPS] = Letter.objects.torn(at).update(state=State.PERHAPS, claimed_until=None)
    ends = time.monotonic() + LONGEST_RUN
    due = Letter.objects.due(at).order_by("next_try_at", "pk").values_list("pk", flat=True)
    for pk in list(due[:MOST]):
        if time.monotonic() > ends:
            break
        renew()
        letter = Letter.objects.claim(pk, at=at)
        if letter is None:
            continue
        try:
            counts[deliver(letter, at=at)] += 1
        except ServerDown:
            counts[letter.state] += 1
            break
    return counts


def deliver(letter: Letter, *, at: datetime | None = None) -> str:
    """Sends a claimed letter, and writes and tells what became of it. Raises ServerDown."""
    now = at or database_now()
    if letter.is_reminder and letter.mailbox.reminders_ended_at:
        letter.settle(State.STOPPED, at=now)
        return letter.state
    server = mailers.default
    try:
        server.open()
    except OSError as down:
        letter.put_off(error=said(down, letter), at=now)
        raise ServerDown from down
    try:
        return _handed_over(letter, server, now)
    finally:
        # What it says on leaving changes nothing: the letter is settled.
        with suppress(OSError):
            server.close()


def _handed_over(letter: Letter, server: Any, now: datetime) -> str:
    with transaction.atomic():
        if not letter.hand_over(at=now):
            return State.WAITING
        keys = Keys.made(letter, now)
    try:
        mail = message(letter, keys)
        server.send_messages([mail])
    except InDoubt as gone:
        letter.settle(State.PERHAPS, error=said(gone, letter), at=now)
    except (OSError, ValueError) as error:
        keys.take_back()
        if is_final(error):
            letter.settle(State.REFUSED, error=said(error, letter), at=now)
        else:
            letter.put_off(error=said(error, letter), at=now)
        # The kind alone: what a server says repeats the address.
        logger.warning("letter.not_sent", extra={"letter": letter.pk, "error": type(error).__name__})
    else:
        with transaction.atomic():
            letter.settle(State.SENT, at=now)
            keys.end_older(letter, now)
    return letter.state


def is_final(error: Exception) -> bool:
    """Whether trying again is of no use: recipient or text is refused, or no mail can be made of it.

    What the server has against the site itself, such as its password, is for the operator to mend: so it
    is tried again.
    """
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _ in error.recipients.values())
    if isinstance(error, smtplib.SMTPDataError):
        return error.smtp_code >= 500
    return isinstance(error, ValueError)


def said(error: Exception, letter: Letter) -> str:
    """What went wrong, for editors; without the address, which servers like to repeat."""
    told = str(error)
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        told = "; ".join(f"{code} {_text(text)}" for code, text in error.recipients.values())
    elif isinstance(error, smtplib.SMTPResponseException):
        told = f"{error.smtp_code} {_text(error.smtp_error)}"
    return " ".join(told.split()).replace(letter.mailbox.address, "(the address)") or type(error).__name__


def _text(reply: bytes | str) -> str:
    return reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply


@dataclass(frozen=True)
class Keys:
    """The texts of a letter's keys, by purpose, while it is sent."""

    tokens: dict[MailKey.Purpose, str]

    @classmethod
    def made(cls, letter: Letter, now: datetime) -> "Keys":
        wanted = [Purpose(letter.key_purpose)] if letter.key_purpose else []
        wanted += [Purpose.END_REMINDERS] if letter.is_reminder else []
        made = {each: MailKey.hand_out(each, letter.mailbox, letter.submission, at=now) for each in wanted}
        return cls(made)

    def link(self, purpose: MailKey.Purpose) -> str:
        token = self.tokens.get(purpose)
        return f"{settings.SITE_URL}{reverse(LEADS_TO[purpose], args=[token])}" if token else ""

    def take_back(self) -> None:
        for purpose, token in self.tokens.items():
            MailKey.objects.filter(digest=digest_of(purpose, token)).delete()

    def end_older(self, letter: Letter, now: datetime) -> None:
        """The newest mail alone opens something; to end reminders, each mail ever sent is good enough."""
        for purpose, token in self.tokens.items():
            if purpose == Purpose.END_REMINDERS:
                continue
            older = MailKey.objects.usable(now).filter(mailbox=letter.mailbox, purpose=purpose)
            older = older.filter(submission=letter.submission)
            older.exclude(digest=digest_of(purpose, token)).update(expires_at=now)


def message(letter: Letter, keys: Keys) -> EmailMultiAlternatives:
    """Plain text and HTML, to one recipient. A header that holds a line break raises ValueError."""
    end_link = keys.link(Purpose.END_REMINDERS)
    context = {
        "letter": letter,
        "link": keys.link(Purpose(letter.key_purpose)) if letter.key_purpose else "",
        "link_says": SAYS.get(letter.key_purpose, ""),
        "end_link": end_link,
        "site_name": settings.SITE_NAME,
        "site_url": settings.SITE_URL,
    }
    headers = {"Message-ID": message_id(letter), "Auto-Submitted": "auto-generated"}
    if end_link:
        headers |= {
            "List-Unsubscribe": f"<{end_link}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }
    made = EmailMultiAlternatives(
        subject=letter.subject,
        body=render_to_string("listings/letters/letter.txt", context),
        to=[letter.mailbox.address],
        headers=headers,
    )
    made.attach_alternative(render_to_string("listings/letters/letter.html", context), "text/html")
    return made


def message_id(letter: Letter) -> str:
    """One for each event: a mail program can tell a second copy from a second letter."""
    digest = hashlib.sha256(letter.event.encode()).hexdigest()[:32]
    return f"<{digest}@{urlsplit(settings.SITE_URL).hostname}>"
