"""The facts boxes of a revision."""

from django.db import models
from django.db.models import F, Q

from content.models.article import Revision
from content.models.source import Source
from content.models.statistic import Statistic


class FactBox(models.Model):
    revision = models.ForeignKey(Revision, models.CASCADE, related_name="fact_boxes")
    title = models.CharField(max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["revision", "position"]
        verbose_name_plural = "fact boxes"

    def __str__(self) -> str:
        return self.title or "Facts"


class Fact(models.Model):
    """A line of a facts box: bound to a statistic, or a literal value with its sources."""

    class Kind(models.TextChoices):
        MONEY = "money", "Money"
        PERCENT = "percent", "Percent"
        COUNT = "count", "Count"
        RATIO = "ratio", "Ratio"
        DURATION = "duration", "Duration"
        LIST = "list", "List"
        TEXT = "text", "Text"

    box = models.ForeignKey(FactBox, models.CASCADE, related_name="facts")
    position = models.PositiveSmallIntegerField(default=0)
    label = models.CharField(max_length=200)
    statistic = models.ForeignKey(
        Statistic,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="facts",
        help_text="Empty: the value below.",
    )
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.TEXT)
    text = models.TextField(
        blank=True, help_text="As written, where there is no number; a list one item a line."
    )
    value = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    value_min = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    value_max = models.DecimalField(max_digits=18, decimal_places=4, null=True, blank=True)
    unit = models.CharField(max_length=20, blank=True)
    per = models.CharField(max_length=20, blank=True)
    period_from = models.PositiveSmallIntegerField("period from, year", null=True, blank=True)
    period_to = models.PositiveSmallIntegerField("period to, year", null=True, blank=True)
    qualifier = models.CharField(max_length=300, blank=True)
    sources = models.ManyToManyField(Source, through="FactSource", blank=True, related_name="facts")

    class Meta:
        ordering = ["box", "position"]
        constraints = [
            models.CheckConstraint(
                condition=Q(value_min=None) | Q(value_max=None) | Q(value_min__lte=F("value_max")),
                name="content_fact_range",
            ),
            models.CheckConstraint(
                condition=Q(period_from=None) | Q(period_to=None) | Q(period_from__lte=F("period_to")),
                name="content_fact_period",
            ),
        ]

    def __str__(self) -> str:
        return self.label


class FactSource(models.Model):
    """The source behind a marker of one box: the same marker may mean another source in the next box."""

    fact = models.ForeignKey(Fact, models.CASCADE, related_name="markers")
    source = models.ForeignKey(Source, models.PROTECT, related_name="+")
    marker = models.CharField(max_length=10, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["fact", "source"], name="content_fact_source_once")]

    def __str__(self) -> str:
        return f"{self.marker} {self.source}".strip()
