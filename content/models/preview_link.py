"""Links by which somebody without a login reads one text before it is public."""

from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import models
from django.db.models import F
from django.db.models.functions import Now

from content.models.article import Revision

LONGEST: Final = timedelta(days=7)


class PreviewLinkQuerySet(models.QuerySet["PreviewLink"]):
    def open(self, at: datetime | None = None) -> "PreviewLinkQuerySet":
        return self.filter(revoked_at=None, expires_at__gt=at or Now())


class PreviewLink(models.Model):
    """Shows one revision until it expires or is revoked; of its token only the hash is kept."""

    revision = models.ForeignKey(Revision, models.CASCADE, related_name="preview_links")
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = PreviewLinkQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(expires_at__gt=F("made_at")), name="content_preview_link_span"
            )
        ]

    def __str__(self) -> str:
        return f"{self.revision}, until {self.expires_at:%Y-%m-%d %H:%M}"

    def revoke(self, *, at: datetime | None = None) -> bool:
        """False where it had ended before."""
        return bool(PreviewLink.objects.open(at).filter(pk=self.pk).update(revoked_at=at or Now()))
