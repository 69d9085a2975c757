"""An editor corrects a value that waits: it is refused, and the right one stands in its place."""

from datetime import datetime
from decimal import Decimal

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction

from content.acceptance import out_of_range
from content.models import Observation
from content.staleness import settle
from content.statistics import refuse


def correct(
    observation: Observation, *, value: Decimal, by: User, why: str, at: datetime | None = None
) -> Observation:
    """The corrected value, accepted; the one that came stays on record, refused.

    Raises ValidationError where no reason is given or the number cannot be, AlreadyDecided where somebody
    decided first.
    """
    if not why.strip():
        raise ValidationError("Say why the value is corrected, and where the right one stands.")
    if reason := out_of_range(value, observation.statistic):
        raise ValidationError(reason)
    with transaction.atomic():
        refuse(observation, by=by, why=f"Corrected: {why.strip()}"[:300], at=at)
        corrected = Observation.objects.create(
            statistic=observation.statistic,
            period=observation.period,
            period_start=observation.period_start,
            period_end=observation.period_end,
            value=value,
            release=observation.release,
            source=observation.source,
            retrieved_at=observation.retrieved_at,
            status=Observation.Status.ACCEPTED,
            decided_at=observation.decided_at,
            accepted_at=observation.decided_at,
            decided_by=by,
            decided_why=why.strip()[:300],
        )
        settle([observation.statistic_id])
    return corrected
