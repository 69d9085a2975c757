"""Paid places: who, where, from when to when, and the words that say so."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from simple_history.models import HistoricalRecords

from listings.models.program import Program
from listings.models.school import School


class Placement(models.TextChoices):
    """Where a paid place may appear."""

    SCHOOL_LIST = "school-list", "School list"
    ARTICLE_PANEL = "article-panel", "Schools panel of articles"


class Disclosure(models.Model):
    """The words that say a place is paid; a new text is a new version, the old ones stay on record."""

    version = models.PositiveSmallIntegerField(unique=True)
    text = models.TextField()
    since = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["-version"]
        get_latest_by = "version"

    def __str__(self) -> str:
        return f"Version {self.version}"


class SponsorshipQuerySet(models.QuerySet["Sponsorship"]):
    def running(self, at: datetime | None = None) -> "SponsorshipQuerySet":
        """Those whose dates hold now; no job is needed to begin or end one."""
        now = at or Now()
        return self.filter(is_approved=True, starts_at__lte=now, ends_at__gt=now)


class Sponsorship(models.Model):
    """A school's or program's paid place, from `starts_at` up to but not including `ends_at`."""

    school = models.ForeignKey(School, models.PROTECT, related_name="sponsorships")
    program = models.ForeignKey(Program, models.PROTECT, null=True, blank=True, related_name="sponsorships")
    placement = models.CharField(max_length=13, choices=Placement)
    starts_at = models.DateTimeField("from")
    ends_at = models.DateTimeField("until")
    is_approved = models.BooleanField("approved", default=False)
    note = models.CharField(max_length=300, blank=True, help_text="For editors: contract, contact.")

    objects = SponsorshipQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ["-starts_at", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="listings_sponsorship_span"),
        ]
        indexes = [models.Index(fields=["placement", "ends_at"], name="listings_sponsorship_running")]

    def __str__(self) -> str:
        return f"{self.school}, {self.get_placement_display()}"

    def clean(self) -> None:
        """One place is paid for once at a time: by school, program and placement."""
        if not (self.school_id and self.starts_at and self.ends_at):
            return
        same = Sponsorship.objects.filter(
            school=self.school_id, program=self.program_id, placement=self.placement
        )
        other = (
            same.filter(starts_at__lt=self.ends_at, ends_at__gt=self.starts_at).exclude(pk=self.pk).first()
        )
        if other is not None:
            raise ValidationError(
                f"It overlaps another one of this school in the same place, {other.starts_at:%Y-%m-%d}"
                f" to {other.ends_at:%Y-%m-%d}. Change the dates of one of the two."
            )
