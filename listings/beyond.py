"""Schools outside the circle that a reader drew: those that teach online, the nearest if none is inside."""

from dataclasses import dataclass, field, replace
from typing import Final

from listings.cards import Card, CardReader
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
    """At most a query where the circle of `search` holds `listed` schools, else two; none without a circle.

    Both stand on the first page alone.
    """
    wanted = search.wanted
    if wanted.miles is None or page > 1:
        return Beyond()
    online, online_cards = _online(search)
    nearest, nearest_cards = (online, []) if listed else _nearest(search)
    return Beyond(online_cards, online.address(), nearest_cards, nearest.address())


def _online(search: SchoolSearch) -> tuple[Wanted, list[Card]]:
    """Those that state they teach online and meet the other choices, wherever they are."""
    wanted = search.wanted
    anywhere = replace(wanted.without("near"), delivery=(ONLINE,), include_unknown=False)
    if wanted.delivery and ONLINE not in wanted.delivery:
        return anywhere, []
    elsewhere = search.answer.instead(anywhere)
    keys = elsewhere.besides(search.answer, most=SHOWN)
    return anywhere, CardReader(keys, answer=elsewhere, near=wanted.near).cards(keys)


def _nearest(search: SchoolSearch) -> tuple[Wanted, list[Card]]:
    """Those that meet the other choices, by distance, from as small a circle as holds any."""
    wanted = search.wanted
    anywhere = replace(wanted, within=ANY_DISTANCE, sort="distance")
    for within in WIDER:
        wider = search.answer.instead(replace(anywhere, within=within))
        if keys := wider.keys("distance", 0, SHOWN):
            return anywhere, CardReader(keys, answer=wider, near=wanted.near).cards(keys)
    return anywhere, []
