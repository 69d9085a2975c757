"""What may be stated of a program, or of all programs of a school, in the order that readers see."""

from typing import Any, Final

from django.contrib.humanize.templatetags.humanize import intcomma
from django.core.exceptions import ValidationError

from listings import words
from listings.fields import DELIVERIES
from listings.models import Statement
from listings.stating import parts
from listings.stating.field import StatedField

Field = Statement.Field
MOST_DOLLARS: Final = 500_000
MOST_MONTHS: Final = 120
MOST_DATES: Final = 24
MOST_COURSES: Final = 60
MOST_HOURS: Final = 20_000
MOST_TAKERS: Final = 100_000
WAYS: Final = {way.slug: way.name.lower() for way in DELIVERIES}
COVERS: Final = {
    "tuition-fees": "tuition and fees",
    "books": "books",
    "supplies": "supplies",
    "software": "software",
    "exam-fee": "the exam fee",
    "membership": "membership of the certifying body",
}
AID: Final = {
    "federal": "federal student aid",
    "state": "state aid",
    "veterans": "veterans' benefits",
    "workforce": "workforce funding",
    "school": "the school's own aid",
    "payment-plan": "a payment plan",
    "none": "none",
}
EXTERNSHIPS: Final = {"required": "required", "optional": "optional", "none": "none"}


def _delivery(value: Any) -> list[str]:
    return parts.chosen(value, "how the program is taught", WAYS)


def _credentials_in_words(value: Any) -> str:
    return ", ".join(words.credential_name(slug) for slug in sorted(value)) or "no credential"


def _tuition(value: Any) -> dict[str, int]:
    ask = "Give the tuition in dollars and the year that it applies to."
    given = parts.named(value, ask, ("amount", "year"))
    return {
        "amount": parts.whole(given["amount"], "the tuition in dollars", 0, MOST_DOLLARS),
        "year": parts.year(given["year"], "the year that this tuition applies to"),
    }


def _tuition_in_words(value: Any) -> str:
    return f"${intcomma(value['amount'])} ({value['year']})"


def _covers(value: Any) -> list[str]:
    return parts.chosen(value, "what the tuition covers", COVERS)


def _months(value: Any) -> int:
    return parts.whole(value, "the length in months", 1, MOST_MONTHS)


def _starts(value: Any) -> dict[str, Any]:
    ask = f"Give up to {MOST_DATES} start dates, or say that students start at any time."
    if value == {"rolling": True} and value["rolling"] is True:
        return {"rolling": True}
    dates = parts.named(value, ask, ("dates",))["dates"]
    if not isinstance(dates, list) or not dates or len(dates) > MOST_DATES:
        raise ValidationError(ask)
    return {"dates": sorted({parts.day(each, "each start date") for each in dates})}


def _starts_in_words(value: Any) -> str:
    if value.get("rolling"):
        return "At any time"
    return ", ".join(parts.day_in_words(each) for each in value["dates"])


def _curriculum(value: Any) -> dict[str, Any]:
    ask = f"Give the courses, {MOST_COURSES} at most, each with its title, or the hours in all."
    given = parts.named(value, ask, (), ("courses", "hours"))
    courses, hours = given["courses"] or [], given["hours"]
    if not isinstance(courses, list) or len(courses) > MOST_COURSES or not (courses or hours):
        raise ValidationError(ask)
    return {
        "courses": [_course(each) for each in courses],
        "hours": None if hours is None else parts.whole(hours, "the hours in all", 1, MOST_HOURS),
    }


def _course(value: Any) -> dict[str, Any]:
    given = parts.named(value, "Give each course a title.", ("title",), ("hours",))
    title = parts.line(given["title"], "the title of each course", 200)
    hours = given["hours"]
    if hours is not None:
        hours = parts.whole(hours, f"the hours of “{title[:50]}”", 1, MOST_HOURS)
    return {"title": title, "hours": hours}


def _curriculum_in_words(value: Any) -> str:
    said = [
        f"{course['title']}, {parts.hours(course['hours'])}" if course["hours"] else course["title"]
        for course in value["courses"]
    ]
    return "; ".join([*said, *([f"{parts.hours(value['hours'])} in all"] if value["hours"] else [])])


def _prerequisites(value: Any) -> str:
    return parts.paragraphs(value, "the prerequisites", 1000)


def _aid(value: Any) -> list[str]:
    found = parts.chosen(value, "the financial aid that you accept", AID)
    if "none" in found and len(found) > 1:
        raise ValidationError("Choose “none” alone, or the kinds of financial aid that you accept.")
    return found


def _externship(value: Any) -> dict[str, Any]:
    ask = "Say whether an externship is required, optional or none."
    given = parts.named(value, ask, ("kind",), ("hours",))
    kind = parts.one(given["kind"], "whether there is an externship", EXTERNSHIPS)
    hours = given["hours"]
    if hours is not None:
        if kind == "none":
            raise ValidationError("Leave out the hours where there is no externship.")
        hours = parts.whole(hours, "the hours of the externship", 1, MOST_HOURS)
    return {"kind": kind, "hours": hours}


def _externship_in_words(value: Any) -> str:
    said = [EXTERNSHIPS[value["kind"]], *([parts.hours(value["hours"])] if value["hours"] else [])]
    return parts.sentence(said)


def _voucher(value: Any) -> dict[str, Any]:
    ask = "Say whether the exam voucher is included."
    given = parts.named(value, ask, ("included",), ("credential",))
    included, credential = given["included"], given["credential"]
    if not isinstance(included, bool):
        raise ValidationError(ask)
    if credential is not None:
        if not included:
            raise ValidationError("Leave out the credential where no exam voucher is included.")
        [credential] = parts.credentials([credential])
    return {"included": included, "credential": credential}


def _voucher_in_words(value: Any) -> str:
    if not value["included"]:
        return "Not included"
    return f"Included: {words.credential_name(value['credential'])}" if value["credential"] else "Included"


def _pass_rate(value: Any) -> dict[str, Any]:
    ask = "Give the pass rate with its credential, its year, and where it is published."
    given = parts.named(value, ask, ("credential", "percent", "year", "source"), ("takers",))
    [credential] = parts.credentials([given["credential"]])
    takers = given["takers"]
    return {
        "credential": credential,
        "percent": _percent(given["percent"]),
        "year": parts.year(given["year"], "the year of the pass rate"),
        "takers": None if takers is None else parts.whole(takers, "how many took it", 1, MOST_TAKERS),
        "source": parts.line(given["source"], "where the pass rate is published", 300),
    }


def _percent(value: Any) -> int | float:
    """To one decimal."""
    if type(value) not in {int, float} or not 0 <= value <= 100:
        raise ValidationError("Give the pass rate in percent, from 0 to 100.")
    rounded = round(value, 1)
    return int(rounded) if rounded == int(rounded) else rounded


def _pass_rate_in_words(value: Any) -> str:
    takers = f" of {value['takers']:,}" if value["takers"] else ""
    name = words.credential_name(value["credential"])
    return f"{value['percent']}%{takers} passed {name} in {value['year']}. Source: {value['source']}"


OF_PROGRAMS: Final = (
    StatedField(
        Field.DELIVERY,
        "How it is taught",
        "On campus, online or hybrid; more than one where students may choose.",
        _delivery,
        lambda value: parts.sentence(WAYS[slug] for slug in WAYS if slug in value),
    ),
    StatedField(
        Field.CREDENTIALS,
        "Prepares for",
        "The credentials whose exam the program prepares for; none is an answer too.",
        parts.credentials,
        _credentials_in_words,
    ),
    StatedField(
        Field.TUITION,
        "Tuition",
        "Dollars for the whole program, and the year that it applies to.",
        _tuition,
        _tuition_in_words,
    ),
    StatedField(
        Field.COVERS,
        "What the tuition covers",
        "All that a student need not pay for beside the tuition.",
        _covers,
        lambda value: parts.sentence(COVERS[slug] for slug in value),
    ),
    StatedField(
        Field.MONTHS,
        "Length",
        "Months from the first day to the last, as most students take it.",
        _months,
        words.months,
    ),
    StatedField(
        Field.STARTS,
        "Start dates",
        f"Up to {MOST_DATES} dates, or that students start at any time.",
        _starts,
        _starts_in_words,
    ),
    StatedField(
        Field.CURRICULUM,
        "Courses",
        f"Up to {MOST_COURSES} courses with their clock hours, or the hours in all.",
        _curriculum,
        _curriculum_in_words,
    ),
    StatedField(
        Field.PREREQUISITES,
        "Prerequisites",
        "What a student must have before the first day.",
        _prerequisites,
        str,
    ),
    StatedField(
        Field.AID,
        "Financial aid accepted",
        "All kinds that students of this program may use, or none.",
        _aid,
        lambda value: parts.sentence(AID[slug] for slug in value),
    ),
    StatedField(
        Field.EXTERNSHIP,
        "Externship",
        "Required, optional or none, with its hours where they are fixed.",
        _externship,
        _externship_in_words,
    ),
    StatedField(
        Field.VOUCHER,
        "Exam voucher",
        "Whether the price of the program includes an exam voucher, and for which credential.",
        _voucher,
        _voucher_in_words,
    ),
    StatedField(
        Field.PASS_RATE,
        "Pass rate",
        "Of one exam in one year: percent, how many took it, and where it is published.",
        _pass_rate,
        _pass_rate_in_words,
    ),
)
