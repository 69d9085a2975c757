"""Loads the federal files of schools: IPEDS directory, completions, tuition, and College Scorecard."""

import argparse
import json
from pathlib import Path
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError, CommandParser

from listings.loading import Order, Report, load

REFUSED: Final = 1
USAGE: Final = 2
WIDTH: Final = 30
SHOWN: Final = 10  # refused rows that the terminal names; the report names them all
OUTCOMES: Final = {
    "switched": "Version {version} ({year}) is what readers see now.",
    "loaded": "Version {version} ({year}) is loaded. Readers see it after `data_versions switch {version}`.",
    "history": "The files of {year} were added as history (version {version}); nothing moved back.",
    "unchanged": "These files say what is known already. Nothing was written.",
    "dry-run": "This is what a load would do. Nothing was written.",
}


class Command(BaseCommand):
    help = __doc__
    # They import every page of the site, which costs a load a second and 20 MB.
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--directory", type=Path, required=True, metavar="F", help="HDyyyy.csv, .gz or .zip"
        )
        parser.add_argument(
            "--completions",
            type=Path,
            required=True,
            nargs="+",
            metavar="F",
            help="Cyyyy_A.csv; older ones too",
        )
        parser.add_argument(
            "--earnings",
            type=Path,
            nargs="+",
            default=[],
            metavar="F",
            help="Most-Recent-Cohorts-Field-of-Study",
        )
        parser.add_argument(
            "--institution", type=Path, metavar="F", help="Most-Recent-Cohorts-Institution: accreditors"
        )
        parser.add_argument(
            "--tuition",
            type=Path,
            metavar="F",
            help="ICyyyy_PY.csv: what programs cost and how long they take",
        )
        parser.add_argument("--year", type=_year, help="of files whose name does not tell it")
        parser.add_argument(
            "--partial",
            action="store_true",
            help="a part of a year: adds, and says of nobody that it is gone",
        )
        parser.add_argument(
            "--accept-loss", type=_percentage, default=10, metavar="PERCENT", help="of schools or rows (10)"
        )
        parser.add_argument(
            "--no-switch", action="store_true", help="leave it aside for `data_versions switch`"
        )
        parser.add_argument("--dry-run", action="store_true", help="read, check and compare only")
        parser.add_argument(
            "--report", type=Path, metavar="FILE", help="where to write what was done, as JSON"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        extra = [path for path in (options["institution"], options["tuition"]) if path]
        for path in (options["directory"], *options["completions"], *options["earnings"], *extra):
            if not path.is_file():
                raise CommandError(f"There is no file {path}.", returncode=USAGE)
        bar = Bar(self.stderr)
        report = load(
            Order(
                directory=options["directory"],
                completions=tuple(options["completions"]),
                earnings=tuple(options["earnings"]),
                institution=options["institution"],
                tuition=options["tuition"],
                year=options["year"],
                partial=options["partial"],
                accept_loss=options["accept_loss"],
                switch=not options["no_switch"],
                dry_run=options["dry_run"],
            ),
            progress=bar,
        )
        bar.clear()
        self._name_refused(report)
        if options["report"]:
            self._write(options["report"], report)
        if report.outcome == "refused":
            raise CommandError(f"Refused. {report.reason} Nothing was changed.", returncode=REFUSED)
        self._say(report)

    def _name_refused(self, report: Report) -> None:
        refused = report.refusals.named
        for entry in refused[:SHOWN]:
            self.stderr.write(
                f"{entry.file}, line {entry.line}: {entry.column} {entry.value!r}: {entry.reason}"
            )
        if len(report.refusals) > SHOWN:
            self.stderr.write(f"... and {len(report.refusals) - SHOWN:,} more; --report FILE names them.")

    def _write(self, path: Path, report: Report) -> None:
        try:
            path.write_text(json.dumps(report.as_dict(), indent=2) + "\n", "utf-8")
        except OSError as error:
            raise CommandError(
                f"The report {path} cannot be written: {error.strerror}.", returncode=USAGE
            ) from None

    def _say(self, report: Report) -> None:
        schools, programs = report.schools, report.programs
        for year, awards in report.awards.items():
            self.stdout.write(f"Completions {year}: {awards:,} awards.")
        self.stdout.write(
            f"Schools: {schools['created']:,} created, {schools['updated']:,} updated,"
            f" {schools['unchanged']:,} unchanged."
            f" Now {schools['listed']:,} listed, {schools['closed']:,} closed,"
            f" {schools['merged']:,} merged, {schools['absent']:,} not in the directory any more,"
            f" {schools['no_row_any_more']:,} without awards in this field any more."
        )
        self.stdout.write(
            f"Programs: {programs['created']:,} created, {programs['updated']:,} updated,"
            f" {programs['unchanged']:,} unchanged,"
            f" {programs['not_reported_any_more']:,} not reported any more; {programs['listed']:,} listed."
        )
        self.stdout.write(OUTCOMES[report.outcome].format(version=report.version, year=report.year))


class Bar:
    """A progress bar on a terminal, nothing in a log."""

    def __init__(self, out: Any) -> None:
        self._out = out
        self._shown = ""

    def __call__(self, step: str, done: int, total: int) -> None:
        filled = WIDTH * done // total if total else WIDTH
        line = f"[{'#' * filled}{'.' * (WIDTH - filled)}] {step}"
        if line != self._shown and self._out.isatty():
            self._out.write(f"\r{line:<100}", ending="")
            self._out.flush()
            self._shown = line

    def clear(self) -> None:
        if self._shown:
            self._out.write(f"\r{'':<100}\r", ending="")


def _year(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1980 <= int(text) <= 2100):
        raise argparse.ArgumentTypeError(f"{text!r} is no year such as 2023")
    return int(text)


def _percentage(text: str) -> int:
    if not (text.isascii() and text.isdigit() and int(text) <= 100):
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number of percent from 0 to 100")
    return int(text)
