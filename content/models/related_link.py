"""Which articles stand under which."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from content.models.article import Article


class RelatedLink(models.Model):
    """From an article to another: computed, pinned or vetoed; editors' rows survive every rebuild."""

    class Origin(models.TextChoices):
        COMPUTED = "computed", "Computed"
        PINNED = "pinned", "Pinned"
        VETOED = "vetoed", "Vetoed"

    article = models.ForeignKey(Article, models.CASCADE, related_name="related_links")
    target = models.ForeignKey(Article, models.CASCADE, related_name="related_from")
    origin = models.CharField(max_length=8, choices=Origin, default=Origin.COMPUTED)
    position = models.PositiveSmallIntegerField(default=0)
    score = models.FloatField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField(db_default=Now(), editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )

    class Meta:
        ordering = ["article", "position"]
        constraints = [
            models.UniqueConstraint(fields=["article", "target"], name="content_related_once"),
            models.CheckConstraint(condition=~Q(article=F("target")), name="content_related_not_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.article} -> {self.target} ({self.get_origin_display()})"
