"""Opens schools and programs that no federal file has named; what is stated of them alone is known."""

from collections.abc import Iterator
from itertools import count
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from content.lib import normal
from listings.fields import AWARD_LEVELS, CIP_TITLES
from listings.models import Program, School, Statement
from listings.stating import SCHOOL_FIELDS
from listings.writing import RESERVED

LONGEST_BASE: Final = 100  # characters of a slug before the number that tells namesakes apart


def open_school(*, name: Any, address: Any) -> School:
    """A school outside IPEDS; the caller states what is known of it and rebuilds its listing.

    It has a page at once, and is listed once a field of a program is stated. Raises `ValidationError` for a
    value that `stating.SCHOOL_FIELDS` refuses.
    """
    called = SCHOOL_FIELDS[Statement.Field.NAME].parse(name)
    where = SCHOOL_FIELDS[Statement.Field.ADDRESS].parse(address)
    place = {"city": where["city"], "state": where["state"]}
    for slug in _slugs(called, **place):
        try:
            with transaction.atomic():
                return School.objects.create(slug=slug, name=called, status=School.Status.NO_ROW, **place)
        except IntegrityError:
            # Somebody else may have taken it just now.
            if not School.objects.filter(slug=slug).exists():
                raise
    raise AssertionError("there is always another number")


def open_program(school: School, cip: str, award_level: int) -> Program:
    """The school's program of this CIP code and award level, made if there is none.

    It is listed once a field of it is stated, or a federal file names it. Raises `ValidationError` for what
    is no program of this directory.
    """
    if cip not in CIP_TITLES:
        raise ValidationError("Choose the field of the program from the list, such as 51.0713.")
    if award_level not in AWARD_LEVELS:
        raise ValidationError("Choose the award of the program from the list.")
    return Program.objects.get_or_create(school=school, cip=cip, award_level=award_level)[0]


def _slugs(name: str, city: str, state: str) -> Iterator[str]:
    """The name, with its city where there are namesakes, with a number where that is not enough."""
    base = normal.slug(name, longest=LONGEST_BASE) or "school"
    if base not in RESERVED:
        yield base
    yield normal.slug(f"{name} {city} {state}", longest=LONGEST_BASE) or f"{base}-1"
    for number in count(2):
        yield f"{base}-{number}"
