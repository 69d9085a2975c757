"""Rounds in which every target is asked, and the figures that come out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from statistics import median, quantiles
from typing import Any, Final

from directory.bench.asking import ask
from directory.bench.processes import cpu_ms, rss_mb, tree
from directory.bench.targets import FLOOR, Target

CLIENTS: Final = 16
SHARE: Final = 10  # requests of each of them in one round
WARM: Final = 24


@dataclass
class Rounds:
    """The figures of a target, one of each kind a round: medians and 95th percentiles in milliseconds."""

    cpu: list[float] = field(default_factory=list)
    p50: list[float] = field(default_factory=list)
    p95: list[float] = field(default_factory=list)
    cpu_busy: list[float] = field(default_factory=list)
    p50_busy: list[float] = field(default_factory=list)
    p95_busy: list[float] = field(default_factory=list)
    size: int = 0


class Server:
    """A running site: its port, and the processes whose time counts, the database's among them."""

    def __init__(self, port: int, web: int, database: int | None) -> None:
        self.port, self.web = port, web
        self.roots = [web] if database is None else [web, database]
        self.asked = 0

    def ask(self, target: Target, requests: int, clients: int) -> tuple[float, list[float], list[int]]:
        """Processor milliseconds a request, what each took, and the sizes."""
        before = cpu_ms(self.roots)
        answers = ask(self.port, _turned(target.addresses, self.asked), requests=requests, clients=clients)
        self.asked += requests
        return (cpu_ms(self.roots) - before) / requests, answers.took, answers.sizes

    def worker_rss_mb(self) -> float:
        """Of the largest process of the web server."""
        return max(rss_mb(pid) for pid in tree(self.web))


def _turned(addresses: Sequence[str], by: int) -> list[str]:
    """The addresses from another one on each time."""
    start = by % len(addresses)
    return [*addresses[start:], *addresses[:start]]


def measure(
    server: Server, targets: Sequence[Target], *, rounds: int, say: Callable[[str], None]
) -> dict[str, Rounds]:
    """Warms every target up, then asks all of them in each round, by one client and by sixteen."""
    found = {target.name: Rounds() for target in targets}
    for target in targets:
        server.ask(target, WARM, 4)
    for number in range(rounds):
        start = number % len(targets)
        for target in [*targets[start:], *targets[:start]]:
            _add(found[target.name], server, target)
        say(f"round {number + 1} of {rounds}")
    return found


def _add(rounds: Rounds, server: Server, target: Target) -> None:
    cpu, took, sizes = server.ask(target, target.requests, 1)
    rounds.cpu.append(cpu)
    rounds.p50.append(median(took))
    rounds.p95.append(quantiles(took, n=20)[-1])
    rounds.size = max(rounds.size, *sizes)
    cpu, took, sizes = server.ask(target, CLIENTS * SHARE, CLIENTS)
    rounds.cpu_busy.append(cpu)
    rounds.p50_busy.append(median(took))
    rounds.p95_busy.append(quantiles(took, n=20)[-1])


def figures(
    rounds: dict[str, Rounds], targets: Sequence[Target], queries: dict[str, int]
) -> list[dict[str, Any]]:
    """One row a target. The ratio is the median over the rounds of what the floor cost in the same one."""
    floor = rounds[FLOOR].cpu
    return [
        {
            "name": target.name,
            "n": target.requests,
            "queries": queries[target.name],
            "bytes": found.size,
            "cpu_ms": _spread(found.cpu),
            "p50": _spread(found.p50),
            "p95": _spread(found.p95),
            "ratio_to_floor": _spread([one / base for one, base in zip(found.cpu, floor, strict=True)]),
            "c16": {
                "n": CLIENTS * SHARE,
                "cpu_ms": _spread(found.cpu_busy),
                "p50": _spread(found.p50_busy),
                "p95": _spread(found.p95_busy),
            },
        }
        for target in targets
        for found in [rounds[target.name]]
    ]


def _spread(values: Sequence[float]) -> dict[str, float]:
    return {
        "median": round(median(values), 3),
        "min": round(min(values), 3),
        "max": round(max(values), 3),
    }


def memory(server: Server, target: Target, requests: int) -> float:
    """Megabytes of the largest web process once so many requests were answered."""
    left = requests - server.asked
    if left > 0:
        server.ask(target, left, 4)
    return round(server.worker_rss_mb(), 1)
