"""Asks for a cited address: robots.txt first, each hop on its own, a random address where that helps to "
"judge."""

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from content.lib import http
from content.lib.http import Answer, CallFailed, Circle, NetworkOff, TooSlow
from content.links import robots
from content.links.addresses import origin
from content.links.judging import Before, Kind, Verdict, of_answer, of_failure, verdict, wants_missing
from content.links.page import MOST_READ, Seen, read
from content.models import CitedLink, LinkHost

MOST_HOPS: Final = 6
MOST_ROBOTS_HOPS: Final = 5
ROBOTS_LAST: Final = timedelta(days=1)
MISSING_LASTS: Final = timedelta(days=7)
# Whoever holds our marks could say "unchanged" for ever: now and then the whole page is read.
READ_ANYWAY: Final = timedelta(days=28)
LONGEST_REST: Final = timedelta(days=1)


class _Kept(Exception):
    """Robots are asked to stay away, or to leave the host alone for a while."""

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(verdict.said)
        self.verdict = verdict


@dataclass(frozen=True)
class Look:
    """A verdict, with the marks by which the next look may be answered with 304."""

    verdict: Verdict
    etag: str = ""
    last_modified: str = ""
    is_unchanged: bool = False


def look(link: CitedLink, at: datetime, renew: Callable[[], None]) -> Look:
    """One look at an address. Raises NetworkOff; every other failure is a verdict."""
    before = Before(link.first_title, link.first_terms)
    try:
        answer, seen = _follow(link.address, at, renew, _marks(link, at))
        if answer.status == 304:
            return Look(verdict(Kind.GOOD, "It answers: unchanged."), link.etag, link.last_modified, True)
        missing = _missing(seen, at, renew) if wants_missing(seen, before) else None
    except NetworkOff:
        raise
    except CallFailed as failure:
        return Look(of_failure(failure))
    except _Kept as kept:
        return Look(kept.verdict)
    stays = answer.url == link.address
    etag = answer.headers.get("etag", "")[:200] if stays else ""
    modified = answer.headers.get("last-modified", "")[:60] if stays else ""
    return Look(of_answer(link.address, seen, before, missing), etag, modified)


def _marks(link: CitedLink, at: datetime) -> dict[str, str]:
    if link.state != CitedLink.State.GOOD or link.read_at is None or link.read_at < at - READ_ANYWAY:
        return {}
    marks = {"If-None-Match": link.etag, "If-Modified-Since": link.last_modified}
    return {name: value for name, value in marks.items() if value and value.isascii() and value.isprintable()}


def _follow(
    address: str, at: datetime, renew: Callable[[], None], marks: dict[str, str]
) -> tuple[Answer, Seen]:
    """The answer at the end of all redirects, also those that a page makes itself."""
    began = time.monotonic()
    for _hop in range(MOST_HOPS):
        if time.monotonic() - began > http.DEADLINE:
            raise TooSlow(f"It did not answer in full within {http.DEADLINE:.0f} seconds.")
        renew()
        host = _host(address)
        _mind_robots(host, address, at, renew)
        answer = http.hop(address, headers=marks, most=MOST_READ)
        _rest(host, answer, at)
        marks = {}
        seen = read(answer)
        to = answer.leads_to or (seen.sends_to if answer.status < 300 else "")
        if not to or to.partition("#")[0] == address:
            if answer.leads_to:
                break
            return answer, seen
        address = to.partition("#")[0]
    raise Circle


def _host(address: str) -> LinkHost:
    return LinkHost.objects.get_or_create(origin=origin(address)[:300])[0]


def _rest(host: LinkHost, answer: Answer, at: datetime) -> None:
    """Leaves a host alone that asks for it."""
    if answer.status not in (429, 503):
        return
    seconds = http.retry_after(answer.headers.get("retry-after", "")) or 0
    if answer.status == 429 or seconds:
        rest = min(timedelta(seconds=max(seconds, http.SHORTEST_PAUSE)), LONGEST_REST)
        LinkHost.objects.filter(pk=host.pk).update(rests_until=at + rest)


def _mind_robots(host: LinkHost, address: str, at: datetime, renew: Callable[[], None]) -> None:
    if host.rules_until is None or host.rules_until <= at:
        renew()
        _read_robots(host, at)
    if host.rules is None:
        said = "Not checked: its robots.txt is out of order, and without it nothing is asked."
        raise _Kept(verdict(Kind.ROBOTS, said))
    if not robots.allows(host.rules, address):
        raise _Kept(verdict(Kind.ROBOTS))


def _read_robots(host: LinkHost, at: datetime) -> None:
    """Stores what robots.txt asks of us; while it is out of order, what it asked before."""
    address = f"{host.origin}/robots.txt"
    for _hop in range(MOST_ROBOTS_HOPS):
        answer = http.hop(address, most=robots.MOST_READ)
        if not answer.leads_to:
            break
        address = answer.leads_to
    if answer.status == 429:
        _rest(host, answer, at)
        raise _Kept(verdict(Kind.BLOCKED))
    if answer.status < 300:
        host.rules = robots.rules_in(answer.body.decode("utf-8", "replace").replace("\x00", ""))
    elif answer.status < 500:
        host.rules = []
    host.rules_until = at + ROBOTS_LAST
    host.save(update_fields=["rules", "rules_until"])


def _missing(seen: Seen, at: datetime, renew: Callable[[], None]) -> Seen | None:
    """What the site says of an address that is not there; asked once a week."""
    host = _host(seen.url)
    if host.missing is None or host.missing_until is None or host.missing_until <= at:
        try:
            _answer, found = _follow(f"{host.origin}/{secrets.token_hex(8)}", at, renew, {})
        except (CallFailed, _Kept):
            return None
        host.missing, host.missing_until = found.kept(), at + MISSING_LASTS
        LinkHost.objects.filter(pk=host.pk).update(missing=host.missing, missing_until=host.missing_until)
    return Seen.of_kept(host.missing)
