"""Who may speak for a school: by the domain of their mail address, or because a person looked at evidence."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from listings.models.mailbox import Mailbox
from listings.models.school import School


class ClaimQuerySet(models.QuerySet["Claim"]):
    def granted(self) -> Self:
        return self.filter(state=Claim.State.GRANTED)

    def open(self) -> Self:
        """Asked for or granted; a mailbox has at most one of a school."""
        return self.filter(state__in=(Claim.State.WAITING, Claim.State.GRANTED))


class Claim(models.Model):
    """One person of one school; several may claim one, and each claim can be revoked."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waits for a person to look at it"
        GRANTED = "granted", "Granted"
        REFUSED = "refused", "Refused"
        REVOKED = "revoked", "Revoked"

    class Basis(models.TextChoices):
        DOMAIN = "domain", "Mail address of the school's own domain"
        EVIDENCE = "evidence", "Evidence that a person looks at"

    mailbox = models.ForeignKey(Mailbox, models.CASCADE, related_name="claims")
    school = models.ForeignKey(School, models.CASCADE, related_name="claims")
    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    basis = models.CharField(max_length=8, choices=Basis)
    note = models.TextField(max_length=2000, blank=True, help_text="What the person wrote as evidence.")
    letter = models.CharField(
        max_length=80, blank=True, editable=False, help_text="Name of the file in the folder of letters."
    )
    letter_name = models.CharField(max_length=100, blank=True, editable=False)
    asked_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    reason = models.CharField(max_length=500, blank=True, help_text="What the person reads of the decision.")
    asked_yearly_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text="When “still correct?” was asked last."
    )

    objects = ClaimQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        permissions = [("read_letter", "Can open letters that were sent as evidence")]
        constraints = [
            models.UniqueConstraint(
                fields=["mailbox", "school"],
                condition=Q(state__in=["waiting", "granted"]),
                name="listings_claim_once",
            ),
            models.CheckConstraint(
                condition=Q(state="waiting", decided_at=None)
                | (~Q(state="waiting") & Q(decided_at__isnull=False)),
                name="listings_claim_decided",
            ),
        ]

    def __str__(self) -> str:
        return f"Claim {self.pk} of {self.school}"

    def move(
        self,
        to: "Claim.State",
        *,
        starts: tuple["Claim.State", ...],
        by: "models.Model | None",
        reason: str = "",
        at: datetime | None = None,
    ) -> None:
        """Compare-and-set on the state; raises ValidationError where somebody else decided first."""
        decided = {"state": to, "decided_at": at or Now(), "decided_by": by, "reason": reason}
        if not Claim.objects.filter(pk=self.pk, state__in=starts).update(**decided):
            raise ValidationError("Somebody else decided this claim a moment ago. Look at it again.")
        self.refresh_from_db()
