"""Named series of figures, and the values that their publishers released."""

from datetime import datetime
from typing import Final

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from content.models.source import Source


class Missing(models.TextChoices):
    """Why a value is not there; missing is never zero."""

    SUPPRESSED = "suppressed", "suppressed for privacy"
    NOT_REPORTED = "not-reported", "not reported"
    NOT_COLLECTED = "not-collected", "not collected"
    NOT_PUBLISHED = "not-published", "not published"
    NOT_AVAILABLE = "not-available", "not available"
    TOP = "top", "at or above the survey's highest value"


DIRECTORY: Final = "directory"


class StatisticQuerySet(models.QuerySet["Statistic"]):
    def due(self, at: datetime | None = None) -> "StatisticQuerySet":
        """Those whose refresh date has passed."""
        return self.filter(refresh_at__lte=at or Now())

    def stale(self, at: datetime | None = None) -> "StatisticQuerySet":
        """Those whose newest value is past its date."""
        return self.filter(stale_at__lte=at or Now())

    def of_the_directory(self) -> "StatisticQuerySet":
        """Those that are counted in the federal files of the school directory, and age with them together."""
        return self.filter(provider=DIRECTORY)

    def of_publishers(self) -> "StatisticQuerySet":
        """Those that each have a publisher's release to wait for."""
        return self.exclude(provider=DIRECTORY)

    def with_current(self, at: datetime | None = None) -> "StatisticQuerySet":
        """With all that a page says of the newest value; `is_stale` where it is past its date."""
        stale = Q(stale_at__lte=at or Now())
        return self.select_related("current__source").annotate(is_stale=stale)


class Statistic(models.Model):
    """A named series, such as median annual pay of 29-2072 in the US.

    The key is publisher.subject.area.measure in lower case: `oews.29-2072.us.median-annual`.
    """

    key = models.CharField(
        max_length=120,
        unique=True,
        validators=[
            RegexValidator(r"^[a-z0-9][a-z0-9.-]*[a-z0-9]\Z", "Small letters, digits, dots and hyphens.")
        ],
    )
    label = models.CharField(max_length=200)
    unit = models.CharField(max_length=20, help_text="USD, percent, people, schools, programs, awards ...")
    per = models.CharField(max_length=20, blank=True, help_text="year or hour, for pay.")
    subject = models.CharField(max_length=200, help_text="Who or what is counted.")
    area = models.CharField(max_length=100, default="United States")
    measure = models.CharField(max_length=60)
    publisher = models.CharField(max_length=200)
    provider = models.CharField(
        max_length=40, help_text="What refreshes it: oews-files, projections, directory, editor."
    )
    lowest = models.DecimalField("lowest plausible", max_digits=18, decimal_places=4, null=True, blank=True)
    highest = models.DecimalField("highest plausible", max_digits=18, decimal_places=4, null=True, blank=True)
    max_change_percent = models.PositiveSmallIntegerField(
        "accepted by rule up to a change of, percent", null=True, blank=True
    )
    refresh_days = models.PositiveSmallIntegerField("look for a new release every, days", default=30)
    refresh_at = models.DateTimeField(null=True, blank=True, db_index=True)
    stale_months = models.PositiveSmallIntegerField("goes stale after, months", default=30)
    stale_at = models.DateTimeField(null=True, blank=True, db_index=True)
    predecessor = models.OneToOneField(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="successor",
        help_text="The series before a break; values are never compared across it.",
    )
    break_reason = models.CharField(max_length=300, blank=True)
    current = models.OneToOneField(
        "Observation", models.SET_NULL, null=True, blank=True, editable=False, related_name="current_of"
    )

    objects = StatisticQuerySet.as_manager()

    class Meta:
        ordering = ["key"]
        constraints = [
            models.CheckConstraint(
                condition=Q(lowest=None) | Q(highest=None) | Q(lowest__lte=F("highest")),
                name="content_statistic_range",
            ),
        ]

    def __str__(self) -> str:
        return self.label


class ObservationQuerySet(models.QuerySet["Observation"]):
    def accepted(self) -> "ObservationQuerySet":
        return self.filter(status=Observation.Status.ACCEPTED)

    def waiting(self) -> "ObservationQuerySet":
        return self.filter(status=Observation.Status.PROPOSED)

    def newest_first(self) -> "ObservationQuerySet":
        return self.order_by("-period_end", "-period_start", "-retrieved_at", "-pk")


class Observation(models.Model):
    """One value of a statistic, for one period, from one release; its figure is never overwritten."""

    class Status(models.TextChoices):
        PROPOSED = "proposed", "Waiting"
        ACCEPTED = "accepted", "Accepted"
        REFUSED = "refused", "Refused"

    statistic = models.ForeignKey(Statistic, models.CASCADE, related_name="observations")
    period = models.CharField(max_length=40, help_text="As readers see it: May 2025, 2024-34, 2022-23.")
    period_start = models.DateField()
    period_end = models.DateField()
    value = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    missing = models.CharField(max_length=14, choices=Missing, blank=True)
    release = models.CharField(max_length=120, help_text="What the publisher calls it: OEWS May 2025.")
    source = models.ForeignKey(Source, models.PROTECT, related_name="observations")
    retrieved_at = models.DateTimeField()
    status = models.CharField(max_length=8, choices=Status, default=Status.PROPOSED)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    accepted_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text="Stays when an accepted value is refused later."
    )
    decided_why = models.CharField(max_length=300, blank=True, help_text="The rule, or the editor's reason.")

    objects = ObservationQuerySet.as_manager()

    class Meta:
        ordering = ["statistic", "-period_end", "-retrieved_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["statistic", "period_start", "period_end", "release"],
                condition=~Q(status="refused"),
                name="content_observation_once",
            ),
            models.CheckConstraint(
                condition=(Q(value=None) & ~Q(missing="")) | (Q(value__isnull=False) & Q(missing="")),
                name="content_observation_value_or_missing",
            ),
            models.CheckConstraint(
                condition=Q(period_start__lte=F("period_end")), name="content_observation_period"
            ),
            models.CheckConstraint(
                condition=Q(status="proposed", decided_at=None)
                | (~Q(status="proposed") & Q(decided_at__isnull=False)),
                name="content_observation_decided",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.statistic.key}, {self.period}: {self.missing or self.value}"
