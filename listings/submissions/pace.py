"""How soon editors decide: what waits now, and how long the last decisions took."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import DurationField, ExpressionWrapper, F

from content.lib.clock import database_now
from listings.models import Submission
from listings.models.submission import PROMISED

State = Submission.State
LOOKED_BACK: Final = timedelta(days=90)


@dataclass(frozen=True)
class Pace:
    """Counts, the median time from queue to decision, and how many percent came within the promised time.

    `median` and `percent` are None where nothing was decided.
    """

    waiting: int
    late: int
    decided: int
    median: timedelta | None
    percent: int | None

    def in_words(self) -> str:
        """`4 wait, 1 past the promised day. Of the last 90 days 12 are decided, half within 1.5 days, …`"""
        late = f"{self.late} past the promised day" if self.late else "none past the promised day"
        waiting = f"{self.waiting} wait{'s' if self.waiting == 1 else ''}, {late}."
        if self.median is None:
            return f"{waiting} Nothing was decided in the last {LOOKED_BACK.days} days."
        return (
            f"{waiting} Of the last {LOOKED_BACK.days} days {self.decided} are decided, half within"
            f" {_span(self.median)}, {self.percent} % within the promised {PROMISED.days} days."
        )


def _span(time: timedelta) -> str:
    """Hours up to two days, then days, to one decimal."""
    hours = time / timedelta(hours=1)
    return f"{hours:.1f} hours" if hours < 48 else f"{hours / 24:.1f} days"


def pace(at: datetime | None = None) -> Pace:
    """Of the last 90 days; what a school withdrew before anybody looked says nothing. Five queries."""
    now = at or database_now()
    queue = Submission.objects.queue()
    decided = Submission.objects.filter(
        state__in=(State.DONE, State.RETURNED), queued_at__isnull=False, decided_at__gt=now - LOOKED_BACK
    )
    took = decided.annotate(
        took=ExpressionWrapper(F("decided_at") - F("queued_at"), output_field=DurationField())
    )
    count = took.count()
    in_order = took.order_by("took").values_list("took", flat=True)
    middle = list(in_order[(count - 1) // 2 : count // 2 + 1]) if count else []
    in_time = took.filter(took__lte=PROMISED).count() if count else 0
    return Pace(
        waiting=queue.count(),
        late=queue.late(now).count(),
        decided=count,
        median=sum(middle, timedelta()) / len(middle) if middle else None,
        percent=round(100 * in_time / count) if count else None,
    )
