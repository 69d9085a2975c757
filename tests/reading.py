"""A page as readers and assistive technology find it."""

import json
from typing import Any

from django.test import Client
from selectolax.lexbor import LexborHTMLParser


class Page:
    """An answer of the site, read as HTML."""

    def __init__(self, client: Client, address: str, *, status: int = 200) -> None:
        self._read(client.get(address), address, status)

    @classmethod
    def of(cls, response: Any, *, status: int = 200) -> "Page":
        """The page that an answer is, such as that of a form that was sent."""
        page = cls.__new__(cls)
        page._read(response, response.request["PATH_INFO"], status)
        return page

    def _read(self, response: Any, address: str, status: int) -> None:
        self.response = response
        assert response.status_code == status, f"{address}: {response.status_code}"
        self.html = response.content.decode()
        self.tree = LexborHTMLParser(self.html)

    def text(self, selector: str = "main") -> str:
        """The words of the first match as one line."""
        node = self.tree.css_first(selector)
        return " ".join(node.text(separator=" ").split()) if node else ""

    def texts(self, selector: str) -> list[str]:
        return [" ".join(node.text(separator=" ").split()) for node in self.tree.css(selector)]

    def links(self, selector: str = "main") -> list[str]:
        return [node.attributes.get("href") or "" for node in self.tree.css(f"{selector} a[href]")]

    def attribute(self, selector: str, name: str) -> str:
        node = self.tree.css_first(selector)
        return (node.attributes.get(name) or "") if node else ""

    def structured(self) -> list[dict[str, Any]]:
        scripts = self.tree.css('script[type="application/ld+json"]')
        return [json.loads(script.text()) for script in scripts]
