"""What a network did that is limited, a row each: limits hold on every process, and without the cache."""

from datetime import datetime, timedelta
from typing import Final, Self

from django.db import models
from django.db.models.functions import Now

# The longest time that a limit looks back.
KEPT: Final = timedelta(days=1)


class AttemptQuerySet(models.QuerySet["Attempt"]):
    def past_keeping(self, at: datetime | None = None) -> Self:
        return self.filter(at__lt=(at or Now()) - KEPT)


class Attempt(models.Model):
    """A network is a keyed hash, which leads back to no address without the site's key."""

    class Kind(models.TextChoices):
        MAIL = "mail", "Caused a mail by typing an address"
        KEY = "key", "Tried a key that was never handed out"
        LOGO = "logo", "Sent a picture as a logo"

    kind = models.CharField(max_length=4, choices=Kind)
    network = models.CharField(max_length=64)
    at = models.DateTimeField(db_index=True)

    objects = AttemptQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["network", "kind", "at"], name="listings_attempt_network")]

    def __str__(self) -> str:
        return self.get_kind_display()
