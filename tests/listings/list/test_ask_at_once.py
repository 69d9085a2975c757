"""Readers ask at the same moment; what a process keeps for them is shared by its threads."""

import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from listings.index.lately import Lately


@pytest.fixture
def hasty_threads():
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


@pytest.mark.once
def test_threads_that_ask_at_once_all_get_their_answer(hasty_threads):
    lately = Lately[int, int](4)

    def ask(thread: int) -> bool:
        return all(lately.get(key, lambda key=key: -key) == -key for key in range(thread, thread + 20_000))

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(ask, range(8)))


@pytest.mark.once
def test_the_least_asked_for_goes_first():
    lately, made = Lately[str, str](2), []

    def get(key: str) -> str:
        return lately.get(key, lambda: made.append(key) or key)

    assert [get(key) for key in ("a", "b", "a", "c", "a", "b")] == ["a", "b", "a", "c", "a", "b"]
    assert made == ["a", "b", "c", "b"]
