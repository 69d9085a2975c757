"""A site on a database file of its own, in processes of their own: what a test's transaction cannot show."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

from django.conf import settings

NAME = "superbill.sqlite3"
LOAD = """
import sys
from pathlib import Path
import django
django.setup()
from listings import versions, writing
from listings.loading import Order, load
{before}
directory, completions, *earnings = map(Path, sys.argv[1:])
report = load(Order(directory=directory, completions=(completions,), earnings=tuple(earnings)))
print(report.outcome, report.version, report.reason)
"""
WRITE = """
import sys, time
import django
django.setup()
from content.models import Topic
begun, writes = time.monotonic(), 0
while time.monotonic() - begun < 120:
    before = time.monotonic()
    Topic.objects.create(slug=f"topic-{writes}", name=f"Write {writes}")
    writes += 1
    print(time.monotonic() - before, flush=True)
    time.sleep(max(0.0, begun + writes / 20 - time.monotonic()))
"""


class Site:
    """`folder` is its VAR_DIR; processes are ended by the test that starts them."""

    def __init__(self, folder: Path, *, migrated: bool = False) -> None:
        self.folder = folder
        self.environment = {
            "PATH": os.environ["PATH"],
            "VAR_DIR": str(folder),
            "DJANGO_SETTINGS_MODULE": "directory.settings",
            "PYTHONPATH": str(settings.BASE_DIR),
        }
        if not migrated:
            self.run("-m", "django", "migrate", "--verbosity", "0")

    def copy(self, folder: Path) -> "Site":
        """A site of the same rows."""
        folder.mkdir()
        with (
            closing(sqlite3.connect(self.folder / NAME)) as here,
            closing(sqlite3.connect(folder / NAME)) as there,
        ):
            here.backup(there)
        return Site(folder, migrated=True)

    def start(self, *arguments: object) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, *map(str, arguments)],
            env=self.environment,
            cwd=settings.BASE_DIR,
            text=True,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def run(self, *arguments: object) -> subprocess.CompletedProcess[str]:
        process = self.start(*arguments)
        out, errors = process.communicate(timeout=120)
        return subprocess.CompletedProcess(arguments, process.returncode, out, errors)

    def load(self, directory: Path, *files: Path, before: str = "") -> subprocess.CompletedProcess[str]:
        """Loads directory, completions and perhaps earnings in a process, after running some Python in it."""
        return self.run("-c", LOAD.format(before=before), directory, *files)

    def load_while_writing(self, directory: Path, *files: Path) -> tuple[str, list[float]]:
        """The outcome of a load, and how long each of the writes took that went on every 50 ms meanwhile."""
        writer = self.start("-c", WRITE)
        assert writer.stdout is not None
        taken = [float(writer.stdout.readline())]
        try:
            outcome = self.load(directory, *files)
        finally:
            writer.terminate()
            rest, errors = writer.communicate(timeout=60)
        assert not errors, errors
        return outcome.stdout + outcome.stderr, [*taken, *map(float, rest.split())]

    def ask(self, query: str) -> list[tuple[object, ...]]:
        with closing(sqlite3.connect(self.folder / NAME)) as database:
            return database.execute(query).fetchall()

    def forget_topics(self) -> None:
        with closing(sqlite3.connect(self.folder / NAME)) as database, database:
            database.execute("DELETE FROM content_topic")
