"""Addresses that moved: asked only where a page is not found."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from content.models.article import Article

OWN_PATH = RegexValidator(
    r"\A/(?![/\\])[^\s\\?#]*\Z",
    "Write an address of this site that begins with one slash, such as /articles/.",
)


class Redirect(models.Model):
    """From a path of this site to another, or to an article wherever it stands now."""

    path = models.CharField(
        max_length=200, unique=True, validators=[OWN_PATH], help_text="Such as /old-page/."
    )
    to = models.CharField(
        max_length=200, blank=True, validators=[OWN_PATH], help_text="Or choose an article."
    )
    article = models.ForeignKey(
        Article,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="redirects",
        help_text="Readers are sent to its address of the day.",
    )

    history = HistoricalRecords()

    class Meta:
        ordering = ["path"]
        constraints = [
            models.CheckConstraint(
                condition=Q(to="", article__isnull=False) | (~Q(to="") & Q(article=None)),
                name="content_redirect_one_target",
                violation_error_message="Give an address or choose an article, not both.",
            ),
        ]

    def __str__(self) -> str:
        return self.path

    def clean(self) -> None:
        """Readers are sent on in one hop, so no chain of addresses may come back to where it began."""
        seen = {self.path}
        others = Redirect.objects.exclude(pk=self.pk)
        at = self.to
        while at:
            if at in seen:
                circle = "An address cannot lead to itself" if at == self.to else "It would lead in a circle"
                raise ValidationError({"to": f"{circle}."})
            seen.add(at)
            at = others.filter(path=at).values_list("to", flat=True).first() or ""
