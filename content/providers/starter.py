"""The few national figures that a new site starts with, kept in a small csv."""

import csv
from dataclasses import replace
from datetime import datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Final

from django.utils import timezone
from django.utils.dateparse import parse_date

from content.lib.figures import Figure, Origin
from content.providers import oews_files, projections
from content.providers.occupations import NATION

COLUMNS: Final = ("key", "period", "value", "missing", "publisher", "source", "url", "release", "retrieved")


def read_starter(path: Path) -> list[Figure]:
    """The figures of the file, defined as their providers define them."""
    with path.open(encoding="utf-8", newline="") as lines:
        return [_figure(row) for row in csv.DictReader(lines)]


def _figure(row: dict[str, str]) -> Figure:
    publisher, occupation, _area, name = row["key"].split(".")
    value = Decimal(row["value"]) if row["value"] else None
    year = int(row["release"].split()[-1][:4])
    if publisher == "ep":
        made = projections.figure(occupation, projections.BY_KEY[name], year, value, row["missing"])
    else:
        series = oews_files.Series(occupation, NATION, oews_files.BY_KEY[name])
        made = oews_files.figure(series, year, value, row["missing"])
    retrieved = parse_date(row["retrieved"])
    return replace(
        made,
        source=Origin(row["publisher"], row["source"], row["url"]),
        retrieved_at=timezone.make_aware(datetime.combine(retrieved, time.min)) if retrieved else None,
    )
