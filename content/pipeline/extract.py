"""A document of blocks to a structured page."""

from typing import Any, Final

from content.lib.normal import slug
from content.pipeline.boxes import take_boxes
from content.pipeline.credentials import find_credentials
from content.pipeline.document import Document, below_each, texts
from content.pipeline.limits import check_facts
from content.pipeline.links import bare, host
from content.pipeline.organisations import find_organisations
from content.pipeline.outline import Outline
from content.pipeline.page import Link, LinkKind, Page
from content.pipeline.passages import passages
from content.pipeline.sift import sift
from content.pipeline.specialties import find_specialties
from content.pipeline.text import Text
from content.pipeline.titles import take_title

LONGEST_TITLE: Final = 200


def extract(document: Document) -> Page:
    """The page that a document makes; `check` says afterwards what an editor must look at.

    Raises Refused where it holds more than an article does.
    """
    title, blocks = take_title(sift(document), document)
    outline = Outline(document)
    placed = take_boxes(blocks)
    for block, below in zip(placed, below_each(placed), strict=True):
        outline.take(block, below)
    sections = outline.sections()
    check_facts(sum(len(box.facts) for box in outline.boxes))
    page = Page(
        title=title[:LONGEST_TITLE] or None,
        slug=slug(document.slug) or slug(title) or None,
        lang=document.lang,
        lead=outline.lead or ([Text.plainly(document.lead)] if document.lead else []),
        sections=sections,
        fact_boxes=outline.boxes,
        related=outline.related,
        disclosures=list(dict.fromkeys(outline.disclosures)),
        dropped=[*outline.dropped, *document.dropped],
        places=outline.places,
        listings=outline.listings,
        related_promised=outline.related_promised,
        unsafe=document.unsafe,
        source=_source(document),
    )
    page.status = "ok" if page.lead or page.sections or page.fact_boxes else "empty"
    text = passages(page)
    organisations = find_organisations(page, text)
    page.credentials, page.organisations = find_credentials(page, text, organisations)
    page.specialties = find_specialties(page, text)
    page.links = _links(page)
    return page


def _source(document: Document) -> dict[str, Any]:
    """How the page came, and what it says of itself."""
    said = {
        "format": document.format,
        "encoding": document.encoding,
        "newline": document.newline,
        "bom": document.bom,
        "canonical": document.canonical,
        "updated": document.updated,
        "front_matter": document.front_matter,
    }
    return {name: value for name, value in said.items() if value}


def _links(page: Page) -> list[Link]:
    """Where the kept text leads: links, and addresses in brackets that are none."""
    sites = {each.site for each in page.organisations if each.site}
    found: list[Link] = []
    for text in (*page.lead, *(text for section in page.sections for text in texts(section.blocks))):
        for span in text.spans:
            if span.href and span.text.strip():
                kind: LinkKind = "internal" if span.href.startswith("/") else "external"
                found.append(
                    Link(span.text.strip(), span.href, "organisation" if host(span.href) in sites else kind)
                )
        found += [
            Link(words, bare(words), "organisation")
            for words in _bare_sites(text.plain)
            if host(words) in sites
        ]
    found += [
        Link(source.name, source.url, "source")
        for box in page.fact_boxes
        for source in box.sources
        if source.url
    ]
    return list({link.url: link for link in reversed(found)}.values())[::-1]


def _bare_sites(plain: str) -> list[str]:
    return [
        word.strip("(),.;:<>") for word in plain.split() if "." in word[1:-1] and bare(word.strip("(),.;:<>"))
    ]
