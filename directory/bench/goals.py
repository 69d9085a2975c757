"""What the pages are held to: the must-hold and the ambitious limit of each goal, and where its value is."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

SLACK: Final = 1.3  # what a busy machine may add

Dataset = dict[str, Any]


@dataclass(frozen=True)
class Run:
    """One run of the benchmark: its datasets from the smallest to the largest, and the loads."""

    database: str
    datasets: Sequence[Dataset]
    loads: dict[str, float]

    def target(self, name: str, place: int = -1) -> dict[str, Any]:
        found: dict[str, Any] = next(
            target for target in self.datasets[place]["targets"] if target["name"] == name
        )
        return found

    def ratio(self, name: str, place: int = -1) -> float:
        """Processor time of a request over that of the floor in the same round."""
        return float(self.target(name, place)["ratio_to_floor"]["median"])


@dataclass(frozen=True)
class Goal:
    """A limit on a value; `value` gives None where the run has none. `rising`: more is better."""

    id: int
    said: str
    ambitious: float
    must: float
    value: Callable[[Run], float | None]
    rising: bool = False
    latency: bool = False
    exact: bool = False


def _growth(run: Run) -> float | None:
    return run.ratio("listing") / run.ratio("listing", 0) if len(run.datasets) > 1 else None


def _on(database: str) -> Callable[[Run], float | None]:
    return lambda run: run.ratio("listing") if run.database == database else None


def _facets(run: Run) -> float:
    return run.ratio("listing") - run.ratio("listing without facets")


def _memory(run: Run) -> float:
    return float(run.datasets[-1]["rss_mb"])


def _busy(run: Run) -> float:
    listing = run.target("listing")
    return float(listing["c16"]["p95"]["median"] / listing["p50"]["median"])


GOALS: Final = (
    Goal(1, "listing by state and credential, x floor", 2.5, 4.0, _on("postgres")),
    Goal(2, "the same on SQLite, x floor", 5.0, 8.0, _on("sqlite")),
    Goal(3, "the same, most programs / fewest", 1.3, 1.5, _growth),
    Goal(4, "last page / first page", 1.1, 1.3, lambda run: run.ratio("last page") / run.ratio("first page")),
    Goal(5, "queries of a listing", 4, 6, lambda run: run.target("listing")["queries"], exact=True),
    Goal(6, "facets of a listing, x floor", 1.5, 2.5, _facets),
    Goal(7, "search for a common word, x floor", 5.0, 8.0, lambda run: run.ratio("search")),
    Goal(8, "within 50 miles, x floor", 2.5, 4.0, lambda run: run.ratio("near")),
    Goal(9, "article with its schools, x floor", 2.5, 4.0, lambda run: run.ratio("article")),
    Goal(10, "bytes of a listing", 40_000, 60_000, lambda run: run.target("listing")["bytes"], exact=True),
    Goal(11, "load, fresh / COPY", 0.5, 0.3, lambda run: run.loads.get("fresh"), rising=True),
    Goal(12, "load, 1 % changed / COPY", 1.0, 0.6, lambda run: run.loads.get("changed"), rising=True),
    Goal(13, "MB of a web process after 10,000 requests", 120, 180, _memory, exact=True),
    Goal(15, "p95 of 16 clients / p50 of one", 16, 24, _busy, latency=True),
)  # fmt: skip


def verdicts(run: Run, *, noisy: bool) -> list[dict[str, Any]]:
    """Value and verdict of each goal that the run has a value for; a noisy run says nothing of latency."""
    return [_verdict(goal, value, noisy=noisy) for goal in GOALS if (value := goal.value(run)) is not None]


def _verdict(goal: Goal, value: float, *, noisy: bool) -> dict[str, Any]:
    slack = SLACK if noisy and not goal.exact else 1.0
    passed: bool | None = _holds(goal, value, goal.must, slack)
    return {
        "id": goal.id,
        "said": goal.said,
        "value": round(value, 3),
        "limit": goal.must,
        "pass": None if noisy and goal.latency else passed,
        "ambitious": goal.ambitious,
        "is_ambitious": _holds(goal, value, goal.ambitious, 1.0),
    }


def _holds(goal: Goal, value: float, limit: float, slack: float) -> bool:
    return value >= limit / slack if goal.rising else value <= limit * slack
