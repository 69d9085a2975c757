"""What belongs to an address: its site, its owner, and whether it is a front page."""

import re
from typing import Final
from urllib.parse import urlsplit

FRONTS: Final = re.compile(
    r"/?(?:(?:index|default|home)(?:\.(?:html?|php|aspx?|jsp))?/?)?|/[a-z]{2}(?:[-_][a-z]{2})?/?(?:home/?)?",
    re.I,
)
ASIDE: Final = re.compile(
    r"/(?:log-?in|sign-?in|sso|oauth2?|saml2?|idp|cas|auth(?:enticate|orize)?"
    r"|(?:cookie-?)?consent)(?:\.\w+)?(?:/|$)",
    re.I,
)
# Second levels under which names are sold, of the countries whose sites are likely to be cited.
SHARED: Final = frozenset({"ac", "co", "com", "edu", "gov", "ne", "net", "nhs", "or", "org", "sch"})


def origin(address: str) -> str:
    """Scheme, host and port."""
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def host(address: str) -> str:
    return urlsplit(address).hostname or ""


def owner(address: str) -> str:
    """The part of the host that is registered: two labels, three where the second is shared as in ac.uk."""
    labels = host(address).split(".")
    count = 3 if len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in SHARED else 2
    return ".".join(labels[-count:])


def is_front(address: str) -> bool:
    """Whether it is a site's front page, in one of its languages or not."""
    parts = urlsplit(address)
    return not parts.query and bool(FRONTS.fullmatch(parts.path))


def is_aside(address: str) -> bool:
    """Whether it is where sites ask for a login or for consent first."""
    return bool(ASIDE.search(urlsplit(address).path))
