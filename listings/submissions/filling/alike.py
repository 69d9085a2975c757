"""Which schools a form for a new one may mean, by what is typed in it so far."""

from typing import Final

from listings.submissions.duplicates import Alike, alike
from listings.submissions.filling.inputs import Given, answer

NAMES: Final = ("name", "address-street", "address-city", "address-state", "website", "unitid")
LONGEST: Final = 200


def alike_of(typed: Given) -> list[Alike]:
    """By the form's own names of its controls."""
    given = {name: answer(typed, f"s-{name}")[:LONGEST].replace("\0", "") for name in NAMES}
    address = {part: given[f"address-{part}"] for part in ("street", "city", "state")}
    return alike(given["name"], address, website=given["website"], unitid=given["unitid"])
