"""Federal values in words, and why one is missing."""

from dataclasses import dataclass
from typing import Any, Final

from django.contrib.humanize.templatetags.humanize import intcomma

from content.models import Missing

LONGEST_CODE: Final = 6  # characters; a longer slug is a credential's name, as its body gives it no code


@dataclass(frozen=True)
class Cell:
    """A value in words; `missing` where there is none and the words say why."""

    text: str
    missing: bool = False


def missing(row: Any, name: str) -> Cell:
    """Why a federal row has no value, in words."""
    kind = row.missing.get(name, Missing.NOT_REPORTED)
    return Cell(Missing(kind).label if kind in Missing.values else Missing.NOT_REPORTED.label, missing=True)


def dollars(row: Any, name: str) -> Cell:
    value = getattr(row, name)
    return missing(row, name) if value is None else Cell(f"${intcomma(value)}")


def months(number: int) -> str:
    return f"{number} month{'' if number == 1 else 's'}"


def credential_name(slug: str) -> str:
    """`CCS-P`, or `Medical coding specialist` where the slug is made of the name."""
    return slug.upper() if len(slug) <= LONGEST_CODE else slug.replace("-", " ").capitalize()
