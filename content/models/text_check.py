"""What the lint found in a text, and what editors let pass."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now, TruncDate
from django.utils import timezone

from content.models.article import Article, Revision


class WaiverQuerySet(models.QuerySet["Waiver"]):
    def valid(self, at: datetime | None = None) -> "WaiverQuerySet":
        """Those whose last day has not passed."""
        day = timezone.localdate(at) if at else TruncDate(Now())
        return self.filter(until__gte=day)


class Waiver(models.Model):
    """A warning of the lint that an article is published with, for a reason and until a day."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="waivers")
    code = models.CharField(max_length=40, help_text="A warning's code, such as title-length.")
    text = models.CharField(
        "only for",
        max_length=200,
        blank=True,
        help_text="The words that the warning quotes; empty: every warning of this code.",
    )
    reason = models.CharField(max_length=300)
    until = models.DateField("last day")
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )

    objects = WaiverQuerySet.as_manager()

    class Meta:
        ordering = ["until", "article", "code"]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="content_waiver_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.code} in {self.article}, until {self.until}"


class TextCheckQuerySet(models.QuerySet["TextCheck"]):
    def failing(self, at: datetime | None = None) -> "TextCheckQuerySet":
        """Texts that readers see although they would not be published today."""
        return self.filter(Q(errors__gt=0) | Q(warnings__gt=0), revision__in=Revision.objects.live(at))


class TextCheck(models.Model):
    """How many faults the lint found in a text that readers see; `warnings` are those without a waiver.

    What was right when it was published goes stale: it is looked at again every day.
    """

    revision = models.OneToOneField(Revision, models.CASCADE, related_name="text_check")
    errors = models.PositiveSmallIntegerField()
    warnings = models.PositiveSmallIntegerField()
    infos = models.PositiveSmallIntegerField()
    checked_at = models.DateTimeField(db_index=True)

    objects = TextCheckQuerySet.as_manager()

    class Meta:
        ordering = ["-errors", "-warnings", "pk"]

    def __str__(self) -> str:
        return f"{self.revision}: {self.errors} errors, {self.warnings} warnings"
