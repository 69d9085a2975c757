"""The web of these tests, and a walk through its days."""

import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from content.lib import http
from content.links.checking import check_due
from content.links.gathering import gather
from content.models import CitedLink
from tests.content.links.web import Web, certificates, web_of

NOW = datetime(2026, 9, 1, 12, tzinfo=UTC)


@pytest.fixture(scope="session")
def contexts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, ssl.SSLContext]:
    return certificates(tmp_path_factory.mktemp("certificates"))


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch, settings, contexts) -> Iterator[Web]:
    settings.NETWORK = True
    settings.LINK_CONTROL_URL = ""
    monkeypatch.setattr(http, "DEADLINE", 8.0)
    with web_of(monkeypatch, contexts) as web:
        yield web


def run(day: int) -> dict[str, int]:
    """The hourly job's work on that day."""
    at = NOW + timedelta(days=day)
    gather([], lambda: None, at)
    return check_due(lambda: None, at)


def link(address: str) -> CitedLink:
    return CitedLink.objects.get(address=address)
