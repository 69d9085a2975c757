"""What a text is held against: statistics, credentials, bodies and addresses of this site."""

import logging
import re
from collections.abc import Iterable
from datetime import datetime
from functools import cached_property
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import BadRequest, PermissionDenied, SuspiciousOperation
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, QueryDict
from django.urls import Resolver404, resolve

from content.acronyms import recorded
from content.lib.addresses import normal
from content.lib.clock import database_now
from content.models import CitedLink, Credential, Observation, Picture, Revision, Statistic
from content.rendering import plain

logger: Final = logging.getLogger(__name__)

EDITORS: Final = "/admin/"
FRESH_YEARS: Final = 3


class Known:
    """Read once and asked often: one for a run over many texts. `at` empty means now."""

    def __init__(self, at: datetime | None = None) -> None:
        self.at = at or database_now()
        self._statistics: dict[str, Statistic | None] = {}
        self._answers: dict[str, bool] = {}
        self._pictures: dict[str, Picture | None] = {}

    @property
    def year(self) -> int:
        return self.at.year

    def statistics(self, keys: Iterable[str]) -> dict[str, Statistic]:
        """Those of the keys that exist, with their current values."""
        wanted = set(keys)
        if missing := wanted - self._statistics.keys():
            self._statistics |= dict.fromkeys(missing)
            rows = Statistic.objects.with_current(self.at).filter(key__in=missing)
            self._statistics |= {row.key: row for row in rows}
        return {key: row for key in wanted if (row := self._statistics[key])}

    def picture(self, slug: str) -> Picture | None:
        if slug not in self._pictures:
            self._pictures[slug] = Picture.objects.filter(slug=slug).first()
        return self._pictures[slug]

    @cached_property
    def national(self) -> list[Statistic]:
        """The country's figures that are not too old to hold a text against, with all accepted values."""
        accepted = Prefetch("observations", Observation.objects.accepted().newest_first(), to_attr="accepted")
        rows = Statistic.objects.with_current(self.at).filter(
            area="United States",
            current__value__isnull=False,
            current__period_start__year__gte=self.year - FRESH_YEARS,
        )
        return list(rows.prefetch_related(accepted))

    @cached_property
    def names(self) -> dict[str, str]:
        """Acronyms with what they stand for, as this site has it on record."""
        return recorded()

    @cached_property
    def granted(self) -> dict[str, list[str]]:
        """What each certifying body grants, by its acronym: codes, or names where there is no code."""
        found: dict[str, list[str]] = {}
        for credential in Credential.objects.select_related("body"):
            found.setdefault(credential.body.acronym, []).append(credential.label)
        return found

    @cached_property
    def retired(self) -> list[Credential]:
        return list(
            Credential.objects.filter(status=Credential.Status.RETIRED)
            .select_related("became")
            .exclude(code="")
        )

    @cached_property
    def live_terms(self) -> list[tuple[str, str, dict[str, int]]]:
        """Of each live article its slug, its title and its counted words."""
        rows = Revision.objects.live(self.at).articles().select_related("article")
        found = []
        for row in rows.iterator(chunk_size=100):
            text = plain(f"{row.lead}\n\n{row.body}", {})
            found.append((row.article.slug, row.title, self.counted("", row.summary, text)))
        return found

    @staticmethod
    def counted(title: str, summary: str, text: str) -> dict[str, int]:
        # Here, because the library behind it costs a process a second, and most processes never ask.
        from content.lib.similarity import count_terms  # noqa: PLC0415

        return count_terms(title, summary, text)

    @cached_property
    def _troubled(self) -> dict[str, CitedLink]:
        rows = CitedLink.objects.needing_an_editor().only("address", "state", "said")
        return {row.address: row for row in rows}

    def troubled(self, href: str) -> CitedLink | None:
        """What is known of an address of another site that failed on three days or drifted."""
        return self._troubled.get(normal(href))

    def own_path(self, href: str) -> str | None:
        """The path and query of an address of this site; None for other sites."""
        if href.startswith("/") and not href.startswith("//"):
            return href
        parts, own = urlsplit(href), urlsplit(settings.SITE_URL)
        if parts.scheme in ("http", "https") and parts.netloc and parts.netloc == own.netloc:
            return f"{parts.path or '/'}{'?' if parts.query else ''}{parts.query}"
        return None

    def answers(self, address: str) -> bool:
        """Whether readers get a page at a path of this site; its view is asked, its page is not rendered."""
        if address not in self._answers:
            self._answers[address] = _answers(address)
        return self._answers[address]


def _answers(address: str) -> bool:
    path, _, query = address.partition("#")[0].partition("?")
    if path.startswith(EDITORS):
        return False
    try:
        # Without its last slash readers are sent to the address that has it.
        match = resolve(path if path.endswith("/") or re.search(r"\.\w+$", path) else f"{path}/")
        response = match.func(_request(path, query), *match.args, **match.kwargs)
    except (Resolver404, Http404, PermissionDenied, SuspiciousOperation, BadRequest):
        return False
    except Exception as error:
        # Whatever fails for readers is no page for them; nor may it keep an editor from the other findings.
        logger.warning(
            "page does not answer", extra={"event": "lint-page-failed", "page": path, "error": repr(error)}
        )
        return False
    return bool(response.status_code < 400)


def _request(path: str, query: str) -> HttpRequest:
    """As a reader would ask."""
    request = HttpRequest()
    request.method = "GET"
    request.path = request.path_info = path
    request.GET = QueryDict(query)
    request.user = AnonymousUser()
    request.META = {"SERVER_NAME": urlsplit(settings.SITE_URL).hostname, "SERVER_PORT": "80"}
    return request
