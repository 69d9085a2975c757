"""How runs come about and are worked off. The message queue only says "look now"; the rows hold the work."""

import logging
import traceback
from datetime import datetime, timedelta

from celery import shared_task
from django.conf import settings
from django.db.models import Q

from content.lib.clock import database_now
from tasks.celery import TICK
from tasks.job import Job, Renew, Skipped
from tasks.models import ClaimLost, JobRun
from tasks.schedule import JOBS

logger = logging.getLogger(__name__)

# A job that was parked is tried again by the timetable, but not in each of its slots.
QUIET = timedelta(hours=1)
LONGEST_ERROR = 10_000


def sign_of_life() -> None:
    """Touches the file by which the launcher tells a working worker from one that hangs."""
    (settings.VAR_DIR / "last-tick").touch()


def plan(*, at: datetime | None = None) -> list[int]:
    """Writes a run for each job whose slot has come and that has work; gives the runs that are free to start.

    Two planners at once write one run: the database holds one a slot, and one open run a job.
    """
    now = at or database_now()
    JobRun.objects.park_crashed(at=at)
    open_jobs = set(JobRun.objects.open().values_list("job", flat=True))
    due = [job for job in JOBS.values() if job.name not in open_jobs and is_due(job, now)]
    if due:
        runs = [JobRun(job=job.name, slot=job.slot(now), asked=now) for job in due]
        JobRun.objects.bulk_create(runs, ignore_conflicts=True)
    return list(
        JobRun.objects.free(at=at).filter(job__in=JOBS).order_by("asked").values_list("pk", flat=True)
    )


def is_due(job: Job, now: datetime) -> bool:
    had = Q(slot__gte=job.slot(now)) | Q(state=JobRun.State.PARKED, ended__gt=now - QUIET)
    return not JobRun.objects.filter(had, job=job.name).exists() and is_wanted(job, now)


def is_wanted(job: Job, now: datetime) -> bool:
    """Whether there is work. A look that fails counts as yes: the run then says what is wrong."""
    try:
        return job.wanted(now)
    except Exception:
        logger.exception("job.look_failed", extra={"job": job.name})
        return True


def execute(pk: int, *, at: datetime | None = None) -> JobRun | None:
    """Works one run off and writes how it ended; None where somebody else has it or it is over."""
    run = JobRun.objects.claim(pk, at=at)
    if run is None:
        logger.info("job.not_free", extra={"run": pk})
        return None
    facts = {"job": run.job, "run": run.pk, "attempt": run.attempts}
    if run.attempts > 1:
        logger.warning("job.taken_over", extra=facts)
    try:
        finish(run, JOBS[run.job], at)
    except ClaimLost:
        # Somebody holds the run after us and does it again: every job may be repeated.
        logger.warning("job.claim_lost", extra=facts)
    run.refresh_from_db()
    logger.info("job.ended", extra={**facts, "outcome": run.outcome, "counts": run.counts})
    return run


def finish(run: JobRun, job: Job, at: datetime | None) -> None:
    """Does the work under the claim and ends the run. Raises ClaimLost."""
    try:
        counts = job.work(renewing(run, at), at)
    except ClaimLost:
        raise
    except Skipped as reason:
        run.skip(str(reason), at=at)
    except Exception as error:
        logger.exception("job.failed", extra={"job": run.job, "run": run.pk, "attempt": run.attempts})
        run.fail("".join(traceback.format_exception(error))[-LONGEST_ERROR:], at=at)
    else:
        run.finish(counts, at=at)


def renewing(run: JobRun, at: datetime | None) -> Renew:
    """What a job calls before each batch."""

    def renew() -> None:
        run.renew(at=at)
        sign_of_life()

    return renew


@shared_task(name="tasks.dispatch")
def dispatch() -> None:
    """Every tick: plans, and sends a message for each run that is free. A message is worth one tick."""
    sign_of_life()
    for pk in plan():
        work.apply_async((pk,), expires=TICK)


@shared_task(name="tasks.work")
def work(pk: int) -> None:
    execute(pk)
