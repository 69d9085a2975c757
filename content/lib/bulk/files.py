"""The files of a bulk import: read within limits, kept between preview and confirmation, written safely."""

import re
import uuid
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any, Final

import tablib
from django.conf import settings
from import_export.formats.base_formats import CSV, Format
from import_export.tmp_storages import BaseStorage

from content.lib.tables import BOMS, BadFile, read_tables

MOST_BYTES: Final = 2_000_000
MOST_ROWS: Final = 500
LONGEST_CELL: Final = 5_000
KEPT: Final = timedelta(days=1)
BINARY: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
NAME: Final = re.compile(r"[0-9a-f]{32}\Z")


class Table(Format):
    """csv or xlsx, told apart by their first bytes."""

    def __init__(self, encoding: str | None = None) -> None:
        self.encoding = encoding

    def get_title(self) -> str:
        return "csv (UTF-8) or xlsx"

    def can_import(self) -> bool:
        return True

    def create_dataset(self, in_stream: bytes) -> tablib.Dataset:
        """The rows with their header. Raises BadFile with a sentence."""
        if len(in_stream) > MOST_BYTES:
            raise BadFile(f"The file has over {MOST_BYTES // 10**6} MB. Import it in parts.")
        if not in_stream.startswith((*BINARY, *(mark for mark, _encoding in BOMS))):
            _check_utf8(in_stream)
        table = next(read_tables(in_stream, "The file"), None)
        rows = list(islice(table.rows, MOST_ROWS + 2)) if table else []
        if len(rows) < 2:
            raise BadFile("The file has no rows below its header. Begin with the template.")
        if len(rows) > MOST_ROWS + 1:
            raise BadFile(f"The file has over {MOST_ROWS} rows. Import it in parts.")
        return _dataset(rows)


def _check_utf8(data: bytes) -> None:
    try:
        data.decode()
    except UnicodeDecodeError as error:
        raise BadFile(
            f"The file is not UTF-8 (byte {error.start + 1}), and names would be mangled."
            " Save it as “CSV UTF-8” or as .xlsx."
        ) from None


def _dataset(rows: list[tuple[int, list[str]]]) -> tablib.Dataset:
    (_line, header), *rest = rows
    twice = [name for name, number in Counter(header).items() if number > 1]
    if twice:
        raise BadFile(f"Two columns are called “{twice[0]}”. Take one away.")
    dataset = tablib.Dataset(headers=header)
    for line, cells in rest:
        if len(cells) != len(header):
            raise BadFile(f"Line {line} has {len(cells)} cells, the header {len(header)}.")
        if cells == header:
            raise BadFile(f"Line {line} is the header again. Take it away.")
        if any(len(cell) > LONGEST_CELL or "\0" in cell for cell in cells):
            raise BadFile(f"Line {line} has a cell of over {LONGEST_CELL:,} signs, or one that is no text.")
        dataset.append(cells)
    return dataset


class Csv(CSV):
    def export_data(self, dataset: tablib.Dataset, **kwargs: Any) -> str:
        """With a byte order mark, by which spreadsheets know that it is UTF-8."""
        return f"\ufeff{super().export_data(dataset, **kwargs)}"


class Folder(BaseStorage):
    """Files between preview and confirmation, in VAR_DIR; their names are ours, none comes from outside."""

    def _path(self) -> Path:
        if not NAME.match(self.name or ""):
            raise FileNotFoundError
        return folder() / str(self.name)

    def save(self, data: bytes) -> None:
        self.name = uuid.uuid4().hex
        folder().mkdir(parents=True, exist_ok=True)
        self._path().write_bytes(data)

    def read(self) -> bytes:
        return self._path().read_bytes()

    def remove(self) -> None:
        self._path().unlink(missing_ok=True)


def folder() -> Path:
    return Path(settings.VAR_DIR) / "bulk"


def sweep(at: datetime | None = None) -> int:
    """Deletes what was never confirmed, a day later; counts."""
    before = ((at or datetime.now(UTC)) - KEPT).timestamp()
    old = [file for file in _files() if file.stat().st_mtime < before]
    for file in old:
        file.unlink(missing_ok=True)
    return len(old)


def _files() -> Iterator[Path]:
    return folder().iterdir() if folder().is_dir() else iter(())
