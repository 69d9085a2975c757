"""Which observation a statistic shows, and when that goes stale."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime, time, timedelta

from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone

from content.models import Observation, Statistic


def settle(pks: Collection[int]) -> None:
    """Points statistics to their newest accepted observation, and dates it."""
    newest = Observation.objects.accepted().filter(statistic=OuterRef("pk")).newest_first()
    Statistic.objects.filter(pk__in=pks).update(current=Subquery(newest.values("pk")[:1]))
    date_values(pks)


def date_values(pks: Collection[int]) -> None:
    """Works out when the values of these statistics go stale; a series that ended at a break never does."""
    dated: dict[datetime | None, list[int]] = defaultdict(list)
    statistics = Statistic.objects.filter(pk__in=pks).select_related("current", "successor")
    for statistic in statistics:
        ended = hasattr(statistic, "successor")
        stale_at = (
            None if ended or not statistic.current else stale_after(statistic.current, statistic.stale_months)
        )
        if stale_at != statistic.stale_at:
            dated[stale_at].append(statistic.pk)
    for stale_at, changed in dated.items():
        Statistic.objects.filter(pk__in=changed).update(stale_at=stale_at)


def stale_after(observation: Observation, months: int) -> datetime:
    """Counted from the period's end, or from its start where the end was still to come when it was read."""
    outlook = observation.period_end > timezone.localdate(observation.retrieved_at)
    start = observation.period_start if outlook else observation.period_end
    years, month = divmod(start.month - 1 + months, 12)
    first = date(start.year + years, month + 1, 1)
    day = first + timedelta(days=start.day - 1)
    return timezone.make_aware(datetime.combine(day, time.min))


def mark_left_behind(provider: str) -> None:
    """A value goes stale at the latest when its provider's newest release was read without it."""
    accepted = Observation.objects.accepted().filter(statistic__provider=provider)
    newest = accepted.newest_first().values_list("release", flat=True).first()
    if newest is None:
        return
    read_at = accepted.filter(release=newest).earliest("retrieved_at").retrieved_at
    behind = Statistic.objects.filter(
        Q(stale_at=None) | Q(stale_at__gt=read_at), provider=provider, current__isnull=False, successor=None
    )
    behind.exclude(current__release=newest).update(stale_at=read_at)
