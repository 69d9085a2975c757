"""Cells as people type them and as Excel leaves them, made into what `stating.FIELDS` parses.

A reader hands back a plain JSON value, or text that `parse` refuses with its own sentence; where the cell
tells what happened to it, the reader raises a ValidationError that says so.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.core.exceptions import ValidationError

from content.lib import normal
from content.lib.cells import plain
from listings.stating import of_programs, typed

LONGEST_CELL: Final = 20_000
ERRORS: Final = re.compile(r"#(N/A|REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!)")
CURRENCY: Final = re.compile(r"^(?:US)?\$\s*|\s*(?:USD|dollars?)$", re.IGNORECASE)
MONTHS: Final = re.compile(r"(\d{1,3})(?:\.0+)?\s*(?:months?|mos?\.?)?", re.ASCII | re.IGNORECASE)
YEARS: Final = re.compile(r"(\d{1,2})(?:\.0+)?\s*(?:years?|yrs?\.?)", re.ASCII | re.IGNORECASE)
HOURS: Final = re.compile(r"([\d,]+)(?:\.0+)?\s*(?:clock\s+)?(?:hours?|hrs?\.?)?", re.ASCII | re.IGNORECASE)
MIXED: Final = re.compile(r"\s*(?:[,;\n/&]|\band\b)\s*", re.IGNORECASE)
SPLIT: Final = re.compile(r"\s*[,;\n]\s*")
DAY: Final = re.compile(
    r"(?P<iso>\d{4}-\d{1,2}-\d{1,2})(?:[ T]00:00(?::00)?)?"
    r"|(?P<us>\d{1,2}/\d{1,2}/(?:\d{4}|\d{2}))"
    r"|(?P<words>[A-Za-z]{3,9}\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4})"
    r"|(?P<dashed>\d{1,2}[- ][A-Za-z]{3,9}[- ](?:\d{4}|\d{2}))",
    re.ASCII,
)
ONLY_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}(?: .*)?|\d{1,2}-[A-Za-z]{3}|[A-Za-z]{3}-\d{2}", re.ASCII)
FORMS: Final = (
    "%m/%d/%Y",
    "%m/%d/%y",
    "%B %d %Y",
    "%b %d %Y",
    "%d %b %Y",
    "%d %B %Y",
    "%d %b %y",
    "%d %B %y",
)
# Excel counts the days from here; these are the first days of 2000 and of 2101.
FIRST_DAY: Final = date(1899, 12, 30)
SERIALS: Final = range(36_526, 73_415)
AT_ANY_TIME: Final = {
    "rolling",
    "any time",
    "anytime",
    "at any time",
    "open",
    "continuous",
    "open enrollment",
}
YES: Final = {"yes", "y", "true", "x", "1", "included"}
NO: Final = {"no", "n", "false", "0", "not included"}
NONE: Final = {"none", "no"}


def _names(words: Mapping[str, str], **others: str) -> dict[str, str]:
    own = {normal.key(said): slug for slug, word in words.items() for said in (slug, word)}
    return own | {normal.key(said): slug for slug, more in others.items() for said in more.split("|")}


WAYS: Final = _names(
    of_programs.WAYS,
    campus="in person|on site|onsite|face to face|in class|classroom|campus based",
    online="fully online|100% online|distance|distance learning|remote",
    hybrid="blended",
)
COVERED: Final = _names(
    of_programs.COVERS,
    **{"exam-fee": "exam fee|exam fees|exam", "books": "book|textbooks", "tuition-fees": "fees|tuition"},
)
AIDS: Final = _names(
    of_programs.AID,
    **{
        "federal": "federal aid|federal financial aid|title iv|pell|fafsa",
        "veterans": "veterans|va|gi bill|veterans benefits|va benefits",
        "workforce": "wioa|workforce",
        "payment-plan": "payment plan|payment plans",
        "school": "school aid|scholarships|institutional aid",
        "none": "none|no",
    },
)


def text_of(cell: str) -> str:
    """What a cell says. Raises ValidationError for a formula, a spreadsheet's error, too long a text."""
    if cell.startswith("="):
        raise ValidationError(
            "This cell is a formula, and formulas are not worked out here. Type its result."
        )
    if ERRORS.fullmatch(cell):
        raise ValidationError("The spreadsheet shows an error in this cell. Type what it should say.")
    if len(cell) > LONGEST_CELL:
        raise ValidationError(
            f"This cell has over {LONGEST_CELL:,} characters, more than any field. Shorten it."
        )
    return plain(cell).strip()


def _listed(text: str, names: Mapping[str, str]) -> list[str]:
    """Slugs; a part that names none is handed on as it is, for `parse` to refuse."""
    found: list[str] = []
    for part in filter(None, SPLIT.split(text)):
        whole = names.get(normal.key(part))
        several = [names.get(normal.key(bit), bit) for bit in MIXED.split(part) if bit]
        found += [whole] if whole else several
    return found


def _delivery(text: str) -> list[str]:
    return _listed(text, WAYS)


def _covers(text: str) -> list[str]:
    return _listed(text, COVERED)


def _aid(text: str) -> list[str]:
    return _listed(text, AIDS)


def _credentials(text: str) -> list[str]:
    if normal.key(text) in NONE:
        return []
    return [normal.slug(part) or part for part in MIXED.split(text) if part]


def _credential(text: str) -> str:
    return normal.slug(text) or text


def _amount(text: str) -> Any:
    figure = normal.number(CURRENCY.sub("", text))
    if figure is None:
        return text
    if figure != int(figure):
        raise ValidationError(f"Give the tuition in whole dollars, such as {int(figure):,}.")
    return int(figure)


def _whole(text: str) -> Any:
    figure = normal.number(text)
    return int(figure) if figure is not None and figure == int(figure) else text


def _months(text: str) -> Any:
    if ONLY_DAY.fullmatch(text):
        raise ValidationError(
            f"A spreadsheet made the date {text[:20]} of this. Give the length in months as one number,"
            " such as 9."
        )
    if found := MONTHS.fullmatch(text):
        return int(found[1])
    years = YEARS.fullmatch(text)
    return 12 * int(years[1]) if years else text


def _hours(text: str) -> Any:
    found = HOURS.fullmatch(text)
    return _whole(found[1]) if found else text


def _starts(text: str) -> dict[str, Any]:
    if normal.key(text) in AT_ANY_TIME:
        return {"rolling": True}
    serial = _whole(text)
    if serial in SERIALS:
        return {"dates": [(FIRST_DAY + timedelta(days=serial)).isoformat()]}
    if left := DAY.sub("", text).strip(" ,;&\n\t").replace("and", ""):
        raise ValidationError(
            f"“{left.strip(' ,;&')[:40] or text[:40]}” is no date. Write each as in 2027-01-11 with commas"
            " between, or write rolling."
        )
    return {"dates": [_day(found[0]) for found in DAY.finditer(text)]}


def _day(text: str) -> str:
    bare = re.sub(r"(?<=\d)(?:st|nd|rd|th)", "", text.partition("T")[0].removesuffix(" 00:00:00"))
    bare = bare.replace(",", "").replace(".", "")
    if re.match(r"\d{4}-", bare):
        return "-".join(part.zfill(2) for part in bare.removesuffix(" 00:00").split("-"))
    for form in FORMS:
        try:
            return datetime.strptime(bare.replace("-", " "), form).date().isoformat()  # noqa: DTZ007  # a day
        except ValueError:
            continue
    raise ValidationError(f"“{text}” is no date of the calendar. Write it as in 2027-01-11, the month first.")


def _externship(text: str) -> str:
    said = normal.key(text)
    return "none" if said in NONE else said


def _yes_or_no(text: str) -> Any:
    said = normal.key(text)
    return True if said in YES else False if said in NO else text


def _percent(text: str) -> Any:
    figure = normal.number(text.removesuffix("%"))
    if figure is None:
        return text
    if 0 < figure <= 1 and not text.endswith("%"):
        shown = f"{figure * 100:.4g}"
        raise ValidationError(f"Is this {figure}% or {shown}%? Write it with the percent sign.")
    return int(figure) if figure == int(figure) else float(figure)


READ: Final[dict[str, Callable[[str], Any]]] = {
    "online": _yes_or_no,
    "delivery": _delivery,
    "credentials": _credentials,
    "tuition": _amount,
    "tuition_year": _whole,
    "covers": _covers,
    "months": _months,
    "starts": _starts,
    "curriculum": lambda text: typed.read("curriculum", text),
    "prerequisites": str,
    "aid": _aid,
    "externship": _externship,
    "externship_hours": _hours,
    "voucher": _yes_or_no,
    "voucher_credential": _credential,
    "pass_rate": _percent,
    "pass_rate_credential": _credential,
    "pass_rate_year": _whole,
    "pass_rate_takers": _whole,
    "pass_rate_source": str,
}
