"""Pages that an editor uploaded: one row each, read by a job, mended by hand, made drafts."""

from datetime import datetime, timedelta
from typing import Any, Final, Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser, User
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from content.lib.clock import database_now
from content.models.article import Article

KEPT: Final = timedelta(days=90)
# A page whose work broke off this often is told about and not tried again.
MOST_ATTEMPTS: Final = 2
UNFINISHED: Final = Q(state="waiting") | Q(state="read", wants_draft=True)


class ImportBatchQuerySet(models.QuerySet["ImportBatch"]):
    def seen_by(self, user: User | AnonymousUser) -> Self:
        """All for those who see every text, else one's own."""
        return self if user.has_perm("content.see_every_revision") else self.filter(by=user.pk)

    def old(self, at: datetime | None = None) -> Self:
        """Past their time: what was not made a draft until now goes with them."""
        return self.filter(created_at__lt=(at or Now()) - KEPT)


class ImportBatch(models.Model):
    """One upload. `size` is how many pages it held: fewer rows mean that storing them broke off."""

    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, editable=False, related_name="+"
    )
    size = models.PositiveSmallIntegerField("pages", editable=False)
    note = models.CharField(max_length=500, blank=True, editable=False)
    created_at = models.DateTimeField("uploaded at", db_default=Now(), editable=False)

    objects = ImportBatchQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]
        verbose_name_plural = "import batches"

    def __str__(self) -> str:
        return f"Upload {self.pk}"

    @property
    def kept_until(self) -> datetime:
        return self.created_at + KEPT


class BatchPageQuerySet(models.QuerySet["BatchPage"]):
    def seen_by(self, user: User | AnonymousUser) -> Self:
        return self.filter(batch__in=ImportBatch.objects.seen_by(user).order_by().values("pk"))

    def unfinished(self) -> Self:
        """To be read, or read and to be made a draft."""
        return self.filter(Q(state=BatchPage.State.WAITING) | Q(state=BatchPage.State.READ, wants_draft=True))

    def free(self, at: datetime | None = None) -> Self:
        """What a worker may take up."""
        return self.unfinished().filter(Q(claimed_until=None) | Q(claimed_until__lte=at or Now()))

    def claim(self, pk: int, *, at: datetime | None = None) -> "BatchPage | None":
        """The page, ours until the lease ends; None where it is not free. Of two callers one gets it."""
        until = (at or Now()) + timedelta(seconds=settings.JOB_LEASE)
        ours = self.free(at).filter(pk=pk).update(attempts=F("attempts") + 1, claimed_until=until)
        return self.select_related("batch__by").get(pk=pk) if ours else None

    def to_mend(self) -> Self:
        """Read, and nobody decided yet."""
        return self.filter(state=BatchPage.State.READ, wants_draft=False)


class BatchPage(models.Model):
    """A page as it came and as it was read. `lead` and `body` are what an editor mended so far.

    `reading` is what the pipeline read, in paragraphs, with every line that it left out; `result` the page
    in the form of the import samples. The bytes go once they are kept with a draft.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Waits to be read"
        READ = "read", "Read"
        MADE = "made", "Draft made"
        KNOWN = "known", "Already known"
        EMPTY = "empty", "Nothing to read"
        REFUSED = "refused", "Refused"
        LEFT = "left", "Left out"

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="pages")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=100)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True, db_index=True)
    raw = models.BinaryField(null=True)
    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    wants_draft = models.BooleanField(default=False)
    sentence = models.CharField("result", max_length=300, blank=True)
    encoding = models.CharField(max_length=20, blank=True)
    title = models.CharField(max_length=200, blank=True)
    lead = models.TextField(blank=True)
    body = models.TextField(blank=True)
    reading = models.JSONField(default=dict)
    result = models.JSONField(default=dict)
    article = models.ForeignKey(Article, models.SET_NULL, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=0, help_text="How often it was mended.")
    attempts = models.PositiveSmallIntegerField(default=0)
    claimed_until = models.DateTimeField(null=True, blank=True)
    worked_at = models.DateTimeField(null=True, blank=True)

    objects = BatchPageQuerySet.as_manager()

    class Meta:
        ordering = ["batch", "position"]
        verbose_name = "uploaded page"
        constraints = [
            models.UniqueConstraint(fields=["batch", "position"], name="content_batchpage_position"),
        ]
        indexes = [models.Index(fields=["state", "wants_draft"], name="content_batchpage_work")]

    def __str__(self) -> str:
        return self.name

    def settle(self, *, at: datetime | None = None, **values: Any) -> bool:
        """Ends the work on a claimed page; False where somebody else took it over meanwhile."""
        ours = BatchPage.objects.filter(pk=self.pk, state=self.state, attempts=self.attempts)
        done = {"attempts": 0, "claimed_until": None, "worked_at": at or database_now()}
        return bool(ours.exclude(claimed_until=None).update(**done | values))
