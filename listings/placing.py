"""What a school is called and where it is: as it stated, else as the federal directory says."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from listings.distance import Point
from listings.models import Statement
from listings.zips import AREA_DIGITS, DIGITS, zip_points

Field = Statement.Field


class Placed(Protocol):
    """Name, aliases, place and point in degrees."""

    @property
    def name(self) -> str: ...
    @property
    def aliases(self) -> str: ...
    @property
    def city(self) -> str: ...
    @property
    def state(self) -> str: ...
    @property
    def latitude(self) -> float | None: ...
    @property
    def longitude(self) -> float | None: ...


@dataclass(frozen=True)
class Place:
    """A place in which something was stated."""

    name: str
    aliases: str
    city: str
    state: str
    latitude: float | None
    longitude: float | None


def stated_place(known: Placed, code: str, stated: Mapping[str, Any]) -> Placed:
    """What was `known` with what is stated in its stead; `code` is the ZIP of the known point.

    A stated address has the point of its ZIP, which is where the known point is kept if the ZIP is the same.
    """
    if not {Field.NAME, Field.ADDRESS} & stated.keys():
        return known
    address = stated.get(Field.ADDRESS)
    if address is None:
        city, state, point = known.city, known.state, _known_point(known)
    else:
        city, state = address["city"], address["state"]
        moved = address["zip"][:DIGITS] != code[:DIGITS]
        point = point_of(address["zip"]) if moved else _known_point(known)
    return Place(
        name=stated.get(Field.NAME, known.name),
        aliases=known.aliases,
        city=city,
        state=state,
        latitude=point.latitude if point else None,
        longitude=point.longitude if point else None,
    )


def point_of(code: str) -> Point | None:
    """The point of a ZIP, or of the ZIPs around one that the table does not have."""
    points = zip_points()
    return points.point(code[:DIGITS]) or points.area(code[:AREA_DIGITS])


def _known_point(known: Placed) -> Point | None:
    if known.latitude is None or known.longitude is None:
        return None
    return Point(known.latitude, known.longitude)
