"""A second reckoning of distances, by the angle between two directions, to hold the site's against."""

from math import atan2, cos, radians, sin, sqrt

from listings.models import Place, School
from tests.build import make_school

EARTH = 3958.7613
COLUMBUS = (39.962, -83.001)


def direction(latitude: float, longitude: float) -> tuple[float, float, float]:
    north, east = radians(latitude), radians(longitude)
    return cos(north) * cos(east), cos(north) * sin(east), sin(north)


def ground_miles(one: tuple[float, float], other: tuple[float, float]) -> float:
    a, b = direction(*one), direction(*other)
    cross = (a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0])
    along = sum(left * right for left, right in zip(a, b, strict=True))
    return EARTH * atan2(sqrt(sum(part * part for part in cross)), along)


def make_place(
    name: str = "Columbus", state: str = "OH", at: tuple[float, float] = COLUMBUS, institutions: int = 9
) -> Place:
    return Place.objects.create(
        name=name,
        key=name.lower(),
        state=state,
        latitude=at[0],
        longitude=at[1],
        institutions=institutions,
    )


def school_at(name: str, latitude: float | None, longitude: float | None, **columns: object) -> School:
    return make_school(name, directory={"latitude": latitude, "longitude": longitude}, **columns)
