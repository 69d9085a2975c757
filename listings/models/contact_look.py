"""Who looked at names and mail addresses of schools' people, and why."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now


class ContactLook(models.Model):
    """One look at contact data, or one export: how many rows were shown, and none of them."""

    at = models.DateTimeField(db_default=Now(), editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+", verbose_name="who looked"
    )
    of = models.CharField("what was shown", max_length=80)
    reason = models.CharField(max_length=200)
    rows = models.PositiveIntegerField()

    class Meta:
        ordering = ["-pk"]
        verbose_name = "look at contact data"
        verbose_name_plural = "looks at contact data"

    def __str__(self) -> str:
        return f"{self.of}: {self.rows}"
