"""A school's spreadsheet as bytes: csv of any office or xlsx, read within limits into lines by column."""

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from content.lib.archives import BadArchive, members
from content.lib.decode import NotText, decode
from content.lib.tables import BadFile, Row, typed_sheets
from listings.submissions.sheets.cells import LONGEST_CELL
from listings.submissions.sheets.checking import MORE
from listings.submissions.sheets.columns import CLEAR, COLUMNS, is_header, recognised

MOST_BYTES: Final = 2_000_000
MOST_UNPACKED: Final = 10_000_000
MOST_ROWS: Final = 500
MOST_COLUMNS: Final = 300
# Titles, explanations and empty lines that may stand above the header.
MOST_ABOVE: Final = 20
DELIMITERS: Final = (",", ";", "\t", "|")
# What UTF-8 makes of letters that are not ASCII; in a file of cp1252 it stands for nothing that people write.
UTF8_LETTER: Final = re.compile(
    rb"[\xc3-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
NOT_STORED: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Given:
    """What a file holds: (line, cells by column) each, and what its person should know of the reading."""

    rows: tuple[tuple[int, dict[str, str]], ...]
    notes: tuple[str, ...]


def read(data: bytes) -> Given:
    """The rows below the first header that is found. Raises BadFile with a sentence."""
    if len(data) > MOST_BYTES:
        raise BadFile(f"The file has over {MOST_BYTES // 10**6} MB. Upload the programs alone, or in parts.")
    if not data.strip():
        raise BadFile("The file is empty. Fill in the template and upload it.")
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise BadFile("The file is in the old Excel form. Save it as .xlsx or as CSV.")
    return _workbook(data) if data.startswith(b"PK\x03\x04") else _text(data)


def _workbook(data: bytes) -> Given:
    try:
        unpacked = sum(member.info.file_size for member in members(io.BytesIO(data)))
    except BadArchive as refused:
        raise BadFile(str(refused)) from refused
    if unpacked > MOST_UNPACKED:
        raise BadFile("Unpacked, the workbook is larger than any list of programs. Save the list alone.")
    for table in typed_sheets(data, "The file"):
        rows = list(islice(table.rows, MOST_ABOVE + MOST_ROWS + 2))
        if found := _below_header(rows):
            return _given(*found, [])
    raise BadFile(NO_HEADER)


NO_HEADER: Final = (
    "No line of the file heads the columns. One of the first lines must have “Program” or “CIP code”, and"
    " what the other columns hold, as in the template."
)


def _text(data: bytes) -> Given:
    try:
        decoded = decode(data)
    except NotText as refused:
        raise BadFile(str(refused)) from refused
    notes = []
    if decoded.encoding == "cp1252":
        if mixed := UTF8_LETTER.search(data):
            line = data.count(b"\n", 0, mixed.start()) + 1
            raise BadFile(
                f"The file mixes two encodings (line {line}), and letters would be mangled. Open it, look at"
                " its letters such as é, and save it as “CSV UTF-8” or as .xlsx."
            )
        notes.append(
            "The file is not UTF-8 and was read as Windows-1252: look whether letters such as é are right."
        )
    text = NOT_STORED.sub("\N{REPLACEMENT CHARACTER}", decoded.text)
    best = max(DELIMITERS, key=lambda sign: _columns_named(text, sign))
    found = _below_header(list(islice(_lines(text, best), MOST_ABOVE + MOST_ROWS + 2)))
    if found is None:
        raise BadFile(NO_HEADER)
    return _given(*found, notes)


def _columns_named(text: str, delimiter: str) -> int:
    """How many columns the best line at the top names, read with that delimiter."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        return max((is_header(recognised(_stripped(row))) for row in islice(reader, MOST_ABOVE)), default=0)
    except csv.Error:
        return 0


def _lines(text: str, delimiter: str) -> Iterator[Row]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 1
    try:
        for row in reader:
            if len(row) > MOST_COLUMNS:
                raise BadFile(
                    f"Line {line} has over {MOST_COLUMNS} columns. Use the columns of the template."
                )
            cells = _stripped(row)
            if any(cells):
                yield line, cells
            line = reader.line_num + 1
    except csv.Error as error:
        raise BadFile(
            f"The cells from line {line} on cannot be told apart ({error}). Look there for a quotation mark"
            " that opens and does not close, or save the file as .xlsx."
        ) from error


def _stripped(row: Sequence[str]) -> list[str]:
    return [cell.strip() for cell in row]


def _below_header(rows: Sequence[Row]) -> tuple[Row, list[str], Sequence[Row]] | None:
    """The best header of the first lines, its columns, and what stands below it."""
    named = [(is_header(recognised(cells)), -at) for at, (_line, cells) in enumerate(rows[: MOST_ABOVE + 1])]
    score, at = max(named, default=(0, 0))
    if not score:
        return None
    header = rows[-at]
    return header, recognised(header[1]), rows[-at + 1 :]


def _given(header: Row, columns: list[str], below: Sequence[Row], notes: list[str]) -> Given:
    for name in filter(None, columns):
        if columns.count(name) > 1:
            twice = [cell for cell, column in zip(header[1], columns, strict=True) if column == name]
            raise BadFile(
                f"Two columns are read as “{COLUMNS[name].header}”: “{twice[0]}” and “{twice[1]}”."
                " Take one away."
            )
    rows = [
        (line, _by_column(columns, cells))
        for line, cells in below
        if recognised(cells)[: len(columns)] != columns
    ]
    if not rows:
        raise BadFile("The file has no programs below its header. Write one program a line.")
    if len(rows) > MOST_ROWS:
        raise BadFile(f"The file has over {MOST_ROWS} programs. Upload it in parts.")
    return Given(tuple(rows), (*notes, *_told(header, columns, rows, below)))


def _by_column(columns: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    # One character more than may be, so that a cell too long is refused where it is shown.
    kept = {
        name: NOT_STORED.sub("\N{REPLACEMENT CHARACTER}", cell)[: LONGEST_CELL + 1]
        for name, cell in zip(columns, cells, strict=False)
        if name and cell
    }
    more = " ".join(filter(None, cells[len(columns) :]))[:200]
    return kept | ({MORE: more} if more else {})


def _told(
    header: Row, columns: Sequence[str], rows: Sequence[tuple[int, dict[str, str]]], below: Sequence[Row]
) -> Iterator[str]:
    """What of the file was not used, so that nobody believes it was."""
    unread = [
        f"“{cell[:40]}”" if cell else f"column {at + 1}"
        for at, (cell, name) in enumerate(zip(header[1], columns, strict=True))
        if not name and any(len(cells) > at and cells[at] for _line, cells in below)
    ]
    if unread:
        many = "s were" if len(unread) > 1 else " was"
        more = f" and {len(unread) - 10} more" if len(unread) > 10 else ""
        yield f"{len(unread)} column{many} not read: {', '.join(unread[:10])}{more}."
    elsewhere = [line for line, cells in rows if cells.get("online", "").lower() in {"no", "n", "false"}]
    if elsewhere and "delivery" not in columns:
        yield (
            f"“No” under “Online?” states nothing ({len(elsewhere)} of the lines): head the column"
            f" “{COLUMNS['delivery'].header}” and write on campus or hybrid where you mean it."
        )
    if any(CLEAR in cells.values() for _line, cells in rows):
        yield f"{CLEAR} takes back what is stated."
