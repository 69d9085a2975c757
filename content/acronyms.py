"""Acronyms on record, read by the lint and by the pages alike, and their first uses in a text."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, Final

from django.db.models import Value

from content.lib.normal import key
from content.models import CertifyingBody, Credential, Term

LETTERS: Final = re.compile(
    r"(?<![\w.-])[A-Z](?:[A-Z&]|[a-z](?=[A-Z]))*[A-Z](?:-(?:[A-Z]{1,3}|\d{1,2})(?![\w]))*(?![\w])"
)
TEXTS_KEPT: Final = 64
SMALL: Final = frozenset({"the", "of", "and", "for", "in", "a", "an", "to", "us", "united", "states", "s"})


def recorded(letters: Iterable[str] | None = None) -> dict[str, str]:
    """What acronyms stand for: all on record, or those of the given letters, in one query.

    A credential goes before a word, a certifying body before both. Retired credentials are left out: their
    letters may have become another's.
    """
    wanted = None if letters is None else set(letters)
    if wanted is not None and not wanted:
        return {}
    granted = Credential.objects.exclude(code="").exclude(status=Credential.Status.RETIRED)
    first, *others = (
        _rows(rows, column, place, wanted)
        for place, (rows, column) in enumerate(
            [
                (Term.objects.exclude(acronym=""), "acronym"),
                (granted, "code"),
                (CertifyingBody.objects.all(), "acronym"),
            ]
        )
    )
    return {found: name for _place, found, name in sorted(first.union(*others))}


def _rows(rows: Any, column: str, place: int, wanted: set[str] | None) -> Any:
    """Letters and names of one table; `place` says which goes before which."""
    chosen = rows if wanted is None else rows.filter(**{f"{column}__in": wanted})
    return chosen.order_by().annotate(place=Value(place)).values_list("place", column, "name")


def stems(text: str) -> list[str]:
    """The words of a name, small ones, endings and a country in front aside."""
    words = [word for word in key(text.replace("U.S.", "")).split() if word not in SMALL]
    return [word.rstrip("s") if len(word) > 3 else word for word in words]


def holds(text: str, name: str) -> bool:
    """Whether the text writes the name out."""
    return f" {' '.join(stems(name))} " in f" {' '.join(stems(text))} "


class Uses:
    """Acronyms with what they stand for; each is given away once, where it first stands."""

    def __init__(self, left: dict[str, str]) -> None:
        self._left = left

    def __bool__(self) -> bool:
        return bool(self._left)

    @property
    def left(self) -> tuple[tuple[str, str], ...]:
        return tuple(self._left.items())

    def take(self, letters: str) -> str:
        """What they stand for, the first time they are asked for; empty ever after."""
        return self._left.pop(letters, "")


class FirstUses(Uses):
    """The acronyms of a page that nobody spells out in it; one query where it has any."""

    def __init__(self, *texts: str) -> None:
        whole = "\n\n".join(texts)
        super().__init__(dict(_unexplained(whole, tuple(recorded(_letters(whole)).items()))))


@lru_cache(TEXTS_KEPT)
def _letters(text: str) -> frozenset[str]:
    return frozenset(LETTERS.findall(text))


@lru_cache(TEXTS_KEPT)
def _unexplained(text: str, names: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """Those of the acronyms that the text neither explains nor writes out."""
    words = f" {' '.join(stems(text))} " if names else ""
    return tuple(
        (letters, name)
        for letters, name in names
        if not (_is_explained(letters, text) or f" {' '.join(stems(name))} " in words)
    )


def _is_explained(letters: str, text: str) -> bool:
    """Whether a bracket beside it says something, in whatever words."""
    return f"({letters})" in text or f"{letters} (" in text
