"""Brings VAR_DIR and the database up to the code: static files, migrations, and once the starter content."""

import io
import os
import sys
from pathlib import Path

import django
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from django.db import connection

FIRST_LOAD = ("start_content", "sample_schools")


def say(line: str) -> None:
    print(line, flush=True)  # what the person at the terminal waits for


def prepare() -> None:
    """Every step may be repeated; the first loads are remembered as due until each has ended."""
    due = settings.VAR_DIR / "first-load"
    if not settings.DEBUG:
        say("Collecting static files.")
        call_command("collectstatic", interactive=False, verbosity=0)
    if "django_migrations" not in connection.introspection.table_names():
        due.write_text("\n".join(FIRST_LOAD))
    say("Bringing the database up to date.")
    call_command("migrate", interactive=False, verbosity=0)
    call_command("make_roles", verbosity=0, stdout=io.StringIO())
    load_what_is_due(due)


def load_what_is_due(due: Path) -> None:
    while commands := due.read_text().split() if due.exists() else []:
        if not (settings.PRODUCTION and commands[0] == "sample_schools"):
            say(f"Loading, once: {commands[0].replace('_', ' ')}.")
            call_command(commands[0])
        due.write_text("\n".join(commands[1:]))
    due.unlink(missing_ok=True)


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "directory.settings")
    try:
        django.setup()
        prepare()
    except (ImproperlyConfigured, CommandError) as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
