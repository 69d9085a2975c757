"""Statistics as rows of open data: what was accepted, and not by whom."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from django.utils.timezone import localtime

from content.links.shown import Withheld
from content.models import Observation

BATCH: Final = 500
STATISTICS: Final = {
    "key": "Our key of the series; its receipt is /statistics/<key>/.",
    "label": "What the series is.",
    "unit": "Unit of the value.",
    "per": "Year or hour, for pay.",
    "subject": "Who or what is counted.",
    "area": "Where.",
    "publisher": "Who publishes the series.",
    "period": "The time that the value is of, in words.",
    "period_start": "First day of the period.",
    "period_end": "Last day of the period.",
    "value": "The value; empty: see missing.",
    "missing": "Why there is no value; empty where there is one.",
    "source": "The publication that the value was read in.",
    "source_url": "Its address.",
    "release": "What the publisher calls the release.",
    "retrieved": "The day the value was read.",
}


def statistics() -> Iterator[list[str | Decimal | None]]:
    """Every accepted value of every series."""
    accepted = Observation.objects.accepted().select_related("statistic", "source")
    withheld = Withheld()
    for each in accepted.order_by("statistic__key", "period_end", "pk").iterator(BATCH):
        of = each.statistic
        yield [
            of.key,
            of.label,
            of.unit,
            of.per,
            of.subject,
            of.area,
            of.publisher,
            each.period,
            each.period_start.isoformat(),
            each.period_end.isoformat(),
            each.value,
            each.get_missing_display() if each.missing else "",
            str(each.source),
            withheld.shown(each.source.url),
            each.release,
            localtime(each.retrieved_at).date().isoformat(),
        ]
