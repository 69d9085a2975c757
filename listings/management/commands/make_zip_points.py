"""Makes the table of ZIP points that the site ships out of a Census Gazetteer file of ZCTAs."""

import gzip
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from listings import zips


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("gazetteer", type=Path, metavar="F", help="CSV, gzip, with GEOID, LAT and LONG")
        parser.add_argument("--out", type=Path, default=zips.TABLE, metavar="F", help="the shipped table")

    def handle(self, *, gazetteer: Path, out: Path, **_options: Any) -> None:
        try:
            with gzip.open(gazetteer, "rt", encoding="utf-8", newline="") as lines:
                packed = zips.table(lines)
        except (OSError, KeyError, ValueError) as error:
            raise CommandError(
                f"{gazetteer.name} is no gzip file of ZIP code areas with GEOID, LAT and LONG: {error}"
            ) from error
        out.write_bytes(packed)
        self.stdout.write(f"{len(packed):,} bytes written to {out.name}.")
