"""The open data: csv files for everybody, with a dictionary that says what each column is."""

import csv
from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Final

from django.conf import settings

from content import open_data as content
from content.lib.cells import safe
from listings import open_data as listings
from tasks.job import Counts, Renew

FEDERAL: Final = (
    "U.S. Department of Education (IPEDS, College Scorecard): works of the U.S. government, in the public"
    " domain in the United States. Name the source."
)
STATED: Final = f"{FEDERAL} Values stated by schools or editors: free to use, name the school and this site."
OF_SERIES: Final = "As the publisher in the row says; works of the U.S. government are in the public domain."
RENEW_EVERY: Final = 5000


def dump_open_data(renew: Renew, at: datetime | None) -> Counts:
    """Writes the files into VAR_DIR/open-data."""
    return write_open_data(settings.VAR_DIR / "open-data", renew=renew)


def write_open_data(folder: Path, *, renew: Renew = lambda: None) -> Counts:
    """Writes every file whole: a reader finds the old one or the new one. Gives the rows of each."""
    folder.mkdir(parents=True, exist_ok=True)
    files: dict[str, tuple[Mapping[str, str], Iterable[Iterable[object]], str]] = {
        "schools": (listings.SCHOOLS, listings.schools(), FEDERAL),
        "programs": (listings.program_columns(), listings.programs(), STATED),
        "awards": (listings.AWARDS, listings.awards(), FEDERAL),
        "statements": (listings.STATEMENTS, listings.statements(), STATED),
        "statistics": (content.STATISTICS, content.statistics(), OF_SERIES),
    }
    counts = {
        name: _write(folder / f"{name}.csv", columns, rows, renew)
        for name, (columns, rows, _) in files.items()
    }
    meanings = [
        (f"{name}.csv", column, meaning, licence)
        for name, (columns, _, licence) in files.items()
        for column, meaning in columns.items()
    ]
    _write(folder / "dictionary.csv", ("file", "column", "meaning", "licence"), meanings, renew)
    return counts


def _write(path: Path, columns: Iterable[str], rows: Iterable[Iterable[object]], renew: Renew) -> int:
    draft = path.with_name(f".{path.name}.draft")
    written = 0
    with draft.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, quoting=csv.QUOTE_ALL)
        table.writerow(columns)
        for row in rows:
            if written % RENEW_EVERY == 0:
                renew()
            table.writerow([_cell(value) for value in row])
            written += 1
    draft.replace(path)
    return written


def _cell(value: object) -> str:
    if isinstance(value, Decimal) or value is None:
        return safe(value)
    return str(value) if isinstance(value, int | float) else safe(str(value))
