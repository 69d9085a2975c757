"""Tables in files from outside: csv and xlsx, alone or inside gzip and zip, read within limits.

What a file is, its first bytes say, not its name. Archives are never unpacked to disk, and their members'
names are only ever shown.
"""

import codecs
import csv
import gzip
import hashlib
import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, time
from itertools import chain, islice
from pathlib import Path, PurePosixPath
from typing import IO, Any, Final

import openpyxl

MEGABYTE: Final = 1_000_000
MOST_RAW: Final = 64 * MEGABYTE
MOST_TEXT: Final = 64 * MEGABYTE
MOST_UNPACKED: Final = 512 * MEGABYTE
MOST_SHARED_STRINGS: Final = 32 * MEGABYTE
MOST_RATIO: Final = 100
MOST_MEMBERS: Final = 200
MOST_ROWS: Final = 500_000
MOST_COLUMNS: Final = 300
HEAD: Final = 3
CHUNK: Final = 1 << 20

BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

type Row = tuple[int, list[str]]


class BadFile(Exception):
    """A file that cannot be read at all; its text is a sentence for the person who brought it."""


@dataclass(frozen=True)
class Table:
    """A sheet or a csv text. `rows` (line, cells as text) can be walked once and holds the rows of `head`."""

    name: str
    notes: tuple[str, ...]
    head: list[Row]
    rows: Iterator[Row]


def fingerprint(path: Path) -> str:
    """SHA-256 of the file's bytes, in hex."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def open_tables(path: Path) -> Iterator[Table]:
    """Every table in the file, each to be walked before the next is asked for; raises BadFile."""
    if path.stat().st_size > MOST_RAW:
        raise BadFile(f"The file is larger than {MOST_RAW // MEGABYTE} MB; no publisher's table is.")
    with path.open("rb") as stream:
        yield from _tables(stream, path.name)


def read_tables(data: bytes, name: str) -> Iterator[Table]:
    """As `open_tables`, of bytes that are at hand."""
    yield from _tables(io.BytesIO(data), name)


def typed_sheets(data: bytes, name: str) -> Iterator[Table]:
    """The sheets of a workbook as a person typed them: `87.5%`, days as 2027-01-11, formulas as their text.

    What a formula gives is neither worked out nor taken from the file. Raises BadFile.
    """
    with _opened(io.BytesIO(data), name) as archive:
        if "xl/workbook.xml" not in archive.namelist():
            raise BadFile(f"{name} is an archive, not a workbook; unpack it first.")
    yield from _workbook(io.BytesIO(data), name, typed=True)


def _tables(stream: IO[bytes], name: str, *, inside: bool = False) -> Iterator[Table]:
    magic = stream.read(8)
    stream.seek(0)
    if magic.startswith(b"\x1f\x8b"):
        if inside:
            raise BadFile(f"{name} is an archive inside an archive; unpack it first.")
        yield from _tables(io.BytesIO(_gunzip(stream)), name.removesuffix(".gz"), inside=True)
    elif magic.startswith(b"PK\x03\x04"):
        yield from _zipped(stream, name, inside=inside)
    elif magic.startswith(b"\xd0\xcf\x11\xe0"):
        raise BadFile(f"{name} is in the old Excel form; save it as .xlsx or .csv and load that.")
    else:
        yield _text(_limited(stream), name)


def _gunzip(stream: IO[bytes]) -> bytes:
    try:
        with gzip.open(stream) as unpacked:
            return _limited(unpacked)
    except (OSError, EOFError, zlib.error) as error:
        raise BadFile("The gzip archive is damaged or cut short; fetch the file again.") from error


def _limited(stream: IO[bytes] | gzip.GzipFile) -> bytes:
    data = stream.read(MOST_TEXT + 1)
    if len(data) > MOST_TEXT:
        raise BadFile(
            f"Unpacked, the file is larger than {MOST_TEXT // MEGABYTE} MB; no publisher's table is."
        )
    return data


def _opened(stream: IO[bytes], name: str) -> zipfile.ZipFile:
    try:
        archive = zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise BadFile(f"{name} is damaged or cut short; fetch the file again.") from error
    _check_archive(archive, name)
    return archive


def _zipped(stream: IO[bytes], name: str, *, inside: bool) -> Iterator[Table]:
    with _opened(stream, name) as archive:
        if "xl/workbook.xml" in archive.namelist():
            yield from _workbook(stream, name)
        elif inside:
            raise BadFile(f"{name} is an archive inside an archive; unpack it first.")
        else:
            for member in archive.infolist():
                if member.filename.lower().endswith((".csv", ".xlsx")) and "__MACOSX" not in member.filename:
                    data = _member(archive, member)
                    yield from _tables(io.BytesIO(data), PurePosixPath(member.filename).name, inside=True)


def _check_archive(archive: zipfile.ZipFile, name: str) -> None:
    # zipfile reads no more than the size a member states, so one that lies about it ends as damaged.
    members = archive.infolist()
    packed = sum(member.compress_size for member in members)
    unpacked = sum(member.file_size for member in members)
    strings = sum(member.file_size for member in members if member.filename == "xl/sharedStrings.xml")
    if len(members) > MOST_MEMBERS or unpacked > MOST_UNPACKED or strings > MOST_SHARED_STRINGS:
        raise BadFile(f"{name} holds more than a publisher's table does; it was not unpacked.")
    if unpacked > MEGABYTE and unpacked > MOST_RATIO * max(1, packed):
        raise BadFile(f"{name} is packed more tightly than a table can be; it was not unpacked.")


def _member(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    try:
        with archive.open(member) as unpacked:
            return _limited(unpacked)
    except (zipfile.BadZipFile, OSError, EOFError, RuntimeError, NotImplementedError, zlib.error) as error:
        raise BadFile(
            f"{member.filename} in the archive cannot be unpacked; fetch the file again."
        ) from error


def _workbook(stream: IO[bytes], name: str, *, typed: bool = False) -> Iterator[Table]:
    with _sound(name):
        book = openpyxl.load_workbook(stream, read_only=True, data_only=not typed, keep_links=False)
    read = _typed if typed else _shown
    notes = tuple(" ".join(filter(None, _top(sheet, name)))[:500] for sheet in book.worksheets)
    for sheet in book.worksheets:
        yield _table(name, notes, _sheet_rows(sheet, name, read))


def _top(sheet: Any, name: str) -> list[str]:
    return next((cells for _line, cells in _sheet_rows(sheet, name, _shown)), [])


def _shown(sheet: Any) -> Iterator[list[str]]:
    for row in sheet.iter_rows(values_only=True):
        yield ["" if value is None else str(value).strip() for value in row]


def _typed(sheet: Any) -> Iterator[list[str]]:
    for row in sheet.iter_rows():
        yield [_as_typed(cell) for cell in row]


def _as_typed(cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "f":
        text = str(getattr(value, "text", value))
        return text if text.startswith("=") else f"={text}"
    if isinstance(value, datetime) and value.time() == time.min:
        return value.date().isoformat()
    if isinstance(value, int | float) and not isinstance(value, bool) and "%" in cell.number_format:
        return f"{round(value * 100, 6):.12g}%"
    return str(value).strip()


def _sheet_rows(sheet: Any, name: str, read: Callable[[Any], Iterator[list[str]]]) -> Iterator[Row]:
    with _sound(name):
        # A workbook may state dimensions smaller than what it holds.
        sheet.reset_dimensions()
        width = 0
        for line, cells in enumerate(read(sheet), 1):
            _check_size(line, len(cells))
            width = max(width, len(cells))
            if any(cells):
                # A workbook leaves out the empty cells at a row's end; in csv that is a record cut short.
                yield line, cells + [""] * (width - len(cells))


@contextmanager
def _sound(name: str) -> Iterator[None]:
    """Says in one sentence whatever openpyxl stumbles over in a damaged workbook."""
    try:
        yield
    except BadFile:
        raise
    except Exception as error:
        raise BadFile(f"{name} is not a sound workbook; fetch it again or save it as .csv.") from error


def _text(data: bytes, name: str) -> Table:
    encoding = _encoding(data)
    if encoding != "utf-16" and b"\0" in data:
        raise BadFile(f"{name} holds NUL bytes: it is not a table, or it is damaged; fetch it again.")
    return _table(name, (), _text_rows(io.TextIOWrapper(io.BytesIO(data), encoding, newline=""), name))


def _encoding(data: bytes) -> str:
    for bom, encoding in BOMS:
        if data.startswith(bom):
            return encoding
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for start in range(0, len(data), CHUNK):
            decoder.decode(data[start : start + CHUNK])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _text_rows(text: io.TextIOWrapper, name: str) -> Iterator[Row]:
    reader = csv.reader(text, strict=True)
    try:
        for row in reader:
            _check_size(reader.line_num, len(row))
            if any(row):
                yield reader.line_num, [cell.strip() for cell in row]
    except csv.Error as error:
        raise BadFile(f"{name}, line {reader.line_num + 1}: not sound csv ({error}).") from error
    except UnicodeError as error:
        raise BadFile(f"{name} says it is {text.encoding}, but its bytes are not; fetch it again.") from error


def _check_size(line: int, columns: int) -> None:
    if line > MOST_ROWS or columns > MOST_COLUMNS:
        raise BadFile(
            f"The table has over {MOST_ROWS:,} lines or {MOST_COLUMNS} columns; no publisher's has."
        )


def _table(name: str, notes: tuple[str, ...], rows: Iterator[Row]) -> Table:
    head = list(islice(rows, HEAD))
    return Table(name, notes, head, chain(head, rows))
