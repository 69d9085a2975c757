"""Medical specialties that coders may certify in."""

from django.db import models

from content.models.source import Source


class Specialty(models.Model):
    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=100, unique=True)
    summary = models.TextField(blank=True)
    work = models.TextField(blank=True, help_text="What its coders read and code.")
    source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="+", help_text="Who names it a specialty."
    )
    as_of = models.PositiveSmallIntegerField("as of year", null=True, blank=True)

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "specialties"

    def __str__(self) -> str:
        return self.name
