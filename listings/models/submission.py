"""What a school sent: a submission, and one row for each field of it that an editor accepts or returns."""

import secrets
from datetime import datetime, timedelta
from typing import Final, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from listings.models.mailbox import Mailbox
from listings.models.school import School
from listings.models.statement import Statement

# What people read aloud and type: no 0, O, 1, I, L.
LETTERS: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
# So soon a person decides, as the site promises on every receipt.
PROMISED: Final = timedelta(days=5)


def new_reference() -> str:
    """`SB-7K3F9QWX`: names a submission to its sender; it opens nothing by itself."""
    return "SB-" + "".join(secrets.choice(LETTERS) for _ in range(8))


class SubmissionQuerySet(models.QuerySet["Submission"]):
    def seen_by(self, mailbox: Mailbox) -> Self:
        """One's own, and what was sent for schools that one speaks for."""
        schools = mailbox.claims.filter(state="granted").order_by().values("school")
        return self.filter(Q(mailbox=mailbox) | Q(school__in=schools, queued_at__isnull=False))

    def sent(self) -> Self:
        """What editors may see: all that reached them, so nothing of an address that was never proven."""
        return self.filter(queued_at__isnull=False)

    def queue(self) -> Self:
        """What waits for an editor, the oldest first."""
        return self.filter(state=Submission.State.WAITING).order_by("queued_at", "pk")

    def late(self, at: datetime | None = None) -> Self:
        """Of what waits, what should have been decided by now."""
        return self.filter(state=Submission.State.WAITING, queued_at__lte=(at or Now()) - PROMISED)

    def open(self) -> Self:
        return self.filter(state__in=Submission.OPEN)

    def held(self, pk: int) -> "Submission":
        """The submission with its school and mailbox, locked until the transaction ends."""
        return self.select_for_update(of=("self",)).select_related("mailbox", "school").get(pk=pk)


class Submission(models.Model):
    """One sending. `draft` holds a half-finished form as it was typed; only sending validates.

    `version` counts every change: an editor's decision names the one it was made on. `content` is a hash of
    what was sent, so that the same thing sent again, or fifty times at once, is one submission.
    """

    class Kind(models.TextChoices):
        NEW_SCHOOL = "new-school", "New school"
        UPDATE = "update", "Programs of a school"
        CORRECTION = "correction", "Correction of one value"
        CLOSURE = "closure", "Closure"
        CONFIRMATION = "confirmation", "Still correct"

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        UNCONFIRMED = "unconfirmed", "Waits for the sender's mail address"
        WAITING = "waiting", "Waits for an editor"
        RETURNED = "returned", "Waits for the school"
        DONE = "done", "Decided"
        WITHDRAWN = "withdrawn", "Withdrawn"

    OPEN: Final = ("unconfirmed", "waiting", "returned")

    reference = models.CharField(max_length=11, unique=True, default=new_reference, editable=False)
    mailbox = models.ForeignKey(Mailbox, models.SET_NULL, null=True, related_name="submissions")
    school = models.ForeignKey(School, models.CASCADE, null=True, blank=True, related_name="submissions")
    kind = models.CharField(max_length=12, choices=Kind)
    state = models.CharField(max_length=11, choices=State, default=State.DRAFT)
    version = models.PositiveIntegerField(default=1)
    draft = models.JSONField(default=dict, blank=True)
    content = models.CharField(max_length=64, blank=True, editable=False)
    note = models.TextField("note to the editors", max_length=2000, blank=True)
    network = models.CharField(max_length=64, blank=True, editable=False)
    is_trusted = models.BooleanField("by a granted claim", default=False)
    risk = models.PositiveSmallIntegerField(default=0)
    risk_reasons = models.JSONField(default=list, blank=True)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    sent_at = models.DateTimeField(null=True, blank=True)
    queued_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["state", "queued_at"], name="listings_submission_queue"),
            models.Index(fields=["network", "sent_at"], name="listings_submission_network"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["mailbox", "content"],
                condition=Q(state__in=["unconfirmed", "waiting", "returned"]),
                name="listings_submission_once",
            ),
            models.CheckConstraint(
                condition=Q(state="draft", sent_at=None) | Q(state="withdrawn") | Q(sent_at__isnull=False),
                name="listings_submission_sent",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def promised_at(self) -> datetime | None:
        """By when an editor decides, as the receipt says."""
        return self.queued_at + PROMISED if self.queued_at else None


class SubmittedField(models.Model):
    """One field as sent: of a program by its key `51.0713.21` (CIP code, award level), or of the school.

    `value` is what a statement would hold; None states nothing: what was stated before is taken back.
    `was` is what was stated when it was sent.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Waits for an editor"
        ACCEPTED = "accepted", "Accepted"
        RETURNED = "returned", "Returned with a reason"
        WITHDRAWN = "withdrawn", "Withdrawn"

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="fields")
    program_key = models.CharField(max_length=10, blank=True)
    field = models.CharField(max_length=16, help_text="Of `Statement.Field`.")
    value = models.JSONField(null=True)
    was = models.JSONField(null=True)
    state = models.CharField(max_length=9, choices=State, default=State.WAITING)
    reason = models.CharField(max_length=500, blank=True)
    answer = models.TextField(max_length=1000, blank=True, help_text="What the school answered.")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    statement = models.OneToOneField(
        Statement, models.SET_NULL, null=True, blank=True, related_name="submitted"
    )

    class Meta:
        ordering = ["submission", "program_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["submission", "program_key", "field"], name="listings_submitted_once"
            ),
            models.CheckConstraint(
                condition=~Q(state="returned") | ~Q(reason=""), name="listings_submitted_returned_why"
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", decided_at=None)
                | (~Q(state="waiting") & Q(decided_at__isnull=False)),
                name="listings_submitted_decided",
            ),
        ]

    def __str__(self) -> str:
        return f"{Statement.Field(self.field).label} {self.program_key}".strip()


class SubmissionEvent(models.Model):
    """What happened to a submission, one line each; who did it is an editor, the school, or a rule."""

    submission = models.ForeignKey(Submission, models.CASCADE, related_name="events")
    version = models.PositiveIntegerField()
    at = models.DateTimeField()
    what = models.CharField(max_length=200)
    editor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["submission", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["submission", "version"], name="listings_event_version"),
        ]

    def __str__(self) -> str:
        return self.what


class StoredAnswer(models.Model):
    """A reason that editors give often."""

    title = models.CharField(max_length=80, unique=True)
    text = models.CharField(max_length=500)

    class Meta:
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title
