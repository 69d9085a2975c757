"""What the head of an HTML page says about it."""

import re
from typing import Final

from selectolax.lexbor import LexborHTMLParser

from content.pipeline.document import Document
from content.pipeline.links import follow
from content.pipeline.text import squeeze

SITE_PART: Final = re.compile(r"\s+(?:[|\u2013\u2014\u00b7\u2022\u00bb:]{1,2}|-)\s+")
LANGUAGE: Final = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})?")
LONGEST: Final = 300


def read_head(tree: LexborHTMLParser, document: Document) -> None:
    """Titles, the site's own name, language, canonical address, date of the last change."""
    named = _named(tree)
    document.site_name = named.get("og:site_name", "")
    node = tree.css_first("head title")
    title = squeeze(node.text()) if node is not None else ""
    document.titles += [
        found for found in (named.get("og:title", ""), without_site(title, document)) if found
    ]
    root = tree.root
    language = (root.attributes.get("lang") or "") if root is not None else ""
    if LANGUAGE.fullmatch(language):
        document.lang = language
    link = tree.css_first("link[rel=canonical]")
    address = (link.attributes.get("href") or "") if link is not None else ""
    if address.startswith(("http://", "https://")):
        document.canonical = follow(document, address)
    document.updated = named.get("article:modified_time", "")[:10]


def without_site(title: str, document: Document) -> str:
    """The title of a page without the name of its site, which stands behind the last bar or dash."""
    parts = list(SITE_PART.finditer(title))
    if not parts:
        return title
    if document.site_name and title.endswith(document.site_name):
        return title[: parts[-1].start()]
    first, last = title[: parts[-1].start()], title[parts[-1].end() :]
    if len(last.split()) <= 4 and len(first) >= len(last):
        document.site_name = document.site_name or last
        return first
    return title


def _named(tree: LexborHTMLParser) -> dict[str, str]:
    found: dict[str, str] = {}
    for node in tree.css("meta")[:200]:
        name = node.attributes.get("property") or node.attributes.get("name") or ""
        value = squeeze((node.attributes.get("content") or "")[:LONGEST])
        if name and value:
            found.setdefault(name.lower(), value)
    return found
