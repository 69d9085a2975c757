"""Finds every address that is cited where readers see it, and keeps a row for each with its places."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from itertools import batched
from typing import Final, NamedTuple

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from selectolax.lexbor import LexborHTMLParser

from content.lib.addresses import normal
from content.lib.clock import database_now
from content.links.addresses import host, origin
from content.models import CertifyingBody, CitedLink, LinkHost, LinkUse, Revision, Source
from content.rendering import render

AT_ONCE: Final = 500

type Renew = Callable[[], None]


class Use(NamedTuple):
    """A normal address and where it is cited: one of the four."""

    address: str
    source: int | None = None
    body: int | None = None
    revision: int | None = None
    page: str = ""


def gather(pages: Iterable[tuple[str, str]], renew: Renew, at: datetime | None = None) -> dict[str, int]:
    """Brings the rows to what is cited now; counts. `pages` are addresses, each with the page that has it."""
    moment = at or database_now()
    wanted = {use for use in _uses(pages, at) if use.address and host(use.address) != host(settings.SITE_URL)}
    rows = LinkUse.objects.values_list("link__address", "source", "body", "revision", "page", "pk")
    stored = {Use(*row[:5]): row[5] for row in rows}
    new = _add_links({use.address for use in wanted - stored.keys()}, moment, renew)
    _add_uses(sorted(wanted - stored.keys(), key=str), renew)
    for batch in batched([pk for use, pk in stored.items() if use not in wanted], AT_ONCE):
        renew()
        LinkUse.objects.filter(pk__in=batch).delete()
    _mark_unused(moment)
    return {"addresses": len({use.address for use in wanted}), "new": new}


def _uses(pages: Iterable[tuple[str, str]], at: datetime | None) -> Iterator[Use]:
    for pk, url in Source.objects.exclude(url="").values_list("pk", "url"):
        yield Use(normal(url), source=pk)
    for pk, url in CertifyingBody.objects.exclude(url="").values_list("pk", "url"):
        yield Use(normal(url), body=pk)
    yield from _in_texts(at)
    for url, page in pages:
        yield Use(normal(url), page=page[:200])


def _in_texts(at: datetime | None) -> Iterator[Use]:
    """Of live texts. What is approved does not change: a text whose links are known is not read again."""
    live = Revision.objects.live(at)
    known = LinkUse.objects.filter(revision__in=live.order_by().values("pk"))
    seen = set()
    for address, pk in known.values_list("link__address", "revision"):
        seen.add(pk)
        yield Use(address, revision=pk)
    some = Q(lead__contains="http") | Q(body__contains="http")
    for revision in live.filter(some).exclude(pk__in=seen).order_by("pk").iterator(chunk_size=100):
        for address in links_in(f"{revision.lead}\n\n{revision.body}"):
            yield Use(address, revision=revision.pk)


def links_in(text: str) -> set[str]:
    """Addresses of other sites, in their normal form, that readers of a Markdown text can follow."""
    tree = LexborHTMLParser(f"<body>{render(text, {}).html}</body>")
    found = (normal(node.attributes.get("href") or "") for node in tree.css("a[href]"))
    return {address for address in found if address}


def _add_links(addresses: set[str], moment: datetime, renew: Renew) -> int:
    """Rows for addresses that have none; they are due at once."""
    known = set(CitedLink.objects.values_list("address", flat=True))
    missing = sorted(addresses - known)
    for batch in batched(missing, AT_ONCE):
        renew()
        with transaction.atomic():
            names = {origin(address) for address in batch}
            LinkHost.objects.bulk_create([LinkHost(origin=name) for name in names], ignore_conflicts=True)
            hosts = dict(LinkHost.objects.filter(origin__in=names).values_list("origin", "pk"))
            rows = [CitedLink(address=each, host_id=hosts[origin(each)], due_at=moment) for each in batch]
            CitedLink.objects.bulk_create(rows, ignore_conflicts=True)
    return len(missing)


def _add_uses(uses: list[Use], renew: Renew) -> None:
    for batch in batched(uses, AT_ONCE):
        renew()
        rows = CitedLink.objects.filter(address__in={use.address for use in batch})
        links = dict(rows.values_list("address", "pk"))
        made = [
            LinkUse(
                link_id=links[use.address],
                source_id=use.source,
                body_id=use.body,
                revision_id=use.revision,
                page=use.page,
            )
            for use in batch
        ]
        LinkUse.objects.bulk_create(made, ignore_conflicts=True)


def _mark_unused(moment: datetime) -> None:
    """What nobody cites is not checked any more; upkeep deletes it later."""
    used = CitedLink.objects.filter(uses__isnull=False).order_by().values("pk")
    CitedLink.objects.filter(pk__in=used).exclude(unused_since=None).update(unused_since=None)
    CitedLink.objects.exclude(pk__in=used).filter(unused_since=None).update(unused_since=moment)
