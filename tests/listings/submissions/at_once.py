"""Several callers at the same moment, each with a connection of its own, on either database."""

import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Barrier
from typing import Any

from django.db import connection, connections

Run = Callable[..., list[Any]]


@contextmanager
def at_once(folder: Path) -> Iterator[Run]:
    """Gives a function that runs its arguments together and gives what each returned.

    SQLite's test database is in memory, which knows no locks between threads: the callers get a copy in a
    file, so what they change is read by a caller too.
    """
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with sqlite3.connect(folder / "copy.sqlite3") as copy:
            connection.connection.backup(copy)
        copy.close()
        connections.settings["default"]["NAME"] = str(folder / "copy.sqlite3")
    try:
        yield _run
    finally:
        connections.settings["default"]["NAME"] = name


def _run(*works: Callable[[], Any]) -> list[Any]:
    together = Barrier(len(works))

    def one(work: Callable[[], Any]) -> Any:
        try:
            connection.ensure_connection()
            together.wait(timeout=30)
            return work()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(one, works))
