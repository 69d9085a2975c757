"""Which articles stand under which: editors' rows, and generations of computed ones."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, Now

from content.models.article import Article, Revision, RevisionQuerySet
from content.models.topic import Topic


class RelatedGeneration(models.Model):
    """One full rebuild of the computed links; readers see those of the current one."""

    started_at = models.DateTimeField(db_default=Now(), editable=False)
    is_current = models.BooleanField(default=False, editable=False)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_current"], condition=Q(is_current=True), name="content_related_one_current"
            ),
        ]

    def __str__(self) -> str:
        return f"Generation {self.pk}"


class RelatedLinkQuerySet(models.QuerySet["RelatedLink"]):
    def computed(self) -> "RelatedLinkQuerySet":
        return self.filter(origin=RelatedLink.Origin.COMPUTED)

    def current(self) -> "RelatedLinkQuerySet":
        """The computed links of the generation that readers see."""
        return self.computed().filter(generation__is_current=True)

    def of_editors(self) -> "RelatedLinkQuerySet":
        return self.exclude(origin=RelatedLink.Origin.COMPUTED)

    def leading(self) -> "RelatedLinkQuerySet":
        """Pins, and the computed links of the current generation."""
        pinned = Q(origin=RelatedLink.Origin.PINNED)
        return self.filter(pinned | Q(origin=RelatedLink.Origin.COMPUTED, generation__is_current=True))

    def overruled(self) -> "RelatedLinkQuerySet":
        """Current computed links that an editor has pinned or vetoed since, of no frozen article."""
        same = {"article": OuterRef("article"), "target": OuterRef("target")}
        thawed = self.current().filter(article__links_frozen=False)
        return thawed.filter(Exists(RelatedLink.objects.of_editors().filter(**same)))

    def shown(self, at: datetime | None = None) -> "RelatedLinkQuerySet":
        """What readers see, in order: pins before computed links, live targets alone, with their `title`.

        An editor's pin or veto counts at once: it stands before the computed link to the same target.
        """
        same = {"article": OuterRef("article"), "target": OuterRef("target")}
        ruled = RelatedLink.objects.of_editors().filter(**same)
        computed = Q(origin=RelatedLink.Origin.COMPUTED, generation__is_current=True) & ~Exists(ruled)
        pinned = Q(origin=RelatedLink.Origin.PINNED)
        live = Revision.objects.live(at).articles().filter(article=OuterRef("target"))
        place = Case(When(pinned, Value(0)), default=Value(1), output_field=models.SmallIntegerField())
        links = self.filter(pinned | computed).annotate(title=Subquery(live.values("title")[:1]), place=place)
        return links.exclude(title=None).select_related("target").order_by("place", "position", "pk")


class RelatedLink(models.Model):
    """From an article to another: computed, pinned or vetoed; editors' rows survive every rebuild."""

    class Origin(models.TextChoices):
        COMPUTED = "computed", "Computed"
        PINNED = "pinned", "Pinned"
        VETOED = "vetoed", "Vetoed"

    article = models.ForeignKey(Article, models.CASCADE, related_name="related_links")
    target = models.ForeignKey(Article, models.CASCADE, related_name="related_from")
    origin = models.CharField(max_length=8, choices=Origin, default=Origin.COMPUTED)
    generation = models.ForeignKey(
        RelatedGeneration, models.CASCADE, null=True, blank=True, editable=False, related_name="links"
    )
    position = models.PositiveSmallIntegerField(default=0)
    score = models.FloatField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    made_at = models.DateTimeField(db_default=Now(), editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )

    objects = RelatedLinkQuerySet.as_manager()

    class Meta:
        ordering = ["article", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "target"], condition=~Q(origin="computed"), name="content_related_one_rule"
            ),
            models.UniqueConstraint(
                fields=["generation", "article", "target"], name="content_related_once_a_generation"
            ),
            models.CheckConstraint(
                condition=Q(origin="computed", generation__isnull=False)
                | (~Q(origin="computed") & Q(generation=None)),
                name="content_related_computed_has_generation",
            ),
            models.CheckConstraint(condition=~Q(article=F("target")), name="content_related_not_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.article} -> {self.target} ({self.get_origin_display()})"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """A computed link that an editor pins or vetoes leaves its generation, and so outlives it."""
        if self.origin != self.Origin.COMPUTED:
            self.generation = None
        super().save(*args, **kwargs)


class ArticleDigestQuerySet(models.QuerySet["ArticleDigest"]):
    def live(self, at: datetime | None = None) -> "ArticleDigestQuerySet":
        return self.filter(Exists(Revision.objects.live(at).articles().filter(article=OuterRef("pk"))))

    def gone(self, at: datetime | None = None) -> "ArticleDigestQuerySet":
        """Digests of articles that readers see no more."""
        return self.exclude(Exists(Revision.objects.live(at).articles().filter(article=OuterRef("pk"))))

    def changed(self) -> "ArticleDigestQuerySet":
        """Digests of articles whose links were computed for another text, or never; of no frozen article."""
        return self.filter(article__links_frozen=False).exclude(content_hash=F("article__links_hash"))

    def missing(self, at: datetime | None = None) -> RevisionQuerySet:
        """Live revisions that have no digest yet, or one made under another topic."""
        digest = ArticleDigest.objects.filter(revision=OuterRef("pk")).annotate(under=Coalesce("topic", 0))
        live = Revision.objects.live(at).articles().annotate(under=Coalesce("article__topic", 0))
        return live.exclude(Exists(digest.filter(under=OuterRef("under"))))


class ArticleDigest(models.Model):
    """What related links read of one live revision, so that nobody's text is read twice.

    `terms` counts the words, `links` are the slugs of the articles that the text links to, `labels` names its
    topic, credentials and specialties, `sketch` samples its word runs to know near-identical texts.
    """

    article = models.OneToOneField(Article, models.CASCADE, primary_key=True, related_name="digest")
    revision = models.ForeignKey(Revision, models.CASCADE, related_name="+")
    topic = models.ForeignKey(Topic, models.SET_NULL, null=True, related_name="+")
    content_hash = models.CharField(max_length=64)
    terms = models.JSONField(default=dict)
    links = models.JSONField(default=list)
    labels = models.JSONField(default=list)
    sketch = models.JSONField(default=list)

    objects = ArticleDigestQuerySet.as_manager()

    def __str__(self) -> str:
        return f"Digest of {self.article_id}"
