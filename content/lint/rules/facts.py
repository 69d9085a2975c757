"""Facts boxes: their periods, their sources, the marks that bind the two."""

from collections.abc import Iterator
from typing import Final

from content.lint.draft import Draft, FactWords
from content.lint.finding import Hit
from content.lint.known import Known

AMOUNTS: Final = ("money", "percent", "count", "ratio")


def _hit(fact: FactWords, message: str, suggestion: str) -> Hit:
    return Hit(fact.label, fact.field, fact.offset, message, suggestion)


def fact_without_period(draft: Draft, _known: Known) -> Iterator[Hit]:
    for fact in draft.facts:
        if fact.kind in AMOUNTS and fact.first is None and not fact.key:
            message = f"\u201c{fact.label}\u201d does not say what year it is for."
            yield _hit(fact, message, "Put the year or the years in brackets behind the label.")


def fact_without_source(draft: Draft, _known: Known) -> Iterator[Hit]:
    for fact in draft.facts:
        if fact.kind in AMOUNTS and not fact.sourced and not fact.key:
            message = f"\u201c{fact.label}\u201d has no source."
            yield _hit(
                fact, message, "Mark the value with * and name the source behind the same mark below the box."
            )


def marker_without_source(draft: Draft, _known: Known) -> Iterator[Hit]:
    for fact in draft.facts:
        if fact.unknown_markers:
            marks = " ".join(fact.unknown_markers)
            message = f"\u201c{fact.label}\u201d bears the mark {marks}, which no source below the box has."
            yield _hit(fact, message, f"Name the source of {marks}, or take the mark away.")


def source_without_marker(draft: Draft, _known: Known) -> Iterator[Hit]:
    """A box with a mark that no source has is said to be wrong once: there."""
    for box in draft.boxes:
        if any(fact.unknown_markers for fact in box.facts):
            continue
        for source in box.sources:
            if not source.used:
                message = f"No line of the box is marked as coming from \u201c{source.name}\u201d."
                suggestion = "Mark the lines that it stands for, or take the source away."
                yield Hit(source.name, box.field, source.offset, message, suggestion)
