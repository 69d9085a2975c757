"""What a school or an editor stated, one field a row."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import BooleanField, Case, Q, Value, When
from django.db.models.functions import Now

from listings.models.program import Program
from listings.models.school import School


class StatementQuerySet(models.QuerySet["Statement"]):
    def valid(self, at: datetime | None = None) -> "StatementQuerySet":
        """Those that still count; the others read `not confirmed since`."""
        return self.filter(_holds(at), replaced_at=None)

    def standing(self, at: datetime | None = None) -> models.QuerySet[Any]:
        """Those that no other replaced; `is_valid` is false for one whose last day has passed."""
        valid = Case(When(_holds(at), then=Value(True)), default=False, output_field=BooleanField())
        return self.filter(replaced_at=None).annotate(is_valid=valid)


def _holds(at: datetime | None) -> Q:
    return Q(valid_until=None) | Q(valid_until__gt=at or Now())


class Statement(models.Model):
    """One field as stated: value, by whom, when, valid until. A later statement of the field replaces it.

    `listings.stating.FIELDS` says what the value of each field may be.
    """

    class Field(models.TextChoices):
        DELIVERY = "delivery", "Delivery"
        CREDENTIALS = "credentials", "Prepares for"
        TUITION = "tuition", "Tuition"
        COVERS = "covers", "What the tuition covers"
        MONTHS = "months", "Length in months"
        STARTS = "starts", "Start dates"
        CURRICULUM = "curriculum", "Courses"
        PREREQUISITES = "prerequisites", "Prerequisites"
        AID = "aid", "Financial aid accepted"
        EXTERNSHIP = "externship", "Externship"
        VOUCHER = "voucher", "Exam voucher"
        PASS_RATE = "pass_rate", "Pass rate"
        NAME = "name", "Name of the school"
        ADDRESS = "address", "Address of the school"
        PHONE = "phone", "Telephone of the school"
        WEBSITE = "website", "Website of the school"
        LOGO = "logo", "Logo of the school"
        CLOSURE = "closure", "Closing of the school"

    class By(models.TextChoices):
        SCHOOL = "school", "The school"
        EDITOR = "editor", "An editor"
        SAMPLE = "sample", "Sample"

    school = models.ForeignKey(School, models.CASCADE, related_name="statements")
    program = models.ForeignKey(Program, models.CASCADE, null=True, blank=True, related_name="statements")
    field = models.CharField(max_length=16, choices=Field)
    value = models.JSONField()
    by = models.CharField("stated by", max_length=6, choices=By, default=By.EDITOR)
    editor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    stated_at = models.DateTimeField(default=Now)
    valid_until = models.DateTimeField(null=True, blank=True)
    replaced_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = StatementQuerySet.as_manager()

    class Meta:
        ordering = ["school", "program", "field", "-stated_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["program", "field"],
                condition=Q(replaced_at=None),
                name="listings_statement_of_program",
            ),
            models.UniqueConstraint(
                fields=["school", "field"],
                condition=Q(replaced_at=None, program=None),
                name="listings_statement_of_school",
            ),
            models.CheckConstraint(
                condition=Q(program=None)
                | ~Q(field__in=["name", "address", "phone", "website", "logo", "closure"]),
                name="listings_statement_school_field",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_field_display()} of {self.program or self.school}"
