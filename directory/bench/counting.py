"""How many queries each target asks once it is warm."""

from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext

from directory.bench.asking import UnexpectedAnswerError
from directory.bench.targets import targets

TRIED = 5  # addresses a target


def queries(dataset: dict[str, Any]) -> dict[str, int]:
    """The most that one of a few addresses of the target asks."""
    client = Client(headers={"host": settings.ALLOWED_HOSTS[0]})
    found = {}
    with override_settings(ROOT_URLCONF="directory.bench.urls"):
        for target in targets(dataset):
            tried = target.addresses[:TRIED]
            client.get(tried[0])
            found[target.name] = max(_asked(client, address) for address in tried)
    return found


def _asked(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address)
    if answer.status_code != HTTPStatus.OK:
        raise UnexpectedAnswerError(f"{address} answered {answer.status_code}.")
    return len(captured)
