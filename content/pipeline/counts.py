"""Sentences that give a number of things which the page then names fewer or more of."""

import re
from collections.abc import Iterator
from typing import Final

from content.pipeline.amounts import WORDS
from content.pipeline.document import ListBlock, Paragraph
from content.pipeline.organisations import Bodies
from content.pipeline.page import Credential, Page, Warn
from content.pipeline.text import sentences

NUMBER: Final = (
    rf"(?P<number>{'|'.join(name for name, value in WORDS.items() if 1 < value <= 12)}|[2-9]|1[0-2])"
)
BODY_NOUN: Final = (
    r"(?:bodies|organi[sz]ations|agencies|associations|groups|councils|boards|institutions|societies|guilds)"
)
CREDENTIAL_NOUN: Final = (
    r"(?:credentials|certifications|designations|titles|certificates|classifications|exams|examinations"
    r"|tests)"
)
ADJECTIVES: Final = r"(?:\s(?!specialty|specialized|additional|other|more|further)[a-z-]{2,20}){0,3}?"
CLAIM: Final = re.compile(
    rf"\b{NUMBER}{ADJECTIVES}\s(?:(?P<body>{BODY_NOUN})|(?P<credential>{CREDENTIAL_NOUN}))\b", re.I
)
LISTED: Final = re.compile(rf"\b{NUMBER}{ADJECTIVES}\s(?P<noun>[a-z]{{2,20}}s)\b[^.]{{0,60}}:$", re.I)
CUT: Final = re.compile(
    r"[,:;(]|\s(?:in|for|to|on|at|by|from|with|that|which|who|across|throughout|within|including|such as"
    r"|and)\b"
)
LEADING: Final = re.compile(r"^(?:(?:like|unlike)\s[^,]{1,60},\s)(?:the\s)?", re.I)
MOST: Final = 12
NAMES: Final = (
    "no",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)


def mismatches(page: Page) -> Iterator[Warn]:
    """One warning for each such sentence."""
    for section in page.sections:
        for place, block in enumerate(section.blocks):
            if not isinstance(block, Paragraph):
                continue
            plain = block.text.plain
            for start, end in sentences(plain):
                yield from _claimed(page, plain[start:end])
            behind = section.blocks[place + 1] if place + 1 < len(section.blocks) else None
            if isinstance(behind, ListBlock):
                yield from _listed(plain, len(behind.items))
    for text in page.lead:
        for start, end in sentences(text.plain):
            yield from _claimed(page, text.plain[start:end])


def _claimed(page: Page, sentence: str) -> Iterator[Warn]:
    match = CLAIM.search(sentence)
    if match is None:
        return
    claimed = _number(match["number"])
    if match["body"]:
        roles = [each.role for each in page.organisations]
        named = {roles.count("certifying-body"), len(roles) - roles.count("statistics")}
        what = ("body", "bodies")
    else:
        mine = _of_sentence(page, sentence)
        named = {len(mine), sum(each.code is not None for each in mine)}
        what = ("credential", "credentials")
    if claimed not in named and max(named):
        yield Warn("count-mismatch", clause(sentence, match.end()), _said(max(named), what))


def _of_sentence(page: Page, sentence: str) -> list[Credential]:
    """The credentials of the body that the sentence names, or all of the page."""
    granting = Bodies([each for each in page.organisations if each.role == "certifying-body"])
    bodies = [each.acronym or each.name for _place, each in granting.places(sentence)]
    return [each for each in page.credentials if not bodies or each.body in bodies]


def _listed(plain: str, items: int) -> Iterator[Warn]:
    """A number of things before a colon, and a list of another length behind it."""
    places = sentences(plain)
    sentence = plain[places[-1][0] :] if places else ""
    match = LISTED.search(sentence)
    if match and _number(match["number"]) != items and not CLAIM.search(sentence):
        noun = match["noun"].lower()
        yield Warn(
            "count-mismatch", clause(sentence, match.end("noun")), _said(items, (noun.rstrip("s"), noun))
        )


def clause(sentence: str, end: int) -> str:
    """The part of a sentence that makes the claim: up to the first sign or preposition behind it."""
    words = LEADING.sub("", sentence)
    shift = len(sentence) - len(words)
    cut = CUT.search(words, max(end - shift, 0))
    return words[: cut.start() if cut else len(words)].strip(" .!?")


def _number(word: str) -> int:
    return WORDS.get(word.lower()) or int(word)


def _said(number: int, what: tuple[str, str]) -> str:
    name = NAMES[number] if number < len(NAMES) else str(number)
    return f"{name} {what[0]} is named" if number == 1 else f"{name} {what[1]} are named"
