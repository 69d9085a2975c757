"""Invents schools for a site without data; the same ones each time, and none that exists.

Every name begins with "Sample", and the towns are made up: nothing here can be taken for a real school.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Any, Final

from listings.models import Control

SCHOOLS: Final = 150
YEAR: Final = 2023
SEED: Final = 5107
FIRST: Final = (
    "Maple",
    "Heron",
    "Cedar",
    "Otter",
    "Willow",
    "Granite",
    "Juniper",
    "Lantern",
    "Meadow",
    "Quarry",
)
SECOND: Final = ("Hollow", "Bend", "Crossing", "Point", "Ridge")
KINDS: Final = (
    ("Community College", Control.PUBLIC),
    ("Technical College", Control.PUBLIC),
    ("Career Center", Control.PUBLIC),
    ("College", Control.NONPROFIT),
    ("University", Control.NONPROFIT),
    ("Institute", Control.FORPROFIT),
    ("Academy of Health Careers", Control.FORPROFIT),
)
# A rough middle of each state, in degrees: sample towns lie around it.
STATES: Final = {
    "AZ": (34.3, -111.7), "CA": (36.8, -119.7), "CO": (39.0, -105.5), "FL": (28.3, -81.7),
    "GA": (32.8, -83.4), "IL": (40.0, -89.2), "MA": (42.3, -71.9), "MI": (43.8, -84.9),
    "MN": (45.9, -94.5), "NC": (35.5, -79.4), "NY": (42.7, -75.6), "OH": (40.3, -82.7),
    "PA": (40.9, -77.7), "TX": (31.3, -98.7), "WA": (47.3, -120.3),
}  # fmt: skip
# How often each CIP code and award level is taught: billing and coding most of all.
CIPS: Final = {
    "51.0713": 6, "51.0714": 4, "51.0715": 1, "51.0707": 4, "51.0706": 1, "51.0710": 3, "51.0716": 3,
    "51.0701": 2,
}  # fmt: skip
LEVELS: Final = {20: 2, 21: 5, 2: 5, 3: 4, 5: 1}
MONTHS: Final = {20: (1, 2), 21: (4, 11), 2: (10, 20), 3: (18, 24), 5: (40, 48)}
DELIVERY: Final = (["campus"], ["online"], ["hybrid"], ["campus", "online"], ["campus", "hybrid"])


@dataclass(frozen=True)
class SampleProgram:
    """A CIP code at an award level; awards by year, and what the school is made to state of it."""

    cip: str
    award_level: int
    awards: dict[int, int]
    stated: dict[str, Any]


@dataclass(frozen=True)
class SampleSchool:
    """`directory` holds values of its directory row; without a reported program it reads as lapsed."""

    name: str
    directory: dict[str, Any]
    programs: list[SampleProgram] = field(default_factory=list)
    reported: bool = True


def statements(random: Random, award_level: int, credentials: list[str], year: int) -> dict[str, Any]:
    """What a school might state of a program; tuition is for the year."""
    shortest, longest = MONTHS.get(award_level, (6, 24))
    months = random.randint(shortest, longest)
    said: dict[str, Any] = {
        "delivery": random.choice(DELIVERY),
        "tuition": {"amount": 100 * random.randint(4 * months, 12 * months + 10), "year": year},
        "months": months,
    }
    if credentials:
        said["credentials"] = sorted(
            random.sample(credentials, k=min(len(credentials), random.randint(1, 2)))
        )
    return said


def invent(credentials: list[str], year: int) -> Iterator[SampleSchool]:
    """The sample schools, in a fixed order; `year` is the one their tuition is stated for."""
    random = Random(SEED)  # noqa: S311  # the same schools each time is what is wanted
    names = [(first, second, kind) for kind in KINDS for first in FIRST for second in SECOND]
    for place, (first, second, (kind, control)) in enumerate(random.sample(names, k=SCHOOLS)):
        state = random.choice(sorted(STATES))
        latitude, longitude = STATES[state]
        directory: dict[str, Any] = {
            "city": f"{first} {second}",
            "state": state,
            "control": control,
            "latitude": round(latitude + random.uniform(-1.2, 1.2), 4),
            "longitude": round(longitude + random.uniform(-1.2, 1.2), 4),
        }
        if place % 50 == 49:
            directory["closed_at"] = f"06/30/{YEAR}"
        yield SampleSchool(
            name=f"Sample {first} {second} {kind}",
            directory=directory,
            programs=list(_programs(random, credentials, year)),
            reported=place % 50 != 48,
        )


def _programs(random: Random, credentials: list[str], year: int) -> Iterator[SampleProgram]:
    chosen: dict[tuple[str, int], None] = {}
    for _ in range(random.choice((1, 1, 2, 2, 3, 4))):
        [cip] = random.choices(list(CIPS), weights=list(CIPS.values()))
        [level] = random.choices(list(LEVELS), weights=list(LEVELS.values()))
        chosen[cip, level] = None
    talks = random.random() < 0.5
    for cip, level in chosen:
        now = random.choice((0, random.randint(1, 9), random.randint(10, 40), random.randint(40, 160)))
        awards = {
            YEAR - ago: max(0, now + random.randint(-now // 4 - 1, now // 4 + 1) * ago) for ago in range(3)
        }
        said = statements(random, level, credentials, year) if talks else {}
        kept = {name: value for name, value in said.items() if random.random() < 0.8}
        yield SampleProgram(cip, level, awards, kept)
