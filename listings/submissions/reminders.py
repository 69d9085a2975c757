"""Reminders to schools, each written once; `post` sends them, unless the mailbox ended reminders."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from content.lib.clock import database_now
from listings.models import Claim, Letter, Mailbox, MailKey, Statement, Submission
from listings.submissions import letters
from listings.submissions.forgetting import untouched_drafts
from listings.submissions.sending import subject_of

State, Purpose = Submission.State, MailKey.Purpose
TO_CONFIRM: Final = timedelta(hours=20)
DRAFTS: Final = timedelta(days=14)
RETURNED: Final = timedelta(days=7)
YEAR: Final = timedelta(days=351)
# So long before a statement lapses the question is asked; what lapses a little later is asked with it.
BEFORE: Final = timedelta(days=14)
TOGETHER: Final = timedelta(days=60)
Renew = Callable[[], None]
Written = Letter | None


def write_due(renew: Renew, at: datetime | None = None) -> dict[str, int]:
    """Writes what is due now, one reminder of a kind a mailbox; the others follow with the next run."""
    now = at or database_now()
    return {
        "to_confirm": _each(_unconfirmed(now), _to_confirm, renew, now),
        "drafts": _each(_untouched(now), _to_go_on, renew, now),
        "returned": _each(_unanswered(now), _to_answer, renew, now),
        "yearly": sum(_ask_yearly(claims, renew, now) for claims in _yearly(now)),
    }


def _each(
    rows: Iterable[Submission],
    write: Callable[[Submission, Mailbox, datetime], Written],
    renew: Renew,
    now: datetime,
) -> int:
    written, had = 0, set()
    for sent in rows:
        mailbox = sent.mailbox
        if mailbox is None or mailbox.pk in had:
            continue
        had.add(mailbox.pk)
        renew()
        with transaction.atomic():
            # An address that never answered may be somebody's who asked for nothing.
            if mailbox.proven_at or letters.may_ask(mailbox, at=now):
                written += write(sent, mailbox, now) is not None
    return written


def _wanting(rows: QuerySet[Submission], **reminded: Any) -> QuerySet[Submission]:
    """Those whose mailbox takes reminders and had none of this kind."""
    had = Letter.objects.filter(submission=OuterRef("pk"), is_reminder=True, **reminded)
    wanting = rows.filter(~Exists(had), mailbox__isnull=False, mailbox__reminders_ended_at=None)
    return wanting.select_related("mailbox", "school").order_by("mailbox", "pk")


def _unconfirmed(now: datetime) -> QuerySet[Submission]:
    old = Submission.objects.filter(state=State.UNCONFIRMED, sent_at__lte=now - TO_CONFIRM)
    # Its first mail is on its way still.
    waits = Letter.objects.filter(submission=OuterRef("pk"), state=Letter.State.WAITING)
    return _wanting(old.filter(~Exists(waits)), event__endswith=":confirm:reminder")


def _to_confirm(sent: Submission, mailbox: Mailbox, now: datetime) -> Written:
    return letters.write(
        mailbox,
        f"submission:{sent.pk}:confirm:reminder",
        subject=f"Not confirmed yet: {subject_of(sent)} ({sent.reference})",
        text=(
            f"Somebody, we hope you, sent us {subject_of(sent)} and did not confirm it yet, so no editor"
            " decides on it. The link below shows what was sent; it holds for 24 hours.\n\n"
            "If you sent nothing, do nothing: it is deleted 30 days after it was sent."
        ),
        submission=sent,
        key=Purpose.CONFIRM,
        is_reminder=True,
        at=now,
    )


def _untouched(now: datetime) -> QuerySet[Submission]:
    return _wanting(untouched_drafts(now, DRAFTS), event__endswith=":draft:reminder")


def _to_go_on(sent: Submission, mailbox: Mailbox, now: datetime) -> Written:
    return letters.write(
        mailbox,
        f"submission:{sent.pk}:draft:reminder",
        subject=f"You began {subject_of(sent)} ({sent.reference})",
        text=(
            f"Two weeks ago you began {subject_of(sent)} and did not send it. It waits on your private page,"
            " where you can go on or delete it. It is deleted 90 days after you last saved it."
        ),
        submission=sent,
        key=Purpose.OPEN,
        is_reminder=True,
        at=now,
    )


def _unanswered(now: datetime) -> QuerySet[Submission]:
    old = Submission.objects.filter(state=State.RETURNED, decided_at__lte=now - RETURNED)
    # Once each time that something is returned.
    return _wanting(old, event__contains=":returned:", written_at__gte=OuterRef("decided_at"))


def _to_answer(sent: Submission, mailbox: Mailbox, now: datetime) -> Written:
    return letters.write(
        mailbox,
        f"submission:{sent.pk}:returned:{sent.version}",
        subject=f"We wait for your answer on {subject_of(sent)} ({sent.reference})",
        text=(
            f"An editor returned a part of {subject_of(sent)} to you, with the reasons. Your private page"
            " shows them, and lets you answer, correct the values, or withdraw them. Until then the page for"
            " readers stays as it is."
        ),
        submission=sent,
        key=Purpose.OPEN,
        is_reminder=True,
        at=now,
    )


def _yearly(now: datetime) -> list[list[Claim]]:
    """The claims to be asked about, by mailbox, where what is stated of one of the schools lapses soon."""
    asked_lately = Q(asked_yearly_at__gt=now - YEAR)
    granted = Claim.objects.granted().filter(mailbox__reminders_ended_at=None).exclude(asked_lately)
    lapsing = Statement.objects.filter(school=OuterRef("school"), replaced_at=None)
    due = granted.filter(Exists(lapsing.filter(valid_until__lte=now + BEFORE)))
    along = granted.filter(Exists(lapsing.filter(valid_until__lte=now + TOGETHER)))
    rows = along.filter(mailbox__in=due.order_by().values("mailbox")).select_related("mailbox", "school")
    grouped = groupby(rows.order_by("mailbox", "school__name", "pk"), key=lambda claim: claim.mailbox_id)
    return [list(claims) for _, claims in grouped]


def _ask_yearly(claims: list[Claim], renew: Renew, now: datetime) -> int:
    renew()
    mailbox = claims[0].mailbox
    schools = "\n".join(f"- {claim.school}" for claim in claims)
    with transaction.atomic():
        Claim.objects.filter(pk__in=[claim.pk for claim in claims]).update(asked_yearly_at=now)
        letter = letters.write(
            mailbox,
            f"yearly:{mailbox.pk}:{now:%Y-%m-%d}",
            subject=f"Still correct? What {settings.SITE_NAME} says of your school",
            text=(
                "About a year ago it was stated what readers find here about:\n\n"
                f"{schools}\n\n"
                "Your private page shows it, with one button for each program that is still correct. What"
                " nobody confirms is marked for readers as not confirmed since."
            ),
            key=Purpose.OPEN,
            is_reminder=True,
            at=now,
        )
    return letter is not None
