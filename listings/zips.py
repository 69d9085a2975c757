"""Points of ZIP codes, from the table that the site ships: data/README.md says where it is from."""

import csv
import gzip
import io
from array import array
from bisect import bisect_left
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Final

from listings.distance import Point, miles

TABLE: Final = Path(__file__).parent / "data" / "zip_points.csv.gz"
THOUSANDTHS: Final = 1000
DIGITS: Final = 5
AREA_DIGITS: Final = 3
REACH: Final = 2_000  # thousandths of a degree in which the nearest ZIP is looked for


class ZipPoints:
    """The table in three arrays, by ZIP."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._zips, self._north, self._east = array("l"), array("l"), array("l")
        for line in lines:
            code, north, east = line.rstrip().split(",")
            self._zips.append(int(code))
            self._north.append(round(float(north) * THOUSANDTHS))
            self._east.append(round(float(east) * THOUSANDTHS))

    def __len__(self) -> int:
        return len(self._zips)

    def point(self, code: str) -> Point | None:
        """The point of a ZIP of five digits."""
        place = bisect_left(self._zips, int(code))
        if place == len(self) or self._zips[place] != int(code):
            return None
        return self._point(place)

    def area(self, digits: str) -> Point | None:
        """The mean of the points of all ZIPs that begin with these three digits."""
        step = 10 ** (DIGITS - AREA_DIGITS)
        low, high = (bisect_left(self._zips, (int(digits) + more) * step) for more in (0, 1))
        if low == high:
            return None
        count = (high - low) * THOUSANDTHS
        return Point(sum(self._north[low:high]) / count, sum(self._east[low:high]) / count)

    def nearest(self, point: Point) -> tuple[str, float] | None:
        """The ZIP whose point is nearest, and its miles; None where there is none within two degrees."""
        north, east = point.latitude * THOUSANDTHS, point.longitude * THOUSANDTHS
        near = (
            (miles(point, self._point(place)), self._zips[place])
            for place, (at_north, at_east) in enumerate(zip(self._north, self._east, strict=True))
            if abs(at_north - north) <= REACH and abs(at_east - east) <= REACH
        )
        found = min(near, default=None)
        return (f"{found[1]:0{DIGITS}d}", found[0]) if found else None

    def _point(self, place: int) -> Point:
        return Point(self._north[place] / THOUSANDTHS, self._east[place] / THOUSANDTHS)


@cache
def zip_points() -> ZipPoints:
    """The shipped table, read once a process."""
    with gzip.open(TABLE, "rt", encoding="ascii") as lines:
        return ZipPoints(lines)


def table(gazetteer: Iterable[str]) -> bytes:
    """The shipped form of a Gazetteer file of ZCTAs (columns GEOID, LAT, LONG): the same bytes each time.

    Raises `KeyError` or `ValueError` for another file.
    """
    rows = sorted((row["GEOID"], row["LAT"], row["LONG"]) for row in csv.DictReader(gazetteer))
    if not rows:
        raise ValueError("no rows")
    text = "".join(f"{code},{float(north):.3f},{float(east):.3f}\n" for code, north, east in rows)
    packed = io.BytesIO()
    with gzip.GzipFile("", "wb", 9, packed, mtime=0) as file:
        file.write(text.encode("ascii"))
    return packed.getvalue()
