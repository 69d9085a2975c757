"""Schools outside the circle that a reader drew: those that teach online, the nearest if none is inside."""

from dataclasses import dataclass, field, replace
from typing import Final

from listings.cards import Card, CardReader
from listings.models import School
from listings.search import SchoolSearch
from listings.wanted import ANY_DISTANCE, Wanted

SHOWN: Final = 5
ONLINE: Final = "online"
WIDER: Final = ("200", ANY_DISTANCE)


@dataclass(frozen=True)
class Beyond:
    """`online` state that they teach so; `nearest` are there only if the circle holds no school."""

    online: list[Card] = field(default_factory=list)
    online_address: str = ""
    nearest: list[Card] = field(default_factory=list)
    nearest_address: str = ""


def beyond(search: SchoolSearch, *, listed: int, page: int) -> Beyond:
    """At most two queries where the circle of `search` holds `listed` schools, else five; none without one.

    Both stand on the first page alone.
    """
    wanted = search.wanted
    if wanted.miles is None or page > 1:
        return Beyond()
    online, online_cards = _online(search)
    nearest, nearest_cards = (online, []) if listed else _nearest(wanted)
    return Beyond(online_cards, online.address(), nearest_cards, nearest.address())


def _online(search: SchoolSearch) -> tuple[Wanted, list[Card]]:
    """Those that state they teach online and meet the other choices, wherever they are."""
    wanted = search.wanted
    anywhere = replace(wanted.without("near"), delivery=(ONLINE,), include_unknown=False)
    if wanted.delivery and ONLINE not in wanted.delivery:
        return anywhere, []
    found = SchoolSearch(anywhere)
    outside = found.found(School.objects.listed().exclude(pk__in=search.found().values("pk")))
    keys = list(outside.order_by("rank_key").values_list("pk", flat=True)[:SHOWN])
    return anywhere, CardReader(keys, meets=found.stated, near=wanted.near).cards(keys)


def _nearest(wanted: Wanted) -> tuple[Wanted, list[Card]]:
    """Those that meet the other choices, by distance, from as small a circle as holds any."""
    anywhere = replace(wanted, within=ANY_DISTANCE, sort="distance")
    for within in WIDER:
        found = SchoolSearch(replace(anywhere, within=within))
        if keys := found.keys(0, SHOWN):
            return anywhere, CardReader(keys, meets=found.stated, near=wanted.near).cards(keys)
    return anywhere, []
