"""A copy of the site in processes of its own, on either broker and database, for tests that kill things."""

import contextlib
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import psycopg

from directory.deploy import variables
from directory.deploy.variables import BASE

LEASE = 4  # seconds, instead of two minutes
START = 30  # seconds in which a worker comes up, on a machine however busy


def wait_for(condition, *, seconds):
    """Polls until the condition holds; gives how long it took."""
    began = time.monotonic()
    while not condition():
        waited = time.monotonic() - began
        assert waited < seconds, f"not within {seconds} s"
        time.sleep(0.1)
    return time.monotonic() - began


class Site:
    """`address` is its DATABASE_URL; more variables may be given."""

    def __init__(self, var: Path, address: str, **more: str) -> None:
        kept = {name: value for name, value in os.environ.items() if name not in variables.names()}
        self.var = var
        self.address = address
        self.environment = {**kept, "VAR_DIR": str(var), "DATABASE_URL": address, **more}
        self.processes: list[subprocess.Popen[bytes]] = []

    def manage(self, *arguments, good=True, **more):
        """Runs a command of manage.py to its end."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=BASE,
            env={**self.environment, **more},
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            check=False,
        )
        assert not good or done.returncode == 0, done.stdout + done.stderr
        return done

    def start(self, *module, **more):
        """Starts `python -m …`."""
        return self.run(sys.executable, "-m", *module, **more)

    def run(self, *command, **more):
        """Starts a command in a session of its own; its lines go to a file in the site's folder."""
        number = len(self.processes)
        with (self.var / f"process-{number}.log").open("wb") as log:
            process = subprocess.Popen(
                command,
                cwd=BASE,
                env={**self.environment, **more},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        self.processes.append(process)
        return process

    def worker(self, *options):
        """A worker that knows the jobs of `tests.services.jobs` beside the site's own."""
        return self.start("celery", "-A", "tests.services.jobs", "worker", "--loglevel", "INFO", *options)

    def beat(self):
        """A beat with a memory of its own, as a second release would bring."""
        file = self.var / f"beat-{len(self.processes)}"
        return self.start(
            "celery", "-A", "tests.services.jobs", "beat", "--schedule", str(file), "--pidfile="
        )

    def log(self, process):
        return (self.var / f"process-{self.processes.index(process)}.log").read_text(errors="replace")

    def kill(self, process):
        """Ends the process and whatever stands in its session, at once and without a word."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def query(self, sql):
        if self.address.startswith("sqlite"):
            with contextlib.closing(
                sqlite3.connect(self.var / "superbill.sqlite3", timeout=20)
            ) as connection:
                rows = connection.execute(sql).fetchall()
                connection.commit()
                return rows
        with psycopg.connect(self.address) as connection:
            cursor = connection.execute(sql)
            return cursor.fetchall() if cursor.description else []

    def runs(self, job):
        """Its rows, oldest first: state, attempts, outcome."""
        return self.query(
            f"SELECT state, attempts, outcome FROM tasks_jobrun WHERE job = '{job}' ORDER BY id"
        )

    def ask(self, job):
        now = "CURRENT_TIMESTAMP"
        self.query(
            "INSERT INTO tasks_jobrun (job, slot, state, asked, attempts, outcome, counts, error)"
            f" VALUES ('{job}', {now}, 'asked', {now}, 0, '', '{{}}', '')"
        )

    def effects(self):
        return [n for (n,) in self.query("SELECT n FROM effects ORDER BY n")]

    def alive(self):
        """The numbers of all processes that were given this site's folder, whoever started them."""
        found = []
        for place in Path("/proc").glob("[0-9]*"):
            try:
                environment = (place / "environ").read_bytes().split(b"\0")
                state = (place / "stat").read_text().rpartition(")")[2].split()[0]
            except OSError:
                continue
            if f"VAR_DIR={self.var}".encode() in environment and state != "Z":
                found.append(int(place.name))
        return found

    def kill_all(self):
        for process in self.processes:
            self.kill(process)
        for number in self.alive():
            with contextlib.suppress(ProcessLookupError):
                os.kill(number, signal.SIGKILL)

    def close(self):
        # pytest shows it where a test failed.
        sys.stdout.writelines(self.log(process) for process in self.processes)
        self.kill_all()
        shutil.rmtree(self.var, ignore_errors=True)
