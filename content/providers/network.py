"""The providers that are asked over the network: one file each and its name here."""

from typing import Final

from django.conf import settings

from content.providers import bls, scorecard
from content.providers.asking import NetworkProvider

NETWORK_PROVIDERS: Final[tuple[NetworkProvider, ...]] = (bls, scorecard)


def is_offered(key: str) -> bool:
    """Whether a provider that can be asked now offers the series."""
    return settings.NETWORK and any(each.is_ready() and each.offers(key) for each in NETWORK_PROVIDERS)
