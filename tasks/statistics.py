"""Figures that the directory itself yields."""

from datetime import datetime, timedelta
from itertools import batched

from content.statistics import propose
from listings import statistics
from listings.models import DataVersion, School
from tasks.job import Counts, Renew
from tasks.models import JobRun

BATCH = 500
# Editors and schools change rows all day long; figures may lag so far behind.
PAUSE = timedelta(minutes=15)


def refresh_directory_statistics(renew: Renew, at: datetime | None) -> Counts:
    """Proposes the directory's own figures; those that stand already change nothing."""
    counts = {"created": 0, "accepted": 0, "unchanged": 0, "refused": 0}
    for figures in batched(statistics.figures(), BATCH, strict=False):
        renew()
        outcome = propose(figures, at=at)
        counts["created"] += outcome.created
        counts["accepted"] += outcome.accepted
        counts["unchanged"] += outcome.unchanged
        counts["refused"] += len(outcome.refused)
    return counts


def directory_changed(now: datetime) -> bool:
    """Whether a version was switched since the figures were counted, or rows changed a while ago."""
    counted = JobRun.objects.filter(job="refresh_directory_statistics", state=JobRun.State.DONE)
    last = counted.order_by("-started").values_list("started", flat=True).first()
    if last is None:
        return School.objects.exists()
    if DataVersion.objects.filter(is_current=True, switched_at__gt=last).exists():
        return True
    return last <= now - PAUSE and School.objects.filter(changed_at__gt=last).exists()
