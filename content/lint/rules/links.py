"""Where links lead, what they say, what they carry."""

import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import parse_qsl, urlsplit

from content import blocks
from content.lib.sanitise import ID_PREFIX, safe_address
from content.lint.draft import Draft, Field, Link
from content.lint.finding import Hit
from content.lint.known import Known
from content.lint.markdown import html_links
from content.pictures import slug_of
from content.pipeline.links import SCHEME, TRACKING
from content.rendering import MARK, render

SAYS_NOTHING: Final = re.compile(
    r"\W*(?:click|tap) here\b.*"
    r"|\W*(?:please )?(?:(?:click|tap|press|go|look|see|read|find|check|learn|visit)(?: (?:it|this"
    r"|more|out|on))*"
    r" )?(?:right )?(?:here|there|this|that|it|more|link|this link|the link|this page|that page|the page"
    r"|this site|this website|this article|website|web ?site|page|article|source|details|info|more info"
    r"|more information|more details|read more|learn more|see more|find out more|continue|go|click|download"
    r"|now|click now|url)(?: (?:here|now))?\W*",
    re.I,
)
BARE: Final = re.compile(r"https?://[^\s/]+/\S+")
PAID: Final = re.compile(
    r"ref|refid|ref_?id|referral|partner|aff|affid|aff_?id|affiliate(?:_?id)?|partner_?id|clickid|subid|irclickid|awc|tag",
    re.I,
)
AMAZON: Final = re.compile(r".+-2\d")


def links(draft: Draft) -> Iterator[tuple[Field, Link]]:
    """All of them, those in raw HTML included."""
    yield from draft.links
    for html in draft.html:
        yield from ((draft.body_field, link) for link in html_links(html))


def is_paid(href: str) -> bool:
    """Whether an address tells whom to pay for the reader who follows it."""
    return any(
        PAID.fullmatch(name) and (name.lower() != "tag" or AMAZON.fullmatch(value))
        for name, value in _query(href)
    )


def _query(href: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(urlsplit(href).query, keep_blank_values=True)
    except ValueError:
        return []


def is_unsafe(href: str) -> bool:
    """Whether readers may not follow an address that names where it leads."""
    outside = SCHEME.match(href) or href.lstrip().startswith(("//", "\\")) or re.search(r"[\x00-\x1f]", href)
    return bool(outside) and safe_address(href.replace(" ", "%20")) is None


def unsafe_link(draft: Draft, _known: Known) -> Iterator[Hit]:
    for field, link in links(draft):
        if is_unsafe(link.href):
            suggestion = "Link to an https address, or take the link away and keep its words."
            message = "Readers cannot follow this address: it is not http, https or mailto of a plain form."
            yield Hit(link.href, field, link.offset, message, suggestion)


def broken_link(draft: Draft, known: Known) -> Iterator[Hit]:
    """Addresses, places of the page, statistics and drawings that are not there."""
    places = _places(draft)
    for field, link in links(draft):
        href = link.href.strip()
        if is_unsafe(href):
            continue
        path = known.own_path(href)
        if href.startswith("#"):
            if href[1:].removeprefix(ID_PREFIX) not in places:
                yield Hit(
                    href,
                    field,
                    link.offset,
                    "No heading of this text has that name.",
                    "Link to a heading that is here.",
                )
        elif path is not None:
            if not known.answers(path):
                suggestion = "Correct the address, or take the link away and keep its words."
                yield Hit(
                    href, field, link.offset, "There is no page at this address of the site.", suggestion
                )
        elif not SCHEME.match(href):
            message = "This link leads nowhere." if not href else "This address has no beginning."
            suggestion = "Write https:// and the site, or a path of this site that begins with a slash."
            yield Hit(href or link.words, field, link.offset, message, suggestion)
        else:
            yield from _elsewhere(href, field, link.offset, known)
    yield from _unknown_keys(draft, known)
    yield from _unknown_drawings(draft)
    if not draft.is_file:
        yield from _unknown_pictures(draft, known)


def _elsewhere(href: str, field: Field, offset: int, known: Known) -> Iterator[Hit]:
    """Another site, as the checks of cited sites know it; what they never saw is not held against a text."""
    if row := known.troubled(href):
        lost = " Readers get no link there." if row.state == row.State.UNLINKED else ""
        suggestion = "Give another address, or see \u201cCited links\u201d in the admin: it may be fine."
        yield Hit(href, field, offset, f"{row.said}{lost}", suggestion)


def _places(draft: Draft) -> set[str]:
    """The anchors of the text's headings, as its page has them; and those of footnotes."""
    text = draft.body_field.text
    if "(#" not in text and '"#' not in text:
        return set()
    html = str(render(text, {}).html)
    return {name.removeprefix(ID_PREFIX) for name in re.findall(r'\bid="([^"]+)"', html)}


def _unknown_keys(draft: Draft, known: Known) -> Iterator[Hit]:
    every = list(keys(draft))
    there = known.statistics(key for key, _field, _offset in every)
    for key, field, offset in every:
        if key not in there:
            message = "There is no statistic of this key; readers see \u201cfigure not available\u201d."
            yield Hit(key, field, offset, message, "Choose a key that stands at /statistics/.")


def _unknown_drawings(draft: Draft) -> Iterator[Hit]:
    for block in blocks.BLOCK.finditer(draft.body_field.text):
        if block[1] == "drawing" and not blocks.drawing(block[2].strip(), "drawing"):
            message = "There is no drawing of this name; readers see \u201cdrawing not available\u201d."
            yield Hit(block[2], draft.body_field, block.start(), message, "Correct the name, or take it out.")


def _unknown_pictures(draft: Draft, known: Known) -> Iterator[Hit]:
    for field, picture in draft.pictures:
        slug = slug_of(picture.address)
        if slug and known.picture(slug) is None:
            message = "There is no picture of this name; readers see only the words in square brackets."
            yield Hit(picture.address, field, picture.offset, message, "Upload it, or correct its name.")


def keys(draft: Draft) -> Iterator[tuple[str, Field, int]]:
    """Every statistic that the text names, with its place."""
    for field in dict.fromkeys((draft.summary.field, draft.lead.field, draft.body_field)):
        for mark in MARK.finditer(field.text):
            yield mark[1], field, mark.start()
        for block in blocks.BLOCK.finditer(field.text):
            yield from ((key, field, block.start()) for key in sorted(blocks.keys_in(block[0])))


def link_text(draft: Draft, _known: Known) -> Iterator[Hit]:
    for field, link in links(draft):
        words = " ".join(link.words.split())
        if words and not SAYS_NOTHING.fullmatch(words) and not BARE.fullmatch(words):
            continue
        if not words and "![" in field.text[link.offset : link.offset + 3]:
            continue
        message = (
            f"\u201c{words}\u201d does not say where the link leads." if words else "This link has no words."
        )
        yield Hit(
            words or link.href,
            field,
            link.offset,
            message,
            "Put the link on words that name the page it leads to.",
        )


def tracking_parameters(draft: Draft, _known: Known) -> Iterator[Hit]:
    for field, link in links(draft):
        found = [
            name
            for name, _value in _query(link.href)
            if TRACKING.fullmatch(name) and not PAID.fullmatch(name)
        ]
        if found:
            message = f"The address carries tracking: {', '.join(dict.fromkeys(found))}."
            kept = link.href.partition("?")[0]
            yield Hit(link.href, field, link.offset, message, f"Link to the address without it: {kept}")
