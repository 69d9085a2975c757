"""Articles and their revisions: who reads what is decided at read time, in the database's time."""

from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.contrib.auth.models import AnonymousUser, User
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce, Now
from django.urls import reverse

from content.lib.clock import database_now
from content.models.credential import Credential
from content.models.specialty import Specialty
from content.models.topic import Topic

REVIEW_AFTER: Final = timedelta(days=365)
# Pages that stand right below the front page; every other page stands below /about/.
TOP_PAGES: Final = ("about", "contact", "corrections", "editorial-policy", "privacy")


class ArticleQuerySet(models.QuerySet["Article"]):
    def seen_by(self, user: User | AnonymousUser) -> "ArticleQuerySet":
        """Articles of which that editor may see at least one text."""
        return self.filter(pk__in=Revision.objects.seen_by(user).order_by().values("article"))

    def review_due(self, at: datetime | None = None) -> "ArticleQuerySet":
        """Published articles whose review date has come."""
        return self.filter(status=Article.Status.PUBLISHED, review_at__lte=at or Now())


class Article(models.Model):
    """An identity: slug and status. Its texts live in revisions; readers see the published one.

    `next_revision` takes the published one's place at `next_publish_at`, whether or not a job runs.
    """

    class Kind(models.TextChoices):
        ARTICLE = "article", "Article"
        PAGE = "page", "Page"

    class Status(models.TextChoices):
        DRAFT = "draft", "Draft"
        PUBLISHED = "published", "Published"
        ARCHIVED = "archived", "Archived"

    slug = models.SlugField(max_length=120, unique=True)
    kind = models.CharField(max_length=7, choices=Kind, default=Kind.ARTICLE)
    status = models.CharField(max_length=9, choices=Status, default=Status.DRAFT)
    topic = models.ForeignKey(Topic, models.PROTECT, null=True, blank=True, related_name="articles")
    published_revision = models.OneToOneField(
        "Revision", models.PROTECT, null=True, blank=True, editable=False, related_name="published_of"
    )
    next_revision = models.OneToOneField(
        "Revision", models.SET_NULL, null=True, blank=True, editable=False, related_name="next_of"
    )
    next_publish_at = models.DateTimeField("publish at", null=True, blank=True, editable=False)
    first_published_at = models.DateTimeField(null=True, blank=True, editable=False)
    last_published_at = models.DateTimeField(null=True, blank=True, editable=False)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    reviewed_at = models.DateTimeField(null=True, blank=True, editable=False)
    review_at = models.DateTimeField(
        "review again on",
        null=True,
        blank=True,
        help_text="From then on the front page and a weekly mail ask for a review, which sets it anew.",
    )
    archived_to = models.CharField(
        max_length=200,
        blank=True,
        help_text="An address of this site that readers are sent to; empty says 410, gone.",
    )
    links_hash = models.CharField(max_length=64, blank=True, editable=False)
    links_frozen = models.BooleanField("related links frozen", default=False, editable=False)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        ordering = ["slug"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status="published") | Q(published_revision__isnull=False),
                name="content_article_published_has_revision",
            ),
            models.CheckConstraint(
                condition=Q(next_revision=None, next_publish_at=None)
                | Q(next_revision__isnull=False, next_publish_at__isnull=False),
                name="content_article_next_and_date",
            ),
        ]

    def __str__(self) -> str:
        return self.slug

    def get_absolute_url(self) -> str:
        if self.kind == self.Kind.ARTICLE:
            return reverse("article-detail", args=[self.slug])
        return reverse("page" if self.slug in TOP_PAGES else "other-page", args=[self.slug])

    def mark_reviewed(self, *, by: User, at: datetime | None = None) -> bool:
        """A person vouches for what readers see now; an article that nobody can read takes no review."""
        seen = Article.objects.filter(pk=self.pk, status=Article.Status.PUBLISHED)
        moment = at or database_now()
        return bool(seen.update(reviewed_by=by, reviewed_at=moment, review_at=moment + REVIEW_AFTER))


class RevisionQuerySet(models.QuerySet["Revision"]):
    def live(self, at: datetime | None = None) -> "RevisionQuerySet":
        """What readers see now, one revision an article; the one method behind every public surface."""
        now = at or Now()
        due = Q(article__next_publish_at__lte=now)
        shown = Q(article__next_revision=F("pk")) & due
        kept = Q(article__published_revision=F("pk"), article__status=Article.Status.PUBLISHED)
        kept &= ~(Q(article__next_publish_at__isnull=False) & due)
        return self.filter(shown | kept).exclude(article__status=Article.Status.ARCHIVED)

    def articles(self) -> "RevisionQuerySet":
        return self.filter(article__kind=Article.Kind.ARTICLE)

    def pages(self) -> "RevisionQuerySet":
        """About, contact and the like: at their own addresses, in no list of articles."""
        return self.filter(article__kind=Article.Kind.PAGE)

    def seen_by(self, user: User | AnonymousUser) -> "RevisionQuerySet":
        """What that editor may see: all, or their own texts, nobody's, and what readers saw."""
        if user.has_perm("content.see_every_revision"):
            return self
        public = Q(publications__isnull=False) | Q(pk__in=Revision.objects.live().order_by().values("pk"))
        seen = Q(written_by=None) | public
        if user.is_authenticated:
            seen |= Q(written_by=user)
        return self.filter(pk__in=Revision.objects.filter(seen).order_by().values("pk"))

    def unpublished(self) -> "RevisionQuerySet":
        """Approved, and neither published so far nor scheduled."""
        return self.filter(state=Revision.State.APPROVED, publications=None, next_of=None)

    def newest_first(self) -> "RevisionQuerySet":
        first = Coalesce("article__first_published_at", "article__next_publish_at")
        return self.order_by(first.desc(), "-pk")


class Revision(models.Model):
    """One saved state of an article's texts, its fact boxes included.

    A draft is saved over; what stood there becomes a row of its own, an earlier save, and the draft takes the
    next number. So every text that was ever accepted is in a revision, and a number names one text.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        IN_REVIEW = "in-review", "In review"
        APPROVED = "approved", "Approved"
        KEPT = "kept", "Earlier save"

    article = models.ForeignKey(Article, models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=9, choices=State, default=State.DRAFT, editable=False)
    title = models.CharField(max_length=200)
    summary = models.TextField(blank=True)
    lead = models.TextField(blank=True)
    body = models.TextField(
        blank=True, help_text="Markdown. [[stat:KEY]] prints a statistic, [[stat:KEY|full]] with its period."
    )
    disclosures = models.TextField(blank=True, help_text="One a line.")
    credentials = models.ManyToManyField(Credential, blank=True, related_name="revisions")
    specialties = models.ManyToManyField(Specialty, blank=True, related_name="revisions")
    change_note = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField("saved at", db_default=Now(), editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="saved by",
    )
    written_by = models.ManyToManyField(
        settings.AUTH_USER_MODEL,
        blank=True,
        editable=False,
        related_name="+",
        help_text="Who wrote in it since it was begun, or since the approved text it was begun from.",
    )

    objects = RevisionQuerySet.as_manager()

    class Meta:
        ordering = ["article", "-number"]
        constraints = [models.UniqueConstraint(fields=["article", "number"], name="content_revision_number")]
        permissions = [
            ("see_every_revision", "Can see and edit the texts of others"),
            ("approve_revision", "Can approve texts and send them back"),
            ("publish_revision", "Can publish, schedule, rename and archive"),
        ]

    def __str__(self) -> str:
        return f"{self.title} (revision {self.number})"

    def get_absolute_url(self) -> str:
        return self.article.get_absolute_url()

    def is_open(self) -> bool:
        """Whether it may be edited: what is in review or approved stays as the reviewer reads it."""
        return self.state == Revision.State.DRAFT

    def is_open_to(self, user: User | AnonymousUser) -> bool:
        """Whether that editor may have a hand in this text: theirs, nobody's, or they see to all texts."""
        if user.has_perm("content.see_every_revision"):
            return True
        writers = set(self.written_by.values_list("pk", flat=True))
        return not writers or user.pk in writers

    @property
    def first_published_at(self) -> datetime | None:
        """When readers first saw its article; of a live revision, also before a job tidied up."""
        return self.article.first_published_at or self.article.next_publish_at

    @property
    def published_at(self) -> datetime | None:
        """Of a live revision: when readers first saw this text."""
        article = self.article
        return article.next_publish_at if article.next_revision_id == self.pk else article.last_published_at
