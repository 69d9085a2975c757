"""Addresses of other sites that readers are sent to, and what became of looking at them."""

import hashlib
from datetime import date, datetime, timedelta
from typing import Any, Final, Self

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils import timezone

from content.lib.addresses import normal
from content.lib.clock import database_now
from content.models.article import Revision
from content.models.credential import CertifyingBody
from content.models.source import Source

# A site that is away for a day or two is not broken.
DAYS_TO_FLAG: Final = 3
MOST_ATTEMPTS: Final = 3
LEASE: Final = timedelta(minutes=3)
# Between two hosts' workers; the client itself waits a second within one process.
BREATH: Final = timedelta(seconds=1)


class LinkHostQuerySet(models.QuerySet["LinkHost"]):
    def free(self, *, at: datetime | None = None) -> Self:
        """Those that nobody asks now, that do not want to be left alone, and that no check broke down on."""
        now = at or Now()
        idle = Q(claimed_until=None) | Q(claimed_until__lte=now)
        awake = Q(rests_until=None) | Q(rests_until__lte=now)
        return self.filter(idle, awake, attempts__lt=MOST_ATTEMPTS)

    def parked(self, *, at: datetime | None = None) -> Self:
        """Those whose check broke down again and again; they wait for a person."""
        return self.filter(attempts__gte=MOST_ATTEMPTS, claimed_until__lte=at or Now())


class LinkHost(models.Model):
    """A site that is asked: its robots.txt, its answer to an address that is not there, who asks it now.

    `rules` are robots.txt's lines for us as pairs of allowed and path, empty where all may be asked; None
    where it could not be read and nothing may. `missing` is what was seen at the random address.
    """

    origin = models.CharField(max_length=300, unique=True, help_text="Such as https://www.bls.gov")
    rules = models.JSONField(null=True, blank=True)
    rules_until = models.DateTimeField(null=True, blank=True)
    missing = models.JSONField(null=True, blank=True)
    missing_until = models.DateTimeField(null=True, blank=True)
    rests_until = models.DateTimeField(null=True, blank=True)
    claimed_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)

    objects = LinkHostQuerySet.as_manager()

    class Meta:
        ordering = ["origin"]

    def __str__(self) -> str:
        return self.origin

    def claim(self, *, at: datetime | None = None) -> bool:
        """Whether it is ours alone to ask until the lease ends. The third claim that nobody ends parks it."""
        now = at or Now()
        values: dict[str, Any] = {"claimed_until": now + LEASE, "attempts": F("attempts") + 1}
        return bool(LinkHost.objects.free(at=at).filter(pk=self.pk).update(**values))

    def renew(self, *, at: datetime | None = None) -> None:
        LinkHost.objects.filter(pk=self.pk).update(claimed_until=(at or Now()) + LEASE)

    def release(self, *, at: datetime | None = None) -> None:
        """Free for the next in a second, so that no two processes ask it in the same one."""
        LinkHost.objects.filter(pk=self.pk).update(claimed_until=(at or Now()) + BREATH, attempts=0)


class CitedLinkQuerySet(models.QuerySet["CitedLink"]):
    def due(self, *, at: datetime | None = None) -> Self:
        """Those to be looked at now: used somewhere, and asked for or past their date."""
        now = at or Now()
        return self.filter(Q(asked_at__isnull=False) | Q(due_at__lte=now), unused_since=None)

    def asked(self) -> Self:
        return self.filter(asked_at__isnull=False, unused_since=None)

    def unlinked(self) -> Self:
        """Those that readers get no link to."""
        return self.filter(unlinked_at__isnull=False)

    def withholds(self, address: str) -> bool:
        """Whether readers get no link to that address, however it is spelled."""
        return self.unlinked().filter(address=normal(address)).exists()

    def needing_an_editor(self) -> Self:
        return self.filter(state__in=(CitedLink.State.FLAGGED, CitedLink.State.UNLINKED), unused_since=None)


class CitedLink(models.Model):
    """One address in its normal form: what it said first, what it says now, how often it failed.

    `terms` count the most frequent words of the page. `failed_days` are days with a failure since it last
    answered well; `failed_on` is the last of them. `vouched` names the fault that an editor looked at and
    found none; the same fault is not told again.
    """

    class State(models.TextChoices):
        NEW = "new", "Not checked yet"
        GOOD = "good", "Answers"
        UNSURE = "unsure", "Not checked"
        FAILING = "failing", "Failed lately"
        FLAGGED = "flagged", "Needs an editor"
        UNLINKED = "unlinked", "Unlinked"

    address = models.CharField(max_length=500, unique=True)
    host = models.ForeignKey(LinkHost, models.PROTECT, related_name="links")
    state = models.CharField(max_length=8, choices=State, default=State.NEW)
    verdict = models.CharField(max_length=20, blank=True)
    said = models.CharField("what was seen", max_length=500, blank=True)
    evidence = models.TextField(blank=True)
    checked_at = models.DateTimeField("last checked", null=True, blank=True)
    read_at = models.DateTimeField("last read in full", null=True, blank=True)
    due_at = models.DateTimeField("next check", db_default=Now())
    asked_at = models.DateTimeField("check asked for", null=True, blank=True)
    etag = models.CharField(max_length=200, blank=True)
    last_modified = models.CharField(max_length=60, blank=True)
    leads_to = models.CharField(max_length=2000, blank=True)
    first_title = models.CharField(max_length=300, blank=True)
    first_terms = models.JSONField(default=dict, blank=True)
    title = models.CharField(max_length=300, blank=True)
    terms = models.JSONField(default=dict, blank=True)
    failed_days = models.PositiveSmallIntegerField("days with a failure", default=0)
    failed_on = models.DateField("last failure", null=True, blank=True)
    unlinked_at = models.DateTimeField(null=True, blank=True)
    unused_since = models.DateTimeField(null=True, blank=True)
    vouched = models.CharField(max_length=64, blank=True)
    vouched_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    vouched_at = models.DateTimeField(null=True, blank=True)

    objects = CitedLinkQuerySet.as_manager()

    class Meta:
        ordering = ["address"]
        indexes = [
            models.Index(fields=["due_at"], name="content_citedlink_due"),
            models.Index(
                fields=["address"], condition=Q(unlinked_at__isnull=False), name="content_citedlink_unlinked"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="unlinked", unlinked_at__isnull=False)
                | (~Q(state="unlinked") & Q(unlinked_at__isnull=True)),
                name="content_citedlink_unlinked_dated",
            ),
            models.CheckConstraint(
                condition=Q(failed_days=0, failed_on=None) | Q(failed_days__gt=0, failed_on__isnull=False),
                name="content_citedlink_failures_dated",
            ),
        ]

    def __str__(self) -> str:
        return self.address

    @property
    def is_told(self) -> bool:
        """Whether an editor has to decide something."""
        return self.state in (self.State.FLAGGED, self.State.UNLINKED)

    def ask_for_check(self, *, at: datetime | None = None) -> None:
        """The next run looks at it; a host that checks broke down on gets another try."""
        CitedLink.objects.filter(pk=self.pk).update(asked_at=at or Now())
        LinkHost.objects.filter(pk=self.host_id).update(attempts=0, rests_until=None)

    def vouch(self, *, by: User, at: datetime | None = None) -> None:
        """A person looked: what is there now is what is cited. Readers get the link again."""
        moment = at or database_now()
        self.state, self.unlinked_at = self.State.GOOD, None
        self.failed_days, self.failed_on = 0, None
        self.first_title, self.first_terms = self.title, self.terms
        self.vouched, self.vouched_by, self.vouched_at = self.fault, by, moment
        self.evidence = ""
        self.save()
        self.checks.create(at=moment, state=self.state, said="An editor says that it is fine.", by=by)

    @property
    def fault(self) -> str:
        """What distinguishes this fault from another one of the same address."""
        return fault(self.verdict, self.leads_to, self.title)

    def fail(self, on: date) -> None:
        """Counts a day with a failure, each once."""
        if self.failed_on is None or self.failed_on < on:
            self.failed_days += 1
            self.failed_on = on
        flagged = self.failed_days >= DAYS_TO_FLAG
        self.state = self.State.FLAGGED if flagged else self.State.FAILING

    def recover(self) -> None:
        self.state, self.failed_days, self.failed_on = self.State.GOOD, 0, None


def fault(verdict: str, leads_to: str, title: str) -> str:
    """A short name for what is wrong with an address."""
    return hashlib.sha256("\n".join((verdict, leads_to, title)).encode()).hexdigest()[:32]


class LinkCheck(models.Model):
    """One look at an address, or one word of an editor about it."""

    link = models.ForeignKey(CitedLink, models.CASCADE, related_name="checks")
    at = models.DateTimeField(db_index=True)
    state = models.CharField(max_length=8, choices=CitedLink.State)
    verdict = models.CharField(max_length=20, blank=True)
    status = models.PositiveSmallIntegerField(null=True, blank=True)
    title = models.CharField(max_length=300, blank=True)
    said = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.link}, {timezone.localtime(self.at):%Y-%m-%d %H:%M}"


class LinkUse(models.Model):
    """A place that cites an address: a source, a body, a text of readers, or a page of the directory."""

    link = models.ForeignKey(CitedLink, models.CASCADE, related_name="uses")
    source = models.ForeignKey(Source, models.CASCADE, null=True, blank=True, related_name="link_uses")
    body = models.ForeignKey(CertifyingBody, models.CASCADE, null=True, blank=True, related_name="link_uses")
    revision = models.ForeignKey(Revision, models.CASCADE, null=True, blank=True, related_name="link_uses")
    page = models.CharField(max_length=200, blank=True, help_text="An address of this site.")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["link", "source"], name="content_linkuse_source_once"),
            models.UniqueConstraint(fields=["link", "body"], name="content_linkuse_body_once"),
            models.UniqueConstraint(fields=["link", "revision"], name="content_linkuse_revision_once"),
            models.UniqueConstraint(
                fields=["link", "page"], condition=~Q(page=""), name="content_linkuse_page_once"
            ),
            models.CheckConstraint(
                condition=Q(source__isnull=False, body=None, revision=None, page="")
                | Q(source=None, body__isnull=False, revision=None, page="")
                | Q(source=None, body=None, revision__isnull=False, page="")
                | (Q(source=None, body=None, revision=None) & ~Q(page="")),
                name="content_linkuse_one_place",
            ),
        ]

    def __str__(self) -> str:
        return str(self.source or self.body or self.revision or self.page)
