"""How a text reads: sentences, paragraphs, hedges, the grade it takes to follow it."""

import re
from collections.abc import Iterator
from typing import Final

from content.lint.draft import CODE, FIGURE, WORD, Draft, Words, counted
from content.lint.finding import Hit, hit
from content.lint.known import Known
from content.pipeline.names import mentions

MOST_IN_SENTENCE: Final = 30
MOST_IN_PARAGRAPH: Final = 120
MOST_GRADE: Final = 12.0
FEWEST_TO_GRADE: Final = 40
PLAIN_NAME: Final = "name "
VOWELS: Final = re.compile(r"[aeiouy]+")
SILENT: Final = re.compile(r"(?:[^laeiouycgshxz]es|[^aeiouytd]ed|[^laeiouy]e)$")
_SURE: Final = (
    r"possibly|perhaps|maybe|might|arguably|presumably|supposedly|reportedly|allegedly|seemingly|apparently"
    r"|conceivably|probably|somewhat|relatively|generally|basically|essentially|virtually"
    r"|sort of|kind of|more or less|to some extent|to a certain extent|in a sense|in some ways|in some sense"
    r"|tends? to|seems?|appears? to|it is (?:widely |generally |often |commonly )?(?:believed|said"
    r"|thought|felt"
    r"|assumed|understood|possible that|likely that)|(?:some|many|most) (?:people |experts? )?(?:say"
    r"|believe|think"
    r"|argue|feel|claim)|(?:studies|research) (?:show|suggest)s?|could potentially|can potentially"
    r"|potentially"
    r"|may well|may or may not|could be argued|as far as we can tell|for the most part"
    r"|in our opinion|we (?:think"
    r"|believe|feel)"
)
HEDGE: Final = re.compile(rf"\b(?:{_SURE})\b", re.I)
PAIRED: Final = re.compile(
    r"\b(?:may|could|can|should|would)\s(?:often|sometimes|usually|also\s)?(?:perhaps|possibly|probably|likely|sometimes|usually|often|typically)\b",
    re.I,
)


def long_sentence(draft: Draft, _known: Known) -> Iterator[Hit]:
    for words in draft.prose:
        for low, high in words.sentences:
            count = len(WORD.findall(words.plain, low, high))
            if count > MOST_IN_SENTENCE:
                message = f"This sentence has {count} words; more than {MOST_IN_SENTENCE} are hard to follow."
                yield hit(words, low, high, message, "Make two sentences of it.")


def long_paragraph(draft: Draft, _known: Known) -> Iterator[Hit]:
    for words in draft.prose:
        count = counted([words])
        if count > MOST_IN_PARAGRAPH:
            message = f"This paragraph has {count} words; more than {MOST_IN_PARAGRAPH} are a wall."
            yield hit(words, 0, min(len(words.plain), 60), message, "Part it where the thought turns.")


def hedges(draft: Draft, _known: Known) -> Iterator[Hit]:
    """Words that take back what a sentence says: one finding a sentence."""
    for words in draft.prose:
        for low, high in words.sentences:
            found = HEDGE.search(words.plain, low, high) or PAIRED.search(words.plain, low, high)
            if found:
                message = f"\u201c{found[0]}\u201d takes back what the sentence says."
                suggestion = "Say what is known and by whom, or what is not known."
                yield hit(words, *found.span(), message, suggestion)


def reading_grade(draft: Draft, _known: Known) -> Iterator[Hit]:
    """The Flesch-Kincaid grade of the running words; names weigh as one plain word."""
    sentences = words = syllables = 0
    for each in draft.prose:
        plain = _without_names(each)
        found = [word for word in WORD.findall(plain) if word[0] not in (FIGURE, CODE)]
        sentences += max(1, len(each.sentences)) if found else 0
        words += len(found)
        syllables += sum(map(_syllables, found))
    if words < FEWEST_TO_GRADE:
        return
    grade = 0.39 * words / sentences + 11.8 * syllables / words - 15.59
    if grade > MOST_GRADE:
        message = (
            f"It takes grade {grade:.0f} to read this text (Flesch-Kincaid); write for grade "
            f"{MOST_GRADE:.0f} or lower."
        )
        yield hit(
            draft.lead,
            0,
            min(len(draft.lead.plain), 60),
            message,
            "Write shorter sentences and plainer words.",
        )


def _without_names(words: Words) -> str:
    plain = words.plain
    for mention in reversed(list(mentions(plain))):
        plain = plain[: mention.start] + PLAIN_NAME + plain[mention.end :]
    return plain


def _syllables(word: str) -> int:
    """Groups of vowels, silent endings aside; letters and figures count as one each word."""
    folded = re.sub(r"[^a-z]", "", word.lower())
    if not folded or word.isupper():
        return 1
    return max(1, len(VOWELS.findall(SILENT.sub(lambda match: match[0][0], folded))))
