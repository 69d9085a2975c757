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
    elsewhere = wanted.without("state")
    tiles = {
        code.lower(): Tile(
            ranks.get(code.lower(), 0),
            f"{name}: {schools(counts.get(code, 0)) if counts.get(code) else 'no school'}",
            _address(code, elsewhere) if code.lower() in known else "",
        )
        for code, name in STATES.items()
    }
    return link_map(tiles, title=TITLE)


def _address(code: str, elsewhere: Wanted) -> str:
    if elsewhere == Wanted():
        return reverse("state-detail", args=[code.lower()])
    return replace(elsewhere, state=(code,)).address()
