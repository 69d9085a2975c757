"""What a job is: a chore with a name, a time and a way to tell whether there is any work."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from django.utils import timezone

Counts = dict[str, int]
# A job calls it before each batch: it holds the claim, and raises ClaimLost where somebody else took over.
Renew = Callable[[], None]

DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)


class Skipped(Exception):
    """Nothing was done, for the reason in the message."""


def always(now: datetime) -> bool:
    return True


@dataclass(frozen=True, kw_only=True)
class Job:
    """`work(renew, at)` does it and counts; `wanted(now)` reads whether there is any, and writes nothing.

    `every` is the length of its slots; a daily job's slot begins at `begins`, in the site's time zone.
    It runs at most once a slot, and any run may be repeated.
    """

    name: str
    what: str
    work: Callable[[Renew, datetime | None], Counts]
    every: timedelta = DAY
    begins: time = time(3)
    wanted: Callable[[datetime], bool] = always

    def slot(self, now: datetime) -> datetime:
        """The beginning of the slot that the moment lies in."""
        if self.every < DAY:
            return datetime.fromtimestamp(now.timestamp() - now.timestamp() % self.every.total_seconds(), UTC)
        local = timezone.localtime(now)
        day = local.date() if local.time() >= self.begins else local.date() - DAY
        return datetime.combine(day, self.begins, local.tzinfo).astimezone(UTC)

    def when(self) -> str:
        """The timetable in words."""
        if self.every == DAY:
            return f"nightly at {self.begins:%H:%M}"
        seconds = f"every {self.every.seconds} seconds"
        return {HOUR: "hourly", MINUTE: "every minute"}.get(self.every, seconds)
