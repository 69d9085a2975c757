"""Tables in plain text: cells parted by pipes, by tabs or by wide gaps."""

import re
from typing import Final

from content.pipeline.document import Table
from content.pipeline.text import Text, clean

SEPARATOR: Final = re.compile(r"\s*[|+]?\s*[:=-]{2,200}\s*(?:[|+]\s*[:=-]{2,200}\s*){0,60}[|+]?\s*")
GRID: Final = re.compile(r"\s*\+(?:[-=]{1,200}\+){1,30}\s*")
PIPE: Final = re.compile(r"(?<!\\)\|")
WIDE: Final = re.compile(r"(?<=\S) {2,}(?=\S)")
LONGEST_CELL: Final = 60
FEWEST_ALIGNED: Final = 3


def cells(line: str) -> list[str]:
    """The cells of a row, or none."""
    words = clean(line).strip()
    if PIPE.search(words):
        bordered = words.removeprefix("|").removesuffix("|")
        return [cell.strip().replace("\\|", "|") for cell in PIPE.split(bordered)]
    if "\t" in line.strip():
        return [cell.strip() for cell in re.split(r"\t+", line.strip())]
    return []


def table_end(lines: list[str], at: int) -> int:
    """Where the table that begins at a line ends; 0 where none does."""
    end = _ruled_end(lines, at) or _aligned_end(lines, at)
    return end if end - at > 1 else 0


def build_table(lines: list[str]) -> Table:
    """The table that the lines make; its first row is the header where a line below it says so."""
    rows: list[list[str]] = []
    head = 0
    for line in lines:
        if _is_separator(line):
            head = head or len(rows)
        else:
            rows.append(cells(line) or WIDE.split(line.strip()))
    if not head and len(rows) > 1 and len(rows[0]) > 2 and not any(map(_has_digit, rows[0])):
        head = 1
    made = [tuple(Text.plainly(cell) for cell in row) for row in rows]
    return Table(tuple(made[1:]), header=made[0]) if head == 1 else Table(tuple(made))


def _ruled_end(lines: list[str], at: int) -> int:
    width, end = 0, at
    while end < len(lines):
        line = lines[end]
        if not _is_separator(line):
            found = len(cells(line))
            if found < 2 or (width and found != width):
                break
            width = found
        elif not width and end > at + 1:
            return 0
        end += 1
    return end if width else 0


def _aligned_end(lines: list[str], at: int) -> int:
    width, end = 0, at
    while end < len(lines):
        found = WIDE.split(lines[end].strip())
        if len(found) < 2 or (width and len(found) != width) or max(map(len, found)) > LONGEST_CELL:
            break
        width = len(found)
        end += 1
    return end if end - at >= FEWEST_ALIGNED else 0


def _is_separator(line: str) -> bool:
    return bool(GRID.fullmatch(line) or ("|" in line and SEPARATOR.fullmatch(line)))


def _has_digit(cell: str) -> bool:
    return any(char.isdigit() for char in cell)
