"""What was worked out last, kept for whoever asks again."""

from collections.abc import Callable
from threading import Lock


class Lately[Key, Value]:
    """At most so many values, those that were asked for last.

    Unlike `lru_cache` over a method it knows nothing of who works them out: an index that was replaced goes
    at once with all its sets, not when the garbage is looked through. Threads may share it: at worst two of
    them work out the same.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: dict[Key, Value] = {}
        self._lock = Lock()

    def get(self, key: Key, make: Callable[[], Value]) -> Value:
        kept = self._kept
        try:
            value = kept[key]
        except KeyError:
            value = make()
        with self._lock:
            kept.pop(key, None)
            kept[key] = value
            while len(kept) > self._most:
                del kept[next(iter(kept))]
        return value
