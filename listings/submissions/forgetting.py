"""Which rows have been kept for long enough, and how each kind of them is forgotten."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, Final

from axes.models import AccessAttempt, AccessFailureLog, AccessLog
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Max, Model, Q, QuerySet
from django.db.models.functions import Coalesce

from content.models import ErrorReport, UnsavedText
from listings.models import (
    Attempt,
    Claim,
    ContactLook,
    Letter,
    Mailbox,
    MailKey,
    Sheet,
    SheetRow,
    Submission,
    SubmittedField,
)
from listings.submissions import claims, drafts

Rows = QuerySet[Any]
State = Submission.State

UNCONFIRMED: Final = timedelta(days=30)
UNPUBLISHED: Final = timedelta(days=365)
WORDS: Final = timedelta(days=365)
NETWORK: Final = timedelta(days=30)
KEYS: Final = timedelta(days=30)
EVIDENCE: Final = timedelta(days=90)
# Longer than a year: the yearly question is not asked twice.
LETTERS: Final = timedelta(days=400)
MAILBOX: Final = timedelta(days=730)
LOGINS: Final = timedelta(days=90)


def unconfirmed(now: datetime) -> Rows:
    return Submission.objects.filter(state=State.UNCONFIRMED, sent_at__lt=now - UNCONFIRMED)


def untouched_drafts(now: datetime, kept: timedelta = drafts.KEPT) -> QuerySet[Submission]:
    """Half-finished forms that nobody saved for so long."""
    touched = Submission.objects.filter(state=State.DRAFT).annotate(
        touched=Coalesce(Max("events__at"), "created_at")
    )
    return touched.filter(touched__lt=now - kept)


def untouched_sheets(now: datetime) -> Rows:
    return Sheet.objects.over(now)


def untouched_lines(now: datetime) -> Rows:
    return SheetRow.objects.filter(sheet__in=Sheet.objects.over(now))


def unpublished(now: datetime) -> Rows:
    """Submissions that came to nothing: withdrawn, or returned and never answered."""
    return Submission.objects.filter(
        state__in=(State.WITHDRAWN, State.RETURNED), decided_at__lt=now - UNPUBLISHED
    )


def old_notes(now: datetime) -> Rows:
    old = Submission.objects.filter(decided_at__lt=now - WORDS)
    return old.exclude(note="", risk_reasons=[])


def old_answers(now: datetime) -> Rows:
    old = SubmittedField.objects.filter(submission__decided_at__lt=now - WORDS)
    return old.exclude(answer="")


def old_networks(now: datetime) -> Rows:
    return Submission.objects.filter(sent_at__lt=now - NETWORK).exclude(network="")


def old_attempts(now: datetime) -> Rows:
    return Attempt.objects.past_keeping(now)


def old_keys(now: datetime) -> Rows:
    return MailKey.objects.filter(expires_at__lt=now - KEYS)


def old_evidence(now: datetime) -> Rows:
    return Claim.objects.filter(decided_at__lt=now - EVIDENCE).exclude(note="", letter="", letter_name="")


def old_letters(now: datetime) -> Rows:
    return Letter.objects.filter(written_at__lt=now - LETTERS)


def old_mailboxes(now: datetime) -> Rows:
    """Not seen for two years, or never proven and with nothing left of what was sent."""
    seen = Mailbox.objects.annotate(last=Coalesce("seen_at", "created_at"))
    never = Q(proven_at=None, created_at__lt=now - UNCONFIRMED, submissions=None, claims=None)
    return seen.filter(Q(last__lt=now - MAILBOX) | never)


def old_looks(now: datetime) -> Rows:
    return ContactLook.objects.filter(at__lt=now - MAILBOX)


def old_reporters(now: datetime) -> Rows:
    return ErrorReport.objects.past_keeping(now)


def old_texts(now: datetime) -> Rows:
    return UnsavedText.objects.old(now)


def ended_sessions(now: datetime) -> Rows:
    return Session.objects.filter(expire_date__lt=now)


def old_logins(model: type[Model]) -> Callable[[datetime], Rows]:
    def rows(now: datetime) -> Rows:
        return model._default_manager.filter(attempt_time__lt=now - LOGINS)

    return rows


LOGIN_MODELS: Final = {"logins": AccessLog, "failed_logins": AccessAttempt, "lockouts": AccessFailureLog}


def deleted(rows: Rows) -> int:
    return rows.delete()[0]


def emptied(**columns: Any) -> Callable[[Rows], int]:
    """Takes the columns from the rows and leaves the rows."""

    def forget(rows: Rows) -> int:
        return rows.update(**columns)

    return forget


def without_evidence(rows: Rows) -> int:
    """The note and the letter go, the file with them; that there was a claim stays."""
    with transaction.atomic():
        files = list(rows.exclude(letter="").values_list("letter", flat=True))
        changed = rows.update(note="", letter="", letter_name="")
        transaction.on_commit(lambda: claims.throw_away(files))
    return changed
