"""Reads pages of schools as a reader would see them."""

from typing import Any

from django.test import Client
from selectolax.lexbor import LexborHTMLParser


def tree(response: Any) -> LexborHTMLParser:
    return LexborHTMLParser(response.content.decode())


def texts(page: LexborHTMLParser, selector: str) -> list[str]:
    """The words of each element, blanks folded, without the links that correct a value."""
    for link in page.css("a.correct"):
        link.decompose()
    return [" ".join(node.text().split()) for node in page.css(selector)]


def organic(page: LexborHTMLParser) -> list[str]:
    """Names of the schools of the list, ads left out."""
    return texts(page, ".school-card:not(.card-ad) h3 a")


def ads(page: LexborHTMLParser) -> list[str]:
    """What the links of paid places say, label and all."""
    return texts(page, ".sponsored .card-ad h3 a")


def get(client: Client, query: str = "", status: int = 200) -> LexborHTMLParser:
    """A page of the school list."""
    response = client.get(f"/schools/{query}")
    assert response.status_code == status, (query, response.status_code)
    return tree(response)


def names(client: Client, query: str = "") -> list[str]:
    """The names on one page of the school list."""
    return organic(get(client, query))


def parts(page: LexborHTMLParser) -> tuple[list[str], list[str]]:
    """Names that match by what is stated, and names under `They did not say`."""
    unsaid = page.css_first("section[aria-labelledby=did-not-say]")
    after = texts(LexborHTMLParser(unsaid.html or ""), ".school-card h3 a") if unsaid else []
    return [name for name in organic(page) if name not in after], after
