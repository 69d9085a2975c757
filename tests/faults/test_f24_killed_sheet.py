"""F24: whoever uploads or sends a sheet and is killed in the middle has all of it stored, or nothing."""

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from directory.deploy.variables import BASE

pytestmark = [pytest.mark.slow, pytest.mark.once]
# Each begins with a site of its own that has one school and one mailbox.
PREPARE = """
from listings.models import *
from listings.submissions.mailboxes import mailbox_of
School.objects.create(slug="a", name="A College")
mailbox_of("registrar@a.edu")
"""
WORK = """
import os, signal
from django.db.models.query import QuerySet
from listings.models import *
from listings.submissions import sending
from listings.submissions.sheets import keeping
CODES = ["Certificate under 12 weeks", "Associate's degree", "Bachelor's degree", "Master's degree"]
rows = [f"x,51.07{n:02},{code},{n}" for n in range(1, 11) for code in CODES]
data = "\\n".join(["Program,CIP,Award,Length", *rows]).encode()
school, mailbox = School.objects.get(), Mailbox.objects.get()

def dies_at(verb, model):
    own = getattr(QuerySet, verb)
    def died(rows, *args, **kwargs):
        if rows.model is model:
            os.kill(os.getpid(), signal.SIGKILL)
        return own(rows, *args, **kwargs)
    setattr(QuerySet, verb, died)

if "DIES" in os.environ:
    verb, name = os.environ["DIES"].split()
    dies_at(verb, globals()[name])
if not Sheet.objects.exists():
    keeping.store(mailbox, school, data, "a.csv")
sheet = Sheet.objects.get()
if sheet.rows.exists():
    keeping.mend_and_send(sheet, sending.Sender(mailbox, "n", True), keeping.Press(version=sheet.version))
"""
TABLES = ("sheet", "sheetrow", "submission", "submittedfield", "submissionevent", "letter")
DONE = "1 0 1 40 2 1"


def shell(folder: Path, code: str, **env: str) -> subprocess.CompletedProcess[str]:
    keep = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG", "LC_ALL")}
    return subprocess.run(
        [sys.executable, "manage.py", "shell", "--verbosity", "0", "-c", code],
        cwd=BASE,
        env=keep | {"VAR_DIR": str(folder)} | env,
        capture_output=True,
        text=True,
        check=False,
    )


def counts(folder: Path) -> str:
    with closing(sqlite3.connect(folder / "superbill.sqlite3")) as database:
        asked = (f"SELECT count(*) FROM listings_{table}" for table in TABLES)
        return " ".join(str(database.execute(each).fetchone()[0]) for each in asked)


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("f24")
    keep = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG", "LC_ALL")}
    command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    subprocess.run(command, cwd=BASE, env=keep | {"VAR_DIR": str(folder)}, check=True)
    assert shell(folder, PREPARE).returncode == 0
    return folder


def test_killed_anywhere_it_is_nothing_or_all_and_ends_as_a_clean_run(site):
    for at, left in (
        ("bulk_create SheetRow", "0 0 0 0 0 0"),
        ("delete Sheet", "0 0 0 0 0 0"),
        ("bulk_create SubmittedField", "1 40 0 0 0 0"),
        ("get_or_create Letter", "1 40 0 0 0 0"),
        ("delete SheetRow", "1 40 0 0 0 0"),
    ):
        killed = shell(site, WORK, DIES=at)
        assert killed.returncode == -signal.SIGKILL, (at, killed.stderr)
        assert counts(site) == left, at
    finished = shell(site, WORK)
    assert finished.returncode == 0, finished.stderr
    assert counts(site) == DONE
    assert shell(site, WORK).returncode == 0
    assert counts(site) == DONE
