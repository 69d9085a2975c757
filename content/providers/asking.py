"""What every provider that is asked over the network is made of.

One is a module that says what it offers, asks (`fetch`: the network and nothing else) and reads the answer
(`check`: neither network nor database). When it is asked and what becomes of its figures is the same for
all: `content.refreshing`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, Protocol

from content.lib import http
from content.lib.answers import BadAnswer, parse
from content.lib.figures import Figure, Refusal
from content.models import Statistic

COVERAGE: Final = 0.9
LONGEST_SAID: Final = 200


class QuotaUsed(Exception):
    """The day's calls are used up; what was not asked stays due."""


@dataclass(frozen=True, slots=True)
class Told:
    """An answer read as JSON."""

    status: int
    headers: Mapping[str, str]
    data: Any


@dataclass
class Reading:
    """What was read in an answer; `said` is what editors should know of it though it was used."""

    figures: list[Figure] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    said: str = ""


class NetworkProvider(Protocol):
    """What a module offers; where it fails it raises CallFailed, of which BadAnswer is one."""

    NAME: str
    # How keys of its series begin, and the series that it brings to a site that has none of them yet.
    PREFIX: str
    SEEDS: tuple[str, ...]

    def is_ready(self) -> bool:
        """Whether the settings hold what it needs, such as a key."""
        ...

    def offers(self, key: str) -> bool:
        """Whether it can be asked for this series."""
        ...

    def batch_size(self) -> int:
        """How many series one fetch asks for."""
        ...

    def calls_a_day(self) -> int:
        """The provider's quota."""
        ...

    def fetch(self, keys: list[str], caller: "Caller") -> list[Told]:
        """What it says of these series, page by page."""
        ...

    def check(self, told: list[Told], known: Mapping[str, Statistic], on: date) -> Reading:
        """The figures in it; `known` holds the series asked for that exist, with their current values."""
        ...


class Caller:
    """Calls within the quota; `take` counts one and says whether it may be made."""

    def __init__(self, take: Callable[[], bool]) -> None:
        self._take = take

    def get(self, url: str, *, params: Mapping[str, Any], headers: Mapping[str, str]) -> Told:
        self._count()
        return _told(http.get(url, params=params, headers=headers))

    def post(self, url: str, *, json: Any) -> Told:
        self._count()
        return _told(http.post(url, json=json))

    def _count(self) -> None:
        if not self._take():
            raise QuotaUsed


def _told(answer: http.Answer) -> Told:
    return Told(answer.status, answer.headers, parse(answer.body))


def said_by(provider: str, words: str, secret: str = "") -> str:
    """A provider's own words in one line, cut, and without our key, which some of them repeat."""
    if secret:
        words = words.replace(secret, "...")
    line = " ".join(words.split())
    return f"{provider} says: {line[:LONGEST_SAID]}"


def demand(fits: bool, said: str) -> None:
    """Raises BadAnswer where an answer is not of the documented form: a person has to look."""
    if not fits:
        raise BadAnswer(
            f"The form of its answer changed: {said}. Nothing of it was taken; a person has to look."
        )
