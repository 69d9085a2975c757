"""Texts that say what another article of this site says."""

from collections.abc import Iterator
from math import sqrt
from typing import Final

from content.lint.draft import Draft
from content.lint.finding import Hit, hit
from content.lint.known import Known

MOST_ALIKE: Final = 0.9


def near_duplicate(draft: Draft, known: Known) -> Iterator[Hit]:
    """Cosine of counted words, against every live article but its own."""
    text = " ".join(words.plain for words in draft.prose)
    own = known.counted("", draft.summary.plain, text)
    for slug, title, terms in known.live_terms:
        if slug != draft.slug and _cosine(own, terms) >= MOST_ALIKE:
            message = f"This text is nearly the same as \u201c{title}\u201d (/articles/{slug}/)."
            yield hit(
                draft.title,
                0,
                len(draft.title.plain),
                message,
                "Say what is different here, or join the two.",
            )


def _cosine(one: dict[str, int], other: dict[str, int]) -> float:
    size = sqrt(sum(n * n for n in one.values()) * sum(n * n for n in other.values()))
    return sum(n * other.get(word, 0) for word, n in one.items()) / size if size else 0.0
