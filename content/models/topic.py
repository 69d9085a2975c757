"""What articles are grouped by."""

from urllib.parse import parse_qsl

from django.core.exceptions import ValidationError
from django.db import models


def validate_school_filter(value: str) -> None:
    """A query string such as `field=billing-coding`; which keys count is the school list's to know."""
    try:
        parse_qsl(value, strict_parsing=True, max_num_fields=20)
    except ValueError:
        raise ValidationError(
            "Write it as in the school list's address, such as field=billing-coding."
        ) from None


class Topic(models.Model):
    """A group of articles; the schools of a topic are what its stored filter of the school list gives."""

    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=100, unique=True)
    summary = models.TextField(blank=True)
    school_filter = models.CharField(max_length=300, blank=True, validators=[validate_school_filter])
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name
