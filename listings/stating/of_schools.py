"""What may be stated of a school as a whole, in the order that readers see."""

import re
from typing import Any, Final

from django.core.exceptions import ValidationError

from content.lib import addresses
from listings.contact import telephone
from listings.models import Statement
from listings.places import STATES
from listings.stating import parts
from listings.stating.field import StatedField

Field = Statement.Field
ZIP: Final = re.compile(r"[0-9]{5}(-[0-9]{4})?")
BARE_HOST: Final = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)*\.[a-z]{2,}(/.*)?", re.IGNORECASE)
# Names that lead to no site of the public network (RFC 2606, 6761, 6762, 7686, 8375, 9476).
NOT_PUBLIC: Final = {
    "alt", "arpa", "example", "home", "internal", "invalid", "lan", "local", "localhost", "onion", "test",
}  # fmt: skip
# Pixels of width and of height.
LOGO_WITHIN: Final = (480, 240)
PICTURE: Final = re.compile(r"[0-9a-f]{32}")
# As in North America: neither an area code nor an exchange begins with 0 or 1.
DIGITS: Final = re.compile(r"1?([2-9][0-9]{2}[2-9][0-9]{6})([0-9]{0,5})")
EXTENSION: Final = re.compile(r"(?:extension|ext\.?|x|#)", re.IGNORECASE)
PUNCTUATION: Final = re.compile(r"[\s().,/+-]")


def _name(value: Any) -> str:
    return parts.line(value, "the name of the school", 200)


def _address(value: Any) -> dict[str, str]:
    ask = "Give the street, the city, the state and the ZIP of the school's main campus."
    given = parts.named(value, ask, ("street", "city", "state", "zip"))
    state = parts.line(given["state"], "the state", 50).upper()
    if state not in STATES:
        raise ValidationError("Choose the state from the list, or give its two letters, such as OH.")
    code = parts.line(given["zip"], "the ZIP", 50)
    if not ZIP.fullmatch(code):
        raise ValidationError("Give the ZIP as five digits, such as 43004, or as 43004-1234.")
    return {
        "street": parts.line(given["street"], "the street and number", 200),
        "city": parts.line(given["city"], "the city", 100),
        "state": state,
        "zip": code,
    }


def _address_in_words(value: Any) -> str:
    return f"{value['street']}, {value['city']}, {value['state']} {value['zip']}"


def _phone(value: Any) -> str:
    """Ten digits, and those of an extension after them."""
    bare = PUNCTUATION.sub("", EXTENSION.sub("", parts.line(value, "the telephone number", 50)))
    found = DIGITS.fullmatch(bare) if bare.isascii() else None
    if found is None:
        raise ValidationError(
            "Give the telephone number with its area code in digits, such as 614-555-0123, or with an"
            " extension, such as 614-555-0123 x45."
        )
    return "".join(found.groups())


def _website(value: Any) -> str:
    given = parts.line(value, "the address of the school's website", 500)
    address = f"https://{given}" if BARE_HOST.fullmatch(given) else given
    try:
        target = addresses.check(address)
    except addresses.NotAllowed as refusal:
        raise ValidationError(
            f"{str(refusal).capitalize().rstrip('.')}. Give the address of the school's own site, such as"
            " https://www.school.edu/."
        ) from None
    end = target.host.rstrip(".").rpartition(".")
    if not end[0] or end[2] in NOT_PUBLIC:
        raise ValidationError(
            "This address leads to no public site. Give the address that visitors type, such as"
            " https://www.school.edu/."
        )
    if not (site := addresses.normal(target.url)):
        raise ValidationError(
            f"Shorten the address to {addresses.LONGEST_CITED} characters: give the first page of the site."
        )
    return site


def _logo(value: Any) -> dict[str, Any]:
    given = parts.named(value, "Choose the picture again.", ("name", "width", "height"))
    if not isinstance(given["name"], str) or not PICTURE.fullmatch(given["name"]):
        raise ValidationError("Choose the picture again.")
    return {
        "name": given["name"],
        "width": parts.whole(given["width"], "the width of the logo in pixels", 1, LOGO_WITHIN[0]),
        "height": parts.whole(given["height"], "the height of the logo in pixels", 1, LOGO_WITHIN[1]),
    }


def _closure(value: Any) -> dict[str, str]:
    given = parts.named(value, "Give the day that the school closed on.", ("closed_on",), ("note",))
    note = given["note"] or ""
    return {
        "closed_on": parts.day(given["closed_on"], "the day that the school closed on"),
        "note": parts.line(note, "the note", 300, required=False),
    }


def _closure_in_words(value: Any) -> str:
    day = parts.day_in_words(value["closed_on"])
    return f"{day}. {value['note']}" if value["note"] else day


OF_SCHOOLS: Final = (
    StatedField(
        Field.NAME,
        "Name",
        "As the school calls itself on its own site.",
        _name,
        str,
        is_of_school=True,
    ),
    StatedField(
        Field.ADDRESS,
        "Address",
        "Street, city, state and ZIP of the main campus.",
        _address,
        _address_in_words,
        is_of_school=True,
    ),
    StatedField(
        Field.PHONE,
        "Telephone",
        "The number for questions before a student enrolls.",
        _phone,
        telephone,
        is_of_school=True,
    ),
    StatedField(
        Field.WEBSITE,
        "Website",
        "The school's own site, such as https://www.school.edu/.",
        _website,
        str,
        is_of_school=True,
    ),
    StatedField(
        Field.LOGO,
        "Logo",
        "PNG, JPEG or WebP, up to 2 MB; shown beside the name, {} x {} pixels at most.".format(*LOGO_WITHIN),
        _logo,
        lambda value: f"A logo, {value['width']} x {value['height']} pixels",
        is_of_school=True,
    ),
    StatedField(
        Field.CLOSURE,
        "Closed on",
        "The last day of teaching, and what became of the students.",
        _closure,
        _closure_in_words,
        is_of_school=True,
        lapses=False,
    ),
)
