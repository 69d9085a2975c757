"""Where a figure or a requirement was read."""

from django.db import models
from django.db.models import Q

from content.lib import addresses


class Source(models.Model):
    """A publication by its publisher; `retrieved_on` empty means that the copy's date is unknown."""

    publisher = models.CharField(max_length=200)
    title = models.CharField(max_length=300)
    url = models.URLField(max_length=500, blank=True, validators=[addresses.validate])
    retrieved_on = models.DateField("retrieved", null=True, blank=True)
    checked_on = models.DateField("last checked", null=True, blank=True)

    class Meta:
        ordering = ["publisher", "title"]
        constraints = [
            models.UniqueConstraint(fields=["publisher", "title", "url"], name="content_source_once"),
            models.CheckConstraint(
                condition=Q(url="") | Q(url__startswith="https://") | Q(url__startswith="http://"),
                name="content_source_url_scheme",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.publisher}: {self.title}"
