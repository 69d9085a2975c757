"""The choices of each key with their numbers of schools, as the page and the API show them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from listings.index.answer import Answer
from listings.index.facets import KEYS, FacetCounts
from listings.wanted import CHOICES, Wanted

BOUNDED: Final = ("max_tuition", "max_months")


@dataclass(frozen=True)
class Choice:
    """`schools` state it and meet the other keys by what they state; `perhaps` more did not say those."""

    value: str
    name: str
    schools: int
    perhaps: int
    is_chosen: bool


@dataclass(frozen=True)
class Facet:
    """A key with its choices, none for a bounded one; `unsaid` schools did not say what it asks for."""

    key: str
    choices: tuple[Choice, ...]
    unsaid: int

    @property
    def is_stated(self) -> bool:
        """Whether any school states one of the choices."""
        return any(choice.schools or choice.perhaps for choice in self.choices)


def facets(answer: Answer, credentials: Mapping[str, str]) -> dict[str, Facet]:
    """By key; `credentials` are codes by slug, of those that may be chosen."""
    names = CHOICES | {"credential": dict(credentials)}
    counts = answer.facets
    return {
        key: Facet(
            key,
            () if key in BOUNDED else tuple(_choices(answer.wanted, key, names[key], counts[key])),
            counts[key].unsaid,
        )
        for key in KEYS
    }


def _choices(wanted: Wanted, key: str, names: Mapping[str, str], counts: FacetCounts) -> Iterator[Choice]:
    for value, name in names.items():
        stated, perhaps = counts.stated.get(value, 0), counts.perhaps.get(value, 0)
        yield Choice(value, name, stated, perhaps, value in getattr(wanted, key))
