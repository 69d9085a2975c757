"""A private PostgreSQL and Redis for tests: in a temporary folder, as an unprivileged user, on sockets.

Instances that run on the machine are never touched. Everything ends by process id.
"""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

NOBODY = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"]
START = 30.0  # seconds
PACKAGES = {"PostgreSQL": "postgresql", "Redis": "redis-server", "Chromium": "chromium"}


class Missing(Exception):
    """A program that the tests need is not there; the message says why and what to type."""


def postgres_programs() -> Path | None:
    """The folder of the newest `initdb`; Debian keeps it off the PATH."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda found: int(found.parts[-3]))
    found = folders[-1] if folders else shutil.which("initdb")
    return Path(found).parent if found else None


def missing() -> list[str]:
    found = {
        "PostgreSQL": postgres_programs(),
        "Redis": shutil.which("redis-server"),
        "Chromium": shutil.which("chromium"),
    }
    return [name for name, where in found.items() if where is None]


def install_missing() -> None:
    """Installs what is not there with apt, where this user may. Raises Missing."""
    names = missing()
    if not names:
        return
    packages = [PACKAGES[name] for name in names]
    rest = f"Type:  sudo apt-get install -y --no-install-recommends {' '.join(packages)}"
    if shutil.which("apt-get") is None:
        raise Missing(f"{', '.join(names)} not found, and this system has no apt-get. Install it by hand.")
    sudo = [] if os.geteuid() == 0 else ["sudo", "--non-interactive"]
    if sudo and subprocess.run([*sudo, "true"], capture_output=True, check=False).returncode:
        raise Missing(f"{', '.join(names)} not found, and this user may not install it. {rest}")
    apt = [*sudo, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    for command in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
        subprocess.run([*apt, *command], stdin=subprocess.DEVNULL, check=False)
    if names := missing():
        raise Missing(f"apt-get could not install {', '.join(names)}; its reason stands above. {rest}")


@contextlib.contextmanager
def folder() -> Iterator[Path]:
    """A private folder with a short name: a socket's path holds at most 107 bytes."""
    path = Path(tempfile.mkdtemp(prefix="sb-", dir="/tmp"))
    try:
        if os.geteuid() == 0:
            shutil.chown(path, "nobody")
        yield path
    finally:
        shutil.rmtree(path, ignore_errors=True)


def unprivileged(command: list[str], home: Path) -> subprocess.Popen[bytes]:
    """Starts a server without our rights or environment; what it says goes into a log beside its data."""
    as_nobody = NOBODY if os.geteuid() == 0 else []
    clean = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", "HOME": str(home)}
    with (home / f"{Path(command[0]).name}.log").open("ab") as log:
        return subprocess.Popen(
            [*as_nobody, *command],
            cwd=home,
            env=clean,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )


def wait_until_up(server: subprocess.Popen[bytes], probe: list[str], log: Path) -> None:
    """Asks with the server's own client until it takes commands. Raises Missing with the server's words."""
    deadline = time.monotonic() + START
    while subprocess.run(probe, capture_output=True, check=False).returncode:
        if server.poll() is not None or time.monotonic() > deadline:
            raise Missing(f"{log.stem} did not start:\n{log.read_text(errors='replace')[-2000:]}")
        time.sleep(0.02)


@contextlib.contextmanager
def postgres() -> Iterator[str]:
    """A PostgreSQL without durability; gives the folder of its socket, for `postgres://postgres@/name?host=`."""
    programs = postgres_programs()
    if programs is None:
        raise Missing("PostgreSQL not found.")
    with folder() as home:
        make = [str(programs / "initdb"), "-D", str(home / "data"), "-U", "postgres", "-A", "trust"]
        if unprivileged([*make, "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"], home).wait():
            raise Missing(f"initdb failed:\n{(home / 'initdb.log').read_text()[-2000:]}")
        fast = ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=100"]
        flags = [word for setting in ("listen_addresses=", *fast) for word in ("-c", setting)]
        command = [str(programs / "postgres"), "-D", str(home / "data"), "-k", str(home), *flags]
        server = unprivileged(command, home)
        try:
            probe = [str(programs / "pg_isready"), "--quiet", "--host", str(home)]
            wait_until_up(server, probe, home / "postgres.log")
            yield str(home)
        finally:
            server.send_signal(signal.SIGINT)  # PostgreSQL's fast shutdown
            server.wait()


class Redis:
    """A Redis on a socket and, where a port is given, on 127.0.0.1; tests may kill it and start it again."""

    def __init__(self, home: Path, *, port: int = 0, durable: bool = False) -> None:
        self.home, self.port = home, port
        self.socket = home / "redis.sock"
        files = ["--dir", str(home), "--save", "", "--appendonly", "yes" if durable else "no"]
        where = ["--port", str(port), "--bind", "127.0.0.1", "--unixsocket", str(self.socket)]
        self.command = ["redis-server", *where, "--unixsocketperm", "777", *files]
        self.server: subprocess.Popen[bytes] | None = None

    def start(self, *options: str) -> None:
        # What a killed server left behind would look like one that answers.
        self.socket.unlink(missing_ok=True)
        self.server = unprivileged([*self.command, *options], self.home)
        wait_until_up(self.server, self.client("PING"), self.home / "redis-server.log")

    def client(self, *words: str) -> list[str]:
        """The command line that sends it one command and fails where the answer is an error."""
        return ["redis-cli", "-e", "-s", str(self.socket), *words]

    def stop(self, number: int = signal.SIGTERM) -> None:
        if self.server is not None:
            self.server.send_signal(number)
            self.server.wait()
            self.server = None


@contextlib.contextmanager
def redis(*, port: int = 0, durable: bool = False) -> Iterator[Redis]:
    with folder() as home:
        server = Redis(home, port=port, durable=durable)
        try:
            server.start()
            yield server
        finally:
            server.stop()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
