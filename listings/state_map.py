"""The map of states with numbers of schools; each tile leads to the schools of its state."""

from collections.abc import Mapping
from dataclasses import replace

from django.urls import reverse
from django.utils.safestring import SafeString

from content.lib.tiles import Tile, link_map, ranked
from listings.index.answer import Answer
from listings.places import STATES
from listings.sentences import schools
from listings.wanted import Wanted

TITLE = "Schools by state and territory"


def schools_by_state(answer: Answer) -> dict[str, int]:
    """How many schools the list would hold for each state, its own choice of states left out."""
    counts = answer.facets["state"]
    return {state: counts.listed(state) for state in counts.stated}


def state_map(counts: Mapping[str, int], wanted: Wanted) -> SafeString:
    """Leads to the same choices in the state: to its own page where nothing else is chosen."""
    known = {code.lower(): number for code, number in counts.items() if code in STATES and number}
    ranks = ranked(known) if known else {}
    addresses = _addresses(wanted.without("state"))
    tiles = {
        code.lower(): Tile(
            ranks.get(code.lower(), 0),
            f"{name}: {schools(counts.get(code, 0)) if counts.get(code) else 'no school'}",
            addresses[code] if code.lower() in known else "",
        )
        for code, name in STATES.items()
    }
    return link_map(tiles, title=TITLE)


def _addresses(elsewhere: Wanted) -> dict[str, str]:
    """Of each state; they differ in nothing but its code, so one is written out and filled in for all.

    With choices they are those of the list that the map stands above, and begin with the query.
    """
    first = next(iter(STATES))
    if elsewhere == Wanted():
        address, mark, filled = reverse("state-detail", args=[first.lower()]), first.lower(), str.lower
    else:
        address, mark, filled = (
            f"?{replace(elsewhere, state=(first,)).query()}",
            f"state={first}",
            "state={}".format,
        )
    before, _mark, after = address.rpartition(mark)
    return {code: f"{before}{filled(code)}{after}" for code in STATES}
