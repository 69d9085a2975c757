"""What a page says of itself: its title, its words, what it hides, whom it links to, where it sends "
"readers."""

import re
from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import Any, Final, Self
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser, LexborNode

from content.lib.http import Answer
from content.links.addresses import host, owner

MOST_READ: Final = 1_000_000  # bytes of an answer
MOST_TEXT: Final = 200_000  # characters of its text
MOST_TERMS: Final = 60
MOST_LINKS: Final = 400
LONGEST_TITLE: Final = 300
SILENT: Final = ("script", "style", "template", "svg", "noscript")
CHARSET: Final = re.compile(r"charset=[\"']?([\w-]+)", re.I)
WORD: Final = re.compile(r"[^\W\d_]{3,}")
HIDING: Final = re.compile(
    r"display:none|visibility:hidden|opacity:0(?:\.0*)?(?:;|!|$)|font-size:0|text-indent:-\d{3,}"
    r"|(?:left|top|right|margin-left|margin-top):-\d{3,}|clip:rect\(0"
    r"|(?<![-\w])(?:max-)?(?:height|width):[01](?:px)?(?:;|!|$)|(?<![-\w])color:transparent",
    re.I,
)
REFRESH: Final = re.compile(r"\s*(\d{1,3})(?:\.\d*)?\s*[;,]\s*(?:url\s*=\s*)?['\"]?([^'\"]+)", re.I)
SCRIPTED: Final = re.compile(
    r"(?:window|document|top|self)?\.?location(?:\.href)?\s*(?:=|\.(?:replace"
    r"|assign)\()\s*[\"'](https?://[^\"']{4,500})[\"']"
)
SOONEST: Final = 10  # seconds: a page that leads on later than this is read first
FEW_WORDS: Final = 40
STOP: Final = frozenset(
    [
        "the",
        "and",
        "for",
        "are",
        "that",
        "this",
        "with",
        "you",
        "your",
        "from",
        "have",
        "not",
        "can",
        "was",
        "will",
        "our",
        "all",
        "any",
        "has",
        "its",
        "their",
        "they",
        "more",
        "but",
        "out",
        "who",
        "how",
        "what",
        "when",
        "where",
        "which",
        "may",
        "one",
        "new",
        "use",
        "about",
        "into",
        "also",
        "other",
        "than",
        "then",
        "there",
        "these",
        "those",
        "home",
        "page",
        "site",
        "contact",
        "privacy",
        "rights",
        "reserved",
        "terms",
        "search",
        "menu",
        "skip",
        "main",
        "content",
        "accessibility",
    ]
)


@dataclass(frozen=True)
class Seen:
    """One page as it was read; `hidden` and `outward` are the words of links, with their addresses."""

    status: int
    url: str
    is_page: bool = False
    title: str = ""
    text: str = ""
    lang: str = ""
    terms: dict[str, int] = field(default_factory=dict)
    count: int = 0
    hidden: tuple[str, ...] = ()
    outward: tuple[str, ...] = ()
    embedded: tuple[str, ...] = ()
    sends_to: str = ""

    def kept(self) -> dict[str, Any]:
        """What is enough to compare another page with."""
        whole = asdict(self)
        return {name: whole[name] for name in ("status", "url", "is_page", "title", "terms", "count")}

    @classmethod
    def of_kept(cls, kept: dict[str, Any]) -> Self:
        return cls(**kept)


def read(answer: Answer) -> Seen:
    """Never raises: whatever came is read as far as it can be."""
    kind = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
    start = answer.body[:1000].lstrip().lower()
    if kind not in ("", "text/html", "application/xhtml+xml") and not start.startswith(
        (b"<!doctype html", b"<html")
    ):
        return Seen(answer.status, answer.url)
    tree = LexborHTMLParser(_text(answer).replace("\x00", ""))
    title, lang = _title(tree), _lang(tree)
    embedded, sends_to = _embedded(tree), _refresh(tree, answer.url)
    scripts = " ".join(node.text(strip=False) for node in tree.css("script"))[:20_000]
    tree.strip_tags(list(SILENT))
    hidden, outward = _links(tree, answer.url)
    text = " ".join((tree.body.text(separator=" ") if tree.body else "").split())[:MOST_TEXT]
    words = [word.lower() for word in WORD.findall(text)]
    if not sends_to and len(words) < FEW_WORDS and (found := SCRIPTED.search(scripts)):
        sends_to = found[1]
    terms = Counter(word for word in words if word not in STOP).most_common(MOST_TERMS)
    return Seen(
        answer.status,
        answer.url,
        True,
        title,
        text,
        lang,
        dict(terms),
        len(words),
        hidden,
        outward,
        embedded,
        sends_to,
    )


def _text(answer: Answer) -> str:
    named = CHARSET.search(answer.headers.get("content-type", "")) or CHARSET.search(
        answer.body[:2000].decode("ascii", "replace")
    )
    for coding in (named[1] if named else "utf-8", "utf-8"):
        try:
            return answer.body.decode(coding, "strict" if coding == "utf-8" and not named else "replace")
        except (LookupError, UnicodeError):
            continue
    return answer.body.decode("cp1252", "replace")


def _title(tree: LexborHTMLParser) -> str:
    node = tree.css_first("head > title") or tree.css_first("title")
    return " ".join(node.text().split())[:LONGEST_TITLE] if node else ""


def _lang(tree: LexborHTMLParser) -> str:
    node = tree.css_first("html")
    return (node.attributes.get("lang") or "").lower()[:2] if node else ""


def _embedded(tree: LexborHTMLParser) -> tuple[str, ...]:
    """Addresses of scripts and frames."""
    nodes = tree.css("script[src], frame[src], iframe[src]")[:MOST_LINKS]
    return tuple(str(node.attributes.get("src") or "")[:300].lower() for node in nodes)


def _refresh(tree: LexborHTMLParser, base: str) -> str:
    for node in tree.css("meta[http-equiv]"):
        if (node.attributes.get("http-equiv") or "").lower() != "refresh":
            continue
        found = REFRESH.match(node.attributes.get("content") or "")
        if found and int(found[1]) <= SOONEST:
            try:
                return str(urljoin(base, found[2].strip()))
            except ValueError:
                return ""
    return ""


def _links(tree: LexborHTMLParser, base: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Links in what readers do not see, and links to other owners, each with words and address."""
    hidden, outward = [], []
    concealed = {node.mem_id for node in tree.css("[style], [hidden]") if _hides(node)}
    for node in tree.css("a[href]")[: 5 * MOST_LINKS]:
        address = node.attributes.get("href") or ""
        line = f"{' '.join(node.text().split())[:150]} {address[:200]}"
        try:
            away = address.startswith(("http://", "https://", "//")) and owner(
                urljoin(base, address)
            ) != owner(base)
        except ValueError:
            continue
        if concealed and _within(node, concealed):
            hidden.append(line)
        elif away and host(urljoin(base, address)):
            outward.append(line)
    return tuple(hidden[:MOST_LINKS]), tuple(outward[:MOST_LINKS])


def _hides(node: LexborNode) -> bool:
    style = re.sub(r"\s", "", node.attributes.get("style") or "")[:1000]
    return "hidden" in node.attributes or bool(HIDING.search(style))


def _within(node: LexborNode, concealed: set[int]) -> bool:
    at: LexborNode | None = node
    for _level in range(60):
        if at is None:
            return False
        if at.mem_id in concealed:
            return True
        at = at.parent
    return False
