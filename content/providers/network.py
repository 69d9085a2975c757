"""The providers that are asked over the network: one file each and its name here."""

from typing import Final

from content.providers import bls, scorecard
from content.providers.asking import NetworkProvider

NETWORK_PROVIDERS: Final[tuple[NetworkProvider, ...]] = (bls, scorecard)
