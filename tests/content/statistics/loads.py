"""Loading files as an operator does, and files made from the cuts in `data`."""

import csv
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
from django.core.management import CommandError, call_command
from django.db import connection

from content.models import Observation

DATA = Path(__file__).parent / "data"
NATIONAL = sorted(DATA.glob("national_*.csv"))
EVERY = sorted(DATA.glob("*.csv"))


def load(*paths: Path, report: Path | None = None) -> tuple[int, dict[str, Any]]:
    """The command's exit code and its report."""
    target = report or paths[0].parent / "report.json"
    if target.is_relative_to(DATA):
        target = Path("/dev/null")
    arguments = [str(path) for path in paths]
    try:
        call_command(
            "import_statistics", *arguments, report=target, stdout=io.StringIO(), stderr=io.StringIO()
        )
    except CommandError as error:
        return error.returncode, _read(target)
    return 0, _read(target)


def _read(target: Path) -> dict[str, Any]:
    return json.loads(target.read_text()) if target.is_file() else {}


def rows_of(name: str) -> list[list[str]]:
    """The cells of a cut, the header first."""
    with (DATA / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.reader(lines))


def write_csv(path: Path, rows: list[list[str]], encoding: str = "utf-8") -> Path:
    with path.open("w", encoding=encoding, newline="") as lines:
        csv.writer(lines).writerows(rows)
    return path


def write_workbook(path: Path, rows: list[list[str]], notes: str = "") -> Path:
    """A workbook with numbers as numbers and, like the publisher's, a second sheet that says what it is."""
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append([_typed(cell) for cell in row])
    if notes:
        book.create_sheet("Field Descriptions").append([notes])
    book.save(path)
    return path


def _typed(cell: str) -> str | float | None:
    try:
        return float(cell.replace(",", ""))
    except ValueError:
        return cell or None


def zipped(path: Path, *members: tuple[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return path


def history() -> list[tuple[Any, ...]]:
    """Everything that is stored of every series and value, but for row numbers and the time of loading."""
    columns = (
        "statistic__key",
        "statistic__label",
        "statistic__area",
        "statistic__predecessor__key",
        "statistic__break_reason",
        "statistic__current__period",
        "statistic__current__release",
        "statistic__stale_at",
        "period",
        "period_start",
        "period_end",
        "value",
        "missing",
        "release",
        "source__title",
        "status",
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # the rows are of this test's transaction, so nothing else has counted them
    return sorted(Observation.objects.values_list(*columns), key=str)


def value_of(key: str, period: str) -> Any:
    """The value, or the reason why there is none, of an accepted observation."""
    found = Observation.objects.accepted().get(statistic__key=key, period=period)
    return found.missing or found.value
