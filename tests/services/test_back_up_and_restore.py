"""`make backup` while the site works, and the commands of the operations page that restore it."""

import os
import re
import subprocess
import sys

import pytest

from directory.deploy.variables import BASE

pytestmark = [pytest.mark.services, pytest.mark.slow]


def documented(name):
    """The commands of that name on the operations page."""
    page = (BASE / "directory/docs/operations.md").read_text(encoding="utf-8")
    (commands,) = re.findall(rf"^```sh {name}\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    return commands


def back_up(site, good=True, **more):
    done = subprocess.run(
        [sys.executable, "-m", "directory.deploy.backup"],
        cwd=BASE,
        env={**site.environment, **more},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode == 0) == good, done.stdout + done.stderr
    return done


def restore(site, name):
    (backup,) = (site.var / "backups").iterdir()
    environment = {**os.environ, **site.environment, "BACKUP": str(backup)}
    subprocess.run(["sh", "-euc", documented(name)], env=environment, check=True)


@pytest.mark.parametrize(("kind", "name"), [("on_files", "restore-sqlite"), ("on_redis", "restore-postgres")])
def test_what_was_backed_up_comes_back(request, kind, name):
    site = request.getfixturevalue(kind)
    (site.var / "media").mkdir()
    (site.var / "media" / "logo.svg").write_text("<svg/>")
    site.query("INSERT INTO effects (n) VALUES (1)")
    back_up(site)
    site.query("INSERT INTO effects (n) VALUES (2)")
    site.query("DELETE FROM effects WHERE n = 1")
    (site.var / "media" / "logo.svg").unlink()
    (site.var / "media" / "later.svg").write_text("<svg/>")
    restore(site, name)
    assert site.effects() == [1]
    assert [path.name for path in (site.var / "media").iterdir()] == ["logo.svg"]
    site.manage("migrate", "--check")


def test_a_backup_in_the_middle_of_writing_is_whole(on_files):
    site = on_files
    site.environment["TEST_JOBS"] = "often"
    site.worker("-B")
    back_up(site)
    (backup,) = (site.var / "backups").iterdir()
    assert backup.stat().st_mode & 0o077 == 0
    assert sorted(path.name for path in backup.iterdir()) == ["media.tar.gz", "superbill.sqlite3"]


def test_nothing_is_kept_of_a_backup_that_failed(on_files):
    site = on_files
    done = back_up(site, good=False, DATABASE_URL=f"sqlite:///{site.var}/no-such-file.sqlite3")
    assert "There is no database at" in done.stderr
    assert list((site.var / "backups").iterdir()) == []
    assert "Traceback" not in done.stderr


def test_a_database_that_does_not_answer_is_said_in_one_sentence(on_files):
    done = back_up(on_files, good=False, DATABASE_URL=f"postgres://postgres@/none?host={on_files.var}")
    assert "pg_dump failed, nothing was kept" in done.stderr
    assert "Traceback" not in done.stderr
