"""Which pages are measured, each at many addresses: no answer that was kept makes a page look cheap."""

from dataclasses import dataclass
from itertools import product
from typing import Any, Final

from listings.places import STATES

FLOOR: Final = "floor"
WORDS: Final = ("college", "university", "institute", "medical", "health", "coding", "office", "community")
ZIPS: Final = ("43004", "90012", "10001", "60601", "77002", "30303", "85004", "98101", "02108", "33130")


@dataclass(frozen=True)
class Target:
    """A kind of page; `requests` are those of one client in one round."""

    name: str
    addresses: tuple[str, ...]
    requests: int = 40


def targets(dataset: dict[str, Any]) -> list[Target]:
    """The floor first; `dataset` is what filling the database told."""
    credentials = dataset["credentials"]
    narrowed = [f"state={state}&credential={slug}" for slug, state in product(credentials, sorted(STATES))]
    # Neither the first nor the last states of the alphabet alone: what a round asks is spread over all.
    spread = sorted(narrowed, key=_shuffled)
    near = [f"near={code}&within=50&credential={slug}" for code, slug in product(ZIPS, credentials)]
    words = [f"q={word}&sort=relevance" for word in WORDS]
    # Not the last word: no name has two kinds of school, and a page of near spellings is another page.
    words += [f"q={one}+{other}&sort=relevance" for one, other in product(WORDS[3:-1], WORDS[:3])]
    return [
        Target(FLOOR, ("/bench/floor/",), requests=80),
        Target("listing", tuple(f"/schools/?{query}" for query in spread)),
        Target("listing without facets", tuple(f"/bench/schools/?{query}" for query in spread)),
        Target("first page", ("/schools/",)),
        Target("last page", (f"/schools/?page={dataset['pages']}",)),
        Target("search", tuple(f"/schools/?{query}" for query in words)),
        Target("near", tuple(f"/schools/?{query}" for query in near)),
        Target("article", tuple(dataset["articles"])),
    ]


def _shuffled(query: str) -> str:
    """An order without meaning that is the same in every process."""
    return query[::-1]
