"""`make backup`: the database and the media into VAR_DIR/backups, while the site runs.

SQLite is copied by its online backup and then checked, PostgreSQL by pg_dump. The database goes first: a file
that comes after it has no row in the copy, which is harmless; a row without its file would not be.
"""

import os
import shutil
import sqlite3
import subprocess
import sys
import tarfile
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import django
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


class CannotBackUp(Exception):
    """The message says why, and what to do."""


def backup() -> Path:
    """The folder of a new backup, complete or not there at all. Raises CannotBackUp."""
    name = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    folder = settings.VAR_DIR / "backups" / name
    draft = folder.with_name(f".{name}.draft")
    draft.mkdir(parents=True, mode=0o700)
    try:
        if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
            copy_sqlite(Path(settings.DATABASES["default"]["NAME"]), draft / "superbill.sqlite3")
        else:
            dump_postgres(settings.DATABASES["default"], draft / "superbill.dump")
        with tarfile.open(draft / "media.tar.gz", "w:gz") as archive:
            if settings.MEDIA_ROOT.is_dir():
                archive.add(settings.MEDIA_ROOT, "media")
        draft.rename(folder)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return folder


def copy_sqlite(source: Path, target: Path) -> None:
    if not source.exists():
        raise CannotBackUp(f"There is no database at {source}. Nothing was backed up.")
    with closing(sqlite3.connect(source, timeout=20)) as live, closing(sqlite3.connect(target)) as copy:
        live.backup(copy)
        # The copy is one file: it needs no journal beside it.
        copy.execute("PRAGMA journal_mode=DELETE")
        (state,) = copy.execute("PRAGMA integrity_check").fetchone()
    if state != "ok":
        raise CannotBackUp(f"The copy is damaged, so the database probably is: {state}. Nothing was kept.")


def dump_postgres(database: dict[str, object], target: Path) -> None:
    """In pg_dump's custom form, which pg_restore reads; the password travels in the environment."""
    program = shutil.which("pg_dump")
    if program is None:
        raise CannotBackUp("pg_dump is not installed. Type:  sudo apt-get install -y postgresql-client")
    names = {"HOST": "PGHOST", "PORT": "PGPORT", "USER": "PGUSER", "PASSWORD": "PGPASSWORD"}
    access = {variable: str(database[name]) for name, variable in names.items() if database.get(name)}
    done = subprocess.run(
        [program, "--format=custom", "--no-owner", f"--file={target}", str(database["NAME"])],
        env=os.environ | access,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise CannotBackUp(f"pg_dump failed, nothing was kept: {done.stderr.strip()}")


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "directory.settings")
    try:
        django.setup()
        folder = backup()
    except (ImproperlyConfigured, CannotBackUp, OSError) as error:
        sys.exit(str(error))
    size = sum(file.stat().st_size for file in folder.iterdir())
    print(f"Backed up to {folder} ({size / 1e6:.1f} MB). How to restore: directory/docs/operations.md")


if __name__ == "__main__":
    main()
