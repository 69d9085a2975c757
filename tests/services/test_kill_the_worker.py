"""F07, F28, F29: killed workers, doubled beats and doubled messages cost a delay and nothing else."""

import pytest

from tests.services.jobs import STEPS, TICK
from tests.services.site import LEASE, START, wait_for

pytestmark = [pytest.mark.services, pytest.mark.slow]


def test_f07_what_a_killed_worker_had_in_hand_is_done_once(site):
    site.environment["TEST_JOBS"] = "slow"
    site.ask("slow")
    killed = site.worker("-B")
    wait_for(lambda: len(site.effects()) >= 3, seconds=START + 5)
    site.kill(killed)
    assert site.runs("slow") == [("running", 1, "")]
    site.worker("-B")
    taken_over = wait_for(lambda: site.runs("slow")[0][1] == 2, seconds=60)
    assert taken_over < START + LEASE + TICK.total_seconds()
    wait_for(lambda: site.runs("slow")[0][0] == "done", seconds=STEPS)
    assert site.runs("slow") == [("done", 2, "done")]
    assert site.effects() == list(range(STEPS))


def test_f07_a_job_that_kills_its_process_three_times_is_parked_and_the_worker_lives(site):
    site.environment["TEST_JOBS"] = "deadly quick"
    site.ask("deadly")
    worker = site.worker("-B")
    wait_for(
        lambda: site.runs("deadly")[0][0] == "parked", seconds=START + 4 * (LEASE + 2 * TICK.total_seconds())
    )
    ((state, attempts, outcome),) = site.runs("deadly")
    assert (state, attempts) == ("parked", 3)
    assert outcome.startswith("gave up after 3 attempts")
    site.ask("quick")
    wait_for(lambda: site.runs("quick") == [("done", 1, "done")], seconds=START)
    assert worker.poll() is None


def test_f29_a_message_delivered_five_times_at_once_has_one_effect(site):
    site.environment["TEST_JOBS"] = "slow"
    site.ask("slow")
    site.manage("shell", "-c", "from tasks.runs import work; [work.delay(1) for _ in range(5)]")
    worker = site.worker("--concurrency", "5")
    wait_for(lambda: site.runs("slow")[0][0] == "done", seconds=START + STEPS)
    wait_for(lambda: site.log(worker).count("job.not_free") == 4, seconds=START)
    assert site.runs("slow") == [("done", 1, "done")]
    assert site.effects() == list(range(STEPS))


def test_f28_three_beats_make_one_run_a_slot(site):
    site.environment["TEST_JOBS"] = "often"
    for _release in range(3):
        site.beat()
    site.worker()
    wait_for(lambda: len(site.effects()) >= 4, seconds=START + 8 * TICK.total_seconds())
    slots = [slot for (slot,) in site.query("SELECT slot FROM tasks_jobrun WHERE state = 'done'")]
    assert len(slots) == len(set(slots)) == len(site.effects())
