"""Asks the network providers for the series that are due, and proposes what they say.

A provider that fails is left alone for a while and changes nothing: the last good values stay, the series
stay due, and its row tells the editors in one sentence.
"""

import logging
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import batched
from typing import Final

from django.conf import settings
from django.db.models import Case, F, IntegerField, Value, When
from django.utils import timezone

from content.acceptance import implausible, judge
from content.lib.answers import BadAnswer
from content.lib.figures import Figure, Refusal
from content.lib.http import CallFailed, NetworkOff, Unavailable, pause
from content.models import Observation, ProviderState, Statistic
from content.providers.asking import Caller, NetworkProvider, QuotaUsed, Reading
from content.providers.network import NETWORK_PROVIDERS
from content.statistics import propose

logger = logging.getLogger(__name__)

# In percent: an answer with more figures than this that are odd is no answer to trust the others of.
MOST_ODD: Final = 5
CIRCUIT: Final = 5
CIRCUIT_PAUSE: Final = timedelta(hours=6)
MOST_TOLD: Final = 50

type Renew = Callable[[], None]


@dataclass
class Sifted:
    """The figures of an answer: to be taken, to wait for an editor, and refused with the reason."""

    taken: list[Figure] = field(default_factory=list)
    waiting: list[Figure] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)

    def is_odd(self) -> bool:
        """Whether so much of it is odd that the rest is not trusted either."""
        odd = len(self.waiting) + len(self.refused)
        return 100 * odd > MOST_ODD * (odd + len(self.taken))


@dataclass
class Look:
    """What one look at a provider came to; `said` is for editors, empty where there is nothing to say."""

    asked: int = 0
    created: int = 0
    failed: int = 0
    said: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)


def ask_providers(renew: Renew, at: datetime | None = None) -> dict[str, int]:
    """Asks each provider for what is due; counts. Raises NetworkOff."""
    if not settings.NETWORK:
        raise NetworkOff("network is off")
    now = at or timezone.now()
    looks = [_ask(provider, renew, now) for provider in NETWORK_PROVIDERS if provider.is_ready()]
    return {
        "asked": sum(look.asked for look in looks),
        "new values": sum(look.created for look in looks),
        "failed": sum(look.failed for look in looks),
    }


def _ask(provider: NetworkProvider, renew: Renew, now: datetime) -> Look:
    """One look: batch by batch until all is asked, the quota is used up or a call fails."""
    look = Look()
    state = ProviderState.objects.of(provider.NAME)
    if state.rests(now):
        return look
    caller = Caller(lambda: state.take_call(provider.calls_a_day(), on=now.astimezone(UTC).date()))
    most = provider.batch_size() * provider.calls_a_day()
    for keys in batched(due_keys(provider, now)[:most], provider.batch_size(), strict=False):
        renew()
        try:
            _take(provider, list(keys), caller, look, now)
        except QuotaUsed:
            break
        except CallFailed as failure:
            look.failed = 1
            _fail(state, failure, look, now)
            return look
    if look.asked:
        state.succeed(at=now, said=" ".join(look.said), refused=look.refused[:MOST_TOLD])
    return look


def due_keys(provider: NetworkProvider, now: datetime) -> list[str]:
    """The series it offers that are due, those of the nation first, then those longest due."""
    far = Case(When(area="United States", then=Value(0)), default=Value(1), output_field=IntegerField())
    due = Statistic.objects.due(now).filter(key__startswith=provider.PREFIX)
    keys = due.order_by(far, F("refresh_at"), "key").values_list("key", flat=True)
    have = set(Statistic.objects.filter(key__in=provider.SEEDS).values_list("key", flat=True))
    missing = [key for key in provider.SEEDS if key not in have]
    return [key for key in (*keys, *missing) if provider.offers(key)]


def _take(provider: NetworkProvider, keys: list[str], caller: Caller, look: Look, now: datetime) -> None:
    """Fetches, checks and proposes. Raises CallFailed and QuotaUsed."""
    known = {each.key: each for each in Statistic.objects.with_current(now).filter(key__in=keys)}
    told = provider.fetch(keys, caller)
    reading = provider.check(told, known, timezone.localdate(now))
    sifted = sift(reading, now)
    trusted = not sifted.is_odd()
    outcome = propose([*sifted.waiting, *(sifted.taken if trusted else [])], at=now, file=provider.NAME)
    refused = sifted.refused + outcome.refused
    look.asked += len(keys)
    look.created += outcome.created
    look.refused += [f"{each.reason} ({each.value})" for each in refused]
    look.said += _told(sifted, refused, reading, trusted=trusted)
    if trusted:
        _looked_at(keys, now)


def _looked_at(keys: list[str], now: datetime) -> None:
    by_days: dict[int, list[int]] = defaultdict(list)
    for pk, days in Statistic.objects.filter(key__in=keys).values_list("pk", "refresh_days"):
        by_days[days].append(pk)
    for days, pks in by_days.items():
        Statistic.objects.filter(pk__in=pks).update(refresh_at=now + timedelta(days=days))


def sift(reading: Reading, now: datetime) -> Sifted:
    """Tells figures that fit their series from those that jump and those that cannot be."""
    sifted = Sifted(refused=list(reading.refused))
    keys = {figure.key for figure in reading.figures}
    series: Mapping[str, Statistic] = {each.key: each for each in Statistic.objects.filter(key__in=keys)}
    stored: dict[int, list[Observation]] = defaultdict(list)
    for observation in Observation.objects.filter(statistic__key__in=keys):
        stored[observation.statistic_id].append(observation)
    for figure in reading.figures:
        statistic = series.get(figure.key)
        if statistic is None:
            sifted.taken.append(figure)
        elif reason := implausible(figure, statistic):
            value = figure.missing or f"{figure.value:f}"
            sifted.refused.append(Refusal("", 0, "", value, f"{figure.key}, {figure.period}: {reason}"))
        else:
            values = stored[statistic.pk]
            accepted = [each for each in values if each.status == Observation.Status.ACCEPTED]
            calm = _decided(figure, values) or judge(figure, statistic, accepted).accepted
            (sifted.taken if calm else sifted.waiting).append(figure)
    return sifted


def _decided(figure: Figure, observations: list[Observation]) -> bool:
    """Whether the very value was looked at before, so that it says nothing new of the answer."""
    return any(
        (each.period_end, each.release, each.value, each.missing)
        == (figure.period_end, figure.release, figure.value, figure.missing)
        for each in observations
        if each.status != Observation.Status.PROPOSED
    )


def _told(sifted: Sifted, refused: list[Refusal], reading: Reading, *, trusted: bool) -> list[str]:
    """What editors should know of an answer that was used."""
    said = []
    if refused:
        said.append(f"{len(refused)} figures were refused, such as {refused[0].reason}")
    if sifted.waiting:
        said.append(f"{len(sifted.waiting)} figures changed more than the rule allows and wait for you.")
    if not trusted:
        said.append(f"As that is more than {MOST_ODD} percent of the answer, nothing else of it was taken.")
    return [*said, *([reading.said] if reading.said else [])]


def _fail(state: ProviderState, failure: CallFailed, look: Look, now: datetime) -> None:
    """Leaves the provider alone: longer with each failure, six hours from the fifth on."""
    failures = state.failures + 1
    asked = failure.retry_after if isinstance(failure, Unavailable) else None
    wait = timedelta(seconds=pause(failures, asked))
    if failures >= CIRCUIT:
        wait = max(wait, CIRCUIT_PAUSE)
    sample = failure.sample if isinstance(failure, BadAnswer) else ""
    for secret in filter(None, (settings.BLS_API_KEY, settings.SCORECARD_API_KEY)):
        sample = sample.replace(secret, "...")
    logger.warning(
        "provider.failed", extra={"provider": state.name, "failures": failures, "why": str(failure)}
    )
    said = " ".join([str(failure), *look.said])
    state.fail(said, at=now, until=now + wait, sample=sample.replace("\x00", ""))
