"""What must hold for any HTML that a reader gets from a text."""

from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser

from content.lib.sanitise import LINK_REL, PROSE

ATTRIBUTES = {"id", "lang", "title", "aria-label", "start", "colspan", "rowspan", "href", "rel", "class"} | {
    "role",
    "tabindex",
    "scope",
}


def assert_safe(html: str) -> None:
    """Prose alone: no element, attribute or address that acts; ids prefixed; rel ours."""
    body = LexborHTMLParser(f"<body>{html}").body
    assert body is not None
    for node in list(body.traverse())[1:]:
        assert node.tag in PROSE, f"<{node.tag}> in {html!r}"
        assert set(node.attributes) <= ATTRIBUTES, f"{node.attributes} in {html!r}"
        if "id" in node.attributes:
            assert node.attributes["id"].startswith("h-")
        if "href" in node.attributes:
            assert_link_safe(node.attributes["href"] or "", node.attributes.get("rel"))


def assert_link_safe(address: str, rel: str | None) -> None:
    assert not set(address) & set("\\\t\r\n\0 "), address
    if address.startswith(("/", "#")):
        assert not address.startswith("//")
        assert rel is None
        return
    parts = urlsplit(address)
    assert parts.scheme in ("http", "https", "mailto"), address
    assert rel == (None if parts.scheme == "mailto" else LINK_REL)
