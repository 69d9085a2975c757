"""The organic order of schools: one list of criteria that the code runs and the page of that name prints.

Only public data goes in; what is paid for does not. Keys are bytes, so both databases order them alike.
"""

import unicodedata
from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from listings.fields import FIELD_GROUPS, GROUP_BY_SLUG

COMPLETENESS_FIELDS: Final = {
    "delivery": "how it is taught",
    "credentials": "which credential it prepares for",
    "tuition": "tuition",
    "months": "length",
}
NAME_BYTES: Final = 120
NO_AWARDS_REPORTED: Final = 255
NO_GROUP: Final = len(FIELD_GROUPS)


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What the order knows of a school or of one program; awards are those of the newest year."""

    groups: Collection[str]
    completeness: int
    confirmed: bool
    awards: int | None
    name: str
    school_id: int


@dataclass(frozen=True)
class Criterion:
    """One step of the order: lower bytes come first; the next step decides only between equals."""

    title: str
    explanation: str
    key: Callable[[Standing], bytes]
    said: Callable[[int], str]  # what the first byte of its part of a key means, of one school


def _group(standing: Standing) -> bytes:
    places = [GROUP_BY_SLUG[slug].place for slug in standing.groups]
    return bytes([min(places, default=NO_GROUP)])


def _completeness(standing: Standing) -> bytes:
    return bytes([standing.completeness])


def _confirmed(standing: Standing) -> bytes:
    return bytes([not standing.confirmed])


def _awards(standing: Standing) -> bytes:
    if standing.awards is None:
        return bytes([NO_AWARDS_REPORTED])
    return bytes([NO_AWARDS_REPORTED - 1 - standing.awards.bit_length()])


def _name(standing: Standing) -> bytes:
    return name_key(standing.name, standing.school_id)


def _said_group(place: int) -> str:
    return FIELD_GROUPS[place].name if place < NO_GROUP else "no program in these fields"


def _said_completeness(unknown: int) -> str:
    return f"{len(COMPLETENESS_FIELDS) - unknown} of {len(COMPLETENESS_FIELDS)} facts stated"


def _said_confirmed(is_not: int) -> str:
    return "not confirmed by the school" if is_not else "confirmed by the school"


def _said_awards(byte: int) -> str:
    if byte == NO_AWARDS_REPORTED:
        return "no number of awards reported"
    bits = NO_AWARDS_REPORTED - 1 - byte
    low, high = (1 << bits) >> 1, (1 << bits) - 1
    return f"{low:,} to {high:,} awards" if low < high else f"{high} award{'' if high == 1 else 's'}"


def _sentence(words: Collection[str]) -> str:
    *first, last = words
    return f"{', '.join(first)} and {last}"


CRITERIA: Final = (
    Criterion(
        "Nearest field",
        "Schools with a program in billing and coding come first. After them come schools whose "
        f"nearest programs are in {_sentence([group.name.lower() for group in FIELD_GROUPS[1:]])}, in that "
        "order.",
        _group,
        _said_group,
    ),
    Criterion(
        "How much is known",
        f"One point each for {_sentence(COMPLETENESS_FIELDS.values())}, as stated by the school or an "
        f"editor, or read in a federal file: {len(COMPLETENESS_FIELDS) + 1} classes, from everything known "
        "to nothing known.",
        _completeness,
        _said_completeness,
    ),
    Criterion(
        "Confirmed by the school",
        "Of two schools about which as much is known, one that confirmed its data itself comes first.",
        _confirmed,
        _said_confirmed,
    ),
    Criterion(
        "Awards",
        "Awards of the newest year in the nearest field, in classes that double: 1, 2 to 3, 4 to 7, 8 to 15 "
        "and so on. A few awards more or less move nobody. Zero comes after any award, and schools for which "
        "no number is reported come last.",
        _awards,
        _said_awards,
    ),
    Criterion(
        "Name",
        "By the alphabet, without regard to capitals, accents and punctuation. Schools of one name stand in "
        "the order in which they were first listed.",
        _name,
        lambda _letter: "then the name",
    ),
)


def completeness_class(known: Collection[str]) -> int:
    """0 (all of `COMPLETENESS_FIELDS` are known) to 4 (none is)."""
    return sum(field not in known for field in COMPLETENESS_FIELDS)


def rank_key(  # noqa: PLR0913  # one argument a column that the order reads
    *,
    groups: Collection[str],
    completeness: int,
    confirmed: bool,
    awards: int | None,
    name: str,
    school_id: int,
) -> bytes:
    """One key, ascending, of at most 160 bytes; `groups` are slugs, `completeness` is 0 (best) to 4."""
    standing = Standing(
        groups=groups,
        completeness=completeness,
        confirmed=confirmed,
        awards=awards,
        name=name,
        school_id=school_id,
    )
    return b"".join(criterion.key(standing) for criterion in CRITERIA)


def explained(key: bytes) -> str:
    """Why a school stands where it does in the usual order: what each criterion found of it."""
    return ", ".join(criterion.said(byte) for criterion, byte in zip(CRITERIA, key, strict=False))


def name_key(name: str, school_id: int) -> bytes:
    """Orders by name without regard to case, accents and punctuation, then by id."""
    return _bare(name) + b"\0" + school_id.to_bytes(8)


@lru_cache(maxsize=16)  # the programs of a school are folded one after another
def _bare(name: str) -> bytes:
    plain = "".join(
        character
        for character in unicodedata.normalize("NFKD", name).casefold()
        if not unicodedata.combining(character)
    )
    words = "".join(character if character.isalnum() else " " for character in plain).split()
    return " ".join(words).encode()[:NAME_BYTES]
