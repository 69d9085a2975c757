"""Whether a mail address is of a school's own domain, and which domains say nothing about anybody."""

from typing import Final
from urllib.parse import urlsplit

from listings import versions
from listings.models import DirectoryRow, School, Statement

# Anybody can have an address there.
FREE_MAIL: Final = frozenset({
    "aim.com", "aol.com", "att.net", "bellsouth.net", "comcast.net", "cox.net", "duck.com", "earthlink.net",
    "fastmail.com", "gmail.com", "gmx.com", "gmx.net", "googlemail.com", "hey.com", "hotmail.com",
    "icloud.com", "juno.com", "live.com", "mac.com", "mail.com", "mail.ru", "me.com", "msn.com",
    "outlook.com", "pm.me", "proton.me", "protonmail.com", "qq.com", "rocketmail.com", "sbcglobal.net",
    "tutanota.com", "verizon.net", "yahoo.com", "yandex.com", "ymail.com", "zoho.com",
})  # fmt: skip
# Addresses that are thrown away after use.
DISPOSABLE: Final = frozenset({
    "10minutemail.com", "discard.email", "dispostable.com", "emailondeck.com", "fakeinbox.com",
    "getnada.com", "guerrillamail.com", "maildrop.cc", "mailinator.com", "mailnesia.com", "mintemail.com",
    "moakt.com", "mohmal.com", "sharklasers.com", "spamgourmet.com", "temp-mail.org", "tempmail.com",
    "throwawaymail.com", "trashmail.com", "yopmail.com",
})  # fmt: skip
# Who has a site there does not own the domain.
SHARED_HOSTS: Final = frozenset({
    "blogspot.com", "business.site", "facebook.com", "github.io", "godaddysites.com", "google.com",
    "instagram.com", "linkedin.com", "linktr.ee", "squarespace.com", "teachable.com", "thinkific.com",
    "weebly.com", "wixsite.com", "wordpress.com", "youtube.com",
})  # fmt: skip


def speaks_for(domain: str, school: School) -> bool:
    """Whether addresses of the domain are the school's: the host of its own site, or the .edu above it."""
    if domain in FREE_MAIL | DISPOSABLE | SHARED_HOSTS:
        return False
    return any(_is_of(domain, host) for host in hosts_of(school))


def hosts_of(school: School) -> set[str]:
    """Hosts of the school's own site by the federal directory; of a school outside it, as it stated them.

    An accepted correction of the site must not open a school to whoever wrote it.
    """
    version = versions.current()
    rows = DirectoryRow.objects.at_version(version.number).filter(school=school) if version else []
    found = {row.website for row in rows}
    if school.unitid is None:
        stated = Statement.objects.filter(school=school, program=None, field="website", replaced_at=None)
        found |= {str(value) for value in stated.values_list("value", flat=True)}
    return {host for address in found if (host := host_of(address))}


def host_of(address: str) -> str:
    """The host of a site's address in lower case and ASCII, without `www.`; empty where there is none."""
    try:
        host = urlsplit(address if "//" in address else f"//{address}").hostname or ""
        return host.rstrip(".").encode("idna").decode("ascii").removeprefix("www.")
    except (UnicodeError, ValueError):
        return ""


def _is_of(domain: str, host: str) -> bool:
    if domain == host:
        return not any(host == shared or host.endswith(f".{shared}") for shared in SHARED_HOSTS)
    # Under .edu a second-level domain has one owner; elsewhere `k12.tx.us` would open a state's schools.
    return domain.count(".") == 1 and domain.endswith(".edu") and host.endswith(f".{domain}")
