"""Mails to the editors: written as rows, sent by a job."""

from datetime import datetime

from django.db import models
from django.db.models.functions import Now


class EditorsMail(models.Model):
    """One mail to all editors, at most one of its kind in a week; `week` is its Monday."""

    kind = models.CharField(max_length=40)
    week = models.DateField()
    subject = models.CharField(max_length=200)
    text = models.TextField()
    written_at = models.DateTimeField(db_default=Now(), editable=False)
    sent_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        ordering = ["-week", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "week"], name="content_editors_mail_once_a_week")
        ]

    def __str__(self) -> str:
        return self.subject

    def mark_sent(self, *, at: datetime | None = None) -> bool:
        """False where somebody else marked it first."""
        return bool(EditorsMail.objects.filter(pk=self.pk, sent_at=None).update(sent_at=at or Now()))
