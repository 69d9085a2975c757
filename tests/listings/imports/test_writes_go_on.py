"""While a load runs, other processes write: SQLite has one writer at a time, and nobody is refused."""

import time
from pathlib import Path

import pytest
from django.db import transaction

from listings.loading import Order, load
from tests.listings.imports.federal import Year, program, school
from tests.listings.imports.site import Site

UNITIDS = range(100_001, 103_001)
LEVELS = (20, 21, 2)


def year(folder: Path, number: int, awards: int) -> Year:
    """3,000 schools with three programs each; every row differs from one year to the next."""
    schools = [school(unitid, f"College {unitid} {number}") for unitid in UNITIDS]
    programs = [program(unitid, level=level, awards=awards) for unitid in UNITIDS for level in LEVELS]
    return Year(folder, number, schools, programs)


@pytest.mark.slow
def test_twenty_writes_a_second_go_on_during_a_load(tmp_path: Path) -> None:
    site = Site(tmp_path / "var")
    for number in (2022, 2023):
        files = year(tmp_path, number, awards=number)
        outcome, taken = site.load_while_writing(files.directory, files.completions)
        assert outcome.startswith("switched"), outcome
        written = site.ask("SELECT COUNT(*) FROM content_topic")
        assert written == [(len(taken),)]
        assert len(taken) > 20
        assert max(taken) < 3
        site.forget_topics()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_no_write_transaction_lasts_a_second_for_ten_thousand_rows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lasted = time_transactions(monkeypatch)
    for number in (2022, 2023):
        files = year(tmp_path, number, awards=number)
        report = load(Order(directory=files.directory, completions=(files.completions,)))
        assert report.outcome == "switched"
    assert len(lasted) > 10
    assert max(lasted) < 1.2  # the switch puts 9,000 rows in, and changes 3,000 schools


def time_transactions(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Seconds that each outermost transaction lasts from here on."""
    lasted: list[float] = []
    begun: list[float] = []
    enter, leave = transaction.Atomic.__enter__, transaction.Atomic.__exit__

    def timed_enter(self: transaction.Atomic) -> None:
        enter(self)
        begun.append(time.monotonic())

    def timed_exit(self: transaction.Atomic, *error: object) -> None:
        leave(self, *error)  # type: ignore[arg-type]
        since = begun.pop()
        if not begun:
            lasted.append(time.monotonic() - since)

    monkeypatch.setattr(transaction.Atomic, "__enter__", timed_enter)
    monkeypatch.setattr(transaction.Atomic, "__exit__", timed_exit)
    return lasted
