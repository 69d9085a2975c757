"""Whoever writes for a school: a mail address that proved itself, and the keys that it was sent."""

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Final, Self

from django.db import models
from django.db.models.functions import Now

from content.lib.clock import database_now

KEY_BYTES: Final = 24  # 192 random bits


class Mailbox(models.Model):
    """A person's mail address with what they said of themselves. Nothing of it is ever public.

    `canonical` is what limits count by: without a `+tag`, for some providers without dots. It names nobody:
    two addresses of one canonical form may be two people.
    """

    address = models.EmailField(max_length=254, unique=True, help_text="Lower case, the domain in ASCII.")
    canonical = models.CharField(max_length=254, db_index=True, editable=False)
    person = models.CharField("name", max_length=100, blank=True)
    position = models.CharField(max_length=100, blank=True, help_text="Such as registrar.")
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    proven_at = models.DateTimeField("address proven at", null=True, blank=True, editable=False)
    seen_at = models.DateTimeField("last seen at", null=True, blank=True, editable=False)
    reminders_ended_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["address"]
        verbose_name_plural = "mailboxes"
        permissions = [("see_contacts", "Can see names and mail addresses of schools' people")]

    def __str__(self) -> str:
        # Logs and messages print rows; a mail address belongs in neither.
        return f"Mailbox {self.pk}"

    @property
    def domain(self) -> str:
        return self.address.rpartition("@")[2]


class MailKeyQuerySet(models.QuerySet["MailKey"]):
    def usable(self, at: datetime | None = None) -> Self:
        return self.filter(used_at=None, expires_at__gt=at or Now())

    def found(self, token: str, purpose: str) -> "MailKey | None":
        """The key of that text and that purpose, whether or not it may still be used."""
        if not token.isascii() or len(token) > 100:
            return None
        rows = self.select_related("mailbox", "submission")
        return rows.filter(digest=digest_of(purpose, token), purpose=purpose).first()


class MailKey(models.Model):
    """A link in a mail: its hash alone, bound to one purpose, one mailbox and perhaps one submission."""

    class Purpose(models.TextChoices):
        CONFIRM = "confirm", "Send a submission"
        OPEN = "open", "Open the private page"
        END_REMINDERS = "end-reminders", "End reminders"

    LIFE: Final = {
        Purpose.CONFIRM: timedelta(hours=24),
        Purpose.OPEN: timedelta(hours=24),
        Purpose.END_REMINDERS: timedelta(days=400),
    }

    mailbox = models.ForeignKey(Mailbox, models.CASCADE, related_name="keys")
    purpose = models.CharField(max_length=13, choices=Purpose)
    submission = models.ForeignKey(
        "listings.Submission", models.CASCADE, null=True, blank=True, related_name="keys"
    )
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)
    used_at = models.DateTimeField(null=True, blank=True)

    objects = MailKeyQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()}, mailbox {self.mailbox_id}"

    @classmethod
    def hand_out(
        cls,
        purpose: "MailKey.Purpose",
        mailbox: Mailbox,
        submission: "models.Model | None" = None,
        *,
        at: datetime | None = None,
    ) -> str:
        """Makes a key and returns its text, which is stored nowhere."""
        now, token = at or database_now(), secrets.token_urlsafe(KEY_BYTES)
        cls.objects.create(
            mailbox=mailbox,
            purpose=purpose,
            submission_id=submission.pk if submission else None,
            digest=digest_of(purpose, token),
            created_at=now,
            expires_at=now + cls.LIFE[purpose],
        )
        return token

    def use(self, *, at: datetime | None = None) -> bool:
        """Uses the key up; of two callers one gets True, after its time nobody."""
        usable = MailKey.objects.usable(at).filter(pk=self.pk)
        return bool(usable.update(used_at=at or Now()))

    def is_over(self, at: datetime | None = None) -> bool:
        return self.expires_at <= (at or database_now())


def digest_of(purpose: str, token: str) -> str:
    """What is stored of a key: a key of one purpose is none of another."""
    return hashlib.sha256(f"superbill.mailkey.v1:{purpose}:{token}".encode()).hexdigest()
