"""Figures: typed where a statistic is kept, out of date, without a source, under another name."""

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Final

from content.lib.figures import format_value
from content.lint.amounts import Stated, amounts_in, is_sourced, periods_in
from content.lint.draft import Draft, FactWords
from content.lint.finding import Hit, hit
from content.lint.known import Known
from content.lint.measures import measure_in, qualifies, speaks_of, statistics_like
from content.lint.rules.links import keys
from content.models import Statistic
from content.pipeline.counts import mismatches
from content.pipeline.periods import Period

OLD: Final = 3
TOO_OLD: Final = 6
PROJECTED: Final = re.compile(
    r"\b(?:outlook|growth|grow|projected|projections?|expected|forecast|openings|change)\b", re.I
)


def too_old(draft: Draft, known: Known) -> Iterator[Hit]:
    """Figures whose first year is over six years ago, projections that have ended."""
    yield from (found for found, is_error in _stale(draft, known) if is_error)


def getting_old(draft: Draft, known: Known) -> Iterator[Hit]:
    """Figures whose first year is over three years ago, statistics past their date."""
    yield from (found for found, is_error in _stale(draft, known) if not is_error)


def _stale(draft: Draft, known: Known) -> Iterator[tuple[Hit, bool]]:
    yield from _stale_facts(draft, known)
    yield from _stale_marks(draft, known)
    for words in draft.prose:
        for stated in amounts_in(words):
            newest = max(periods_in(stated.in_sentence), key=lambda each: each.first, default=None)
            if newest and (age := _age(newest, stated.in_sentence, known.year)) is not None:
                message = f"{stated.said} is a figure of {newest.raw}."
                yield (
                    hit(words, stated.start, stated.end, message, "Give the newest figure, or take it out."),
                    age,
                )


def _age(period: Period, words: str, year: int) -> bool | None:
    """Whether a period is too old; None where it is not old."""
    ended = period.last < year and (
        period.last - period.first > 1 or (bool(PROJECTED.search(words)) and period.last > period.first)
    )
    if period.first < year - TOO_OLD or ended:
        return True
    return False if period.first < year - OLD else None


def _stale_facts(draft: Draft, known: Known) -> Iterator[tuple[Hit, bool]]:
    bound = known.statistics(fact.key for fact in draft.facts if fact.key)
    for fact in draft.facts:
        if fact.key:
            if draft.body_field.name == "body" and (statistic := bound.get(fact.key)):
                yield from _stale_statistic(statistic, known, fact)
        elif fact.first is not None:
            period = Period(fact.first, fact.last or fact.first, f"{fact.first}")
            age = _age(period, f"{fact.label} {fact.raw}", known.year)
            if age is not None:
                years = str(period.first) if period.first == period.last else f"{period.first}-{period.last}"
                message = f"\u201c{fact.label}\u201d is a figure of {years}."
                yield (
                    Hit(
                        fact.label,
                        fact.field,
                        fact.offset,
                        message,
                        "Give the newest figure, or take the line out.",
                    ),
                    age,
                )


def _stale_statistic(statistic: Statistic, known: Known, fact: FactWords) -> Iterator[tuple[Hit, bool]]:
    age = _age_of(statistic, known)
    if age is not None:
        message = (
            f"\u201c{fact.label}\u201d shows {statistic.key}, whose newest value is of "
            f"{_period_of(statistic)}."
        )
        yield (
            Hit(fact.label, fact.field, fact.offset, message, "Bind the line to a statistic that is kept."),
            age,
        )


def _stale_marks(draft: Draft, known: Known) -> Iterator[tuple[Hit, bool]]:
    every = list(keys(draft))
    there = known.statistics(key for key, _field, _offset in every)
    for key, field, offset in every:
        statistic = there.get(key)
        if statistic and (age := _age_of(statistic, known)) is not None:
            message = f"The newest value of {key} is of {_period_of(statistic)}."
            yield (
                Hit(key, field, offset, message, "Name a statistic that is kept, or load a newer release."),
                age,
            )


def _age_of(statistic: Statistic, known: Known) -> bool | None:
    current = statistic.current
    if current is None:
        return None
    period = Period(current.period_start.year, current.period_end.year, current.period)
    age = _age(period, f"{statistic.measure} {statistic.label}", known.year)
    return False if age is None and getattr(statistic, "is_stale", False) else age


def _period_of(statistic: Statistic) -> str:
    return statistic.current.period if statistic.current else "no period"


def contradicts_statistic(draft: Draft, known: Known) -> Iterator[Hit]:
    """Typed numbers that are not what this site has of the same measure and period."""
    for stated, statistic, truth in _contradictions(draft, known):
        said = format_value(truth[0].value, statistic.unit, statistic.per)
        message = f"{stated.said} is typed; {statistic.label} is {said} ({truth[0].period})."
        suggestion = f"Write [[stat:{statistic.key}]] in place of the number."
        yield hit(stated.words, stated.start, stated.end, message, suggestion)


def _contradictions(draft: Draft, known: Known) -> Iterator[tuple[Stated, Statistic, list]]:  # type: ignore[type-arg]
    for words in draft.prose:
        for stated in amounts_in(words):
            candidates = statistics_like(stated, known.national)
            truths = [(each, _values_of(each, stated.period)) for each in candidates]
            truths = [(each, values) for each, values in truths if values]
            # The newest is the one to name.
            truths.sort(key=lambda pair: pair[1][0].period_start, reverse=True)
            if (
                truths
                and not _mistaken(stated, known.national)
                and not any(stated.agrees(float(v.value)) for _each, values in truths for v in values)
            ):
                yield stated, *truths[0]


def _mistaken(stated: Stated, statistics: Iterable[Statistic]) -> Statistic | None:
    """The statistic whose very value is typed, where the sentence calls it by another measure."""
    said = measure_in(stated.in_sentence, stated.start - stated.sentence[0])
    if stated.unit != "money" or not said:
        return None
    return _valued(stated.value, said, statistics)


def _valued(value: float, said: str, statistics: Iterable[Statistic]) -> Statistic | None:
    same = [
        each
        for each in statistics
        if each.current and each.current.value == Decimal(str(value)) and each.unit == "USD"
    ]
    measures = {each.measure.partition("-")[0] for each in same}
    return same[0] if same and said not in measures else None


def _values_of(statistic: Statistic, period: Period | None) -> list:  # type: ignore[type-arg]
    """The accepted values that a sentence may be about: of its period where it names one, else the newest."""
    every = statistic.accepted  # type: ignore[attr-defined]  # prefetched
    newest = statistic.current
    if period is None or newest is None or period.first > newest.period_start.year:
        return [newest] if newest else []
    return [
        each
        for each in every
        if each.value is not None
        and period.first <= each.period_start.year <= period.last
        and period.last in (period.first, each.period_end.year)
    ]


def number_without_source(draft: Draft, known: Known) -> Iterator[Hit]:
    """Money, percentages and large counts in running words that say nobody's name."""
    wrong = {
        (stated.words.field.name, stated.words.at(stated.start))
        for stated, *_ in _contradictions(draft, known)
    }
    for words in draft.prose:
        for stated in amounts_in(words):
            if (words.field.name, words.at(stated.start)) in wrong or is_sourced(words, stated.sentence):
                continue
            kept = _kept(stated, known.national)
            message = f"{stated.said} has no source in its sentence."
            suggestion = (
                f"Write [[stat:{kept.key}|full]] in its place."
                if kept
                else "Say who reports it and for what year, or link to it."
            )
            yield hit(words, stated.start, stated.end, message, suggestion)


def _kept(stated: Stated, statistics: Iterable[Statistic]) -> Statistic | None:
    return next((each for each in statistics_like(stated, statistics) if _is_value(stated, each)), None)


def _is_value(stated: Stated, statistic: Statistic) -> bool:
    current = statistic.current
    return current is not None and current.value is not None and stated.agrees(float(current.value))


def qualifier_mismatch(draft: Draft, known: Known) -> Iterator[Hit]:
    """A figure under the name of another measure or another group than its statistic or its fact has."""
    yield from _misnamed_marks(draft, known)
    yield from _misnamed_numbers(draft, known)
    yield from _misnamed_facts(draft, known)


def _misnamed_marks(draft: Draft, known: Known) -> Iterator[Hit]:
    there = known.statistics(key for words in draft.prose for key, _at in words.named())
    for words in draft.prose:
        for low, high in words.sentences:
            for key, at in words.named(low, high):
                if key in there and (said := qualifies(words.plain[low:high], at - low, there[key])):
                    message = f"The sentence says \u201c{said}\u201d; {key} is {there[key].label}."
                    yield hit(
                        words, at, at + 1, message, "Say what the statistic counts, or name another one."
                    )


def _misnamed_numbers(draft: Draft, known: Known) -> Iterator[Hit]:
    """A typed number that is the value of a statistic of another measure, or of a fact of the page."""
    for words in draft.prose:
        for stated in amounts_in(words):
            if mistaken := _mistaken(stated, known.national):
                message = (
                    f"{stated.said} is the value of {mistaken.label}; the sentence calls it something else."
                )
                yield hit(
                    words,
                    stated.start,
                    stated.end,
                    message,
                    f"Write [[stat:{mistaken.key}]] and call it what it is.",
                )
                continue
            low = stated.sentence[0]
            for fact in draft.facts:
                named, here = measure_in(fact.label, 0), measure_in(stated.in_sentence, stated.start - low)
                if stated.value in fact.amounts and named and here and named != here:
                    message = f"The sentence says {here}; the box says {named} of the same figure."
                    yield hit(words, stated.start, stated.end, message, "Call one figure by one name.")
                    break


def _misnamed_facts(draft: Draft, known: Known) -> Iterator[Hit]:
    """A line bound to a statistic of another measure or group; lines of one box about different groups."""
    there = known.statistics(fact.key for fact in draft.facts if fact.key)
    groups: list[tuple[str, FactWords]] = []
    for fact in draft.facts:
        statistic = there.get(fact.key)
        if statistic and (said := qualifies(fact.label, 0, statistic)):
            message = f"\u201c{fact.label}\u201d says \u201c{said}\u201d; {fact.key} is {statistic.label}."
            yield Hit(
                fact.label,
                fact.field,
                fact.offset,
                message,
                "Say what the statistic counts, or bind another one.",
            )
        elif mistaken := _misnamed_fact(fact, known.national):
            message = f"\u201c{fact.label}\u201d: this is the value of {mistaken.label}."
            yield Hit(fact.label, fact.field, fact.offset, message, "Call the figure what it is.")
        group = speaks_of(fact.qualifier)
        if (
            statistic
            and group
            and not set(group.split()) <= set(re.findall(r"[a-z]+", statistic.subject.lower()))
        ):
            message = f"The line is said to be for {group}; {fact.key} is for {statistic.subject}."
            yield Hit(fact.label, fact.field, fact.offset, message, "Say for whom the figure is.")
        elif group:
            groups.append((group, fact))
    for group, fact in groups[1:]:
        if group != groups[0][0]:
            message = f"This line is for {group}, another one of the box for {groups[0][0]}."
            yield Hit(
                fact.label,
                fact.field,
                fact.offset,
                message,
                "Give figures of one group, or say in the text why two.",
            )


def _misnamed_fact(fact: FactWords, statistics: Iterable[Statistic]) -> Statistic | None:
    said = measure_in(fact.label, 0)
    is_one = fact.kind == "money" and len(fact.amounts) == 1
    return _valued(fact.amounts[0], said, statistics) if said and is_one else None


def count_mismatch(draft: Draft, _known: Known) -> Iterator[Hit]:
    """A number of things, and another number of them named."""
    for found in mismatches(draft.page):
        about = found.about or ""
        field = draft.body_field
        start = min((words.at(0) for words in draft.body), default=0)
        for words in draft.prose:
            place = words.plain.casefold().find(about.casefold())
            if place >= 0:
                field, start = words.field, words.at(place)
                break
        yield Hit(
            about,
            field,
            start,
            f"\u201c{about}\u201d, but {found.detail}.",
            "Name as many as the number says, or correct the number.",
        )
