"""Which addresses this site may ask: public ones, by http or https, and those that its operator set."""

import ipaddress
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from urllib.parse import SplitResult, urlsplit, urlunsplit

from django.core.exceptions import ValidationError

PORTS: Final = {"http": 80, "https": 443}
LONGEST: Final = 2000
LONGEST_CITED: Final = 500
UNFIT: Final = re.compile(r"[\s\x00-\x1f\x7f\\]")
HOST: Final = re.compile(r"(?=.{1,253}\Z)[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_.])?", re.ASCII)
NUMERIC: Final = re.compile(r"(?:0x[0-9a-f]*|[0-9]+)\.?", re.ASCII)
# Not for everyone, though Python's `is_global` lets them pass: each may lead to an address inside.
LEADING_INSIDE: Final = [
    ipaddress.ip_network(block)
    for block in (
        "192.88.99.0/24",  # relays of 6to4
        "::/96",  # IPv4 in disguise
        "64:ff9b::/96",  # NAT64
        "64:ff9b:1::/48",
        "100::/64",
        "2001::/23",  # Teredo and other protocol assignments
        "2002::/16",  # 6to4
        "3fff::/20",
        "5f00::/16",
        "fec0::/10",
    )
]


class NotAllowed(Exception):
    """The address is not one that this site asks; its text is one plain sentence."""


@dataclass(frozen=True, slots=True)
class Target:
    """A checked address; `operator` where its host and port were set by environment and may be private."""

    url: str
    scheme: str
    host: str
    port: int
    operator: bool


def normal(address: str) -> str:
    """The address without its fragment, host in lower case, port left out where it is the scheme's own.

    Empty for what is no address of another site that can be asked by http, or is over 500 characters.
    """
    try:
        parts = urlsplit(address.strip())
        port = parts.port
    except ValueError:
        return ""
    if parts.scheme not in PORTS or not parts.hostname:
        return ""
    host = parts.hostname.rstrip(".")
    host = f"[{host}]" if ":" in host else host
    user = f"{parts.netloc.rpartition('@')[0]}@" if "@" in parts.netloc else ""
    netloc = f"{user}{host}" if port in (None, PORTS[parts.scheme]) else f"{user}{host}:{port}"
    made = urlunsplit((parts.scheme, netloc, parts.path or "/", parts.query, ""))
    return made if len(made) <= LONGEST_CITED else ""


def check(url: str, operators: Iterable[str] = ()) -> Target:
    """The target of an address; raises NotAllowed. `operators` holds addresses set by environment."""
    if len(url) > LONGEST or UNFIT.search(url):
        raise NotAllowed("The address is too long or holds blanks, backslashes or control characters.")
    parts = _split(url)
    if parts.scheme not in PORTS:
        raise NotAllowed("The address does not begin with http:// or https://.")
    if "@" in parts.netloc:
        raise NotAllowed("The address holds a user name.")
    host, port = _host(parts), _port(parts)
    operator = (host, port) in {(_host(each), _port(each)) for each in map(_split, operators)}
    if not operator:
        if port != PORTS[parts.scheme]:
            raise NotAllowed("The address names a port other than 80 for http and 443 for https.")
        _check_literal(host)
    spelled = f"[{host}]" if ":" in host else host
    netloc = spelled if port == PORTS[parts.scheme] else f"{spelled}:{port}"
    return Target(parts._replace(netloc=netloc, fragment="").geturl(), parts.scheme, host, port, operator)


def validate(url: str) -> None:
    """For a field that readers follow and this site asks; raises ValidationError."""
    try:
        check(url)
    except NotAllowed as refusal:
        raise ValidationError(str(refusal).capitalize().rstrip(".") + ".") from None


def _split(url: str) -> SplitResult:
    try:
        return urlsplit(url)
    except ValueError:
        raise NotAllowed("The address cannot be read.") from None


def _host(parts: SplitResult) -> str:
    """The host in ASCII, as a resolver gets it: full-width digits and dots are folded first."""
    folded = (
        unicodedata.normalize("NFKC", parts.hostname or "")
        .casefold()
        .replace("\N{IDEOGRAPHIC FULL STOP}", ".")
    )
    if ":" in folded:
        return folded
    try:
        host = folded.encode("ascii" if folded.isascii() else "idna").decode("ascii")
    except UnicodeError:
        host = ""
    if not HOST.fullmatch(host):
        raise NotAllowed("The address names no host that can be asked.")
    return host


def _port(parts: SplitResult) -> int:
    try:
        port = parts.port
    except ValueError:
        port = 0
    return PORTS.get(parts.scheme, 0) if port is None else port


def _check_literal(host: str) -> None:
    """A host that is a number in whatever spelling is refused unless it is a plain public address."""
    if ":" in host or NUMERIC.fullmatch(host.rstrip(".").rpartition(".")[2]):
        try:
            check_ip(host)
        except ValueError:
            raise NotAllowed("not checked: address not public") from None


def check_ip(text: str) -> None:
    """Raises NotAllowed for an address that is not public, ValueError for what is no address."""
    ip = ipaddress.ip_address(text)
    if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped:
        ip = ip.ipv4_mapped
    inside = any(ip.version == block.version and ip in block for block in LEADING_INSIDE)
    if inside or not ip.is_global or ip.is_multicast or ip.is_reserved or ip.is_unspecified:
        raise NotAllowed("not checked: address not public")
