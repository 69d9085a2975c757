"""Where distances are measured from: what a reader writes as a ZIP, a city with its state, or a point.

A point is read as the nearest ZIP, so that no address keeps where somebody stands.
"""

import re
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from typing import Final

from listings.cities import city_key
from listings.distance import Point, miles
from listings.models import Place, School
from listings.places import STATES
from listings.zips import AREA_DIGITS, zip_points

LONGEST: Final = 100
GUESSES: Final = 4
ALIKE: Final = 0.7
FARTHEST_ZIP: Final = 60  # miles from a point to the ZIP that it is read as
ZIP: Final = re.compile(r"([0-9]{5})(-[0-9]{4})?")
POINT: Final = re.compile(r"(-?[0-9]{1,2}(?:\.[0-9]{1,8})?) *, *(-?[0-9]{1,3}(?:\.[0-9]{1,8})?)")
CODES: Final = {city_key(name): code for code, name in STATES.items()} | {
    code.lower(): code for code in STATES
}
ASK: Final = "Give a ZIP, such as 43004, or a city with its state, such as Columbus, OH."


@dataclass(frozen=True)
class Origin:
    """A place with its point; its words are what the address keeps: `43004` or `Columbus, OH`."""

    words: str
    point: Point = field(compare=False)
    note: str = field(default="", compare=False)

    def __str__(self) -> str:
        return self.words

    @property
    def said(self) -> str:
        """As a sentence names it."""
        return f"ZIP {self.words}" if self.words.isdigit() else self.words

    def miles_to(self, school: School) -> float | None:
        if school.latitude is None or school.longitude is None:
            return None
        return miles(self.point, Point(school.latitude, school.longitude))

    def distance(self, school: School) -> str:
        """`12 miles from ZIP 43004`, in a straight line; empty for a school whose point is not known."""
        away = self.miles_to(school)
        if away is None:
            return ""
        if away < 1:
            return f"Less than 1 mile from {self.said}"
        number = round(away)
        return f"{number:,} mile{'' if number == 1 else 's'} from {self.said}"


class UnknownPlaceError(ValueError):
    """No place of that name; the message goes on after the name, `guesses` are places spelt like it."""

    def __init__(self, reason: str, guesses: tuple[Origin, ...] = ()) -> None:
        super().__init__(reason)
        self.guesses = guesses


def find(text: str) -> Origin:
    """What a reader means; raises `UnknownPlaceError`. A ZIP or point takes no query, a city one."""
    asked = " ".join(text.replace("\0", "")[:LONGEST].split())
    if found := ZIP.fullmatch(asked):
        return _zip(found[1])
    if found := POINT.fullmatch(asked):
        return _nearest_zip(Point(float(found[1]), float(found[2])))
    if not any(character.isalpha() for character in asked):
        raise UnknownPlaceError(f"is no ZIP and no city. {ASK}")
    return _city(asked)


def _zip(code: str) -> Origin:
    point = zip_points().point(code)
    if point:
        return Origin(code, point)
    area = code[:AREA_DIGITS]
    point = zip_points().area(area)
    if point is None:
        raise UnknownPlaceError(f"is no ZIP that is known here, nor is any that begins with {area}. {ASK}")
    return Origin(
        code,
        point,
        f"ZIP {code} has no area of its own on the map, so distances are measured from the middle of the ZIPs"
        f" that begin with {area}.",
    )


def _nearest_zip(point: Point) -> Origin:
    in_range = abs(point.latitude) <= 90 and abs(point.longitude) <= 180
    found = zip_points().nearest(point) if in_range else None
    if found is None or found[1] > FARTHEST_ZIP:
        raise UnknownPlaceError(f"is a point far from any ZIP of the United States. {ASK}")
    origin = _zip(found[0])
    return Origin(origin.words, origin.point, f"That point is read as {origin.said}, the nearest one.")


def _city(asked: str) -> Origin:
    name, state = _split(asked)
    key = city_key(name)
    found = list(Place.objects.filter(key=key, **({"state": state} if state else {}))) if key else []
    if len(found) == 1:
        return _origin(found[0])
    if found:
        found.sort(key=lambda place: -place.institutions)
        raise UnknownPlaceError(
            "is a city of more than one state: say which.", tuple(map(_origin, found[:GUESSES]))
        )
    guesses = _alike(key, state) if key else []
    mean = f" Did you mean {' or '.join(map(str, guesses))}?" if guesses else ""
    raise UnknownPlaceError(
        f"is no city with an institution in the federal directory.{mean} Or give a ZIP, such as 43004.",
        tuple(map(_origin, guesses)),
    )


def _split(asked: str) -> tuple[str, str]:
    """City and state code; no state where none is named."""
    name, comma, state = asked.rpartition(",")
    if not comma:
        name, _blank, state = asked.rpartition(" ")
    code = CODES.get(city_key(state), "")
    return (name, code) if code and name.strip() else (asked, "")


def _origin(place: Place) -> Origin:
    return Origin(str(place), Point(place.latitude, place.longitude))


def _alike(key: str, state: str) -> list[Place]:
    """Cities spelt nearly so: those of the state first, then any."""
    matcher = SequenceMatcher(b=key, autojunk=False)
    rated: list[tuple[bool, float, int, Place]] = []
    for place in Place.objects.all():
        matcher.set_seq1(place.key)
        if matcher.real_quick_ratio() < ALIKE or matcher.quick_ratio() < ALIKE:
            continue
        ratio = matcher.ratio()
        if ratio >= ALIKE:
            rated.append((place.state != state, -ratio, -place.institutions, place))
    return [place for *_order, place in sorted(rated, key=lambda each: each[:3])[:GUESSES]]
