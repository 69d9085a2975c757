"""Whether a mail address is of a school's own domain, and which domains say nothing about anybody."""

from contextlib import suppress
from typing import Final
from urllib.parse import urlsplit

from content.lib.lookalikes import skeleton
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

# What else a quick reader takes for one letter, or does not see, in a skeleton.
PAIRS: Final = (("vv", "w"), ("cl", "d"), ("5", "s"), ("3", "e"), ("-", ""))


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


def looks_like(domain: str, host: str) -> bool:
    """Whether a reader may take the domain for the host's, which it is not: `exarnple.edu`, `example.com`."""
    own = ".".join(host.split(".")[-2:])
    if domain in {host, own} or domain.endswith(f".{own}"):
        return False
    seen, real = _as_seen(domain), _as_seen(own)
    names = [name.rpartition(".")[0] for name in (seen, real)]
    return seen.startswith(f"{real}.") or names[0] == names[1] or (seen != real and _one_apart(*names))


def _as_seen(domain: str) -> str:
    """The domain as one who reads quickly sees it."""
    with suppress(UnicodeError):
        domain = domain.encode("ascii").decode("idna")
    seen = skeleton(domain)
    for pair, letter in PAIRS:
        seen = seen.replace(pair, letter)
    return seen


def _one_apart(one: str, other: str) -> bool:
    """Whether a single letter makes the difference; short names are near each other anyway."""
    if min(len(one), len(other)) < 5 or abs(len(one) - len(other)) > 1:
        return False
    same = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), -1)
    if same < 0:
        return True
    rests = (
        (one[same + 1 :], other[same + 1 :]),
        (one[same:], other[same + 1 :]),
        (one[same + 1 :], other[same:]),
    )
    return any(a == b for a, b in rests)
