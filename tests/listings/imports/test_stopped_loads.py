"""A load that is killed leaves what readers see as it was, and the next load cleans up after it."""

import signal
from pathlib import Path

import pytest

from tests.listings.imports.federal import Year, program, school
from tests.listings.imports.site import LOAD, Site

pytestmark = pytest.mark.slow

UNITIDS = range(100_001, 100_061)
SEEN = (
    "SELECT unitid, name, status FROM listings_school WHERE status <> 'unseen' ORDER BY unitid",
    "SELECT unitid, awards, awards_year FROM listings_listingrow r"
    " JOIN listings_school s ON s.id = r.school_id ORDER BY unitid",
)
CURRENT = "SELECT number FROM listings_dataversion WHERE is_current"
OPEN = (
    "SELECT unitid, c.year, awards FROM listings_completionsrow c"
    " JOIN listings_program p ON p.id = program_id JOIN listings_school s ON s.id = p.school_id"
    " WHERE until IS NULL ORDER BY 1, 2",
    "SELECT unitid, d.year, d.name FROM listings_directoryrow d JOIN listings_school s ON s.id = school_id"
    " WHERE until IS NULL ORDER BY 1",
)
STOPS = {
    "before the first row": "writing._add_schools = stop",
    "after the schools": "writing._add_programs = stop",
    "between layers": "first = writing._replace; writing._replace = after(first, 2)",
    "within a layer": "writing.BATCH = 20; writing._batches = stopping(writing._batches, 2)",
    "before it is whole": "writing.finish = stop",
    "before the switch": "versions.switch = stop",
    "within the switch": "versions.rebuilding._put_in = stop",
}
STOPPING = """
import os
def stop(*arguments, **more):
    os._exit(9)
def after(real, calls):
    seen = []
    def counted(*arguments):
        seen.append(1)
        return stop() if len(seen) > calls else real(*arguments)
    return counted
def stopping(real, batches):
    def limited(table):
        for number, batch in enumerate(real(table)):
            if number == batches:
                stop()
            yield batch
    return limited
"""


class Ready:
    """A site with the older year loaded, to be copied, and what a clean load of the newer one gives."""

    def __init__(self, folder: Path) -> None:
        older = Year(folder, 2022, map(school, UNITIDS), map(program, UNITIDS))
        schools = [school(unitid, f"Renamed {unitid}") for unitid in (*UNITIDS[3:], 100_099)]
        programs = [program(row["UNITID"], awards=20) for row in schools[2:]]
        self.newer = Year(folder, 2023, schools, programs)
        self.empty = Site(folder / "empty")
        self.loaded = self.empty.copy(folder / "loaded")
        assert self.load(self.loaded, older).startswith("switched 1")
        self.older = older
        clean = self.loaded.copy(folder / "clean")
        assert self.load(clean, self.newer).startswith("switched 2")
        self.expected = [clean.ask(query) for query in (*SEEN, *OPEN)]

    @staticmethod
    def load(site: Site, year: Year) -> str:
        return site.load(year.directory, year.completions).stdout


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Ready:
    return Ready(tmp_path_factory.mktemp("ready"))


@pytest.mark.parametrize("moment", list(STOPS))
def test_a_killed_load(ready: Ready, tmp_path: Path, moment: str) -> None:
    site = ready.loaded.copy(tmp_path / "var")
    before = [site.ask(query) for query in SEEN]
    killed = site.load(ready.newer.directory, ready.newer.completions, before=STOPPING + STOPS[moment])
    assert killed.returncode == 9, killed.stderr
    assert [site.ask(query) for query in SEEN] == before
    assert site.ask(CURRENT) == [(1,)]
    assert ready.load(site, ready.newer).startswith("switched")
    assert [site.ask(query) for query in (*SEEN, *OPEN)] == ready.expected
    assert site.ask("SELECT COUNT(*) FROM listings_dataversion WHERE loaded_at IS NULL") == [(0,)]
    assert site.ask("PRAGMA integrity_check") == [("ok",)]
    assert site.ask("PRAGMA foreign_key_check") == []


def test_a_second_load_waits_for_nobody(ready: Ready, tmp_path: Path) -> None:
    site, older = ready.empty.copy(tmp_path / "var"), ready.older
    hold = "import time\nreal = writing.write\ndef slow(*a, **k):\n    print('writing', flush=True)\n"
    hold += "    sys.stdin.readline()\n    return real(*a, **k)\nwriting.write = slow"
    first = site.start("-c", LOAD.format(before=hold), older.directory, older.completions)
    assert first.stdout is not None
    assert first.stdout.readline() == "writing\n"
    second = site.load(older.directory, older.completions)
    assert second.stdout.startswith("refused None Another load is running.")
    out, errors = first.communicate("\n", timeout=60)
    assert out.startswith("switched 1"), errors


def test_a_lock_ends_with_its_process(ready: Ready, tmp_path: Path) -> None:
    site, older = ready.empty.copy(tmp_path / "var"), ready.older
    hold = (
        "def wait(*a, **k):\n    print('writing', flush=True)\n    sys.stdin.readline()\nwriting.write = wait"
    )
    first = site.start("-c", LOAD.format(before=hold), older.directory, older.completions)
    assert first.stdout is not None
    assert first.stdout.readline() == "writing\n"
    first.send_signal(signal.SIGKILL)
    first.communicate()
    assert site.load(older.directory, older.completions).stdout.startswith("switched 1")
