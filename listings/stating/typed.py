"""Stated values as editors type them, in a form or in a cell of a file: one text for each value."""

import re
from collections.abc import Callable
from typing import Any, Final

from content.lib import normal
from listings.models import Statement

Field = Statement.Field
ROLLING: Final = "rolling"
NO_CREDENTIAL: Final = "none"
IN_ALL: Final = "total hours"
LOGO: Final = re.compile(r"([0-9a-f]{32})-([1-9][0-9]{0,2})x([1-9][0-9]{0,2})")
WITH_HOURS: Final = re.compile(r"(.*):\s*([0-9][0-9,]*)?", re.DOTALL)
HOW: Final = {
    Field.DELIVERY: "campus, online, hybrid",
    Field.CREDENTIALS: "cpc, ccs; or none",
    Field.TUITION: "dollars; year: 4500; 2026",
    Field.COVERS: "tuition-fees, books, supplies, software, exam-fee, membership",
    Field.MONTHS: "9",
    Field.STARTS: "2027-01-11, 2027-05-03; or rolling",
    Field.CURRICULUM: "a course a line, with its hours: Anatomy: 60; last, Total hours: 540",
    Field.PREREQUISITES: "text",
    Field.AID: "federal, state, veterans, workforce, school, payment-plan; or none",
    Field.EXTERNSHIP: "required; 160, or optional, or none",
    Field.VOUCHER: "yes; cpc, or yes, or no",
    Field.PASS_RATE: "credential; percent; year; takers or nothing; source: cpc; 87.5; 2025; 40; https://…",
    Field.NAME: "text",
    Field.ADDRESS: "street; city; state; ZIP: 12 Main Street; Dayton; OH; 45402",
    Field.PHONE: "614-555-0123",
    Field.WEBSITE: "https://www.school.edu/",
    Field.LOGO: "the picture's name and size, as in this list: 9f8c…-480x120",
    Field.CLOSURE: "day; note: 2026-06-30; the students go on at …",
}


def read(field: str, text: str) -> Any:
    """What was typed as a value for `parse`, which refuses what makes no sense."""
    return READ.get(Field(field), str)(text.strip())


def write(field: str, value: Any) -> str:
    """What `read` makes this value of again."""
    return WRITE.get(Field(field), str)(value)


def _list(text: str) -> list[str]:
    return [each for part in text.split(",") if (each := part.strip())]


def number(text: str) -> Any:
    """The number, or the text as it is where it is none."""
    found = normal.number(text.strip().removeprefix("$").removesuffix("%"))
    if found is None:
        return text.strip()
    return int(found) if found == int(found) else found


def _or_none(text: str) -> Any:
    return number(text) if text.strip() else None


def _after(text: str) -> tuple[str, str]:
    """What stands before and after the first semicolon."""
    before, _semicolon, after = text.partition(";")
    return before.strip(), after.strip()


def _read_credentials(text: str) -> list[str]:
    return [] if text.lower() == NO_CREDENTIAL else _list(text.lower()) or [""]


def _read_tuition(text: str) -> dict[str, Any]:
    amount, year = _after(text)
    return {"amount": number(amount), "year": number(year)}


def _read_starts(text: str) -> dict[str, Any]:
    if text.lower() == ROLLING:
        return {"rolling": True}
    return {"dates": _list(text.replace("\n", ","))}


def read_courses(text: str) -> list[dict[str, Any]]:
    """A course a line, with its hours behind a colon where they are known."""
    courses = []
    for line in filter(None, (line.strip() for line in text.splitlines())):
        found = WITH_HOURS.fullmatch(line)
        title, hours = found.groups() if found else (line, None)
        courses.append({"title": title.strip(), "hours": number(hours) if hours else None})
    return courses


def write_courses(courses: list[dict[str, Any]]) -> str:
    return "\n".join(_course_line(course["title"], course["hours"]) for course in courses)


def _course_line(title: str, hours: int | None) -> str:
    """A title that itself ends like one with hours keeps a colon behind it."""
    if hours is None:
        return f"{title}:" if WITH_HOURS.fullmatch(title) else str(title)
    return f"{title}: {hours}"


def _read_curriculum(text: str) -> dict[str, Any]:
    courses = read_courses(text)
    in_all = None
    for course in [each for each in courses if each["title"].lower() == IN_ALL and each["hours"]]:
        courses.remove(course)
        in_all = course["hours"]
    return {"courses": courses, "hours": in_all}


def _write_curriculum(value: Any) -> str:
    total = [f"Total hours: {value['hours']}"] if value["hours"] else []
    return "\n".join([*filter(None, [write_courses(value["courses"])]), *total])


def _read_externship(text: str) -> dict[str, Any]:
    kind, hours = _after(text)
    return {"kind": kind.lower(), "hours": _or_none(hours)}


def _write_externship(value: Any) -> str:
    return f"{value['kind']}; {value['hours']}" if value["hours"] else str(value["kind"])


def _read_voucher(text: str) -> dict[str, Any]:
    said, credential = _after(text.lower())
    return {"included": {"yes": True, "no": False}.get(said), "credential": credential or None}


def _write_voucher(value: Any) -> str:
    said = "yes" if value["included"] else "no"
    return f"{said}; {value['credential']}" if value["credential"] else said


def _read_pass_rate(text: str) -> dict[str, Any]:
    names = ("credential", "percent", "year", "takers", "source")
    given = dict(zip(names, (part.strip() for part in text.split(";", len(names) - 1)), strict=False))
    numbers = {name: number(given[name]) for name in ("percent", "year") if name in given}
    return given | numbers | {"takers": _or_none(given.get("takers", ""))}


def _write_pass_rate(value: Any) -> str:
    takers = "" if value["takers"] is None else value["takers"]
    return f"{value['credential']}; {value['percent']}; {value['year']}; {takers}; {value['source']}"


def _read_address(text: str) -> dict[str, str]:
    names = ("street", "city", "state", "zip")
    return dict(zip(names, (part.strip() for part in text.rsplit(";", len(names) - 1)), strict=False))


def _read_logo(text: str) -> Any:
    found = LOGO.fullmatch(text)
    return {"name": found[1], "width": int(found[2]), "height": int(found[3])} if found else text


def _read_closure(text: str) -> dict[str, str]:
    day, note = _after(text)
    return {"closed_on": day, "note": note}


READ: Final[dict[Field, Callable[[str], Any]]] = {
    Field.DELIVERY: _list,
    Field.CREDENTIALS: _read_credentials,
    Field.TUITION: _read_tuition,
    Field.COVERS: _list,
    Field.MONTHS: number,
    Field.STARTS: _read_starts,
    Field.CURRICULUM: _read_curriculum,
    Field.AID: _list,
    Field.EXTERNSHIP: _read_externship,
    Field.VOUCHER: _read_voucher,
    Field.PASS_RATE: _read_pass_rate,
    Field.ADDRESS: _read_address,
    Field.LOGO: _read_logo,
    Field.CLOSURE: _read_closure,
}
WRITE: Final[dict[Field, Callable[[Any], str]]] = {
    Field.DELIVERY: ", ".join,
    Field.CREDENTIALS: lambda value: ", ".join(value) or NO_CREDENTIAL,
    Field.TUITION: lambda value: f"{value['amount']}; {value['year']}",
    Field.COVERS: ", ".join,
    Field.STARTS: lambda value: ROLLING if value.get("rolling") else ", ".join(value["dates"]),
    Field.CURRICULUM: _write_curriculum,
    Field.AID: ", ".join,
    Field.EXTERNSHIP: _write_externship,
    Field.VOUCHER: _write_voucher,
    Field.PASS_RATE: _write_pass_rate,
    Field.ADDRESS: lambda value: "; ".join((value["street"], value["city"], value["state"], value["zip"])),
    Field.LOGO: lambda value: f"{value['name']}-{value['width']}x{value['height']}",
    Field.CLOSURE: lambda value: (
        f"{value['closed_on']}; {value['note']}" if value["note"] else value["closed_on"]
    ),
}
