"""Threads that ask the site at the same moment, each with a connection of its own."""

import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from django.db import connection, connections


def at_once(how_many: int, ask: Callable[[int], Any]) -> list[Any]:
    """The answers of so many threads that begin together."""
    together = Barrier(how_many)

    def one(number: int) -> Any:
        try:
            together.wait(30)
            return ask(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(how_many) as threads:
        return list(threads.map(one, range(how_many)))


@pytest.fixture
def shared_database(transactional_db: None, tmp_path: Path) -> Iterator[None]:
    """A file, as on the site: connections to SQLite's memory refuse instead of waiting for each other."""
    if connection.vendor != "sqlite":
        yield
        return
    memory, settings = connections["default"], connections.settings["default"]
    memory.ensure_connection()
    with sqlite3.connect(tmp_path / "site.sqlite3") as file:
        memory.connection.backup(file)
    file.close()
    connections.settings["default"] = settings | {"NAME": str(tmp_path / "site.sqlite3")}
    connections["default"] = connections.create_connection("default")
    yield
    connection.close()
    connections.settings["default"], connections["default"] = settings, memory
