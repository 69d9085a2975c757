"""The figures that the directory itself yields, as the timetable refreshes them."""

from datetime import UTC, datetime, timedelta

import pytest

from content.models import Observation, Statistic
from listings.models import DataVersion, School
from tasks import runs
from tasks.models import JobRun
from tests.build import make_school

pytestmark = pytest.mark.django_db

JOB = "refresh_directory_statistics"
NOON = datetime(2026, 3, 2, 17, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def tick(at):
    """The job's run, where this tick brings one."""
    ran = [runs.execute(pk, at=at) for pk in runs.plan(at=at)]
    return next((run for run in ran if run and run.job == JOB), None)


def schools(key="directory.us.51.0713.schools"):
    return Statistic.objects.with_current().get(key=key).current.value


@pytest.fixture
def directory():
    """Two schools of Ohio and one of Texas, loaded before noon."""
    for name, state in (("Greenwood", "OH"), ("Maple", "OH"), ("Lone Star", "TX")):
        make_school(name, state=state)
    School.objects.update(changed_at=NOON - MINUTE)
    DataVersion.objects.update(switched_at=NOON - MINUTE)


def test_schools_programs_and_awards_become_statistics(directory):
    run = tick(NOON)
    assert run.counts["created"] == run.counts["accepted"] > 0
    assert schools() == 3
    assert schools("directory.oh.51.0713.schools") == 2
    assert schools("directory.us.all.awards") == 36


def test_counting_again_changes_nothing(directory):
    tick(NOON)
    before = list(Observation.objects.values_list("pk", "value", "status"))
    run = runs.execute(JobRun.objects.ask(JOB, at=NOON + MINUTE).pk, at=NOON + MINUTE)
    assert run.counts["created"] == 0
    assert list(Observation.objects.values_list("pk", "value", "status")) == before


def test_a_load_is_counted_at_the_next_tick(directory):
    tick(NOON)
    assert tick(NOON + MINUTE) is None
    DataVersion.objects.update(switched_at=NOON + MINUTE)
    assert tick(NOON + 2 * MINUTE) is not None


def test_changed_rows_are_counted_after_a_quarter_of_an_hour(directory):
    tick(NOON)
    School.objects.filter(state="TX").update(changed_at=NOON + MINUTE)
    assert tick(NOON + 14 * MINUTE) is None
    assert tick(NOON + 15 * MINUTE) is not None
    assert tick(NOON + 40 * MINUTE) is None


def test_invented_schools_give_no_figure():
    make_school(is_sample=True, unitid=None)
    DataVersion.objects.update(is_sample=True)
    assert tick(NOON).counts["created"] == 0
    assert not Statistic.objects.filter(provider="directory").exists()


def test_f07_a_run_cut_off_in_the_middle_is_finished_by_the_next(directory, monkeypatch):
    monkeypatch.setattr("tasks.statistics.BATCH", 5)
    (pk,) = [pk for pk in runs.plan(at=NOON) if JobRun.objects.get(pk=pk).job == JOB]
    renewals = []

    def die_at_the_third(self, *, at=None):
        renewals.append(at)
        if len(renewals) == 3:
            raise SystemExit

    with monkeypatch.context() as patched:
        patched.setattr(JobRun, "renew", die_at_the_third)
        with pytest.raises(SystemExit):
            runs.execute(pk, at=NOON)
    begun = Observation.objects.count()
    assert begun > 0
    run = tick(NOON + 2 * MINUTE)
    assert (run.state, run.attempts) == ("done", 2)
    assert run.counts["unchanged"] == begun
    assert schools() == 3
