"""Which revision readers saw from when on: the record behind a page as it was."""

from datetime import datetime

from django.db import models

from content.models.article import Article, Revision


class PublicationQuerySet(models.QuerySet["Publication"]):
    def at(self, article: Article, moment: datetime) -> "Publication | None":
        """The record that held at the moment; none before the first publication."""
        return self.filter(article=article, since__lte=moment).order_by("-since", "-pk").first()


class Publication(models.Model):
    """From `since` on readers saw this revision; without one the article was taken away."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="publications")
    revision = models.ForeignKey(Revision, models.CASCADE, null=True, related_name="publications")
    since = models.DateTimeField()

    objects = PublicationQuerySet.as_manager()

    class Meta:
        ordering = ["article", "-since"]
        indexes = [models.Index(fields=["article", "-since"], name="content_publication_since")]

    def __str__(self) -> str:
        return f"{self.article.slug}, {self.since:%Y-%m-%d %H:%M}"
