"""Processor time and memory of process trees, read from /proc."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

TICKS: Final = os.sysconf("SC_CLK_TCK")
PAGE: Final = os.sysconf("SC_PAGE_SIZE")


def _stat(pid: int) -> list[str]:
    """The fields of /proc/PID/stat after the name, from the state on; empty for a process that ended."""
    try:
        return (
            Path(f"/proc/{pid}/stat").read_text(encoding="ascii", errors="replace").rpartition(")")[2].split()
        )
    except (FileNotFoundError, ProcessLookupError):
        return []


def tree(root: int) -> set[int]:
    """The process and all that descend from it."""
    parents = {
        int(found.name): int(stat[1])
        for found in Path("/proc").iterdir()
        if found.name.isdigit() and (stat := _stat(int(found.name)))
    }
    family = {root}
    while more := {pid for pid, parent in parents.items() if parent in family} - family:
        family |= more
    return family


def cpu_ms(roots: Iterable[int]) -> float:
    """Milliseconds of user and system time so far, with children that ended and were waited for."""
    ticks = (sum(map(int, stat[11:15])) for pid in _family(roots) if (stat := _stat(pid)))
    return sum(ticks) * 1000 / TICKS


def rss_mb(pid: int) -> float:
    stat = _stat(pid)
    return int(stat[21]) * PAGE / 1e6 if stat else 0.0


def _family(roots: Iterable[int]) -> Iterator[int]:
    for root in roots:
        yield from tree(root)
