"""Writes the open data into a folder."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tasks.open_data import write_open_data


class Command(BaseCommand):
    help = "Writes schools, programs, awards and statistics as csv files, with their dictionary, into DIR."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folder", metavar="DIR", type=Path)

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        try:
            counts = write_open_data(folder)
        except OSError as error:
            raise CommandError(f"{folder}: nothing can be written there ({error.strerror}).") from None
        said = ", ".join(f"{number:,} {name}" for name, number in counts.items())
        self.stdout.write(f"{folder}: {said}.")
