"""Invents schools with ten programs each, always the same for one seed; skewed as the real ones are.

Half of the schools state how they teach, tuition and length, and of each program the credentials that it
prepares for. Points lie around the middles of ZIP areas, states are drawn by
themselves: no school here is to be found on a map.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, Final

import numpy as np

from listings.fields import AWARD_LEVELS, CIP_TITLES
from listings.folding import Columns, Directory, Known, Offered, Stated
from listings.models import Control, School, Statement
from listings.places import STATES
from listings.standing import Seen
from listings.zips import AREA_DIGITS, zip_points

SEED: Final = 5107
YEAR: Final = 2023
PROGRAMS_A_SCHOOL: Final = 10
CHUNK: Final = 1_000  # schools that are drawn at once
FIRST_UNITID: Final = 100_000
LARGE_STATES: Final = ("CA", "TX", "FL", "NY", "PA", "IL", "OH", "GA", "NC", "MI")
COMMON_CIPS: Final = ("51.0713", "51.0707", "51.0714", "51.0716", "51.0710", "51.0701", "51.0706")
COMMON_LEVELS: Final = (21, 2, 3, 20, 5)
KINDS: Final = ("College", "Community College", "Institute", "University", "Academy", "Career Center")
WORDS: Final = (
    "Alder",
    "Birch",
    "Cedar",
    "Dogwood",
    "Elm",
    "Hazel",
    "Iris",
    "Juniper",
    "Maple",
    "Oak",
    "Pine",
)
FIRST: Final = ("Ash", "Brook", "Clay", "Fair", "Glen", "Kings", "Lake", "North", "Spring")
LAST: Final = ("field", "ford", "ton", "wood", "view")
PLACES: Final = tuple(f"{first}{last}" for first in FIRST for last in LAST)

Field = Statement.Field


def draw(schools: int, credentials: Sequence[str], *, year: int) -> Iterator[Known]:
    """Schools 1, 2, 3 and so on with all that is known of them; `year` is that of their tuition."""
    for first in range(1, schools + 1, CHUNK):
        yield from _Chunk(first, min(CHUNK, schools + 1 - first), credentials, year).known()


def _skewed(common: Sequence[Any], every: Sequence[Any]) -> tuple[list[Any], np.ndarray]:
    """The values with the common ones first, and their shares, falling like 1, 1/2, 1/3."""
    values = [*common, *(value for value in every if value not in common)]
    weights = 1 / np.arange(1, len(values) + 1)
    return values, weights / weights.sum()


@cache
def _areas() -> list[tuple[float, float]]:
    found = (zip_points().area(f"{digits:03d}") for digits in range(10**AREA_DIGITS))
    return [(point.latitude, point.longitude) for point in found if point]


class _Chunk:
    """The draws for some schools, a column at a time."""

    def __init__(self, first: int, count: int, credentials: Sequence[str], year: int) -> None:
        self.first, self.count, self.year = first, count, year
        self.random = np.random.default_rng((SEED, first))
        self.states = self._of(*_skewed(LARGE_STATES, sorted(STATES)))
        self.controls = self._of([Control.PUBLIC, Control.NONPROFIT, Control.FORPROFIT], [0.5, 0.2, 0.3])
        self.words, self.kinds = self._of(WORDS), self._of(*_skewed(KINDS, KINDS))
        self.cities = self._of(PLACES)
        self.points = self._points()
        self.speaks, self.by_school = self._chance(0.5), self._chance(0.7)
        self.deliveries = self._of(
            [["campus"], ["online"], ["campus", "online"], ["hybrid"]], [0.6, 0.2, 0.15, 0.05]
        )
        self.tuition = (self.random.integers(10, 300, count) * 100).tolist()
        self.months = self.random.integers(2, 37, count).tolist()
        self.programs = self._programs()
        self.awards = self.random.geometric(0.06, (count, PROGRAMS_A_SCHOOL)) - 1
        self.unreported = self.random.random((count, PROGRAMS_A_SCHOOL)) < 0.05
        self.slugs, shares = _skewed((), credentials)
        self.prepares = self.random.choice(len(self.slugs), (count, PROGRAMS_A_SCHOOL, 3), p=shares).tolist()
        self.number = self.random.integers(1, 4, (count, PROGRAMS_A_SCHOOL)).tolist()

    def _of(self, values: Sequence[Any], shares: Any = None) -> list[Any]:
        return [values[place] for place in self.random.choice(len(values), self.count, p=shares)]

    def _chance(self, share: float) -> list[bool]:
        found: list[bool] = (self.random.random(self.count) < share).tolist()
        return found

    def _points(self) -> list[list[float]]:
        """Latitude and longitude."""
        areas = np.array(_areas())
        around = areas[self.random.integers(0, len(areas), self.count)]
        found: list[list[float]] = (around + self.random.normal(0, 0.2, around.shape)).round(4).tolist()
        return found

    def _programs(self) -> list[list[tuple[str, int]]]:
        """Ten different pairs of CIP code and award level a school: the soonest of a race, by weight."""
        cips, of_cip = _skewed(COMMON_CIPS, list(CIP_TITLES))
        levels, of_level = _skewed(COMMON_LEVELS, list(AWARD_LEVELS))
        race = self.random.exponential(size=(self.count, len(cips) * len(levels)))
        soonest = np.argpartition(race / np.outer(of_cip, of_level).ravel(), PROGRAMS_A_SCHOOL)
        return [
            [(cips[place // len(levels)], levels[place % len(levels)]) for place in places]
            for places in np.sort(soonest[:, :PROGRAMS_A_SCHOOL]).tolist()
        ]

    def known(self) -> Iterator[Known]:
        awards, unreported = self.awards.tolist(), self.unreported.tolist()
        for place in range(self.count):
            school = self.first + place
            start = (school - 1) * PROGRAMS_A_SCHOOL + 1
            yield Known(
                school=school,
                own=OWN,
                in_ipeds=True,
                directory=self._directory(place),
                offered=[
                    Offered(
                        start + at, cip, level, None if unreported[place][at] else awards[place][at], YEAR
                    )
                    for at, (cip, level) in enumerate(self.programs[place])
                ],
                last_awards_year=YEAR,
                stated=self._stated(place, start) if self.speaks[place] else [],
            )

    def _directory(self, place: int) -> Directory:
        latitude, longitude = self.points[place]
        return Directory(
            name=f"{self.words[place]} {self.cities[place]} {self.kinds[place]}",
            aliases="",
            city=self.cities[place],
            state=self.states[place],
            latitude=latitude,
            longitude=longitude,
            control=self.controls[place].value,
            zip="",
            seen=Seen(YEAR, None, "", 1, None),
        )

    def _stated(self, place: int, start: int) -> list[Stated]:
        by = Statement.By.SCHOOL if self.by_school[place] else Statement.By.EDITOR
        about_all = {
            Field.DELIVERY: self.deliveries[place],
            Field.TUITION: {"amount": self.tuition[place], "year": self.year},
            Field.MONTHS: self.months[place],
        }
        prepares = zip(self.prepares[place], self.number[place], strict=True)
        return [Stated(None, field.value, value, by.value) for field, value in about_all.items()] + [
            Stated(
                start + at,
                Field.CREDENTIALS.value,
                sorted({self.slugs[one] for one in drawn[:number]}),
                by.value,
            )
            for at, (drawn, number) in enumerate(prepares)
        ]


# What a school is before its first load, but for the name and place that its directory row brings.
OWN: Final = Columns(
    name="", aliases="", city="", state="", latitude=None, longitude=None, text="",
    status=School.Status.UNSEEN, status_year=None, last_awards_year=None, closed_on=None, successor_id=None,
    rank_key=b"", name_key=b"",
)  # fmt: skip
