"""The worker's app with jobs for tests: they write effects slowly, the way the site's own jobs do."""

import os
import signal
import time
from datetime import timedelta

import django

from tasks.celery import app

__all__ = ["app"]

django.setup()

from django.db import connection, transaction  # noqa: E402

from tasks import runs, schedule  # noqa: E402
from tasks.job import DAY, Job  # noqa: E402

STEPS = 12
TICK = timedelta(seconds=2)  # instead of ten, to save time


def slow(renew, at):
    """Twelve effects, each in a transaction of its own that finds out whether it was done before."""
    written = 0
    for n in range(STEPS):
        renew()
        time.sleep(0.25)
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM effects WHERE n = %s", [n])
            if cursor.fetchone() == (0,):
                cursor.execute("INSERT INTO effects (n) VALUES (%s)", [n])
                written += 1
    return {"written": written}


def quick(renew, at):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("INSERT INTO effects (n) SELECT count(*) FROM effects")
    return {"written": 1}


def long(renew, at):
    """One effect at once, and a minute in which to be interrupted."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO effects (n) VALUES (0)")
    for _quarter in range(240):
        renew()
        time.sleep(0.25)
    return {"written": 1}


def deadly(renew, at):
    """Takes its own process with it, as a job does that needs more memory than there is."""
    os.kill(os.getpid(), signal.SIGKILL)
    return {}


def jobs():
    """Only those that the test names, so that the site's own do not get in between."""
    works = {
        "slow": (slow, DAY),
        "quick": (quick, DAY),
        "long": (long, DAY),
        "deadly": (deadly, DAY),
        "often": (quick, TICK),
    }
    return {
        name: Job(
            name=name,
            what="For tests.",
            work=works[name][0],
            every=works[name][1],
            wanted=lambda now, name=name: name == "often",  # the others run when asked for
        )
        for name in os.environ.get("TEST_JOBS", "").split()
    }


if "TEST_JOBS" in os.environ:
    app.conf.beat_schedule["dispatch"]["schedule"] = TICK.total_seconds()
    for table in (runs.JOBS, schedule.JOBS):
        table.clear()
        table.update(jobs())
