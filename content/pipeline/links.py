"""Addresses on a page: which ones readers may follow, and without whose tracking."""

import re
from typing import Final
from urllib.parse import urlsplit, urlunsplit

from content.lib.sanitise import safe_address
from content.pipeline.document import Document, Dropped
from content.pipeline.text import INVISIBLE, squeeze

TRACKING: Final = re.compile(
    r"(?:utm_\w*|mtm_\w*|pk_(?:campaign|kwd|source|medium)|piwik_\w*|matomo_\w*|hsa_\w*|_hs(?:enc|mi)"
    r"|__hs\w*|mc_[ce]id"
    r"|gclid|gclsrc|gbraid|wbraid|dclid|fbclid|msclkid|yclid|twclid|ttclid|li_fat_id|igshid|igsh|_ga|_gl"
    r"|s_kwcid"
    r"|ef_id|vero_\w*|oly_\w*|wickedid|mkt_tok|cmpid|campaign_?id|trk|trackingid|aff(?:iliate)?_?id"
    r"|ref_src|ref_url"
    r"|srsltid|icid|ncid|ocid|sc_cid|spm|scm)",
    re.I,
)
SCHEME: Final = re.compile(r"([a-z][a-z0-9+.-]{0,30})\s*:", re.I)
SHOWN: Final = re.compile(r"https?://[^\s()<>\"'\]]{4,1000}", re.I)
LONGEST: Final = 2000
BARE: Final = re.compile(r"(?:https?://)?(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,5}[a-z]{2,24}", re.I)


def follow(document: Document, href: str) -> str:
    """The address without tracking parameters, or "" where readers cannot follow it; says what it dropped."""
    address = re.sub(r"[\t\r\n]", "", href).strip()
    if not address or address.startswith("#"):
        return ""
    if INVISIBLE.search(address) or len(address) > LONGEST:
        return _refuse(document, address)
    if not SCHEME.match(address) and not address.startswith(("/", "\\")):
        # A path beside a page that we do not have.
        return ""
    address = address.replace(" ", "%20")
    if safe_address(address) is None:
        return _refuse(document, address)
    return _untracked(document, address)


def _refuse(document: Document, address: str) -> str:
    """Kept out of the text; what it was stands among what was dropped."""
    shown = squeeze_address(address)
    document.dropped.append(Dropped("unsafe-link", shown))
    scheme = SCHEME.match(shown)
    active = scheme and scheme[1].lower() not in ("http", "https")
    document.unsafe.add(f"link:{scheme[1].lower()}:" if scheme and active else "link:address")
    return ""


def squeeze_address(address: str) -> str:
    """An unsafe address as it may be shown to editors: cut, without invisible characters."""
    return INVISIBLE.sub("", address)[:200]


def without_tracking(document: Document, text: str) -> str:
    """A text whose addresses carry no tracking parameters; says what it dropped."""
    if "?" not in text or "://" not in text:
        return text
    return SHOWN.sub(lambda match: _untracked(document, match[0]), text)


def _untracked(document: Document, address: str) -> str:
    try:
        parts = urlsplit(address)
    except ValueError:
        return address
    if not parts.query:
        return address
    pairs = [pair for pair in re.split("[&;]", parts.query) if pair]
    kept = [pair for pair in pairs if not TRACKING.fullmatch(pair.partition("=")[0])]
    if len(kept) == len(pairs):
        return address
    tracking = [pair for pair in pairs if pair not in kept]
    document.dropped.append(Dropped("tracking-parameters", squeeze("&".join(tracking))))
    return urlunsplit(parts._replace(query="&".join(kept)))


def host(address: str) -> str:
    """The host of an address with or without a scheme, in small letters; "" where there is none."""
    try:
        return (urlsplit(address if "//" in address else f"//{address}").hostname or "").lower()
    except ValueError:
        return ""


def bare(text: str) -> str:
    """The address that a text such as `www.bls.gov` or `https://gdb.example/x` is; "" for other words."""
    words = text.strip().rstrip(".,")
    site, _, path = words.removeprefix("https://").removeprefix("http://").partition("/")
    if not BARE.fullmatch(site) or len(words) > LONGEST or " " in path:
        return ""
    address = words if words.startswith(("http://", "https://")) else f"https://{words}"
    return address if safe_address(address) == address else ""
