"""Mails to schools: a row first, in the transaction of what it tells; a job sends it."""

from datetime import datetime, timedelta
from typing import Final, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from listings.models.mailbox import Mailbox, MailKey
from listings.models.submission import Submission

# Twice as long each time, up to the longest: the last try is about a day after the first.
FIRST_PAUSE: Final = timedelta(minutes=1)
LONGEST_PAUSE: Final = timedelta(hours=4)
GIVEN_UP_AFTER: Final = timedelta(hours=24)


def pause(attempts: int) -> timedelta | None:
    """How long to wait after so many attempts that failed; None where a day of them is over."""
    pauses = [min(FIRST_PAUSE * 2**n, LONGEST_PAUSE) for n in range(attempts)]
    return pauses[-1] if sum(pauses, timedelta()) <= GIVEN_UP_AFTER else None


class LetterQuerySet(models.QuerySet["Letter"]):
    def due(self, at: datetime | None = None) -> Self:
        """Nobody has them in hand, and no mail server was asked to take them."""
        return self.filter(
            Q(claimed_until=None) | Q(claimed_until__lte=at or Now()),
            state=Letter.State.WAITING,
            handed_over_at=None,
            next_try_at__lte=at or Now(),
        )

    def torn(self, at: datetime | None = None) -> Self:
        """A worker handed them over and never said what became of it."""
        return self.filter(
            state=Letter.State.WAITING, handed_over_at__isnull=False, claimed_until__lte=at or Now()
        )

    def claim(self, pk: int, *, at: datetime | None = None) -> "Letter | None":
        """The letter, ours until the lease ends; of two callers one gets it."""
        until = (at or Now()) + timedelta(seconds=settings.JOB_LEASE)
        ours = self.due(at).filter(pk=pk).update(attempts=F("attempts") + 1, claimed_until=until)
        return self.select_related("mailbox", "submission").get(pk=pk) if ours else None


class Letter(models.Model):
    """One mail to one mailbox about one event; the event's name keeps it from being written twice.

    The text holds no link that opens anything: a key is made when the mail is sent, so none is stored.
    `handed_over_at` is set before the mail server is asked: where a worker died in between, the mail may have
    gone out, so it is not sent again (state *perhaps sent*).
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Waits to be sent"
        SENT = "sent", "Sent"
        PERHAPS = "perhaps", "Perhaps sent: the worker stopped in the middle"
        REFUSED = "refused", "Refused by the mail server"
        GIVEN_UP = "given-up", "Not sent within a day"
        STOPPED = "stopped", "Not sent: reminders were ended"

    mailbox = models.ForeignKey(Mailbox, models.CASCADE, related_name="letters")
    submission = models.ForeignKey(Submission, models.CASCADE, null=True, blank=True, related_name="letters")
    event = models.CharField(max_length=80, unique=True)
    subject = models.CharField(max_length=150)
    text = models.TextField()
    key_purpose = models.CharField(max_length=13, choices=MailKey.Purpose, blank=True)
    is_reminder = models.BooleanField(default=False)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    written_at = models.DateTimeField()
    next_try_at = models.DateTimeField()
    claimed_until = models.DateTimeField(null=True, blank=True)
    handed_over_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=200, blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["state", "next_try_at"], name="listings_letter_due")]

    def __str__(self) -> str:
        return f"{self.event}: {self.get_state_display()}"

    def hand_over(self, *, at: datetime) -> bool:
        """Notes, before the mail server is asked, that it is; False where the claim ran out."""
        ours = Letter.objects.filter(pk=self.pk, handed_over_at=None, claimed_until=self.claimed_until)
        self.handed_over_at = at
        return bool(ours.update(handed_over_at=at))

    def settle(self, state: "Letter.State", *, error: str = "", at: datetime) -> None:
        """Writes what became of it: whoever asked the mail server knows best, also after the lease."""
        sent_at = at if state == self.State.SENT else None
        self.state = state
        Letter.objects.filter(pk=self.pk).update(
            state=state, sent_at=sent_at, error=error[:200], claimed_until=None
        )

    def put_off(self, *, error: str, at: datetime) -> None:
        """It surely did not go out: it is tried again later, or given up after a day of tries."""
        wait = pause(self.attempts)
        self.state = self.State.WAITING if wait else self.State.GIVEN_UP
        Letter.objects.filter(pk=self.pk).update(
            state=self.state,
            error=error[:200],
            next_try_at=at + (wait or timedelta()),
            claimed_until=None,
            handed_over_at=None,
        )
