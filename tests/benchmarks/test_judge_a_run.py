"""The benchmark says which goals a run holds."""

import pytest

from directory.bench.goals import Run, verdicts

NAMES = ("listing", "listing without facets", "first page", "last page", "search", "near", "article")


def target(name: str, ratio: float) -> dict:
    return {
        "name": name,
        "queries": 6,
        "bytes": 60_000,
        "ratio_to_floor": {"median": ratio},
        "p50": {"median": 10.0},
        "c16": {"p95": {"median": 240.0}},
    }


def dataset(**ratios: float) -> dict:
    usual = dict.fromkeys(NAMES, 4.0) | {"listing without facets": 1.5, "search": 8.0}
    return {"targets": [target(*pair) for pair in (usual | ratios).items()], "rss_mb": 180}


def judged(run: Run, *, noisy: bool = False) -> dict[int, bool | None]:
    return {goal["id"]: goal["pass"] for goal in verdicts(run, noisy=noisy)}


def run(*datasets: dict, database: str = "postgres", fresh: float = 0.3) -> Run:
    return Run(database, datasets or (dataset(),), {"fresh": fresh, "changed": 0.6})


def test_every_limit_may_be_reached() -> None:
    assert judged(run()) == dict.fromkeys([1, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 15], True)


@pytest.mark.parametrize(
    ("goal", "ratios"),
    [(1, {"listing": 4.1}), (6, {"listing without facets": 1.4}), (7, {"search": 8.1}), (8, {"near": 4.1})],
)
def test_a_page_above_its_limit_is_missed(goal: int, ratios: dict[str, float]) -> None:
    assert judged(run(dataset(**ratios)))[goal] is False


def test_sqlite_has_a_limit_of_its_own() -> None:
    verdict = judged(run(dataset(listing=7.9), database="sqlite"))
    assert (verdict[2], 1 in verdict) == (True, False)


def test_growth_is_measured_from_the_smallest_to_the_largest() -> None:
    assert judged(run(dataset(listing=2.0), dataset(listing=9.0), dataset(listing=3.0)))[3] is True
    assert judged(run(dataset(listing=2.0), dataset(listing=3.1)))[3] is False


def test_a_load_must_reach_its_limit_from_above() -> None:
    assert judged(run(fresh=0.29))[11] is False


def test_a_busy_machine_gives_slack_and_no_verdict_on_latency() -> None:
    verdict = judged(run(dataset(listing=5.1), fresh=0.24), noisy=True)
    assert (verdict[1], verdict[11], verdict[15]) == (True, True, None)
    assert judged(run(dataset(listing=5.3)), noisy=True)[1] is False
