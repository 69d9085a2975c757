"""Schools that a reader chose by hand, as an address names them: slugs in one order, commas between."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from listings.sentences import joined

MOST_NAMES: Final = 50
LONGEST_NAME: Final = 120
SHOWN_NAMES: Final = 3
SLUG: Final = re.compile(r"[-\w]+", re.ASCII)


@dataclass(frozen=True)
class Chosen:
    """What was asked for: `names` as given, sorted, each once; those that are no slug name no school."""

    names: tuple[str, ...]
    is_clean: bool

    @property
    def slugs(self) -> list[str]:
        return [name for name in self.names if SLUG.fullmatch(name)]

    def address(self, page: str) -> str:
        return address(page, self.names)

    def without(self, page: str, slug: str) -> str:
        return address(page, [name for name in self.names if name != slug])

    def unknown(self, found: Collection[str]) -> str:
        """A sentence about names that are no school's; empty where there are none."""
        strange = [f"“{name[:60]}”" for name in self.names if name not in found]
        if not strange:
            return ""
        more = len(strange) - SHOWN_NAMES
        shown = strange[:SHOWN_NAMES] + ([f"{more} more"] if more > 0 else [])
        they = "it is" if len(strange) == 1 else "they are"
        return f"No school has the address {joined(shown)}, so {they} left out."


def address(page: str, names: Sequence[str]) -> str:
    """The one address of these schools on the page of that URL name."""
    query = urlencode({"schools": ",".join(sorted(set(names)))}, safe=",")
    return f"{reverse(page)}?{query}" if names else reverse(page)


def read_chosen(query: QueryDict) -> Chosen:
    """From `schools=a,b`, and from ticked boxes, `school=a&school=b`; at most `MOST_NAMES`."""
    given = query.getlist("schools")
    ticked = query.getlist("school")
    parts = [part.strip()[:LONGEST_NAME] for text in given for part in text.split(",", MOST_NAMES)]
    parts += [part.strip()[:LONGEST_NAME] for part in ticked]
    names = tuple(sorted({part for part in parts[:MOST_NAMES] if part}))
    return Chosen(names, is_clean=not ticked and given in ([], [",".join(names)]) and given != [""])
