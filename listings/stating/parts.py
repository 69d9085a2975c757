"""Parts that stated values are made of; each is handed back in its one form, or refused in a sentence."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils.formats import date_format

from content.models import Credential

# Letters and marks that show nothing, beside the categories C*.
BLANK: Final = dict.fromkeys(
    (
        *(0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x2800, 0x3164, 0xFFA0),
        *range(0x180B, 0x1810),
        *range(0xFE00, 0xFE10),
        *range(0xE0100, 0xE01F0),
    )
)
YEARS: Final = (2000, 2100)
DAY: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_known: Final[ContextVar[frozenset[str] | None]] = ContextVar("credentials at hand", default=None)


def line(value: Any, what: str, longest: int, *, required: bool = True) -> str:
    """One line of text without control, zero-width and direction characters."""
    return _text(" ".join(_visible(value, what).split()), what, longest, required=required)


def paragraphs(value: Any, what: str, longest: int) -> str:
    """Lines of text, each of them as `line` gives it, at most one empty line between two."""
    lines = [" ".join(each.split()) for each in _visible(value, what).splitlines()]
    return _text(re.sub("\n{3,}", "\n\n", "\n".join(lines)).strip("\n"), what, longest, required=True)


def _visible(value: Any, what: str) -> str:
    if not isinstance(value, str):
        raise ValidationError(f"Give {what} as text.")
    kept = (char for char in value.translate(BLANK) if char.isspace() or unicodedata.category(char)[0] != "C")
    return unicodedata.normalize("NFC", "".join(kept))


def _text(text: str, what: str, longest: int, *, required: bool) -> str:
    if required and not text:
        raise ValidationError(f"Give {what}.")
    if len(text) > longest:
        raise ValidationError(f"Shorten {what} to {longest:,} characters; it has {len(text):,}.")
    return text


def whole(value: Any, what: str, low: int, high: int) -> int:
    if type(value) is not int or not low <= value <= high:
        raise ValidationError(f"Give {what} as a whole number from {low:,} to {high:,}.")
    return value


def year(value: Any, what: str) -> int:
    low, high = YEARS
    if type(value) is not int or not low <= value <= high:
        raise ValidationError(f"Give {what} as a year from {low} to {high}.")
    return value


def day(value: Any, what: str) -> str:
    """An ISO date."""
    try:
        found = date.fromisoformat(value) if isinstance(value, str) and DAY.fullmatch(value) else None
    except ValueError:
        found = None
    if found is None or not YEARS[0] <= found.year <= YEARS[1]:
        raise ValidationError(f"Give {what} as a date such as 2027-01-11, from {YEARS[0]} to {YEARS[1]}.")
    return found.isoformat()


def day_in_words(iso: str) -> str:
    return date_format(date.fromisoformat(iso), "j M Y")


def chosen(value: Any, what: str, choices: Mapping[str, str]) -> list[str]:
    """At least one of the choices, in their order."""
    if not isinstance(value, list) or not value:
        raise ValidationError(f"Choose {what}: {_listed(choices)}.")
    for each in value:
        one(each, what, choices)
    return [choice for choice in choices if choice in value]


def one(value: Any, what: str, choices: Mapping[str, str]) -> str:
    if not isinstance(value, str) or value not in choices:
        raise ValidationError(f"Choose {what}: {_listed(choices)}.")
    return value


def credentials(value: Any) -> list[str]:
    """Slugs of known credentials in alphabetical order, each once; perhaps none."""
    if not isinstance(value, list) or not all(isinstance(slug, str) for slug in value):
        raise ValidationError("Choose the credentials from the list of this site.")
    slugs = sorted(set(value))
    known = _known.get()
    if known is None:
        asked = Credential.objects.filter(slug__in=[_storable(slug) for slug in slugs])
        known = frozenset(asked.values_list("slug", flat=True))
    if unknown := [slug for slug in slugs if slug not in known]:
        raise ValidationError(f"No credential here is called “{unknown[0][:50]}”. Choose one from the list.")
    return slugs


@contextmanager
def credentials_at_hand() -> Iterator[None]:
    """Inside, the credentials are asked for once, however many values are parsed."""
    token = _known.set(frozenset(Credential.objects.values_list("slug", flat=True)))
    try:
        yield
    finally:
        _known.reset(token)


def _storable(slug: str) -> str:
    """What a database may be asked for; others are names of nothing."""
    return slug if slug.isascii() and slug.isprintable() else ""


def named(value: Any, ask: str, required: Collection[str], optional: Collection[str] = ()) -> dict[str, Any]:
    """An object with these names; those of `optional` that are left out become None."""
    if not isinstance(value, dict) or not {*required} <= value.keys() <= {*required, *optional}:
        raise ValidationError(ask)
    return dict.fromkeys(optional) | value


def sentence(words: Iterable[str]) -> str:
    """Words between commas, the first letter a capital."""
    text = ", ".join(words)
    return text[:1].upper() + text[1:]


def hours(number: int) -> str:
    return f"{number:,} hour{'' if number == 1 else 's'}"


def _listed(choices: Mapping[str, str]) -> str:
    *first, last = choices.values()
    return f"{', '.join(first)} or {last}" if first else last
