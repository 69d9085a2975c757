"""Medical specialties that a page lists."""

import re
from typing import Final

from content.pipeline.document import ListBlock, Paragraph
from content.pipeline.page import Page
from content.pipeline.passages import Passage

OPENS: Final = re.compile(
    r"\b(?:speciali[sz]ations?|specialt(?:y|ies)|sub-?specialt(?:y|ies))\b[^.:;]{0,80}?"
    r"(?:\bsuch as\b|\bincluding\b|\bincludes?\b|\bfor\b|\blike\b|\bare\b|:|\bin\b|\bnamely\b)\s+"
    r"|\bspeciali[sz](?:e|es|ing|ed) in\b\s+|\bspecialty (?:exams?|credentials?|certifications?) (?:in"
    r"|for|cover|covering)\b\s+",
    re.I,
)
HEADING: Final = re.compile(
    r"^(?:medical |coding |available |clinical )?(?:specialties|specializations|specialisations"
    r"|specialty areas|areas of specialt\w+)$",
    re.I,
)
LEAD_IN: Final = re.compile(
    r"\b(?:specialties|specializations|specialisations|specialty areas)\b[^.]{0,60}:$", re.I
)
# Pairs that are one specialty, though "and" or a comma stands in them.
PAIRS: Final = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        r"obstetrics (?:and|&) gyn(?:a)?ecology",
        r"mental health and psychiatry",
        r"ear,? nose,? and throat",
        r"physical medicine and rehabilitation",
        r"allergy (?:and|&) immunology",
        r"ha?ematology (?:and|&) oncology",
        r"evaluation and management",
        r"burns and plastic surgery",
        r"hospice and palliative (?:care|medicine)",
        r"orthop(?:a)?edics and sports medicine",
        r"anesthesia and pain management",
        r"family and general practice",
    )
)
SIGN: Final = re.compile(r"\s*,\s*(?:and|or|&)?\s+|\s+(?:and|or|&)\s+|\s*;\s*(?:and\s+|or\s+)?")
HOLD: Final = "\ue002"
AFTERWARDS: Final = re.compile(
    r"\s+(?:among others|and (?:more|others|many more)|to name a few|etc\.?)$", re.I
)
ARTICLE: Final = re.compile(r"^(?:the|an?|areas? (?:of|like)|fields? (?:of|like))\s+", re.I)
MOST_WORDS: Final = 6
FEWEST: Final = 2
FOREIGN: Final = re.compile(
    r"\d|[()]|\b(?:which|that|who|is|are|can|may|must|your|you|they|their|it|one|this|these|those)\b", re.I
)


def find_specialties(page: Page, text: list[Passage]) -> list[str]:
    """The specialties in the order named, in the page's own words."""
    found: list[str] = []
    for passage in text:
        for start, end in passage.sentences:
            found += _in_sentence(passage.plain[start:end])
    for section in page.sections:
        named = bool(HEADING.match(section.heading or ""))
        for at, block in enumerate(section.blocks):
            before = section.blocks[at - 1] if at else None
            led = isinstance(before, Paragraph) and LEAD_IN.search(before.text.plain)
            if isinstance(block, ListBlock) and (named or led):
                found += [
                    item.text.plain.rstrip(".;,")
                    for item in block.items
                    if len(item.text.plain.split()) <= MOST_WORDS
                ]
    return list(dict.fromkeys(name for name in found if name))


def _in_sentence(sentence: str) -> list[str]:
    match = OPENS.search(sentence)
    if match is None:
        return []
    tail = AFTERWARDS.sub("", sentence[match.end() :].rstrip(" .!"))
    for pattern in PAIRS:
        tail = pattern.sub(
            lambda pair: pair[0].replace(" and ", f"{HOLD}and{HOLD}").replace(",", HOLD * 2), tail
        )
    items = [ARTICLE.sub("", _released(item)) for item in SIGN.split(tail)]
    items = [item for item in items if item]
    sound = all(len(item.split()) <= MOST_WORDS and not FOREIGN.search(item) for item in items)
    return items if sound and len(items) >= FEWEST else []


def _released(item: str) -> str:
    return item.replace(HOLD * 2, ",").replace(HOLD, " ").strip(" ,;")
