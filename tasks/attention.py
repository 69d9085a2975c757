"""What the jobs ask the editors to look at."""

from datetime import datetime

from django.urls import reverse

from content.lib.attention import Attention
from tasks.models import JobRun


def attention(at: datetime | None = None) -> list[Attention]:
    """Counts of runs that gave up, and of runs that no worker takes up."""
    runs = reverse("admin:tasks_jobrun_changelist")
    return [
        Attention(
            count=JobRun.objects.needing_a_person().count(),
            one="job gave up and waits for a person",
            many="jobs gave up and wait for a person",
            address=f"{runs}?needs=person",
            urgent=True,
        ),
        Attention(
            count=JobRun.objects.late(at=at).count(),
            one="job run is late: no worker takes it up",
            many="job runs are late: no worker takes them up",
            address=f"{runs}?needs=worker",
            urgent=True,
        ),
    ]
