"""What an editor must look at before a draft can be published."""

import re
from collections.abc import Iterator
from typing import Final

from content.pipeline.counts import mismatches
from content.pipeline.page import Box, FactLine, Page, Warn

STALE_AFTER: Final = 3
FIGURES: Final = ("money", "percent", "count", "ratio")


def check(page: Page, *, year: int) -> list[Warn]:
    """Every warning about a page, looked at in a certain year."""
    if page.status == "refused":
        return []
    found = [*_facts(page, year), *_organisations(page), *_outline(page), *mismatches(page), *_unsafe(page)]
    return list(dict.fromkeys(found))


def _facts(page: Page, year: int) -> Iterator[Warn]:
    for box in page.fact_boxes:
        for fact in box.facts:
            yield from _fact(fact, box, year)
        yield from _currencies(box)
        used = {mark for fact in box.facts for mark in fact.markers}
        for source in box.sources:
            if source.marker not in used:
                yield Warn("source-without-marker", source.name)
            if source.url is None:
                yield Warn("source-without-url", source.name)


def _fact(fact: FactLine, box: Box, year: int) -> Iterator[Warn]:
    value, label = fact.value, fact.label or fact.raw
    if value.period and value.period.first < year - STALE_AFTER:
        yield Warn("stale-statistic", label, value.period.raw)
    if value.kind in FIGURES and value.period is None:
        yield Warn("fact-without-period", label)
    if value.kind in FIGURES and not fact.markers and not fact.sources:
        yield Warn("fact-without-source", label)
    known = {source.marker for source in box.sources}
    unknown = [mark for mark in fact.markers if mark not in known]
    if unknown:
        yield Warn("marker-without-source", label, " ".join(unknown))


def _currencies(box: Box) -> Iterator[Warn]:
    """A box speaks one currency: the one of most of its figures, of the first where two are as frequent."""
    named = [(fact, fact.value.currencies) for fact in box.facts if fact.value.currencies]
    every = [currency for _fact, found in named for currency in sorted(found)]
    if len(set(every)) < 2:
        return
    usual = max(dict.fromkeys(every), key=every.count)
    for fact, found in named:
        if found != {usual}:
            yield Warn("mixed-currency", fact.label, ", ".join(sorted(found | {usual})))


def _organisations(page: Page) -> Iterator[Warn]:
    for each in page.organisations:
        if each.site is None and each.role != "statistics":
            yield Warn("missing-site", each.acronym or each.name)


def _outline(page: Page) -> Iterator[Warn]:
    if page.status == "empty":
        yield Warn("empty-page")
    lost = sum(section.heading is None for section in page.sections)
    if lost:
        yield Warn("missing-heading", count=lost)
    if page.related_promised and not page.related:
        yield Warn("empty-related-list")
    for related in page.related:
        if not related.url:
            yield Warn("related-without-url", related.title)
    for listing in page.listings:
        if not listing.linked:
            yield Warn("unlinked-listing", listing.name)


def _unsafe(page: Page) -> Iterator[Warn]:
    links = sorted(name.removeprefix("link:") for name in page.unsafe if name.startswith("link:"))
    for scheme in links:
        yield Warn("unsafe-link", detail=scheme)
    for name in sorted(page.unsafe):
        if not name.startswith("link:") and f"{re.sub(r'[^a-z]', '', name)}:" not in links:
            yield Warn("unsafe-content", detail=name)
