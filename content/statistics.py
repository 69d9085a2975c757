"""Writes that touch statistics and their observations: propose, accept, refuse, and mark what went stale.

An observation's figure is never overwritten; a statistic shows its newest accepted period.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import batched
from operator import attrgetter
from pathlib import Path
from typing import Any, Final

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone

from content.acceptance import SERIES_TEXTS, implausible, judge, storable, unfit
from content.lib.clock import database_now
from content.lib.figures import Figure, Origin, Refusal, format_value
from content.models import Observation, Source, Statistic
from content.providers import PROVIDERS
from content.providers.network import is_offered
from content.providers.starter import read_starter
from content.staleness import date_values, mark_left_behind, settle

# Figures in one transaction: a fraction of a second on SQLite, so that other writers get their turn.
CHUNK: Final = 250
FOUR_PLACES: Final = Decimal("0.0001")
SERIES_COLUMNS: Final = (
    *SERIES_TEXTS,
    "lowest",
    "highest",
    "max_change_percent",
    "refresh_days",
    "stale_months",
)


class AlreadyDecided(Exception):
    """Somebody else decided first, or there is nothing to decide; its text says so."""


@dataclass
class Outcome:
    """What became of the figures proposed from a file; `refused` names those that were not stored."""

    file: str = ""
    created: int = 0
    accepted: int = 0
    unchanged: int = 0
    renamed: int = 0
    refused: list[Refusal] = field(default_factory=list)

    @property
    def waiting(self) -> int:
        return self.created - self.accepted

    def refuse(self, figure: Figure, reason: str) -> None:
        """Notes a figure that is not stored."""
        said = figure.missing if figure.value is None else str(figure.value)
        self.refused.append(Refusal(self.file, figure.line, figure.column, said, f"{figure.key}: {reason}"))


def propose(figures: Iterable[Figure], *, at: datetime | None = None, file: str = "") -> Outcome:
    """Stores what is new, accepted by rule or waiting for an editor; figures known already change nothing.

    In transactions of a few hundred figures each: a load that was broken off is finished by loading again.
    """
    now = at or database_now()
    outcome = Outcome(file)
    ordered = sorted(_fit(figures, outcome), key=attrgetter("key", "period_end", "period_start"))
    for chunk in batched(ordered, CHUNK, strict=False):
        known = _known(chunk)
        if all(_stands(figure, known[figure.key]) for figure in chunk):
            outcome.unchanged += len(chunk)
        else:
            with transaction.atomic():
                _store(chunk, outcome, now)
    return outcome


def accept(observation: Observation, *, by: User, at: datetime | None = None, why: str = "") -> None:
    """An editor takes a waiting value; the statistic shows it if its period is the newest."""
    waiting = [Observation.Status.PROPOSED]
    _decide(observation, to=Observation.Status.ACCEPTED, earlier=waiting, by=by, at=at, why=why)


def refuse(observation: Observation, *, by: User, why: str, at: datetime | None = None) -> None:
    """An editor rejects a value, waiting or accepted; the one before it shows again."""
    if not why.strip():
        raise ValidationError("Say why the value is refused.")
    earlier = [Observation.Status.PROPOSED, Observation.Status.ACCEPTED]
    _decide(observation, to=Observation.Status.REFUSED, earlier=earlier, by=by, at=at, why=why.strip())


def refresh_due(*, at: datetime | None = None) -> dict[str, int]:
    """Looks at the statistics past their refresh date and marks what is stale; counts of both.

    Nothing is asked here: a figure read from files goes stale with its date, or when a newer release of its
    publisher was loaded without it. A series that a provider can be asked for stays due until it answered.
    """
    now = at or database_now()
    rows = Statistic.objects.due(now).values_list("pk", "refresh_days", "key")
    due = [(pk, days) for pk, days, key in rows if not is_offered(key)]
    for chunk in batched(due, CHUNK, strict=False):
        with transaction.atomic():
            date_values([pk for pk, _days in chunk])
            for days in {days for _pk, days in chunk}:
                Statistic.objects.filter(pk__in=[pk for pk, each in chunk if each == days]).update(
                    refresh_at=now + timedelta(days=days)
                )
    for provider in PROVIDERS:
        mark_left_behind(provider.NAME)
    return {"looked at": len(due), "stale": Statistic.objects.stale(now).count()}


def load_starter(path: Path, *, at: datetime | None = None) -> int:
    """Proposes the figures of a starter file; says how many were new."""
    return propose(read_starter(path), at=at, file=path.name).created


def _fit(figures: Iterable[Figure], outcome: Outcome) -> Iterator[Figure]:
    for figure in figures:
        if reason := unfit(figure):
            outcome.refuse(figure, reason)
        else:
            yield figure


def _known(figures: Sequence[Figure]) -> dict[str, list[Observation]]:
    """What is stored of the figures' series, by key.

    In two queries by an index each: while a load runs, no database knows well enough how large these tables
    have become to plan a join of them.
    """
    series = {each.pk: each for each in Statistic.objects.filter(key__in={figure.key for figure in figures})}
    known: dict[str, list[Observation]] = defaultdict(list)
    for observation in Observation.objects.filter(statistic__in=series).order_by(
        "-period_end", "-retrieved_at"
    ):
        observation.statistic = series[observation.statistic_id]
        known[observation.statistic.key].append(observation)
    return known


def _stands(figure: Figure, observations: Sequence[Observation]) -> bool:
    """Whether loading the figure would change nothing."""
    same = next((each for each in _of_release(figure, observations) if _says(each, figure)), None)
    return same is not None and not _names_area(figure, same.statistic)


def _of_release(figure: Figure, observations: Sequence[Observation]) -> list[Observation]:
    asked = (figure.period_start, figure.period_end, figure.release)
    return [each for each in observations if (each.period_start, each.period_end, each.release) == asked]


def _says(observation: Observation, figure: Figure) -> bool:
    return (observation.value, observation.missing) == (_rounded(figure.value), figure.missing)


def _rounded(value: Decimal | None) -> Decimal | None:
    return value.quantize(FOUR_PLACES) if value is not None and storable(value) else value


def _names_area(figure: Figure, statistic: Statistic) -> bool:
    """Whether the figure names an area that was known by its code alone: some files hold only codes."""
    return statistic.area.isdigit() and not figure.area.isdigit()


def _store(figures: Sequence[Figure], outcome: Outcome, now: datetime) -> None:
    statistics = _statistics(figures, now)
    known = _known(figures)
    sources: dict[Origin, Source] = {}
    new: list[Observation] = []
    for figure in figures:
        statistic = statistics.get(figure.key)
        if statistic is None:
            outcome.refuse(figure, _unfit(figure, _series(figure, now)))
            continue
        if _names_area(figure, statistic):
            statistic.label, statistic.area = figure.label, figure.area
            statistic.save(update_fields=["label", "area"])
            outcome.renamed += 1
        if any(_says(each, figure) for each in _of_release(figure, known[figure.key])):
            outcome.unchanged += 1
        elif reason := _contradiction(figure, known[figure.key]) or implausible(figure, statistic):
            outcome.refuse(figure, reason)
        else:
            if figure.source not in sources:
                sources[figure.source] = _source(figure, now)
            observation = _observation(figure, statistic, known[figure.key], now)
            observation.source = sources[figure.source]
            known[figure.key].append(observation)
            new.append(observation)
    Observation.objects.bulk_create(new)
    outcome.created += len(new)
    outcome.accepted += sum(each.status == Observation.Status.ACCEPTED for each in new)
    touched = {each.statistic_id for each in new} | _link_breaks(figures)
    settle(touched)


def _statistics(figures: Sequence[Figure], now: datetime) -> dict[str, Statistic]:
    """The figures' statistics, locked; new ones are added where the figure fits."""
    keys = {figure.key for figure in figures}
    have = set(Statistic.objects.filter(key__in=keys).values_list("key", flat=True))
    new: dict[str, Statistic] = {}
    for figure in figures:
        if figure.key not in have and figure.key not in new:
            series = _series(figure, now)
            if not _unfit(figure, series):
                new[figure.key] = series
    # Somebody else may add the same series at the same time; then theirs is taken.
    Statistic.objects.bulk_create(new.values(), ignore_conflicts=True)
    locked = Statistic.objects.select_for_update().filter(key__in=keys).order_by("pk")
    return {statistic.key: statistic for statistic in locked}


def _series(figure: Figure, now: datetime) -> Statistic:
    columns = {name: getattr(figure, name) for name in SERIES_COLUMNS}
    return Statistic(**columns, refresh_at=now + timedelta(days=figure.refresh_days))


def _unfit(figure: Figure, series: Statistic) -> str:
    try:
        series.clean_fields()
    except ValidationError as error:
        return " ".join(f"{name}: {' '.join(said)}" for name, said in error.message_dict.items())
    return implausible(figure, series)


def _contradiction(figure: Figure, observations: Sequence[Observation]) -> str:
    for stored in _of_release(figure, observations):
        if stored.status != Observation.Status.REFUSED:
            value = format_value(stored.value, figure.unit, figure.per) or stored.get_missing_display()
            return (
                f"{figure.release} is stored with {value} for {figure.period}, and a released figure is "
                "never overwritten. Where the publisher corrected it, refuse the stored one first."
            )
    return ""


def _observation(
    figure: Figure, statistic: Statistic, observations: Sequence[Observation], now: datetime
) -> Observation:
    accepted = [each for each in observations if each.status == Observation.Status.ACCEPTED]
    verdict = judge(figure, statistic, accepted)
    return Observation(
        statistic=statistic,
        period=figure.period,
        period_start=figure.period_start,
        period_end=figure.period_end,
        value=_rounded(figure.value),
        missing=figure.missing,
        release=figure.release,
        retrieved_at=figure.retrieved_at or now,
        status=Observation.Status.ACCEPTED if verdict.accepted else Observation.Status.PROPOSED,
        decided_at=now if verdict.accepted else None,
        accepted_at=now if verdict.accepted else None,
        decided_why=verdict.why,
    )


def _source(figure: Figure, now: datetime) -> Source:
    origin = figure.source
    retrieved = timezone.localdate(figure.retrieved_at or now)
    return Source.objects.get_or_create(
        publisher=origin.publisher,
        title=origin.title,
        url=origin.url,
        defaults={"retrieved_on": retrieved},
    )[0]


def _link_breaks(figures: Sequence[Figure]) -> set[int]:
    """Joins the series on both sides of each break that are there; the earlier ones, which end with it."""
    breaks = {change for figure in figures for change in figure.breaks}
    if not breaks:
        return set()
    keys = {key for change in breaks for key in (change.before, change.after)}
    found = {each.key: each for each in Statistic.objects.filter(key__in=keys)}
    followed = {each.predecessor_id for each in found.values()}
    ended = set()
    for change in breaks:
        before, after = found.get(change.before), found.get(change.after)
        if before and after and after.predecessor_id is None and before.pk not in followed:
            after.predecessor, after.break_reason = before, change.reason
            after.save(update_fields=["predecessor", "break_reason"])
            ended.add(before.pk)
    return ended


def _decide(  # noqa: PLR0913  # who, when, what from, what to and why
    observation: Observation,
    *,
    to: Observation.Status,
    earlier: Collection[Observation.Status],
    by: User,
    at: datetime | None,
    why: str,
) -> None:
    moment = at or Now()
    changed: dict[str, Any] = {"status": to, "decided_at": moment, "decided_by": by, "decided_why": why}
    if to == Observation.Status.ACCEPTED:
        changed["accepted_at"] = moment
    with transaction.atomic():
        if not Observation.objects.filter(pk=observation.pk, status__in=earlier).update(**changed):
            raise AlreadyDecided(_decision(observation))
        settle([observation.statistic_id])
    observation.refresh_from_db()


def _decision(observation: Observation) -> str:
    stored = Observation.objects.select_related("decided_by").filter(pk=observation.pk).first()
    if stored is None or stored.decided_at is None:
        return "The value is not there any more."
    who = stored.decided_by.get_username() if stored.decided_by else "a rule"
    when = timezone.localtime(stored.decided_at)
    return f"The value was {stored.get_status_display().lower()} by {who} on {when:%-d %B %Y, %H:%M}."
