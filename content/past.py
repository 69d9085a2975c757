"""A page as it was: which revision readers saw at a moment, and what the statistics in it showed."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import Q
from django.utils import timezone

from content.facts import Box, boxes_of
from content.links.shown import Withheld
from content.models import Article, Fact, Observation, Publication, Revision, Statistic
from content.pictures import pictures_named
from content.rendering import Rendered, render, statistics_named
from content.staleness import stale_after


@dataclass(frozen=True)
class PastPage:
    """An article's page at the end of a day."""

    revision: Revision
    since: datetime
    lead: Rendered
    body: Rendered
    boxes: list[Box]


def end_of(day: date) -> datetime:
    """The last moment of the day in the site's time zone."""
    midnight = timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))
    return midnight - timedelta(microseconds=1)


def page_at(article: Article, moment: datetime) -> PastPage | None:
    """What readers saw; None where they saw nothing."""
    seen = _seen(article, moment)
    if seen is None:
        return None
    revision, since = seen
    statistics = statistics_named(revision.lead, revision.body)
    pictures = pictures_named(revision.lead, revision.body)
    bound = Fact.objects.filter(box__revision=revision).exclude(statistic=None)
    pks = {each.pk for each in statistics.values()} | set(bound.values_list("statistic", flat=True))
    values = values_at(pks, moment)
    _set_back(statistics.values(), values, moment)
    withheld = Withheld()
    return PastPage(
        revision=revision,
        since=since,
        lead=render(revision.lead, statistics, pictures=pictures, withheld=withheld, drawn=False),
        body=render(revision.body, statistics, pictures=pictures, withheld=withheld, drawn=False),
        boxes=boxes_of(revision, moment, values),
    )


def _seen(article: Article, moment: datetime) -> tuple[Revision, datetime] | None:
    due = article.next_publish_at
    if due is not None and due <= moment and article.next_revision is not None:
        # Readers see it from its moment on, whether or not a job has put that on record.
        return article.next_revision, due
    record = Publication.objects.select_related("revision").at(article, moment)
    return (record.revision, record.since) if record and record.revision else None


def values_at(pks: Collection[int], moment: datetime) -> dict[int, Observation]:
    """What each statistic showed at the moment; those that had no value are left out."""
    refused = Q(status=Observation.Status.REFUSED, decided_at__lte=moment)
    shown = Observation.objects.filter(statistic__in=pks, accepted_at__lte=moment).exclude(refused)
    values: dict[int, Observation] = {}
    for observation in shown.newest_first().select_related("source"):
        values.setdefault(observation.statistic_id, observation)
    return values


def _set_back(statistics: Iterable[Statistic], values: dict[int, Observation], moment: datetime) -> None:
    for statistic in statistics:
        current = values.get(statistic.pk)
        statistic.current = current
        stale = current is not None and stale_after(current, statistic.stale_months) <= moment
        setattr(statistic, "is_stale", stale)  # noqa: B010  # an annotation, which the model does not declare
