"""HTML from a text to HTML for readers: nothing hidden, nothing active, links that are safe to follow.

What raw HTML can hide is removed first; nh3 comes last, its output is printed as it is, never parsed again.
"""

import re
from collections.abc import Callable
from typing import Final
from urllib.parse import urlsplit

import nh3
from selectolax.lexbor import LexborHTMLParser, LexborNode

LINK_REL: Final = "nofollow ugc noopener"
ID_PREFIX: Final = "h-"
REMOVED: Final = frozenset(
    {"audio", "canvas", "embed", "iframe", "math", "noembed", "noframes", "noscript", "object", "script"}
    | {"select", "style", "svg", "template", "textarea", "title", "video", "xmp"}
)
HIDING_STYLE: Final = re.compile(
    r"(display\s*:\s*none|visibility\s*:\s*hidden|opacity\s*:\s*0(\.0*)?\s*(;|!|$)|font-size\s*:\s*0)", re.I
)
PROSE: Final = frozenset(
    {
        "a",
        "abbr",
        "b",
        "blockquote",
        "br",
        "cite",
        "code",
        "del",
        "div",
        "em",
        "hr",
        "i",
        "ins",
        "p",
        "pre",
        "q",
    }
    | {"h2", "h3", "h4", "h5", "h6", "s", "section", "small", "span", "strong", "sub", "sup"}
    | {"dd", "dl", "dt", "li", "ol", "ul"}
    | {"caption", "table", "tbody", "td", "tfoot", "th", "thead", "tr"}
)
BLOCK_END: Final = re.compile(
    r"<[bh]r>|</(?:blockquote|caption|d[dlt]|div|h[2-6]|li|[ou]l|p|pre|section|t[dhr]|table)>"
)
# Attributes that the site itself writes: whoever wrote them, they take these values alone.
FIXED: Final[dict[str, dict[str, set[str]]]] = {
    "a": {"rel": {LINK_REL}, "class": {"stat", "footnote-backref"}},
    "div": {"class": {"table-scroll"}, "role": {"group"}, "aria-label": {"Table"}, "tabindex": {"0"}},
    "hr": {"class": {"break"}},
    "section": {"class": {"footnotes"}, "aria-label": {"Notes"}},
    "span": {"class": {"missing", "stat-note"}},
    "sup": {"class": {"footnote-ref"}},
    "th": {"class": {"number"}, "scope": {"col", "row"}},
    "td": {"class": {"number"}},
}


def sanitise(html: str, keeps: Callable[[str], bool] | None = None) -> str:
    """The fragment with prose elements alone; pictures become their words, unsafe links plain text.

    Ids get a prefix, and links within the page the same. `keeps` says which addresses of other sites stay;
    without it every link becomes plain text.
    """
    return CLEANER.clean(_without_hidden(html, keeps))


def text_of(html: str) -> str:
    """The words of a sanitised fragment as one line."""
    body = _body(BLOCK_END.sub(r"\g<0> ", html))
    return " ".join(body.text().split()) if body else ""


def safe_address(address: str) -> str | None:
    """The address if readers may follow it: http, https, mailto, a path of this site, a place on the page."""
    if not address or "\\" in address or any(ord(char) < 33 or ord(char) == 127 for char in address):
        return None
    if address.startswith("#"):
        return f"#{ID_PREFIX}{address[1:].removeprefix(ID_PREFIX)}"
    if address.startswith("/"):
        return None if address.startswith("//") else address
    try:
        parts = urlsplit(address)
        parts.port  # noqa: B018  # raises where it is no number
    except ValueError:
        return None
    if parts.scheme in ("http", "https"):
        return address if parts.hostname and "@" not in parts.netloc else None
    return address if parts.scheme == "mailto" and "@" in parts.path else None


def _body(html: str) -> LexborNode | None:
    # A body of its own keeps a <frameset> in the text from taking the page over.
    return LexborHTMLParser(f"<body>{html}").body


def _without_hidden(html: str, keeps: Callable[[str], bool] | None) -> str:
    body = _body(html)
    if body is None:
        return ""
    # Backwards, so that an element is destroyed after everything in it.
    for node in reversed(list(body.traverse())[1:]):
        if _is_hidden(node):
            node.decompose()
        elif node.tag == "img":
            node.replace_with(node.attributes.get("alt") or "")
        elif node.tag == "a":
            _make_safe(node, keeps)
    return body.inner_html or ""


def _is_hidden(node: LexborNode) -> bool:
    if node.tag in REMOVED:
        return True
    attributes = node.attributes
    return "hidden" in attributes or bool(HIDING_STYLE.search(attributes.get("style") or ""))


def _make_safe(link: LexborNode, keeps: Callable[[str], bool] | None) -> None:
    written = link.attributes
    address = safe_address(written.get("href") or "")
    outside = address is not None and address.lower().startswith(("http:", "https:"))
    if address is None or keeps is None or (outside and not keeps(address)):
        link.unwrap()
        return
    link.attrs["href"] = address
    if "rel" in written:
        del link.attrs["rel"]
    if outside:
        link.attrs["rel"] = LINK_REL


def _keep_attribute(_tag: str, name: str, value: str) -> str | None:
    return value if name != "href" or safe_address(value) == value else None


CLEANER: Final = nh3.Cleaner(
    tags=PROSE,
    clean_content_tags={"script", "style", "svg", "math", "template", "noscript", "iframe", "object"},
    attributes={
        "*": {"id", "lang"},
        "a": {"href", "title", "aria-label"},
        "abbr": {"title"},
        "ol": {"start"},
        "td": {"colspan", "rowspan"},
        "th": {"colspan", "rowspan"},
    },
    attribute_filter=_keep_attribute,
    tag_attribute_values=FIXED,
    url_schemes={"http", "https", "mailto"},
    link_rel=None,
    id_prefix=ID_PREFIX,
)
