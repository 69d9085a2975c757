"""`make lint quick test proof`: runs every part, whatever fails, and says at the end what ran where."""

import argparse
import contextlib
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from defusedxml import ElementTree

from directory.deploy import servers, variables
from directory.deploy.variables import BASE

PYTHON = sys.executable
BIN = Path(PYTHON).parent
TEMPLATES = [f"{app}/templates" for app in ("directory", "tasks", "listings", "content")]
LINT = {
    "ruff": [str(BIN / "ruff"), "check", "."],
    "format": [str(BIN / "ruff"), "format", "--check", "."],
    "types": [str(BIN / "mypy"), "."],
    "imports": [str(BIN / "lint-imports"), "--no-logo"],
    "templates": [str(BIN / "djlint"), "--lint", "--check", *TEMPLATES],
    "migrations": [PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"],
    "system checks": [PYTHON, "manage.py", "check"],
}
# Tests that ask a database nothing which others do not ask too; `make proof` runs them on PostgreSQL as well.
UNASKED = (
    "house",
    "browser",
    "reference",
    "directory/access",
    *(f"content/{name}" for name in ("admin", "corrections", "credentials", "glossary", "http", "lint")),
    *(f"content/{name}" for name in ("pages", "pictures", "pipeline", "rendering")),
)
COUNTS = ("tests", "failures", "errors", "skipped")

# Gives the addresses of what it started, as variables of the environment.
Servers = Callable[[], contextlib.AbstractContextManager[dict[str, str]]]


@contextlib.contextmanager
def none() -> Iterator[dict[str, str]]:
    yield {}


@contextlib.contextmanager
def private_servers() -> Iterator[dict[str, str]]:
    with servers.postgres() as database, servers.redis() as redis:
        yield {
            "DATABASE_URL": f"postgres://postgres@/superbill?host={database}",
            "CACHE_URL": f"unix://{redis.socket}?db=0",
        }


@dataclass
class Result:
    """One line of the closing table."""

    part: str
    good: bool
    seconds: float
    said: str


@dataclass
class Session:
    """One call of make: the folder for its files, the environment of its parts, and what came out."""

    folder: Path
    results: list[Result] = field(default_factory=list)

    def environment(self, **more: str) -> dict[str, str]:
        """Ours without what would move the tests to another database, broker or mode."""
        ours = {name: value for name, value in os.environ.items() if name not in variables.names()}
        kept = {"REFERENCE_DATA": os.environ.get("REFERENCE_DATA", "")}
        return {**ours, **kept, "VAR_DIR": str(self.folder / "var"), **more}

    def note(self, part: str, run: Callable[[], tuple[bool, str]]) -> None:
        """Runs one part; one that cannot run has failed, with its reason."""
        print(f"\n=== {part}", flush=True)
        began = time.monotonic()
        try:
            good, said = run()
        except servers.Missing as reason:
            good, said = False, f"could not run: {reason}"
            print(said, flush=True)
        self.results.append(Result(part, good, time.monotonic() - began, said))

    def command(self, part: str, command: list[str]) -> None:
        def run() -> tuple[bool, str]:
            code = call(command, self.environment())
            return code == 0, "" if code == 0 else f"exit code {code}"

        self.note(part, run)

    def pytest(
        self, part: str, where: str, arguments: list[str], within: Servers = none, **more: str
    ) -> None:
        """A part of the suite; its closing line is pytest's. A skipped test or an empty part has failed."""

        def run() -> tuple[bool, str]:
            report = self.folder / f"{len(self.results)}.xml"
            command = [PYTHON, "-m", "pytest", "-q", f"--junit-xml={report}", *arguments]
            with within() as addresses:
                code = call(command, self.environment(**addresses, **more))
            counts = counted(report)
            good = code == 0 and counts["tests"] > 0 and counts["skipped"] == 0
            said = ", ".join(f"{counts[name]} {name}" for name in COUNTS)
            return good, f"{said}; {where}"

        self.note(part, run)


def call(command: list[str], environment: dict[str, str]) -> int:
    """Runs a command to its end; what interrupts us ends it and its children too."""
    process = subprocess.Popen(
        command, cwd=BASE, env=environment, stdin=subprocess.DEVNULL, start_new_session=True
    )
    try:
        return process.wait()
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM if process.poll() is None else signal.SIGKILL)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(10)


def counted(report: Path) -> dict[str, int]:
    suites = list(ElementTree.parse(report).iter("testsuite")) if report.exists() else []
    return {name: sum(int(suite.get(name, "0")) for suite in suites) for name in COUNTS}


def lint(session: Session) -> None:
    """The types take as long as all the others, so they are looked at beside them."""
    types = subprocess.Popen(
        LINT["types"], cwd=BASE, env=session.environment(), stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True,
    )  # fmt: skip

    def told() -> tuple[bool, str]:
        said = types.communicate()[0]
        print(said, end="", flush=True)
        return types.returncode == 0, "" if types.returncode == 0 else f"exit code {types.returncode}"

    try:
        for name, command in LINT.items():
            if name != "types":
                session.command(f"lint: {name}", command)
        session.note("lint: types", told)
    finally:
        if types.poll() is None:
            os.killpg(types.pid, signal.SIGKILL)
    session.pytest("lint: house rules", "the files themselves", ["tests/house"])


def quick(session: Session) -> None:
    lint(session)
    fast = "not (slow or services or browser)"
    session.pytest("fast tests", "SQLite", ["-n", "2", "-m", fast, "--ignore=tests/house"])


def test(session: Session) -> None:
    session.note("tools", installed)
    lint(session)
    everywhere = ["-n", "2", "-m", "not (services or browser)", "--ignore=tests/house"]
    session.pytest("suite", "SQLite", everywhere)
    # The slow ones ran on SQLite a moment ago, and `make proof` runs them on PostgreSQL too: here only those
    # that look at its plans or have editors decide at once.
    asking = ["-m", "not (services or browser or once)", "-k", "not slow or benchmarks or f31"]
    again = ["-n", "2", *asking, *(f"--ignore=tests/{name}" for name in UNASKED)]
    session.pytest("suite", "PostgreSQL and Redis", again, private_servers)
    by_file = ["-n", "2", "--dist", "loadfile"]
    alone = "tests/services/test_run_the_site.py"  # it measures how fast things start and end
    session.pytest("real workers", "on both brokers", [*by_file, "-m", "services", f"--ignore={alone}"])
    session.pytest("make run", "SQLite and files", [alone])
    session.pytest("browser walks", "Chromium", [*by_file, "-m", "browser"])


def proof(session: Session) -> None:
    """Every property test at its full count, a file at a time, and what needs the large files."""
    reference = Path(os.environ.get("REFERENCE_DATA") or BASE.parent / "shared").resolve()
    if not (reference / "data").is_dir():
        reason = f"REFERENCE_DATA must name the folder of the large files; {reference} has no data/ in it."
        session.note("reference data", lambda: (False, reason))
        return
    os.environ["REFERENCE_DATA"] = str(reference)
    session.note("tools", installed)
    property_tests = [str(file.relative_to(BASE)) for file in property_files()]
    others = [f"--ignore={name}" for name in property_tests]
    session.pytest("reference", str(reference), ["-n", "2", "-m", "reference", *others], PROOF="1")
    for name in property_tests:
        session.pytest("property tests", name, ["-n", "2", name], PROOF="1")
    whole = ["-n", "2", "-m", "not (services or browser)", "--ignore=tests/house"]
    session.pytest("suite", "PostgreSQL and Redis", whole, private_servers)


def property_files() -> list[Path]:
    """The test files whose counts `tests.proof` sets."""
    asks = re.compile(r"^from tests(\.proof)? import .*\b(proof|count)\b", re.MULTILINE)
    files = sorted((BASE / "tests").rglob("test_*.py"))
    return [file for file in files if asks.search(file.read_text(encoding="utf-8"))]


def installed() -> tuple[bool, str]:
    servers.install_missing()
    programs = {
        "PostgreSQL": f"{servers.postgres_programs()}/postgres",
        "Redis": "redis-server",
        "Chromium": "chromium",
    }
    return True, ", ".join(f"{name} {version(program)}" for name, program in programs.items())


def version(program: str) -> str:
    said = subprocess.run([program, "--version"], capture_output=True, text=True, check=True).stdout
    numbers = re.search(r"\d+(\.\d+)+", said)
    return numbers.group() if numbers else said.strip()


def closing(session: Session) -> bool:
    """The table of what ran where; whether all of it went well."""
    print("\n=== What ran where")
    for result in session.results:
        verdict = "ok    " if result.good else "FAILED"
        print(f"{verdict} {result.seconds:6.1f} s  {result.part:<22} {result.said}")
    if not os.environ.get("REFERENCE_DATA") and any(result.part == "suite" for result in session.results):
        print("       not run: tests on the large files; REFERENCE_DATA names no folder.")
    return bool(session.results) and all(result.good for result in session.results)


def interrupted(number: int, frame: FrameType | None) -> None:
    sys.exit(128 + number)


def main() -> None:
    modes = {"lint": lint, "quick": quick, "test": test, "proof": proof}
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("mode", choices=modes)
    mode = options.parse_args().mode
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, interrupted)
    with tempfile.TemporaryDirectory(prefix="superbill-") as folder:
        session = Session(Path(folder))
        modes[mode](session)
        good = closing(session)
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
