"""Sentences that say who pays for what a page shows."""

import re
from typing import Final

from content.pipeline.document import DisclosureKind
from content.pipeline.text import sentences

AFFILIATE: Final = re.compile(
    r"\baffiliate (?:links?|programs?|partners?|commissions?|advertising|disclosure|relationships?"
    r"|compensation)\b"
    r"|\b(?:we|us|site|page|editors)\b.{0,60}\b(?:earn|earns|receive|receives|get|gets|paid)\b.{0,40}"
    r"\b(?:commissions?|referral fees?|a fee|fees|compensation)\b"
    r"|\bas an? \w{1,20} associate\b.{0,40}\bearn\b",
    re.I,
)
SHOWN: Final = (
    r"(?:schools?|colleges?|programs?|listings?|links?|results|offers|courses|degrees|providers|partners)"
)
SPONSORED: Final = re.compile(
    rf"\b{SHOWN}\b.{{0,80}}\b(?:are|is|may be|include|includes|contain"
    rf"|come from)\b.{{0,60}}\b(?:sponsors?|sponsored"
    rf"|advertis(?:er|ers|ing|ements?)|paid (?:placements?|listings?|ads?|advertis\w+|to appear)|not free)\b"
    rf"|\b{SHOWN}\b.{{0,60}}\b(?:pay|pays|paid|compensates?|have paid)\b.{{0,30}}\b(?:us|appear"
    rf"|be (?:listed|featured|shown|here)"
    rf"|this (?:site|page)|for (?:placement|their place|inclusion))\b"
    r"|\b(?:may|can|does|do) (?:include|contain|show|feature) (?:sponsored|paid|advertis\w+)\b"
    rf"|\b(?:we|site|page|us)\b.{{0,60}}\b(?:receives?|gets?|earns?|are|is|may be"
    rf"|be)\b.{{0,20}}\b(?:compensat\w+|paid|payments?"
    rf"|money)\b.{{0,40}}\b(?:by|from|for|when)\b.{{0,40}}\b{SHOWN}\b"
    rf"|\bsponsored {SHOWN}\b.{{0,60}}\b(?:marked|labell?ed|appear|pay|below|above)\b"
    r"|\b(?:this|these|the) (?:page|article|post|listing|content|section)\b.{0,30}\b(?:is|was"
    r"|are) (?:sponsored|paid for|brought to you) by\b",
    re.I,
)
NAMED: Final = re.compile(
    r"^(?:advertis(?:er|ing|ement) |affiliate |sponsor(?:ship)? |editorial |full )?disclos(?:ure"
    r"|er)\s?[:.\u2013\u2014-]",
    re.I,
)
WORTH_A_LOOK: Final = re.compile(
    r"affiliat|commission|sponsor|advertis|paid|pay\b|pays\b|compensat|disclos|not free|fees?\b|associate",
    re.I,
)
GOES_ON: Final = re.compile(
    r"^(?:tuition|costs?|prices|be sure to|always (?:ask|request|check|confirm)|ask (?:each|the|every)"
    r"|please (?:ask|check|contact)"
    r"|this (?:does|may|helps|compensation|has|never)|these (?:schools|links|payments)|they (?:pay|may"
    r"|are|do)|it (?:does|may|helps)"
    r"|our (?:editors|opinions|reviews|rankings)|we (?:may|never|do not|don['\u2019]t|only|are|mark"
    r"|receive|earn|get)|you (?:pay|will|should)"
    r"|if you|as an? |not all|some|no (?:school|payment)|compensation|payment|placement|inclusion"
    r"|sponsored|the order|read (?:our|how)"
    r"|see (?:our|how)|learn (?:more )?(?:about )?how)\b",
    re.I,
)
LONGEST: Final = 2000


def kind_of(words: str) -> DisclosureKind | None:
    """Which disclosure a text makes, if any."""
    if len(words) > LONGEST or not WORTH_A_LOOK.search(words):
        return None
    if AFFILIATE.search(words):
        return "affiliate"
    return "sponsored-listing" if SPONSORED.search(words) else None


def disclosed(plain: str) -> tuple[int, int, DisclosureKind] | None:
    """The first run of sentences that discloses something: where it begins, where it ends, what it is."""
    if not WORTH_A_LOOK.search(plain):
        return None
    places = sentences(plain)
    for first, (start, end) in enumerate(places):
        kind = kind_of(plain[start:end])
        named = first > 0 and NAMED.match(plain[places[first - 1][0] : end])
        if kind is None and NAMED.match(plain[start:end]):
            kind = kind_of(plain[start:LONGEST]) or ("sponsored-listing" if first == 0 else None)
        if kind:
            begin = places[first - 1][0] if named else start
            return begin, _run_end(plain, places[first:]), kind
    return None


def _run_end(plain: str, places: list[tuple[int, int]]) -> int:
    end = places[0][1]
    named = NAMED.fullmatch(plain[places[0][0] : end])
    for start, stop in places[1:]:
        sentence = plain[start:stop]
        if not (named or kind_of(sentence) or GOES_ON.match(sentence)):
            break
        named = None
        end = stop
    return end
