"""What a search of the whole site shows of a thing, whichever half of the site it belongs to."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Hit:
    """A thing that was found: where it is, what kind of thing, and what of it matched."""

    title: str
    address: str
    note: str = ""
    matched: str = ""
