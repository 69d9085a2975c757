"""F22: dates are decided by the database's clock, whatever the clocks of web servers and workers say."""

from datetime import timedelta

import pytest
from django.db.models.functions import Now

from content.lib.clock import database_now
from tasks.models import JobRun

pytestmark = pytest.mark.django_db


def test_f22_it_is_the_clock_that_queries_use():
    before = database_now()
    run = JobRun.objects.ask("purge")
    JobRun.objects.update(asked=Now())
    run.refresh_from_db()
    assert before <= run.asked <= database_now()
    assert before.utcoffset() == timedelta(0)


def test_f22_a_wrong_clock_of_this_machine_moves_no_lease(monkeypatch):
    run = JobRun.objects.claim(JobRun.objects.ask("purge").pk)
    monkeypatch.setattr("time.time", lambda: 4_102_444_800.0)  # the year 2100
    assert JobRun.objects.claim(run.pk) is None
    assert run.claimed_until - database_now() <= timedelta(seconds=120)
