"""Reads single cells of federal files: numbers, words, web addresses, and the kinds of missing."""

import re
from functools import lru_cache
from typing import Final
from urllib.parse import quote, urlsplit

from content.lib.normal import HIDING
from content.models import Missing
from listings.imports.refusals import BadCellError

# IPEDS: -1 not reported, -2 not applicable (nobody was asked), -3 not available.
IPEDS_MISSING: Final = {
    "": Missing.NOT_REPORTED,
    ".": Missing.NOT_REPORTED,
    "-1": Missing.NOT_REPORTED,
    "-2": Missing.NOT_COLLECTED,
    "-3": Missing.NOT_AVAILABLE,
}
# College Scorecard; where a file was emptied on its way, it does not say why.
SCORECARD_MISSING: Final = {
    "": Missing.NOT_PUBLISHED,
    "0": Missing.NOT_PUBLISHED,  # left by old caches where a value was suppressed; no median is zero
    "NULL": Missing.NOT_REPORTED,
    "PRIVACYSUPPRESSED": Missing.SUPPRESSED,
    "PS": Missing.SUPPRESSED,
}
HOST: Final = re.compile(
    r"(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)+[a-z][a-z0-9-]{1,62}\.?", re.IGNORECASE
)
WITHOUT_SCHEME: Final = re.compile(r"(?://)?([^/?#:\s]+(?::\d{1,5})?(?:[/?#].*)?)")
SPACES: Final = re.compile(r"[\t\r\n]+")
UNPRINTABLE: Final = re.compile(r"[\x00-\x1f\x7f]")


@lru_cache(maxsize=4096)  # a file of a million cells holds few different numbers
def whole(text: str, column: str, *, low: int, high: int) -> int:
    """A whole number; `12.0` is one, `1e5`, `1,200` and digits of other scripts are none."""
    digits = text.strip().removesuffix(".0")
    if not re.fullmatch(r"-?[0-9]{1,12}", digits):
        raise BadCellError(column, text, "not a whole number")
    if not low <= int(digits) <= high:
        raise BadCellError(column, text, f"not from {low:,} to {high:,}")
    return int(digits)


def degrees(text: str, column: str, *, most: int) -> float:
    """A latitude (`most` 90) or longitude (180)."""
    if not re.fullmatch(r"-?[0-9]{1,3}(\.[0-9]{1,12})?", text.strip()):
        raise BadCellError(column, text, "not a number of degrees")
    value = float(text)
    if abs(value) > most:
        raise BadCellError(column, text, f"not from -{most} to {most} degrees")
    return value


def words(text: str, column: str, *, longest: int) -> str:
    """One line of text; line breaks become blanks."""
    found = SPACES.sub(" ", text.translate(HIDING)).strip()
    if UNPRINTABLE.search(found):
        raise BadCellError(column, text, "holds a control character")
    if len(found) > longest:
        raise BadCellError(column, text, f"longer than {longest:,} characters")
    return found


def web_address(text: str, column: str, *, longest: int) -> str:
    """An address that a reader can follow: http or https, with a host; the scheme is added where it lacks."""
    found = words(text, column, longest=longest)
    if "://" not in found and (bare := WITHOUT_SCHEME.fullmatch(found)):
        found = f"https://{bare[1]}"
    address = quote(found, safe=":/?#[]@!$&'()*+,;=%~")
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise BadCellError(column, text, "not a web address") from None
    if parts.scheme.lower() not in ("http", "https"):
        raise BadCellError(column, text, "not a web address that begins with http or https")
    if not HOST.fullmatch(host) or port == 0 or "@" in parts.netloc or "://" in address.split("?")[0][8:]:
        raise BadCellError(column, text, "not one web address")
    address = parts.scheme + address[len(parts.scheme) :]
    if len(address) > longest:
        raise BadCellError(column, text, f"longer than {longest:,} characters")
    return address
