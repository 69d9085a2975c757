"""What a reader asks of the school list, apart from how it was sent; one spelling of it is its address."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from typing import Any, Final
from urllib.parse import urlencode

from django.urls import reverse

from content.lib.fulltext import words
from listings.fields import AWARD_CHOICES, CIP_TITLES, DELIVERIES, FIELD_GROUPS
from listings.models import Control
from listings.near import Origin
from listings.places import STATES

SORTS: Final = {
    "order": "Usual order",
    "relevance": "Nearest to your words",
    "distance": "Nearest to your place",
    "tuition": "Lowest tuition",
    "length": "Shortest",
    "awards": "Most awards",
    "name": "Name",
}
WITHIN: Final = {miles: f"{miles} miles" for miles in ("5", "10", "25", "50", "100", "200")} | {
    "any": "Any distance"
}
FIELD_NAMES: Final = {group.slug: group.name for group in FIELD_GROUPS} | {
    cip: f"{title} ({cip})" for cip, title in CIP_TITLES.items()
}
CHOICES: Final[dict[str, dict[str, str]]] = {
    "state": STATES,
    "within": WITHIN,
    "delivery": {delivery.slug: delivery.name for delivery in DELIVERIES},
    "award": AWARD_CHOICES,
    "field": FIELD_NAMES,
    "control": {value: str(label) for value, label in Control.choices if value},
}
ANY_DISTANCE: Final = "any"
SETTINGS: Final = frozenset({"within", "include_unknown", "sort"})  # keys that always have a value


@dataclass(frozen=True)
class Wanted:
    """The choices that filter and sort, in the one order of keys that addresses keep.

    `max_tuition` is in dollars; `within` is in miles of `near`, and means nothing without it. Values of one
    key are or-ed, keys are and-ed.
    """

    q: str = ""
    state: tuple[str, ...] = ()
    near: Origin | None = None
    within: str = "50"
    delivery: tuple[str, ...] = ()
    award: tuple[str, ...] = ()
    field: tuple[str, ...] = ()
    credential: tuple[str, ...] = ()
    control: tuple[str, ...] = ()
    max_tuition: int | None = None
    max_months: int | None = None
    include_unknown: bool = True
    sort: str = "order"

    @property
    def words(self) -> list[str]:
        return words(self.q)

    @property
    def miles(self) -> int | None:
        """How far from `near` a school may be; None for any distance."""
        return int(self.within) if self.near and self.within != ANY_DISTANCE else None

    def filters(self) -> Iterator[tuple[str, str]]:
        """Key and value of everything that narrows the list, and where distances are measured from."""
        for key, value in self._pairs():
            if key not in SETTINGS or (key == "within" and self.miles):
                yield key, value

    def query(self) -> str:
        """The query string of the one address for these choices, without a page; defaults are left out."""
        usual = set(Wanted()._pairs())
        return urlencode([pair for pair in self._pairs() if pair not in usual])

    def _pairs(self) -> Iterator[tuple[str, str]]:
        for key in fields(self):
            value = getattr(self, key.name)
            if value not in ("", (), None):
                for one in value if isinstance(value, tuple) else (value,):
                    yield key.name, str(int(one)) if isinstance(one, bool) else str(one)

    def address(self) -> str:
        query = self.query()
        return f"{reverse('school-list')}{'?' if query else ''}{query}"

    def without(self, key: str, value: str = "") -> "Wanted":
        """These choices less one value, or less the whole key."""
        if key == "within":
            return replace(self, within=ANY_DISTANCE)
        if key == "near":
            sort = self.sort if self.sort != "distance" else Wanted.sort
            return replace(self, near=None, within=Wanted.within, sort=sort)
        left: Any = getattr(self, key)
        rest: Any = _DEFAULTS[key]
        if isinstance(left, tuple) and value:
            rest = tuple(one for one in left if one != value)
        return replace(self, **{key: rest})

    def only(self, key: str) -> "Wanted":
        """One key of these choices."""
        if key in {"near", "within"}:
            return Wanted(near=self.near, within=self.within)
        value: Any = getattr(self, key)
        return replace(Wanted(), **{key: value})

    def is_indexed(self) -> bool:
        """Whether search engines may keep it: the whole list, or one state, which has a page of its own."""
        return self in (Wanted(), Wanted(state=self.state[:1]))


_DEFAULTS: Final = {key.name: key.default for key in fields(Wanted)}
