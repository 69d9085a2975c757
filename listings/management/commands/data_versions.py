"""Lists the loaded data versions, tells what one would change, and switches readers to one."""

import argparse
import csv
from itertools import islice
from pathlib import Path
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.timezone import localtime

from listings import differences, versions
from listings.imports.refusals import LoadRefusedError
from listings.models import DataVersion

REFUSED: Final = 1
USAGE: Final = 2
SHOWN: Final = 20


class Command(BaseCommand):
    help = __doc__
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        what = parser.add_subparsers(dest="what", required=True, metavar="list|diff|switch")
        what.add_parser("list", help="every version, the newest first")
        diff = what.add_parser("diff", help="what a version changes, beside what readers see")
        diff.add_argument("number", type=int, metavar="N")
        diff.add_argument(
            "--beside", type=int, metavar="M", help="another version to compare with (what readers see)"
        )
        diff.add_argument("--rows", type=_rows, default=SHOWN, metavar="ROWS", help=f"so many ({SHOWN})")
        diff.add_argument("--csv", type=Path, metavar="FILE", help="write every row")
        switch = what.add_parser("switch", help="make a version what readers see, there or back")
        switch.add_argument("number", type=int, metavar="N")

    def handle(self, *, what: str, **options: Any) -> None:
        match what:
            case "list":
                self._list()
            case "diff":
                self._diff(_version(options["number"]), options)
            case _:
                self._switch(_version(options["number"]))

    def _list(self) -> None:
        found = DataVersion.objects.prefetch_related("files")
        for version in found:
            releases = ", ".join(file.release for file in version.files.all())
            self.stdout.write(f"{version.number:>4}  {version.year}  {_state(version):<50}  {releases}")
        if not found:
            self.stdout.write("No version is loaded yet: import_schools loads one.")

    def _diff(self, version: DataVersion, options: dict[str, Any]) -> None:
        beside = options["beside"]
        before = versions.compared_with(version) if beside is None else _version(beside).pk
        if not version.loaded_at:
            raise CommandError(f"{version} is not whole: its load was stopped.", returncode=REFUSED)
        than = f"version {before}" if before else "nothing: there is no version before it"
        self.stdout.write(f"{version} beside {than}.")
        lines = list(differences.count(before, version.pk).lines())
        for line in lines or ["Nothing differs."]:
            self.stdout.write(line)
        rows = differences.changes(before, version.pk)
        if options["csv"]:
            self._write(options["csv"], rows)
            return
        for change in islice(rows, options["rows"]):
            self.stdout.write("\t".join(change.cells()))
        if next(rows, None):
            self.stdout.write("... and more; --csv FILE writes every row.")

    def _write(self, path: Path, rows: Any) -> None:
        try:
            with path.open("w", encoding="utf-8", newline="") as out:
                table = csv.writer(out)
                table.writerow(differences.COLUMNS)
                number = 0
                for change in rows:
                    table.writerow(change.cells())
                    number += 1
        except OSError as error:
            raise CommandError(f"{path} cannot be written: {error.strerror}.", returncode=USAGE) from None
        self.stdout.write(f"{number:,} rows are in {path}.")

    def _switch(self, version: DataVersion) -> None:
        if version.is_current:
            self.stdout.write(f"{version} is what readers see already.")
            return
        if not version.loaded_at:
            why = f"Refused. {version} is not whole: its load was stopped. Load its files again."
            raise CommandError(why, returncode=REFUSED)
        try:
            with versions.one_load():
                versions.switch(version.pk)
        except LoadRefusedError as busy:
            raise CommandError(f"Refused. {busy}", returncode=REFUSED) from None
        self.stdout.write(f"{version} is what readers see now.")


def _version(number: int) -> DataVersion:
    version = DataVersion.objects.filter(pk=number).first()
    if version is None:
        known = ", ".join(map(str, DataVersion.objects.values_list("pk", flat=True))) or "none"
        raise CommandError(f"There is no version {number}. Loaded: {known}.", returncode=USAGE)
    return version


def _state(version: DataVersion) -> str:
    if version.loaded_at is None:
        return "not whole: its load was stopped, or runs"
    switched = f", since {localtime(version.switched_at):%Y-%m-%d %H:%M}" if version.switched_at else ""
    if version.is_current:
        return f"what readers see{switched}"
    seen = "seen once" if version.switched_at else "aside, never seen"
    return f"{seen}; loaded {localtime(version.loaded_at):%Y-%m-%d %H:%M}"


def _rows(text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise argparse.ArgumentTypeError(f"{text!r} is no number of rows")
    return int(text)
