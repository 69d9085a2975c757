"""What a site puts around its texts and a copy brings along; paid places without the words that say so."""

import re
from collections.abc import Iterator
from typing import Final

from content.lint.draft import Draft, Words
from content.lint.finding import Hit, hit
from content.lint.known import Known
from content.lint.rules.links import is_paid, links
from content.pipeline.disclosures import NAMED, kind_of
from content.pipeline.furniture import is_listing_name, line_kind, sentence_kind

PLACEHOLDER: Final = re.compile(
    r"(?i:\blorem ipsum\b|\bdolor sit amet\b|\[(?:insert|your|add|enter|to-?do|tbd|tk|placeholder|name|date"
    r"|company|city|state|link|image|school)\b[^\]]{0,60}\](?!\()|<(?:insert|your)\b[^>]{0,60}>"
    r"|\b(?:your|sample|dummy|placeholder) text (?:goes )?here\b|\bplaceholder text\b|\bcontent goes here\b)"
    r"|\{\{[^}]{0,80}\}\}|\{%[^%]{0,80}%\}|\b(?:TO-?DO|TBD|FIX-?ME|X{3})\b"
)
SITE_TALK: Final = re.compile(
    r"^(?:(?:related|more|other) (?:articles?|links?|reading|stories)\s?:.{0,160}|skip to (?:main )?content"
    r"|table of contents|back to top|scroll to top|jump to\b.{0,40}"
    r"|print this page"
    r"|(?:leave|post|add|write) a (?:comment|reply)|comments? \(\d+\)|\d+ comments?|tags?:\s.{1,80}"
    r"|filed under\b.{0,80}|posted (?:in|on|by)\b.{0,80}|share (?:this|on|via)\b.{0,60}"
    r"|subscribe\b.{0,80}newsletter\b.{0,60}"
    r"|(?:this|the) (?:article|post) (?:was )?(?:originally|first) (?:appeared|published)\b.{0,120}"
    r"|as an ai (?:language )?model\b.{0,200}|(?:sure|certainly|of course)[,!] here(?:'s| is)\b.{0,160}"
    r"|log ?in or (?:register|sign up)\b.{0,60}|\d+ min(?:ute)?s? read)\W*$",
    re.I,
)
SHOWN: Final = (
    r"(?:schools?|colleges?|programs?|courses?|listings?|placements?|providers?|degrees?"
    r"|universit(?:y|ies)|training)"
)
PAID: Final = r"(?:sponsored|promoted|paid|partner|affiliate|advertis(?:ed|ing|er)|featured)"
PAID_PLACE: Final = re.compile(
    rf"\bour (?:\w+ )?{PAID}s?(?:'s?)? ?(?:{SHOWN})?\b|\bour (?:sponsors?|partners?|advertisers?)\b"
    rf"|\b(?:from|by) (?:a|our|one of our) (?:sponsors?|partners?|advertisers?)\b"
    rf"|\b{PAID} {SHOWN}\b.{{0,60}}\b(?:below|here|above|following|include|are|for you|near you)\b"
    rf"|\b(?:below|here|these|this|following|top)\b.{{0,40}}\b{PAID} {SHOWN}\b"
    rf"|^\W{{0,3}}(?:{PAID} (?:{SHOWN}|content|post|links?|partners?|by\b.{{0,60}})|sponsored"
    rf"|sponsors?|our sponsors?)\W*:?(?:\s.*)?$"
    r"|\baffiliate links?\b|\b(?:discount|promo|coupon|referral) (?:code|link)\b",
    re.I,
)
# "Use our affiliate link" and "the sponsored programs below" name what is paid, and do not say that it is.
SAYS_SO: Final = re.compile(
    r"\b(?:pays?|paid|payments?|earns?|commissions?|compensat\w+|receives?|fees?|marked|labell?ed|not free"
    r"|sponsors? of|(?:are|is|be|were) (?:sponsor\w*|ads?|advert\w+|an affiliate|affiliate)"
    r"|(?:contain|include|show|feature)s? (?:affiliate|sponsored|paid|advertis\w+))\b",
    re.I,
)


def leftover_boilerplate(draft: Draft, known: Known) -> Iterator[Hit]:
    for words in draft.words:
        if words.kind in ("title", "header", "note"):
            continue
        whole = "" if _leads_on(words, 0, len(words.plain), known) else _whole(words)
        if whole:
            yield hit(words, 0, len(words.plain), f"{whole} is left over from another page.", "Take it out.")
            continue
        for low, high in words.sentences:
            sentence = words.plain[low:high]
            if sentence_kind(sentence) and not kind_of(sentence) and not _leads_on(words, low, high, known):
                message = (
                    "This sentence sells something or sends readers elsewhere; it is left over "
                    "from another page."
                )
                yield hit(words, low, high, message, "Take it out.")
        for match in PLACEHOLDER.finditer(words.plain):
            message = f"\u201c{match[0]}\u201d holds a place for words that were never written."
            yield hit(words, *match.span(), message, "Write the words, or take it out.")


def _leads_on(words: Words, low: int, high: int, known: Known) -> bool:
    """Whether a sentence sends readers to a page of this site."""
    start, end = words.at(low), words.at(max(high - 1, low)) + 1
    inside = (link for link in words.links if start - 1 <= link.offset <= end)
    return any(known.own_path(link.href) for link in inside)


def _whole(words: Words) -> str:
    """What a whole line is that belongs to no article, in words; empty where it may belong."""
    plain = words.plain
    if words.kind == "heading":
        listing = is_listing_name(plain) and not PAID_PLACE.search(plain)
        return "A heading of a list of schools" if listing or SITE_TALK.match(plain) else ""
    if words.kind in ("cell", "summary") or kind_of(plain):
        return ""
    kind = line_kind(plain)
    if kind and not (kind == "advertisement" and PAID_PLACE.search(plain)):
        return f"This line ({kind.replace('-', ' ')})"
    return "This line" if SITE_TALK.match(plain) else ""


def missing_disclosure(draft: Draft, _known: Known) -> Iterator[Hit]:
    """A text that shows paid places or paid links and never says who pays."""
    if _is_disclosed(draft):
        return
    suggestion = "Say before it, in a sentence of its own, who pays for what is shown here."
    for field, link in links(draft):
        if is_paid(link.href):
            message = "This link tells another site whom to pay for its reader, and the text does not say so."
            yield Hit(link.href, field, link.offset, message, suggestion)
            return
    for html in draft.html:
        if re.search(r"\brel=[\"']?[^\"'>]*\bsponsored\b", html.source, re.I):
            message = "This link is marked as sponsored, and the text does not say so."
            yield Hit(html.source, draft.body_field, html.offset, message, suggestion)
            return
    for words in (draft.lead, *draft.body):
        match = PAID_PLACE.search(words.plain)
        if match:
            message = "Paid places are shown, and the text does not say that they are paid for."
            yield hit(words, *match.span(), message, suggestion)
            return


def _is_disclosed(draft: Draft) -> bool:
    if draft.disclosures.strip() or any(SAYS_SO.search(each.text) for each in draft.page.disclosures):
        return True
    return any(
        (kind_of(sentence) and SAYS_SO.search(sentence)) or NAMED.match(sentence)
        for words in (draft.lead, *draft.body)
        for sentence in (words.plain[low:high] for low, high in words.sentences)
    )
