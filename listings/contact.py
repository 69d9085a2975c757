"""A school's address, telephone number and links, as its federal row has them or as it states them."""

import re
from typing import Final
from urllib.parse import urlsplit

from content.models import CitedLink
from listings.models import DirectoryRow

LINKS: Final = (
    ("website", "Website"),
    ("admissions_url", "Admissions"),
    ("aid_url", "Financial aid"),
    ("application_url", "Apply"),
    ("net_price_url", "Net price calculator"),
)
TEN_DIGITS: Final = re.compile(r"([0-9]{3})([0-9]{3})([0-9]{4})([0-9]*)")


def links(row: DirectoryRow | None, stated: str = "") -> list[tuple[str, str]]:
    """Name and address of the school's own pages, http and https alone; `stated` is the site it names itself.

    A site that is not the school's any more gets no link, nor does any other page on its host: one query.
    """
    found = [(name, str(getattr(row, column))) for column, name in LINKS] if row else []
    if stated:
        found = [("Website", stated), *found[1:]]
    website = found[0][1] if found else ""
    followed = [(name, address) for name, address in found if is_followed(address)]
    if not followed or not CitedLink.objects.withholds(website):
        return followed
    lost = urlsplit(website).hostname
    return [(name, address) for name, address in followed if urlsplit(address).hostname != lost]


def is_followed(address: str) -> bool:
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and "@" not in parts.netloc


def telephone(number: str) -> str:
    """`(614) 555-0123`, digits past the tenth as an extension; what has another form is left as it came."""
    digits = TEN_DIGITS.fullmatch(re.sub(r"[^0-9]", "", number))
    if digits is None:
        return number
    area, exchange, line, extension = digits.groups()
    tail = f", extension {extension}" if extension else ""
    return f"({area}) {exchange}-{line}{tail}"


def address_lines(row: DirectoryRow) -> list[str]:
    place = " ".join(part for part in (row.state, row.zip) if part)
    return [line for line in (row.address, ", ".join(part for part in (row.city, place) if part)) if line]
