"""Raw pages that drafts were made from, kept as they came."""

from django.db import models
from django.db.models.functions import Now

from content.models.article import Article


class ImportedPage(models.Model):
    """The bytes of a page, its SHA-256, what the pipeline made of it; imported twice, still one row."""

    class Status(models.TextChoices):
        OK = "ok", "Read"
        EMPTY = "empty", "Nothing to read"
        REFUSED = "refused", "Refused"

    sha256 = models.CharField("SHA-256", max_length=64, unique=True)
    name = models.CharField(max_length=200)
    raw = models.BinaryField()
    encoding = models.CharField(max_length=20, blank=True)
    status = models.CharField(max_length=7, choices=Status)
    reason = models.CharField(max_length=300, blank=True)
    result = models.JSONField(
        default=dict, help_text="The structured page, with everything that was dropped."
    )
    article = models.ForeignKey(
        Article, models.SET_NULL, null=True, blank=True, related_name="imported_pages"
    )
    imported_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        ordering = ["-imported_at", "-pk"]

    def __str__(self) -> str:
        return self.name
