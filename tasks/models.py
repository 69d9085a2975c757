"""What ran, when, and how it ended: one row for each job and time slot."""

from datetime import datetime, timedelta
from typing import Any, Self

from django.conf import settings
from django.contrib.auth.models import User
from django.db import IntegrityError, models, transaction
from django.db.models import F, Q
from django.db.models.functions import Coalesce, Now

from content.lib.clock import database_now

# A run that crashes this often waits for a person.
MOST_ATTEMPTS = 3
# A run that nobody took up for so long means that no worker works.
LATE = timedelta(minutes=5)


class ClaimLost(Exception):
    """The lease ran out and somebody else holds the run now: stop, and leave its row alone."""


def lease() -> timedelta:
    return timedelta(seconds=settings.JOB_LEASE)


class JobRunQuerySet(models.QuerySet["JobRun"]):
    def open(self) -> Self:
        """Asked for or running; there is at most one of each job."""
        return self.filter(state__in=(JobRun.State.ASKED, JobRun.State.RUNNING))

    def lapsed(self, *, at: datetime | None = None) -> Self:
        """Running by its row, but nobody renewed the claim."""
        return self.filter(state=JobRun.State.RUNNING, claimed_until__lte=at or Now())

    def free(self, *, at: datetime | None = None) -> Self:
        """What a worker may take up: asked for, or lapsed with attempts left."""
        lapsed = Q(state=JobRun.State.RUNNING, claimed_until__lte=at or Now(), attempts__lt=MOST_ATTEMPTS)
        return self.filter(Q(state=JobRun.State.ASKED) | lapsed)

    def late(self, *, at: datetime | None = None) -> Self:
        """Free for over five minutes."""
        long_ago = (at or Now()) - LATE
        asked = Q(state=JobRun.State.ASKED, asked__lte=long_ago)
        return self.filter(asked | Q(state=JobRun.State.RUNNING, claimed_until__lte=long_ago))

    def needing_a_person(self) -> Self:
        """Parked, with no later run of the same job that ended well."""
        later = JobRun.objects.filter(
            job=models.OuterRef("job"), slot__gt=models.OuterRef("slot"), state=JobRun.State.DONE
        )
        return self.filter(~models.Exists(later), state=JobRun.State.PARKED)

    def ask(self, job: str, *, by: User | None = None, at: datetime | None = None) -> "JobRun":
        """The open run of that job, or a new one that starts with the next tick."""
        self.park_crashed(at=at)
        if run := self.open().filter(job=job).first():
            return run
        now = at or database_now()
        try:
            with transaction.atomic():
                return self.create(job=job, slot=now, asked=now, asked_by=by)
        except IntegrityError:  # somebody asked at the same moment
            return self.open().get(job=job)

    def claim(self, pk: int, *, at: datetime | None = None) -> "JobRun | None":
        """The run, ours until the lease ends; None where it is not free. Of two callers one gets it."""
        now = at or Now()
        values: dict[str, Any] = {
            "state": JobRun.State.RUNNING,
            "started": Coalesce(F("started"), now),
            "attempts": F("attempts") + 1,
            "claimed_until": now + lease(),
        }
        return self.get(pk=pk) if self.free(at=at).filter(pk=pk).update(**values) else None

    def park_crashed(self, *, at: datetime | None = None) -> int:
        """Parks the runs whose last attempt ended without a word, as a killed worker's does."""
        crashed = self.lapsed(at=at).filter(attempts__gte=MOST_ATTEMPTS)
        # Looked up first: an update takes SQLite's write lock even where it finds nothing.
        if not crashed.exists():
            return 0
        return crashed.update(
            state=JobRun.State.PARKED, ended=at or Now(), claimed_until=None, outcome=JobRun.GAVE_UP
        )


class JobRun(models.Model):
    """One run of a job. A claim is a conditional update, so a message delivered twice has one effect."""

    class State(models.TextChoices):
        ASKED = "asked", "asked for"
        RUNNING = "running", "running"
        DONE = "done", "done"
        SKIPPED = "skipped", "skipped"
        PARKED = "parked", "parked"

    GAVE_UP = f"gave up after {MOST_ATTEMPTS} attempts; run it again when the cause is mended"

    job = models.CharField(max_length=60)
    slot = models.DateTimeField(help_text="The beginning of its time slot; where a person asked, the moment.")
    state = models.CharField(max_length=7, choices=State, default=State.ASKED)
    asked = models.DateTimeField(db_default=Now())
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="Empty: the timetable.",
    )
    started = models.DateTimeField(null=True, blank=True)
    ended = models.DateTimeField(null=True, blank=True)
    claimed_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    outcome = models.CharField(max_length=200, blank=True)
    counts = models.JSONField(default=dict, blank=True)
    error = models.TextField(blank=True)

    objects = JobRunQuerySet.as_manager()

    class Meta:
        ordering = ["-asked", "-pk"]
        indexes = [models.Index(fields=["-asked", "-id"], name="tasks_jobrun_newest")]
        constraints = [
            models.UniqueConstraint(fields=["job", "slot"], name="tasks_jobrun_one_a_slot"),
            models.UniqueConstraint(
                fields=["job"], condition=Q(state__in=("asked", "running")), name="tasks_jobrun_one_open"
            ),
            models.CheckConstraint(
                condition=Q(state="running", claimed_until__isnull=False, started__isnull=False)
                | (~Q(state="running") & Q(claimed_until__isnull=True)),
                name="tasks_jobrun_claim_while_running",
            ),
            models.CheckConstraint(
                condition=Q(state__in=("asked", "running"), ended__isnull=True)
                | (~Q(state__in=("asked", "running")) & Q(ended__isnull=False)),
                name="tasks_jobrun_ended_when_over",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.job}, {self.slot:%Y-%m-%d %H:%M:%S}"

    def renew(self, *, at: datetime | None = None) -> None:
        """Holds the claim for another lease; call it before each batch. Raises ClaimLost."""
        self._change(claimed_until=(at or Now()) + lease())

    def finish(self, counts: dict[str, int], *, at: datetime | None = None) -> None:
        """Ends the run well. Raises ClaimLost."""
        self._end(self.State.DONE, at=at, outcome="done", counts=counts, error="")

    def skip(self, reason: str, *, at: datetime | None = None) -> None:
        """Ends the run without work, for the reason given. Raises ClaimLost."""
        self._end(self.State.SKIPPED, at=at, outcome=f"skipped: {reason}"[:200])

    def fail(self, error: str, *, at: datetime | None = None) -> None:
        """Notes the error. The rest of the lease is the pause before the next attempt; the last one parks."""
        if self.attempts < MOST_ATTEMPTS:
            self._change(error=error)
        else:
            self._end(self.State.PARKED, at=at, outcome=self.GAVE_UP, error=error)

    def _end(self, state: "JobRun.State", *, at: datetime | None, **values: Any) -> None:
        self._change(state=state, ended=at or Now(), claimed_until=None, **values)

    def _change(self, **values: Any) -> None:
        # The number of attempts tells our claim from that of whoever took the run over.
        ours = JobRun.objects.filter(pk=self.pk, state=self.State.RUNNING, attempts=self.attempts)
        if not ours.update(**values):
            raise ClaimLost(self.pk)
