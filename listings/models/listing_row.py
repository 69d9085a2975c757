"""What filters, facets, search and cards read: one narrow row a program, its school's columns with it."""

from django.db import models

from listings.models.program import Program
from listings.models.school import Control, School
from listings.models.version import FederalFile


class ListingRow(models.Model):
    """A listed program as readers find it; `listings.loading.rebuild_listing` alone writes these rows."""

    ON_CAMPUS, ONLINE, HYBRID = 1, 2, 4

    program = models.OneToOneField(Program, models.CASCADE, primary_key=True, related_name="listing_row")
    school = models.ForeignKey(School, models.CASCADE, related_name="listing_rows")
    cip = models.CharField(max_length=7)
    group = models.CharField(max_length=14)
    award_level = models.PositiveSmallIntegerField()
    award = models.CharField(max_length=14)
    awards = models.PositiveIntegerField(null=True, help_text="Of the newest completions year.")
    awards_year = models.PositiveSmallIntegerField(null=True)
    state = models.CharField(max_length=2)
    control = models.CharField(max_length=9, choices=Control, blank=True)
    delivery = models.PositiveSmallIntegerField(
        null=True, help_text="Sum of 1 on campus, 2 online, 4 hybrid."
    )
    tuition = models.PositiveIntegerField(null=True, help_text="Dollars, not older than three years.")
    tuition_year = models.PositiveSmallIntegerField(null=True)
    months = models.PositiveSmallIntegerField(null=True)
    charges_file = models.ForeignKey(
        FederalFile,
        models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
        help_text="Where tuition or months are from that nobody stated.",
    )
    credentials_stated = models.BooleanField(default=False)
    has_sample = models.BooleanField(db_default=False, help_text="Something of it is a sample statement.")
    rank_key = models.BinaryField(max_length=160)

    class Meta:
        indexes = [
            models.Index(fields=["school", "group"], name="listings_row_school"),
            models.Index(fields=["state", "group"], name="listings_row_state"),
            models.Index(fields=["rank_key"], name="listings_row_rank"),
        ]

    def __str__(self) -> str:
        return f"Row of program {self.program_id}"


class ListingCredential(models.Model):
    """A credential that a listed program is stated to prepare for."""

    row = models.ForeignKey(ListingRow, models.CASCADE, related_name="credentials")
    credential = models.SlugField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["credential", "row"], name="listings_credential_once"),
        ]

    def __str__(self) -> str:
        return self.credential
