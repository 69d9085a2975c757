"""What the receipt of a statistic shows: value, origin, history, spread, and the pages that use it."""

import re
from datetime import datetime
from functools import cached_property
from itertools import groupby
from typing import Final

from django.db.models import Q
from django.utils.safestring import SafeString

from content.lib import charts
from content.lib.figures import format_value
from content.models import Observation, Revision, RevisionQuerySet, Statistic

KEY: Final = re.compile(r"[a-z0-9][a-z0-9.-]{0,118}[a-z0-9]", re.ASCII)
PAY: Final = re.compile(r"(?:mean|median|p10|p25|p75|p90)-(annual|hourly)", re.ASCII)
SPREAD: Final = {
    "p10": "10th percentile",
    "p25": "25th percentile",
    "median": "median",
    "p75": "75th percentile",
    "p90": "90th percentile",
}


def statistic_of(key: str, at: datetime | None = None) -> Statistic | None:
    """The statistic of a key, with its newest value and the series around its breaks, in one query."""
    if not KEY.fullmatch(key):
        return None
    near = ("predecessor__predecessor__predecessor", "successor", "current__decided_by")
    return Statistic.objects.with_current(at).select_related(*near).filter(key=key).first()


class Receipt:
    """One statistic as its page shows it; each part asks the database once."""

    def __init__(self, statistic: Statistic) -> None:
        self.statistic = statistic
        self.current = statistic.current

    @cached_property
    def chain(self) -> list[Statistic]:
        """This series and the ones before its breaks, the newest first."""
        chain = [self.statistic]
        while chain[-1].predecessor is not None and len(chain) < 4:
            chain.append(chain[-1].predecessor)
        return chain

    @property
    def successor(self) -> Statistic | None:
        """The series that goes on after this one ended."""
        return getattr(self.statistic, "successor", None)

    @cached_property
    def observations(self) -> dict[int, list[Observation]]:
        """The accepted values of the whole chain, the newest first, by statistic."""
        accepted = Observation.objects.accepted().newest_first().filter(statistic__in=self.chain)
        by_statistic: dict[int, list[Observation]] = {each.pk: [] for each in self.chain}
        for observation in accepted.select_related("source", "decided_by"):
            by_statistic[observation.statistic_id].append(observation)
        return by_statistic

    @property
    def accepted_by(self) -> str:
        """Who let readers see the value: a rule, or an editor by the name they go by in public, if any."""
        if self.current is None or self.current.decided_by is None:
            return "by rule"
        return f"by {self.current.decided_by.get_full_name() or 'an editor'}"

    @property
    def earlier(self) -> list[Observation]:
        """Accepted values of this series but the one shown."""
        return [each for each in self.observations[self.statistic.pk] if each.pk != self.statistic.current_id]

    @property
    def before(self) -> list[tuple[Statistic, Statistic, list[Observation]]]:
        """For each break, the newest first: the series before it, the one after it, the values before it."""
        return [
            (older, newer, self.observations[older.pk])
            for newer, older in zip(self.chain, self.chain[1:], strict=False)
        ]

    @cached_property
    def plot(self) -> SafeString:
        """The history, with breaks drawn as breaks."""
        return self.history("history")

    def history(self, name: str) -> SafeString:
        """The same under a name that is unique on its page."""
        segments = [self._points(series) for series in reversed(self.chain)]
        return charts.history(segments, name=name, title=f"{self.statistic.label}: history")

    def _points(self, series: Statistic) -> list[charts.Point]:
        points = []
        for _end, released in groupby(self.observations[series.pk], key=lambda each: each.period_end):
            newest = next(released)
            if newest.value is not None:
                said = format_value(newest.value, series.unit)
                points.append(charts.Point(newest.period_end, newest.value, said, newest.period))
        return points[::-1]

    @cached_property
    def percentiles(self) -> list[tuple[str, Statistic]]:
        """The spread that this figure belongs to, where each part has a value of the same release."""
        kind = PAY.fullmatch(self.statistic.measure)
        if not kind or not self.current:
            return []
        stem = self.statistic.key.removesuffix(self.statistic.measure)
        keys = {f"{stem}{part}-{kind[1]}": words for part, words in SPREAD.items()}
        found = Statistic.objects.with_current().filter(
            key__in=keys,
            current__period_end=self.current.period_end,
            current__release=self.current.release,
        )
        by_key = {each.key: each for each in found}
        return [(words, by_key[key]) for key, words in keys.items() if key in by_key]

    @cached_property
    def bar(self) -> SafeString:
        """The spread as a bar; empty where a part of it has no value."""
        return self.spread("spread")

    def spread(self, name: str) -> SafeString:
        """The same under a name that is unique on its page."""
        marks = [
            (words, each.current.value, format_value(each.current.value, each.unit))
            for words, each in self.percentiles
            if each.current and each.current.value is not None
        ]
        if len(marks) != len(SPREAD):
            return SafeString("")
        return charts.spread(marks, name=name, title=f"{self.statistic.subject}: spread of pay")

    @cached_property
    def articles(self) -> list[Revision]:
        """Live articles that name the statistic, in their texts or in a facts box."""
        return list(naming(self.statistic).select_related("article").order_by("title", "pk"))


def naming(statistic: Statistic, at: datetime | None = None) -> RevisionQuerySet:
    """Live revisions whose texts or facts name the statistic."""
    named = Q(fact_boxes__facts__statistic=statistic)
    for text in ("lead", "body", "summary"):
        for mark in _marks(statistic.key):
            named |= Q(**{f"{text}__contains": mark})
    live = Revision.objects.live(at).articles()
    return live.filter(pk__in=Revision.objects.filter(named).values("pk"))


def _marks(key: str) -> list[str]:
    """How a text may name a statistic: alone, or in the list of a table or chart."""
    begins = ("[[stat:", "[[stat-table:", "[[stat-chart:", ",", ", ")
    return [f"{begin}{key}{end}" for begin in begins for end in ("]]", "|", ",")]
