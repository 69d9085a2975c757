"""Distances over the ground in miles, in Python and in the database, by the haversine formula on a sphere."""

from dataclasses import dataclass
from math import asin, cos, degrees, inf, pi, radians, sin, sqrt
from typing import Final

import numpy as np
from django.db.models import F, FloatField, Q, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import ASin, Cos, Least, Power, Radians, Sin, Sqrt
from numpy.typing import NDArray

EARTH: Final = 3958.7613  # mean radius in miles
type Degrees = NDArray[np.float64]

SLACK: Final = 1e-6  # degrees by which a box is wider than its circle, for rounding


@dataclass(frozen=True)
class Point:
    """Degrees north and east."""

    latitude: float
    longitude: float


def miles(one: Point, other: Point) -> float:
    north, other_north = radians(one.latitude), radians(other.latitude)
    east = radians(other.longitude - one.longitude)
    square = sin((other_north - north) / 2) ** 2 + cos(north) * cos(other_north) * sin(east / 2) ** 2
    return 2 * EARTH * asin(min(1.0, sqrt(square)))


def miles_between(point: Point, latitudes: Degrees, longitudes: Degrees) -> Degrees:
    """The same for many at once; NaN where a degree is."""
    north, other_north = radians(point.latitude), np.radians(latitudes)
    east = np.radians(longitudes - point.longitude)
    square = np.sin((other_north - north) / 2) ** 2
    square += cos(north) * np.cos(other_north) * np.sin(east / 2) ** 2
    found: Degrees = 2 * EARTH * np.arcsin(np.minimum(1.0, np.sqrt(square)))
    return found


def miles_from(point: Point) -> Combinable:
    """The same of a row's `latitude` and `longitude`, in SQL; NULL for a row without them."""
    north, own_north = radians(point.latitude), Radians(F("latitude"))
    east = Radians(F("longitude") - _number(point.longitude))
    square = (
        Power(Sin((own_north - _number(north)) / 2), 2)
        + _number(cos(north)) * Cos(own_north) * Power(Sin(east / 2), 2)
    )  # fmt: skip
    return _number(2 * EARTH) * ASin(Least(_number(1.0), Sqrt(square)))


def box(point: Point, reach: float) -> Q:
    """Rows within a box around the circle of so many miles; an index answers it."""
    high = degrees(reach / EARTH) + SLACK
    within = Q(latitude__gte=point.latitude - high, latitude__lte=point.latitude + high)
    wide = _degrees_east(point, reach)
    west, east = point.longitude - wide, point.longitude + wide
    if wide >= 180:
        return within
    if west < -180:
        return within & (Q(longitude__gte=west + 360) | Q(longitude__lte=east))
    if east > 180:
        return within & (Q(longitude__gte=west) | Q(longitude__lte=east - 360))
    return within & Q(longitude__gte=west, longitude__lte=east)


def _degrees_east(point: Point, reach: float) -> float:
    """How far east the circle goes at its widest, which is nearer the pole than its middle."""
    angle = reach / EARTH
    if abs(radians(point.latitude)) + angle >= pi / 2:
        return inf
    return degrees(asin(sin(angle) / cos(radians(point.latitude)))) + SLACK


def _number(value: float) -> Value:
    return Value(value, output_field=FloatField())
