"""The run of checks: claims hosts with links that are due, looks at each link, writes what was seen."""

import logging
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import groupby
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from content.lib.clock import database_now
from content.lib.http import NetworkOff
from content.links.asking import Look, look
from content.links.control import Control, OurFault
from content.links.judging import DRIFTED, FAILED, UNSURE, Kind, verdict
from content.models import CitedLink, CitedLinkQuerySet, LinkCheck
from content.models.cited_link import fault

logger = logging.getLogger(__name__)

State = CitedLink.State
MOST_A_RUN: Final = 300  # links
MOST_A_HOST: Final = 20
# Well within the time that a worker gives a job; what is left stays due.
LONGEST_RUN: Final = 150.0
# After a failure the next day; what is broken or unlinked may come back.
NEXT: Final = {
    State.GOOD: timedelta(days=7),
    State.UNSURE: timedelta(days=7),
    State.FAILING: timedelta(hours=20),
    State.FLAGGED: timedelta(days=3),
    State.UNLINKED: timedelta(days=1),
}
BACK: Final = "It answers as it should again. Readers get no link until you say that it is fine."
VOUCHED: Final = "An editor looked at what is there and says that it is fine."

type Renew = Callable[[], None]


def check_due(renew: Renew, at: datetime | None = None) -> dict[str, int]:
    """Looks at what is due. Raises NetworkOff, and OurFault where our own network fails."""
    return _check(CitedLink.objects.due(at=at), renew, at)


def check_asked(renew: Renew, at: datetime | None = None) -> dict[str, int]:
    """Looks at what editors asked for."""
    return _check(CitedLink.objects.asked(), renew, at)


def _check(links: CitedLinkQuerySet, renew: Renew, at: datetime | None) -> dict[str, int]:
    if not settings.NETWORK:
        raise NetworkOff("network is off")
    moment = at or database_now()
    began, control = time.monotonic(), Control(moment)
    counts = {"checked": 0, "failed": 0, "unlinked": 0}
    due = links.order_by("due_at", "pk").values_list("host", "pk")[:MOST_A_RUN]
    first = {host: place for place, (host, _pk) in reversed(list(enumerate(due)))}
    for _host, rows in groupby(sorted(due, key=lambda row: first[row[0]]), key=lambda row: row[0]):
        if time.monotonic() - began > LONGEST_RUN:
            break
        _check_host([pk for _, pk in rows][:MOST_A_HOST], control, counts, renew, at)
    return counts


def _check_host(
    pks: list[int], control: Control, counts: dict[str, int], renew: Renew, at: datetime | None
) -> None:
    """All links of one host, which nobody else asks meanwhile; a breakdown leaves the claim to run out."""
    host = CitedLink.objects.select_related("host").get(pk=pks[0]).host
    if not host.claim(at=at):
        return

    def renew_both() -> None:
        renew()
        host.renew(at=at)

    try:
        for link in CitedLink.objects.filter(pk__in=pks).select_related("host").order_by("pk"):
            seen = look(link, control.at, renew_both)
            if seen.verdict.kind in FAILED | DRIFTED:
                control.demand(link)
            stored = record(link.pk, seen, control.at)
            counts["checked"] += 1
            counts["failed"] += stored.state in (State.FAILING, State.FLAGGED)
            counts["unlinked"] += stored.unlinked_at == control.at
            if host.__class__.objects.filter(pk=host.pk, rests_until__gt=control.at).exists():
                break
    except (OurFault, NetworkOff):
        host.release(at=at)
        raise
    host.release(at=at)


def record(pk: int, seen: Look, at: datetime) -> CitedLink:
    """Writes what was seen with what follows from it; one transaction."""
    with transaction.atomic():
        link = CitedLink.objects.select_for_update().get(pk=pk)
        found = seen.verdict
        page = found.seen
        named = fault(found.kind, page.url if page else "", page.title if page else "")
        if found.kind in FAILED | DRIFTED and named == link.vouched:
            found = verdict(Kind.GOOD, VOUCHED, seen=page)
        link.verdict, link.said, link.checked_at, link.asked_at = found.kind, found.said[:500], at, None
        if page is not None:
            link.leads_to, link.title = page.url[:2000], page.title
            link.terms = page.terms
        if found.kind in DRIFTED:
            link.state, link.unlinked_at, link.evidence = (
                State.UNLINKED,
                link.unlinked_at or at,
                found.evidence,
            )
        elif link.state == State.UNLINKED:
            link.said = BACK if found.kind == Kind.GOOD else link.said
        elif found.kind in FAILED:
            link.evidence = found.evidence
            link.fail(timezone.localdate(at))
        elif found.kind in UNSURE:
            link.state = State.UNSURE if link.state in (State.NEW, State.GOOD) else link.state
        else:
            _is_well(link, seen, at)
        link.due_at = at + NEXT[State(link.state)]
        link.save()
        _note(link, seen, at)
    return link


def _is_well(link: CitedLink, seen: Look, at: datetime) -> None:
    link.recover()
    link.evidence = ""
    if seen.is_unchanged:
        return
    link.etag, link.last_modified, link.read_at = seen.etag, seen.last_modified, at
    if not link.first_title and not link.first_terms:
        link.first_title, link.first_terms = link.title, link.terms


def _note(link: CitedLink, seen: Look, at: datetime) -> None:
    LinkCheck.objects.create(
        link=link,
        at=at,
        state=link.state,
        verdict=link.verdict,
        status=seen.verdict.status,
        title=link.title,
        said=link.said,
    )
    if link.unlinked_at == at:
        logger.warning("link.unlinked", extra={"link": link.pk, "address": link.address, "why": link.verdict})
