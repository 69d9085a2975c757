"""Loads of federal files, and the files: the source behind every federal value."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q, Subquery
from django.db.models.functions import Now


class DataVersionQuerySet(models.QuerySet["DataVersion"]):
    def whole(self) -> "DataVersionQuerySet":
        """Those that readers may be switched to."""
        return self.exclude(loaded_at=None)

    def waiting(self) -> "DataVersionQuerySet":
        """Those loaded aside since the current one, which readers never saw."""
        newest = DataVersion.objects.filter(is_current=True).values("number")
        return self.whole().filter(number__gt=Subquery(newest), switched_at=None)

    def asked(self) -> "DataVersionQuerySet":
        """Those that an editor asked to be switched to, the latest wish first."""
        return self.whole().exclude(switch_asked_at=None).order_by("-switch_asked_at")

    def lineage(self, number: int | None = None) -> list[int]:
        """The version, else the current one, and those that it was built on, the newest first.

        Versions that were abandoned are left out.
        """
        bases: dict[int, int] = {}
        for version, base, is_current in self.values_list("number", "base", "is_current"):
            bases[version] = base
            number = version if number is None and is_current else number
        found = []
        while number in bases:
            found.append(number)
            number = bases[number]
        return found


class DataVersion(models.Model):
    """One load of federal files; the current one is what readers see."""

    number = models.PositiveIntegerField(primary_key=True)
    year = models.PositiveSmallIntegerField(help_text="Of the newest directory file in it.")
    base = models.PositiveIntegerField(
        default=0, editable=False, help_text="The version that it was compared with, 0 for none."
    )
    started_at = models.DateTimeField(db_default=Now(), editable=False)
    loaded_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text="Empty while it is being written."
    )
    switched_at = models.DateTimeField(null=True, blank=True, editable=False)
    switch_asked_at = models.DateTimeField(null=True, blank=True, editable=False)
    switch_asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    is_current = models.BooleanField(default=False, editable=False)
    is_sample = models.BooleanField("sample", default=False, editable=False)
    is_partial = models.BooleanField(
        "part of a year", default=False, editable=False, help_text="It says of nobody that it is new or gone."
    )
    report = models.JSONField(default=dict, editable=False)

    objects = DataVersionQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_current"], condition=Q(is_current=True), name="listings_version_current"
            ),
            models.CheckConstraint(
                condition=Q(is_current=False) | Q(loaded_at__isnull=False), name="listings_version_whole"
            ),
        ]

    def __str__(self) -> str:
        return f"Version {self.number} ({self.year})"

    def ask_switch(self, *, by: Any, at: datetime | None = None) -> None:
        """Writes down that readers shall see this version; a job switches within the minute."""
        DataVersion.objects.exclude(pk=self.pk).update(switch_asked_at=None, switch_asked_by=None)
        DataVersion.objects.filter(pk=self.pk).update(switch_asked_at=at or Now(), switch_asked_by=by)


class FederalFile(models.Model):
    """A file as it was loaded: the source behind every federal value."""

    class Kind(models.TextChoices):
        DIRECTORY = "directory", "IPEDS institutional characteristics, directory"
        COMPLETIONS = "completions", "IPEDS completions"
        EARNINGS = "earnings", "College Scorecard, field of study"
        INSTITUTION = "institution", "College Scorecard, institution"
        TUITION = "tuition", "IPEDS institutional characteristics, program-year tuition"

    version = models.ForeignKey(DataVersion, models.CASCADE, related_name="files")
    kind = models.CharField(max_length=11, choices=Kind)
    name = models.CharField(max_length=200)
    release = models.CharField(max_length=100, help_text="What its publisher calls it: HD2023, C2023_A.")
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    sha256 = models.CharField("SHA-256", max_length=64)
    rows = models.PositiveIntegerField()
    retrieved_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["version", "kind", "name"]

    def __str__(self) -> str:
        return self.release
