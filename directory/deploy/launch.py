"""`make run`: prepares what changed, starts the web server and one worker, and ends both with Ctrl-C.

Each child has a session of its own, so Ctrl-C reaches the launcher alone: a web server that gets it together
with its own children may hang. Ending children by force is safe, because rows are the queue.
"""

import argparse
import contextlib
import errno
import hashlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from directory import environment as env
from directory.deploy import variables
from directory.deploy.children import Child, GaveUp
from directory.deploy.variables import BASE


class Stop(Exception):
    """Somebody asked for the end."""


def say(line: str = "") -> None:
    print(line, flush=True)  # what the person at the terminal waits for


def demand_free_port(port: int) -> None:
    """Raises ImproperlyConfigured with what to type where another program listens."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            taken = error.errno == errno.EADDRINUSE
            why = "is taken by another program" if taken else f"cannot be used ({error.strerror})"
            raise ImproperlyConfigured(
                f"Port {port} {why}. Type:  make run PORT={port + 1 if taken else 8000}"
            ) from None


def inputs() -> str:
    """A fingerprint of all that static files, the database's form and the settings are made from."""
    # The port is looked at by each start itself.
    values = [(name, os.environ.get(name)) for name in variables.names() if name != "PORT"]
    seen = hashlib.sha256(repr(values).encode())
    files = [BASE / ".venv" / "ok", BASE / "directory" / "settings.py", BASE / "directory" / "environment.py"]
    for app in ("directory", "tasks", "listings", "content"):
        files += sorted((BASE / app / "migrations").glob("*.py"))
        files += sorted(path for path in (BASE / app / "static").rglob("*") if path.is_file())
    for file in files:
        facts = file.stat() if file.exists() else None
        seen.update(repr((str(file), facts and (facts.st_mtime_ns, facts.st_size))).encode())
    return seen.hexdigest()


def prepare(var: Path, stop: list[int]) -> None:
    """Runs the preparation, unless nothing that it depends on has changed since the last time."""
    note, now = var / "prepared", inputs()
    made = [var / "static" / "staticfiles.json"]
    if not os.environ.get("DATABASE_URL"):
        made.append(var / "superbill.sqlite3")
    if note.exists() and note.read_text() == now and all(path.exists() for path in made):
        return
    steps = subprocess.Popen(
        [sys.executable, "-m", "directory.deploy.prepare"], cwd=BASE, start_new_session=True
    )
    try:
        while steps.poll() is None:
            halt_if(stop)
            time.sleep(0.05)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(steps.pid, signal.SIGKILL)
        steps.wait()
    if steps.returncode:
        sys.exit(steps.returncode)
    note.write_text(now)


def halt_if(stop: list[int]) -> None:
    if stop:
        raise Stop


def commands(port: int, *, reload: bool) -> tuple[list[str], list[str]]:
    """The web server's and the worker's command lines."""
    python = [sys.executable, "-m"]
    web = [*python, "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port)]
    web += ["--workers-kill-timeout", "2", "--no-ws", "directory.wsgi:application"]
    if reload:
        web = [sys.executable, "manage.py", "runserver", f"127.0.0.1:{port}"]
    worker = [*python, "celery", "--quiet", "-A", "tasks", "worker", "-B", "--loglevel", "INFO"]
    return web, [*worker, "--without-gossip", "--without-mingle"]


def answers(port: int) -> bool:
    try:
        urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=0.3).close()
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True


def ask_for_login() -> subprocess.Popen[str]:
    command = [sys.executable, "manage.py", "editor_login"]
    merged = subprocess.STDOUT
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=merged, text=True, start_new_session=True)


def serve(port: int, var: Path, stop: list[int], *, reload: bool) -> None:
    """Keeps both children up until somebody stops them or one keeps falling over."""
    web, worker = commands(port, reload=reload)
    for name, value in variables.WEB.items():
        os.environ.setdefault(name, value)
    # Longer than a slow machine needs to start, whatever the lease.
    silence = max(60, env.number("JOB_LEASE", default=120, low=2, high=240))
    children = [
        Child("web", web, BASE),
        Child("worker", worker, BASE, alive=var / "last-tick", silence=silence),
    ]
    login: subprocess.Popen[str] | None = None
    try:
        for child in children:
            child.start()
        wait_until_up(children, port, stop)
        say(f"\n  The site is up:      {os.environ.get('SITE_URL') or f'http://127.0.0.1:{port}'}")
        say(f"  Its data stands in:  {var}")
        login = ask_for_login()
        while login.poll() is None:
            look_after(children, stop)
        say(f"  Log in as an editor: {login.communicate()[0].strip()}")
        say("                       (works once, for ten minutes; `manage.py editor_login` makes another)")
        say("  Ctrl-C ends it.\n")
        while True:
            look_after(children, stop)
    finally:
        end(children)
        if login is not None:
            login.kill()
            login.wait()


def wait_until_up(children: list[Child], port: int, stop: list[int]) -> None:
    while not answers(port):
        look_after(children, stop)


def look_after(children: list[Child], stop: list[int]) -> None:
    """One look at both. Raises Stop where somebody asked for the end, GaveUp where a child keeps falling."""
    halt_if(stop)
    for child in children:
        child.keep_up()
    time.sleep(0.1)


def end(children: list[Child]) -> None:
    deadline = time.monotonic() + 1.5
    for child in children:
        child.ask_to_end()
    for child in children:
        child.end_by(deadline)


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument(
        "--reload", action="store_true", help="Django's own server, which reloads changed files"
    )
    reload = options.parse_args().reload
    stop: list[int] = []
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda got, _frame: stop.append(got))
    os.chdir(BASE)
    try:
        port = env.number("PORT", default=8000, low=1, high=65535)
        var = env.folder("VAR_DIR", default=BASE / "var")
        demand_free_port(port)
        prepare(var, stop)
        serve(port, var, stop, reload=reload)
    except Stop:
        say("\nStopped.")
    except (ImproperlyConfigured, GaveUp) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
