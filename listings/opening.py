"""Schools and programs that no federal file names: identities made when an editor accepts what was sent."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.text import slugify

from listings.models import Program, School
from listings.writing import LONGEST_SLUG, RESERVED


def open_school(*, name: str, address: Mapping[str, Any]) -> School:
    """A school outside IPEDS; the caller states what is known of it and rebuilds its listing."""
    city, state = str(address["city"]), str(address["state"])
    return School.objects.create(
        slug=_free_slug(name, city, state), name=name, city=city, state=state, status=School.Status.LISTED
    )


def _free_slug(name: str, city: str, state: str) -> str:
    wanted = next(_choices(name, city, state))
    taken = RESERVED | set(School.objects.filter(slug__startswith=wanted[:50]).values_list("slug", flat=True))
    return next(slug for slug in _choices(name, city, state) if slug not in taken)


def _choices(name: str, city: str, state: str) -> Iterator[str]:
    """The name, then with its city, then numbered."""
    short = slugify(name)[: LONGEST_SLUG - 50] or "school"
    long = slugify(f"{short} {city} {state}")[: LONGEST_SLUG - 10]
    if slugify(name):
        yield short
    yield long
    for number in range(2, 100_000):
        yield f"{long}-{number}"


def open_program(school: School, cip: str, award_level: int) -> Program:
    """A program that the school states and no completions file names."""
    return Program.objects.get_or_create(school=school, cip=cip, award_level=award_level)[0]
