"""A spreadsheet of programs that a school uploaded: its rows, until they are sent or mended no more."""

from datetime import datetime, timedelta
from typing import Final, Self

from django.db import models
from django.db.models.functions import Now

from content.lib.clock import database_now
from listings.models.mailbox import Mailbox
from listings.models.school import School
from listings.models.submission import Submission

KEPT: Final = timedelta(days=30)


class SheetQuerySet(models.QuerySet["Sheet"]):
    def over(self, at: datetime | None = None) -> Self:
        """Those that nobody touched for as long as they are kept."""
        return self.filter(changed_at__lte=(at or database_now()) - KEPT)


class Sheet(models.Model):
    """The one sheet of a mailbox for a school; uploading another takes its place.

    `version` counts every change, so that two open pages cannot save over each other. `submission` is what
    was last sent of it; rows that are sent are deleted, those left out stay to be mended.
    """

    mailbox = models.ForeignKey(Mailbox, models.CASCADE, related_name="sheets")
    school = models.ForeignKey(School, models.CASCADE, related_name="sheets")
    name = models.CharField("name of the file", max_length=100)
    notes = models.JSONField("what the reading left out", default=list)
    version = models.PositiveIntegerField(default=1)
    submission = models.ForeignKey(Submission, models.SET_NULL, null=True, blank=True, related_name="sheets")
    changed_at = models.DateTimeField(db_default=Now(), db_index=True)

    objects = SheetQuerySet.as_manager()

    class Meta:
        ordering = ["-changed_at"]
        constraints = [
            models.UniqueConstraint(fields=["mailbox", "school"], name="listings_sheet_once"),
        ]

    def __str__(self) -> str:
        return f"Sheet {self.pk} of {self.school}"


class SheetRow(models.Model):
    """One line of the file: the text of each cell by column. What is wrong with it is asked at read time."""

    sheet = models.ForeignKey(Sheet, models.CASCADE, related_name="rows")
    line = models.PositiveIntegerField()
    cells = models.JSONField(default=dict)

    class Meta:
        ordering = ["sheet", "line"]
        constraints = [
            models.UniqueConstraint(fields=["sheet", "line"], name="listings_sheet_line_once"),
        ]

    def __str__(self) -> str:
        return f"Line {self.line}"
