"""`make run`: what it prints, what it keeps up, and that nothing is left of it after Ctrl-C."""

import os
import re
import shutil
import signal
import socket
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from directory.deploy import servers
from tests.proof import count
from tests.services.site import START, Site, wait_for

pytestmark = [pytest.mark.services, pytest.mark.slow]

UP = 5.0  # seconds a second start may take, where Django alone loads in LOADS
LOADS = 1.3
DOWN = 2.0  # seconds Ctrl-C may take
ROUNDS = max(2, count(10))


def get(address):
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


class Launch:
    """One `make run` in a folder that the whole module shares, so that the first start is paid for once."""

    def __init__(self, site, *command, **more):
        self.site = site
        self.began = time.monotonic()
        self.process = site.run(*(command or ("make", "--no-print-directory", "run")), **more)

    @property
    def said(self):
        return self.site.log(self.process)

    def until(self, words, seconds=60.0):
        """Waits for it to say that; gives the seconds since its start."""
        wait_for(lambda: words in self.said or self.process.poll() is not None, seconds=seconds)
        assert words in self.said, self.said
        return time.monotonic() - self.began

    def interrupt(self, number=signal.SIGINT):
        """Ends it as a terminal does, the whole group at once; gives the seconds until nothing was left."""
        began = time.monotonic()
        os.killpg(self.process.pid, number)
        self.process.wait(10)
        wait_for(lambda: self.site.alive() == [], seconds=5)
        return time.monotonic() - began


@pytest.fixture(scope="module")
def home():
    var = Path(tempfile.mkdtemp(prefix="sb-"))
    site = Site(var, f"sqlite:///{var}/superbill.sqlite3")
    yield site
    site.close()


@pytest.fixture
def site(home):
    home.environment["PORT"] = str(servers.free_port())
    yield home
    home.kill_all()


@pytest.fixture
def address(site):
    return f"http://127.0.0.1:{site.environment['PORT']}"


@pytest.fixture(scope="module")
def prepared(home):
    """After the first start of this folder."""
    home.environment["PORT"] = str(servers.free_port())
    first = Launch(home)
    first.until("Ctrl-C ends it")
    first.interrupt()
    return first


def test_the_first_start_loads_the_starter_content_and_samples_once(prepared, site):
    assert "Loading, once: start content" in prepared.said
    assert "Loading, once: sample schools" in prepared.said
    again = Launch(site)
    again.until("Ctrl-C ends it")
    assert "Loading" not in again.said
    again.interrupt()


def test_it_prints_the_address_and_a_link_that_logs_an_editor_in(prepared, site, address):
    run = Launch(site)
    run.until("Ctrl-C ends it")
    assert f"The site is up:      {address}" in run.said
    assert get(f"{address}/")[0] == 200
    (link,) = re.findall(rf"{address}/admin/once/\S+", run.said)
    status, page = get(link)
    assert status == 200
    assert 'value="Log in"' in page
    run.interrupt()


def test_a_second_start_is_up_in_five_seconds_and_ctrl_c_ends_all_in_two(prepared, site, address):
    began = time.monotonic()
    site.run(sys.executable, "-c", "import directory.wsgi").wait()
    slowness = max(1.0, (time.monotonic() - began) / LOADS)  # others may keep this machine busy
    starts, ends = [], []
    for _round in range(ROUNDS):
        run = Launch(site)
        starts.append(run.until("The site is up"))
        ends.append(run.interrupt())
        assert "Traceback" not in run.said
    assert min(starts) < UP * slowness, (starts, slowness)
    assert max(ends) < DOWN, ends


def test_ctrl_c_ends_a_busy_site_in_two_seconds(prepared, site, address):
    site.query("CREATE TABLE IF NOT EXISTS effects (n integer NOT NULL UNIQUE)")
    for _round in range(ROUNDS):
        site.query("DELETE FROM effects")
        site.query("DELETE FROM tasks_jobrun")
        site.ask("long")
        run = Launch(site, sys.executable, "-m", "tests.services.launch_busy", TEST_JOBS="long")
        run.until("The site is up")
        wait_for(lambda: site.effects() == [0], seconds=START + 15)
        with socket.create_connection(("127.0.0.1", int(site.environment["PORT"]))) as reader:
            reader.sendall(b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n")  # a reader who never ends the request
            assert run.interrupt() < DOWN
        assert site.runs("long")[0][0] == "running"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_being_ended_or_losing_the_terminal_is_the_same(prepared, site, number):
    run = Launch(site)
    run.until("The site is up")
    assert run.interrupt(number) < DOWN


def test_a_killed_worker_is_started_again_and_the_site_goes_on(prepared, site, address):
    run = Launch(site)
    run.until("Ctrl-C ends it")
    (worker,) = workers(site)
    os.kill(worker, signal.SIGKILL)
    run.until("ended with code -9; it starts again in 1 s")
    wait_for(lambda: workers(site) not in ([], [worker]), seconds=START)
    assert get(f"{address}/healthz")[0] == 200
    run.interrupt()


def workers(site):
    """The workers' first processes; the pool and the clock are their children."""
    found = []
    for number in site.alive():
        command = Path(f"/proc/{number}/cmdline").read_bytes()
        if b"celery" in command and os.getpgid(number) == number:
            found.append(number)
    return found


def test_a_taken_port_is_said_with_what_to_type(site):
    with socket.socket() as other:
        other.bind(("127.0.0.1", int(site.environment["PORT"])))
        other.listen()
        run = Launch(site)
        assert run.process.wait(10) != 0
    port = int(site.environment["PORT"])
    assert f"Port {port} is taken by another program. Type:  make run PORT={port + 1}\n" in run.said
    assert "Traceback" not in run.said


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"PORT": "http"}, "PORT: write a whole number from 1 to 65535."),
        ({"TIME_ZONE": "Mars/Olympus"}, "TIME_ZONE: write the name of a time zone"),
        ({"DATABASE_URL": "mysql://root@localhost/x"}, "DATABASE_URL: write sqlite:////file or postgres://"),
    ],
)
def test_a_wrong_variable_is_said_in_one_sentence(site, changes, sentence):
    run = Launch(site, **changes)
    assert run.process.wait(20) != 0
    assert sentence in run.said
    assert "Traceback" not in run.said


def test_a_site_that_will_not_start_ends_with_its_last_lines(prepared, site):
    shutil.rmtree(site.var / "broker")
    (site.var / "broker").write_text("a file where the worker wants a folder")
    try:
        run = Launch(site)
        assert run.process.wait(60) != 0
        assert "The worker ended with code 1, three times in a minute. Its last lines:" in run.said
        assert "NotADirectoryError" in run.said.partition("Its last lines:")[2]
        wait_for(lambda: site.alive() == [], seconds=5)
    finally:
        (site.var / "broker").unlink()


def test_development_reloads(prepared, site, address):
    run = Launch(site, "make", "dev")
    run.until("Ctrl-C ends it")
    assert "StatReloader" in run.said
    run.interrupt()
