"""Running a job: by its name, by the timetable, and what its row then says."""

from datetime import UTC, datetime, time, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from tasks import runs, schedule
from tasks.job import DAY, MINUTE, Job, Skipped
from tasks.models import ClaimLost, JobRun

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 2, 17, 0, 30, tzinfo=UTC)  # 12:00:30 in New York
LEASE = timedelta(seconds=120)


def job(work=lambda renew, at: {"rows": 1}, **changes):
    values = {"name": "chore", "what": "A chore.", "work": work, "every": MINUTE} | changes
    return Job(**values)


@pytest.fixture
def timetable(monkeypatch):
    """Replaces the timetable by the jobs given."""

    def put(*jobs):
        monkeypatch.setattr(schedule, "JOBS", {each.name: each for each in jobs})
        monkeypatch.setattr(runs, "JOBS", {each.name: each for each in jobs})

    return put


def fail(renew, at):
    raise RuntimeError("the disk is full")


def test_a_slot_is_run_once_and_its_row_says_how_it_ended(timetable):
    timetable(job())
    (pk,) = runs.plan(at=NOON)
    assert runs.execute(pk, at=NOON).state == JobRun.State.DONE
    assert runs.plan(at=NOON + timedelta(seconds=20)) == []
    assert runs.execute(pk, at=NOON) is None
    run = JobRun.objects.get()
    assert (run.slot, run.started, run.ended) == (NOON.replace(second=0), NOON, NOON)
    assert (run.outcome, run.counts, run.attempts, run.claimed_until) == ("done", {"rows": 1}, 1, None)


def test_the_next_slot_is_another_run(timetable):
    timetable(job())
    for at in (NOON, NOON + MINUTE):
        (pk,) = runs.plan(at=at)
        runs.execute(pk, at=at)
    assert JobRun.objects.filter(state="done").count() == 2


def test_a_poll_that_finds_nothing_writes_nothing(timetable, django_assert_num_queries):
    timetable(job(wanted=lambda now: False))
    with connection.execute_wrapper(only_reads):
        assert runs.plan(at=NOON) == []
    assert not JobRun.objects.exists()


def only_reads(execute, sql, params, many, context):
    assert sql.startswith("SELECT"), sql
    return execute(sql, params, many, context)


def test_a_look_that_fails_becomes_a_run_that_says_so_and_other_jobs_go_on(timetable):
    timetable(job(fail, name="broken", wanted=lambda now: fail(None, now)), job())
    ran = [runs.execute(pk, at=NOON) for pk in runs.plan(at=NOON)]
    assert {(run.job, run.state) for run in ran} == {("broken", "running"), ("chore", "done")}
    assert "the disk is full" in JobRun.objects.get(job="broken").error


def test_while_a_run_is_open_no_slot_of_that_job_comes(timetable):
    timetable(job())
    first = runs.plan(at=NOON)
    assert runs.plan(at=NOON + 3 * MINUTE) == first


def test_the_database_holds_one_run_a_slot_and_one_open_run_a_job():
    JobRun.objects.create(job="chore", slot=NOON)
    with pytest.raises(IntegrityError), transaction.atomic():
        JobRun.objects.create(job="chore", slot=NOON + MINUTE)
    JobRun.objects.update(state="done", ended=NOON)
    with pytest.raises(IntegrityError), transaction.atomic():
        JobRun.objects.create(job="chore", slot=NOON)


def test_a_claim_keeps_others_away_until_its_lease_ends(timetable):
    run = JobRun.objects.create(job="chore", slot=NOON, asked=NOON)
    assert JobRun.objects.claim(run.pk, at=NOON).claimed_until == NOON + LEASE
    assert JobRun.objects.claim(run.pk, at=NOON + LEASE - timedelta(seconds=1)) is None
    again = JobRun.objects.claim(run.pk, at=NOON + LEASE)
    assert (again.attempts, again.started) == (2, NOON)


def test_a_renewed_claim_lasts_another_lease():
    run = JobRun.objects.create(job="chore", slot=NOON, asked=NOON)
    held = JobRun.objects.claim(run.pk, at=NOON)
    held.renew(at=NOON + MINUTE)
    assert JobRun.objects.claim(run.pk, at=NOON + LEASE) is None


def test_whoever_lost_the_claim_changes_nothing_any_more():
    run = JobRun.objects.create(job="chore", slot=NOON, asked=NOON)
    slow = JobRun.objects.claim(run.pk, at=NOON)
    JobRun.objects.claim(run.pk, at=NOON + LEASE).finish({"rows": 2}, at=NOON + LEASE)
    for late in (
        slow.renew,
        lambda: slow.finish({"rows": 1}),
        lambda: slow.fail("late"),
        lambda: slow.skip("late"),
    ):
        with pytest.raises(ClaimLost):
            late()
    run.refresh_from_db()
    assert (run.counts, run.error) == ({"rows": 2}, "")


def test_a_job_that_lost_its_claim_stops_and_leaves_the_row_to_the_other(timetable):
    def slow(renew, at):
        JobRun.objects.claim(JobRun.objects.get().pk, at=NOON + LEASE).finish({"rows": 2}, at=NOON + LEASE)
        renew()
        raise AssertionError("went on after its claim was lost")

    timetable(job(slow))
    (pk,) = runs.plan(at=NOON)
    assert runs.execute(pk, at=NOON).counts == {"rows": 2}


def test_an_error_is_kept_and_tried_again_when_the_lease_ends(timetable):
    timetable(job(fail))
    (pk,) = runs.plan(at=NOON)
    run = runs.execute(pk, at=NOON)
    assert (run.state, run.attempts) == ("running", 1)
    assert "RuntimeError: the disk is full" in run.error
    assert runs.plan(at=NOON + MINUTE) == []
    timetable(job())
    assert runs.plan(at=NOON + LEASE) == [pk]
    run = runs.execute(pk, at=NOON + LEASE)
    assert (run.state, run.attempts, run.error) == ("done", 2, "")


def test_the_third_error_parks_the_run_and_the_timetable_waits_an_hour(timetable):
    timetable(job(fail))
    at = NOON
    for _attempt in range(3):
        (pk,) = runs.plan(at=at)
        runs.execute(pk, at=at)
        at += LEASE
    run = JobRun.objects.get()
    assert (run.state, run.attempts) == ("parked", 3)
    assert runs.plan(at=at + 10 * MINUTE) == []
    timetable(job())
    (after,) = runs.plan(at=at + 60 * MINUTE)
    assert after != pk


def test_a_worker_killed_three_times_parks_the_run(timetable):
    timetable(job())
    at = NOON
    for _attempt in range(3):
        (pk,) = runs.plan(at=at)
        JobRun.objects.claim(pk, at=at)
        at += LEASE
    assert runs.plan(at=at) == []
    run = JobRun.objects.get()
    assert (run.state, run.ended, run.claimed_until) == ("parked", at, None)
    assert run.outcome == JobRun.GAVE_UP


def test_a_job_may_end_as_skipped_with_its_reason(timetable):
    def offline(renew, at):
        raise Skipped("network is off")

    timetable(job(offline))
    (pk,) = runs.plan(at=NOON)
    run = runs.execute(pk, at=NOON)
    assert (run.state, run.outcome) == ("skipped", "skipped: network is off")
    assert runs.plan(at=NOON) == []


def test_a_run_of_a_job_that_this_release_does_not_know_is_left_alone(timetable):
    timetable()
    JobRun.objects.create(job="of_tomorrow", slot=NOON, asked=NOON)
    assert runs.plan(at=NOON) == []
    assert JobRun.objects.late(at=NOON + 10 * MINUTE).count() == 1


@pytest.mark.parametrize(
    ("now", "begins"),
    [
        (datetime(2026, 3, 2, 7, 59, tzinfo=UTC), datetime(2026, 3, 1, 8, 0, tzinfo=UTC)),
        (datetime(2026, 3, 2, 8, 0, tzinfo=UTC), datetime(2026, 3, 2, 8, 0, tzinfo=UTC)),
        # Summer time began in the night to 8 March: three in the morning is an hour earlier in UTC.
        (datetime(2026, 3, 8, 12, 0, tzinfo=UTC), datetime(2026, 3, 8, 7, 0, tzinfo=UTC)),
        (datetime(2026, 11, 1, 12, 0, tzinfo=UTC), datetime(2026, 11, 1, 8, 0, tzinfo=UTC)),
    ],
)
def test_a_nightly_slot_begins_at_its_local_hour(now, begins):
    assert job(every=DAY, begins=time(3)).slot(now) == begins


def test_run_job_runs_at_once_and_says_what_it_did(timetable, capsys):
    call_command("run_job", "purge")
    assert capsys.readouterr().out.startswith("purge: done; 0 runs")
    assert JobRun.objects.get().state == JobRun.State.DONE


def test_run_job_refuses_while_the_job_runs_elsewhere():
    JobRun.objects.claim(JobRun.objects.ask("purge").pk)
    with pytest.raises(CommandError, match="running elsewhere"):
        call_command("run_job", "purge")


def test_run_job_lists_every_job(capsys):
    call_command("run_job", "--list")
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == list(schedule.JOBS)


@pytest.mark.parametrize("arguments", [[], ["no_such_job"], ["purge", "--list"]])
def test_run_job_explains_its_use(arguments):
    with pytest.raises(CommandError):
        call_command("run_job", *arguments)


def test_asking_twice_makes_one_run(django_user_model):
    editor = django_user_model.objects.create_superuser("editor")
    assert JobRun.objects.ask("purge", by=editor).pk == JobRun.objects.ask("purge").pk
    assert JobRun.objects.get().asked_by == editor
