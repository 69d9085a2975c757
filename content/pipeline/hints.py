"""What a page's own markup says an element is for: its tag, role, classes and id."""

import re
from collections.abc import Iterator, Mapping
from typing import Final, Literal, cast, get_args

from content.lib.sanitise import HIDING_STYLE
from content.pipeline.document import DropKind, GroupKind

type Hint = DropKind | GroupKind | Literal["footnotes", "hidden", "aside"]
type Attributes = Mapping[str, str | None]

WORD: Final = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
# In this order: an "ad-disclosure" is a disclosure, a "sponsored-listing" a listing.
CLASSES: Final[tuple[tuple[Hint, frozenset[str]], ...]] = (
    ("hidden", frozenset({"hidden", "invisible", "sronly"})),
    ("disclosure", frozenset({"disclosure", "disclosures"})),
    ("footnotes", frozenset({"footnotes", "endnotes"})),
    (
        "facts",
        frozenset(
            {"fact", "facts", "factbox", "quickfacts", "keyfacts", "snapshot", "glance", "infobox", "stats"}
        ),
    ),
    ("sources", frozenset({"source", "sources", "references", "citations"})),
    ("related", frozenset({"related", "recommended", "readnext", "seealso"})),
    ("breadcrumb", frozenset({"breadcrumb", "breadcrumbs", "crumb", "crumbs"})),
    ("pagination", frozenset({"pager", "pagers", "pagination", "paginator", "pagenav", "pagelinks"})),
    ("form", frozenset({"comments", "commentlist", "respond", "disqus"})),
    ("cookie-banner", frozenset({"cookie", "cookies", "consent", "gdpr", "ccpa", "onetrust"})),
    ("listing", frozenset({"listing", "listings", "schools", "colleges"})),
    (
        "advertisement",
        frozenset({"ad", "ads", "adv", "advert", "adverts", "advertisement", "advertisements", "advertising"})
        | {
            "adsense",
            "adslot",
            "adbox",
            "adunit",
            "sponsor",
            "sponsored",
            "sponsors",
            "dfp",
            "taboola",
            "outbrain",
        },
    ),
    (
        "share",
        frozenset({"share", "sharing", "sharebar", "social", "socials", "sharethis", "addthis", "addtoany"}),
    ),
    ("call-to-action", frozenset({"cta", "newsletter", "subscribe", "subscription", "signup", "optin"})),
    (
        "promo",
        frozenset({"promo", "promos", "promotion", "promotional", "popup", "modal", "upsell", "banner"}),
    ),
    (
        "navigation",
        frozenset(
            {
                "nav",
                "navbar",
                "navigation",
                "menu",
                "topnav",
                "sidenav",
                "toc",
                "skip",
                "skiplink",
                "topbar",
                "masthead",
                "branding",
                "logo",
            }
        ),
    ),
    ("footer", frozenset({"footer", "copyright", "colophon"})),
    ("updated-line", frozenset({"byline", "dateline", "updated", "lastupdated", "modified", "postmeta"})),
)
PHRASES: Final[tuple[tuple[str, Hint], ...]] = (
    ("call to action", "call-to-action"),
    ("table of contents", "navigation"),
    ("page numbers", "pagination"),
    ("degree options", "listing"),
    ("site header", "navigation"),
    ("sr only", "hidden"),
    ("visually hidden", "hidden"),
    ("screen reader", "hidden"),
    ("see also", "related"),
    ("read next", "related"),
    ("sign up", "call-to-action"),
    ("post meta", "updated-line"),
    ("entry meta", "updated-line"),
)
ROLES: Final[dict[str, Hint]] = {
    "navigation": "navigation",
    "contentinfo": "footer",
    "search": "form",
    "form": "form",
    "dialog": "promo",
    "alertdialog": "promo",
    "complementary": "aside",
    "doc-endnotes": "footnotes",
    "doc-toc": "navigation",
}
TAGS: Final[dict[str, Hint]] = {
    "nav": "navigation",
    "footer": "footer",
    "form": "form",
    "search": "form",
    "dialog": "promo",
    "aside": "aside",
    "menu": "navigation",
}
LABELS: Final[tuple[tuple[str, Hint], ...]] = (
    ("breadcrumb", "breadcrumb"),
    ("pagination", "pagination"),
    ("pages", "pagination"),
    ("share", "share"),
    ("cookie", "cookie-banner"),
)
GROUPS: Final = frozenset(get_args(GroupKind.__value__))
DROPS: Final = frozenset(get_args(DropKind.__value__))


def hint(tag: str, attributes: Attributes) -> Hint | None:
    """What the element is for, as far as its markup says so."""
    if is_hidden(attributes):
        return "hidden"
    if "header" in (attributes.get("id"), attributes.get("class")):
        return "navigation"
    words = " ".join(_words(attributes))
    said = _by_words(words) if words else None
    role = (attributes.get("role") or "").lower()
    plain = ROLES.get(role) or TAGS.get(tag)
    if said and not (said in ("listing", "related") and plain == "navigation"):
        return said
    label = (attributes.get("aria-label") or "").lower()
    if plain in ("navigation", "promo", "aside"):
        return next((kind for name, kind in LABELS if name in label), plain)
    return plain


def is_hidden(attributes: Attributes) -> bool:
    """Whether no reader of the page ever saw the element."""
    return "hidden" in attributes or bool(HIDING_STYLE.search(attributes.get("style") or ""))


def is_drop(kind: Hint) -> bool:
    return kind in DROPS


def as_drop(kind: Hint) -> DropKind:
    """The kind under which an element with that hint is listed as dropped."""
    return cast(DropKind, kind) if kind in DROPS else "promo"


def as_group(kind: Hint) -> GroupKind | None:
    return cast(GroupKind, kind) if kind in GROUPS else None


def has_handler(attributes: Attributes) -> bool:
    """Whether the element runs a script when something happens to it."""
    return any(name.startswith("on") and len(name) > 4 for name in attributes)


def _words(attributes: Attributes) -> Iterator[str]:
    for name in ("class", "id"):
        for word in WORD.findall((attributes.get(name) or "")[:500]):
            yield word.lower()


def _by_words(words: str) -> Hint | None:
    found = set(words.split())
    for kind, names in CLASSES:
        if found & names:
            return kind
    return next((kind for phrase, kind in PHRASES if phrase in words), None)
