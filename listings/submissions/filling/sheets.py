"""How each field is asked for: its controls, and the way from what was typed to a value and back."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.core.exceptions import ValidationError

from listings.contact import telephone
from listings.models import Statement
from listings.places import STATES
from listings.stating import typed
from listings.stating.of_programs import AID, COVERS, EXTERNSHIPS, WAYS
from listings.submissions.filling.inputs import CREDENTIALS, Given, Input, answer, answers, as_given

Field = Statement.Field
NO_CREDENTIAL: Final = "none"
NOT_STATED: Final = {"": "Not stated"}
# Days as they are written in the United States, beside the form in which they are stored.
DAYS: Final = ("%m/%d/%Y", "%B %d, %Y", "%b %d, %Y", "%d %B %Y", "%d %b %Y")
BETWEEN: Final = re.compile(r"[\n;]+")


@dataclass(frozen=True)
class Sheet:
    """`read` gives a value for `parse`, which refuses what makes no sense; `write` is its way back."""

    inputs: tuple[Input, ...]
    read: Callable[[Given], Any]
    write: Callable[[Any], Given]


def _boxes(choices: Mapping[str, str], label: str) -> Sheet:
    shown = {value: words[:1].upper() + words[1:] for value, words in choices.items()}
    boxes = Input("", label, next(iter(choices)), kind="boxes", choices=shown)
    return Sheet((boxes,), answers, lambda value: {"": list(value)})


def _text(label: str, *, kind: str = "line", write: Callable[[Any], str] = str, **looks: str) -> Sheet:
    return Sheet((Input("", label, "text", kind=kind, **looks),), answer, lambda value: {"": [write(value)]})


def _number_or_none(text: str) -> Any:
    return typed.number(text) if text else None


def day(text: str) -> str:
    """An ISO day where it is written in one of our forms, else the text as it is."""
    said = " ".join(text.split())
    for form in DAYS:
        try:
            return datetime.strptime(said, form).date().isoformat()  # noqa: DTZ007  # a day has no zone
        except ValueError:
            continue
    return said


def _read_credentials(given: Given) -> list[str]:
    chosen = answers(given)
    if NO_CREDENTIAL not in chosen:
        return chosen
    if len(chosen) > 1:
        raise ValidationError("Choose “no credential” alone, or the credentials.")
    return []


def _read_tuition(given: Given) -> dict[str, Any]:
    return {name: typed.number(answer(given, name)) for name in ("amount", "year")}


def _read_starts(given: Given) -> dict[str, Any]:
    dates = [day(line) for line in BETWEEN.split(answer(given, "dates")) if line.strip()]
    if not answers(given, "rolling"):
        return {"dates": dates}
    if dates:
        raise ValidationError("Give start dates, or say that students start at any time, not both.")
    return {"rolling": True}


def _write_starts(value: Any) -> Given:
    return {"rolling": ["yes"] if value.get("rolling") else [], "dates": ["\n".join(value.get("dates", []))]}


def _read_curriculum(given: Given) -> dict[str, Any]:
    return {
        "courses": typed.read_courses(answer(given, "courses")),
        "hours": _number_or_none(answer(given, "hours")),
    }


def _write_curriculum(value: Any) -> Given:
    return as_given(courses=typed.write_courses(value["courses"]), hours=value["hours"])


def _read_externship(given: Given) -> dict[str, Any]:
    return {"kind": answer(given, "kind"), "hours": _number_or_none(answer(given, "hours"))}


def _read_voucher(given: Given) -> dict[str, Any]:
    said = {"yes": True, "no": False}.get(answer(given, "included"))
    return {"included": said, "credential": answer(given, "credential") or None}


def _write_voucher(value: Any) -> Given:
    return as_given(included="yes" if value["included"] else "no", credential=value["credential"])


def _read_pass_rate(given: Given) -> dict[str, Any]:
    numbers = {name: typed.number(answer(given, name)) for name in ("percent", "year")}
    texts = {name: answer(given, name) for name in ("credential", "source")}
    return numbers | texts | {"takers": _number_or_none(answer(given, "takers"))}


def _parts(*names: str) -> tuple[Callable[[Given], Any], Callable[[Any], Given]]:
    """Texts by name, there and back."""
    return (
        lambda given: {name: answer(given, name) for name in names},
        lambda value: {name: [str(value[name])] for name in names},
    )


def _read_closure(given: Given) -> dict[str, str]:
    return {"closed_on": day(answer(given, "closed_on")), "note": answer(given, "note")}


def _digits(name: str, label: str, sample: str, **looks: Any) -> Input:
    return Input(name, label, sample, kind="number", mode="numeric", **looks)


SHEETS: Final[dict[str, Sheet]] = {
    Field.DELIVERY: _boxes(WAYS, "How it is taught"),
    Field.CREDENTIALS: Sheet(
        (Input("", "Prepares for", NO_CREDENTIAL, kind="boxes", choices=CREDENTIALS),),
        _read_credentials,
        lambda value: {"": list(value) or [NO_CREDENTIAL]},
    ),
    Field.TUITION: Sheet(
        (
            _digits("amount", "Dollars for the whole program", "4500"),
            _digits("year", "Year that it applies to", "2026"),
        ),
        _read_tuition,
        lambda value: as_given(**value),
    ),
    Field.COVERS: _boxes(COVERS, "What the tuition covers"),
    Field.MONTHS: Sheet(
        (_digits("", "Months", "9"),),
        lambda given: typed.number(answer(given)),
        lambda value: {"": [str(value)]},
    ),
    Field.STARTS: Sheet(
        (
            Input(
                "rolling", "At any time", "yes", kind="boxes", choices={"yes": "Students start at any time"}
            ),
            Input("dates", "Or dates", "2027-01-11", kind="lines", hint="One a line, such as 1/11/2027."),
        ),
        _read_starts,
        _write_starts,
    ),
    Field.CURRICULUM: Sheet(
        (
            Input(
                "courses",
                "Courses",
                "Anatomy: 60",
                kind="lines",
                hint="One a line, its hours behind a colon: Anatomy: 60.",
            ),
            _digits("hours", "Hours in all", "540"),
        ),
        _read_curriculum,
        _write_curriculum,
    ),
    Field.PREREQUISITES: _text("Prerequisites", kind="lines"),
    Field.AID: _boxes(AID, "Financial aid accepted"),
    Field.EXTERNSHIP: Sheet(
        (
            Input(
                "kind",
                "Externship",
                "required",
                kind="radios",
                choices={slug: words.capitalize() for slug, words in EXTERNSHIPS.items()} | NOT_STATED,
            ),
            _digits("hours", "Its hours, where they are fixed", "160"),
        ),
        _read_externship,
        lambda value: as_given(**value),
    ),
    Field.VOUCHER: Sheet(
        (
            Input(
                "included",
                "Exam voucher",
                "yes",
                kind="radios",
                choices={"yes": "Included in the price", "no": "Not included"} | NOT_STATED,
            ),
            Input("credential", "For which credential", "", kind="select", choices=CREDENTIALS),
        ),
        _read_voucher,
        _write_voucher,
    ),
    Field.PASS_RATE: Sheet(
        (
            Input("credential", "Exam", "", kind="select", choices=CREDENTIALS),
            Input("percent", "Percent who passed", "87.5", kind="number", mode="decimal"),
            _digits("year", "Year of the exam", "2025"),
            _digits("takers", "How many took it (optional)", "40"),
            Input("source", "Where it is published", "https://www.school.edu/"),
        ),
        _read_pass_rate,
        lambda value: as_given(**value),
    ),
    Field.NAME: _text("Name", autocomplete="organization"),
    Field.ADDRESS: Sheet(
        (
            Input("street", "Street and number", "12 Main Street", autocomplete="address-line1"),
            Input("city", "City", "Dayton", autocomplete="address-level2"),
            Input("state", "State", "OH", kind="select", choices=STATES),
            Input("zip", "ZIP", "45402", kind="number", mode="numeric", autocomplete="postal-code"),
        ),
        *_parts("street", "city", "state", "zip"),
    ),
    Field.PHONE: _text("Telephone", write=telephone, autocomplete="tel", mode="tel"),
    Field.WEBSITE: _text("Website", autocomplete="url", mode="url"),
    Field.LOGO: Sheet(
        (Input("", "Logo", "", kind="picture"),),
        lambda given: typed.read(Field.LOGO, answer(given)),
        lambda value: {"": [typed.write(Field.LOGO, value)]},
    ),
    Field.CLOSURE: Sheet(
        (
            Input("closed_on", "Day", "2026-06-30", kind="number", hint="Such as 6/30/2026."),
            Input("note", "What became of the students (optional)", "text"),
        ),
        _read_closure,
        lambda value: as_given(**value),
    ),
}
