"""Cells of tables: numbers read strictly, text written so that no spreadsheet runs it."""

import re
from decimal import Decimal
from typing import Final

NUMBER: Final = re.compile(r"-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?", re.ASCII)
LONGEST: Final = 20
RUNS: Final = re.compile(r"[\s\x00-\x1f]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|[\t\r\n]")


def number(text: str) -> Decimal | None:
    """The number that the text is and nothing else (`1,234.5`), or None."""
    if len(text) > LONGEST or not NUMBER.fullmatch(text):
        return None
    return Decimal(text.replace(",", ""))


def safe(value: str | Decimal | None) -> str:
    """The value as a csv cell: text that a spreadsheet might run gets an apostrophe, numbers stay numbers."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return f"'{value}" if RUNS.match(value.lstrip("'")) else value


def plain(cell: str) -> str:
    """The text that `safe` made the cell from; an apostrophe of the text's own stays."""
    return cell[1:] if cell.startswith("'") and RUNS.match(cell.lstrip("'")) else cell
