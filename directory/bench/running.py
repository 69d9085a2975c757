"""One run: a private database for each size, the site served beside the floor, rounds, goals."""

import contextlib
import json
import os
import platform
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

from directory.bench import packages
from directory.bench.goals import Run, verdicts
from directory.bench.measuring import Server, figures, measure, memory
from directory.bench.targets import targets
from directory.deploy import servers, variables
from directory.deploy.variables import BASE

PACKAGES: Final = ("django", "granian", "numpy", "psycopg")
UP: Final = 30.0  # seconds in which the web server must answer
LOADED: Final = 100_000  # programs of the files that loads are measured with

Say = Callable[[str], None]
Environment = dict[str, str]


@dataclass(frozen=True)
class Order:
    """What a run is asked for: after `requests` to a dataset's server its memory is looked at."""

    database: str
    programs: Sequence[int]
    rounds: int
    requests: int


@dataclass(frozen=True)
class Database:
    """A server of databases that this run alone uses; `pid` is that of PostgreSQL, None for SQLite."""

    kind: str
    folder: Path
    pid: int | None

    @contextlib.contextmanager
    def fresh(self, name: str) -> Iterator[dict[str, str]]:
        """An empty database; gives the environment that names it."""
        if self.pid is None:
            with tempfile.TemporaryDirectory(dir=self.folder) as folder:
                yield {"DATABASE_URL": f"sqlite:///{folder}/{name}.sqlite3"}
            return
        self._run("createdb", name)
        try:
            yield {"DATABASE_URL": f"postgres://postgres@/{name}?host={self.folder}"}
        finally:
            self._run("dropdb", "--force", name)

    def _run(self, program: str, *words: str) -> None:
        programs = servers.postgres_programs() or Path()
        subprocess.run([programs / program, "-h", self.folder, "-U", "postgres", *words], check=True)


@contextlib.contextmanager
def _database(kind: str, folder: Path) -> Iterator[Database]:
    if kind == "sqlite":
        yield Database(kind, folder, None)
        return
    with servers.postgres() as home:
        pid = int((Path(home) / "data" / "postmaster.pid").read_text().splitlines()[0])
        yield Database(kind, Path(home), pid)


def run(order: Order, *, say: Say) -> dict[str, Any]:
    """The whole report; nothing of it touches the site's own database."""
    load_before = os.getloadavg()
    noisy = load_before[0] > (os.cpu_count() or 1)
    with tempfile.TemporaryDirectory(prefix="sb-bench-", dir="/tmp") as folder:
        ours = {name: value for name, value in os.environ.items() if name not in variables.names()}
        environment = {**ours, **variables.WEB, "VAR_DIR": f"{folder}/var"}
        with _database(order.database, Path(folder)) as database:
            _step(environment, "collectstatic", "--noinput", "--verbosity=0")
            datasets = []
            for programs in sorted(order.programs):
                with _migrated(database, environment, f"programs{programs}") as at:
                    datasets.append(_dataset(order, programs, at, database.pid, say))
            with _migrated(database, environment, "loads") as at:
                say(f"loads of {LOADED:,} programs")
                loads = _told(at, "bench", "load", "--programs", str(LOADED))
    return {
        "machine": {"cores": os.cpu_count(), "processor": platform.processor() or platform.machine()},
        "versions": {"python": platform.python_version()} | {name: version(name) for name in PACKAGES},
        "database": order.database,
        "load_before": load_before,
        "load_after": os.getloadavg(),
        "noisy": noisy,
        "datasets": datasets,
        "loads": loads,
        "goals": verdicts(Run(order.database, datasets, loads), noisy=noisy),
    }


@contextlib.contextmanager
def _migrated(database: Database, environment: Environment, name: str) -> Iterator[Environment]:
    with database.fresh(name) as names:
        environment = environment | names
        _step(environment, "migrate", "--verbosity=0")
        yield environment


def _dataset(
    order: Order, programs: int, environment: Environment, database: int | None, say: Say
) -> dict[str, Any]:
    _step(environment, "start_content", stdout=subprocess.DEVNULL)
    dataset = _told(environment, "bench", "fill", "--programs", str(programs))
    say(f"{programs:,} programs in {dataset['seconds']} s, checksum {dataset['checksum']}")
    asked = targets(dataset)
    with _web(environment) as (port, pid):
        server = Server(port, pid, database)
        found = measure(server, asked, rounds=order.rounds, say=say)
        rss = memory(server, asked[1], order.requests if programs == max(order.programs) else 0)
    queries = _told(environment, "bench", "count", "--dataset", json.dumps(dataset))
    floor, *others = figures(found, asked, queries)
    return dict(dataset, floor=floor, targets=others, rss_mb=rss)


def _step(environment: Environment, *words: str, stdout: int | None = None) -> None:
    subprocess.run(
        [sys.executable, "manage.py", *words], cwd=BASE, env=environment, check=True, stdout=stdout
    )


def _told(environment: Environment, *words: str) -> Any:
    """What a step of the benchmark prints as JSON."""
    command = [sys.executable, "manage.py", *words]
    done = subprocess.run(command, cwd=BASE, env=environment, check=True, stdout=subprocess.PIPE)
    return json.loads(done.stdout)


@contextlib.contextmanager
def _web(environment: Environment) -> Iterator[tuple[int, int]]:
    """The site with the floor; gives its port and process."""
    port = servers.free_port()
    command = [
        sys.executable,
        "-m",
        "granian",
        "--interface",
        "wsgi",
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
    ]
    command += [
        "--no-ws",
        "--workers-kill-timeout",
        "2",
        "--log-level",
        "warning",
        "directory.bench.wsgi:application",
    ]
    environment = environment | {"BENCH_WITHOUT": " ".join(packages.of_development())}
    server = subprocess.Popen(command, cwd=BASE, env=environment, start_new_session=True)
    try:
        _wait(port, server)
        yield port, server.pid
    finally:
        server.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            server.wait(10)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(server.pid, signal.SIGKILL)
        server.wait()


def _wait(port: int, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + UP
    while True:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/robots.txt", timeout=5).close()
        except OSError:
            if server.poll() is not None or time.monotonic() > deadline:
                raise
            time.sleep(0.1)
        else:
            return
