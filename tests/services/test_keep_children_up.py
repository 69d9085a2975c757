"""The launcher's children: restarted when they fall, given up in the end, ended with all they started."""

import os
import signal
import sys
import time
from pathlib import Path

import pytest

from directory.deploy.children import Child, GaveUp
from tests.services.site import wait_for

FALLS = [sys.executable, "-c", "print('out of memory'); raise SystemExit(3)"]
STAYS = [sys.executable, "-c", "import time; time.sleep(60)"]
# Ignores the polite signal, and has a child of its own, as a worker has its pool.
STUBBORN = ["sh", "-c", "trap '' TERM; sleep 61 & echo $!; while :; do sleep 1; done"]


@pytest.fixture
def child(tmp_path):
    made = []

    def start(command, **options):
        child = Child("worker", command, tmp_path, **options)
        made.append(child)
        child.start()
        return child

    yield start
    for each in made:
        each.end_by(0)


def kept_up(child):
    child.keep_up()
    return child.process is not None and child.process.poll() is None


def gone(pid):
    stat = Path(f"/proc/{pid}/stat")
    return not stat.exists() or stat.read_text().rpartition(")")[2].split()[0] == "Z"


def test_a_fallen_child_comes_back_after_a_pause(child, capsys):
    worker = child(STAYS)
    first = worker.process.pid
    os.kill(first, signal.SIGKILL)
    wait_for(lambda: worker.keep_up() or worker.process is None, seconds=5)
    assert not kept_up(worker)
    assert wait_for(lambda: kept_up(worker), seconds=5) > 0.5
    assert worker.process.pid != first
    assert "ended with code -9; it starts again in 1 s" in capsys.readouterr().out


def test_three_falls_in_a_minute_end_it_with_the_last_lines(child):
    worker = child(FALLS)
    began = time.monotonic()
    with pytest.raises(GaveUp, match=r"(?s)ended with code 3, three times in a minute.*out of memory"):
        wait_for(worker.keep_up, seconds=20)
    assert time.monotonic() - began > 3  # a pause of one second, then of two


def test_falls_further_apart_are_forgiven(child, monkeypatch):
    monkeypatch.setattr("directory.deploy.children.WITHIN", 0.2)
    worker = child(FALLS)
    assert wait_for(lambda: worker.keep_up() or len(worker.falls) == 3, seconds=20)


def test_a_child_that_gives_no_sign_of_life_is_started_again(child, tmp_path, capsys):
    sign = tmp_path / "last-tick"
    worker = child(STAYS, alive=sign, silence=1)
    first = worker.process.pid
    sign.touch()
    assert kept_up(worker)
    wait_for(lambda: worker.keep_up() or worker.process is None, seconds=5)
    assert gone(first)
    assert "gave no sign of life for 1 seconds" in capsys.readouterr().out


def test_a_sign_of_life_before_it_started_does_not_count_against_it(child, tmp_path):
    sign = tmp_path / "last-tick"
    sign.touch()
    os.utime(sign, (0, 0))
    worker = child(STAYS, alive=sign, silence=60)
    assert kept_up(worker)


def test_what_will_not_end_is_ended_with_everything_it_started(child):
    worker = child(STUBBORN)
    wait_for(lambda: worker.tail, seconds=5)
    grandchild = int(worker.tail[0])
    began = time.monotonic()
    worker.ask_to_end()
    worker.end_by(began + 0.5)
    assert time.monotonic() - began < 1.5
    wait_for(lambda: gone(grandchild), seconds=2)
