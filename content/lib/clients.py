"""Who asks, as far as limits need to know it."""

import ipaddress
from typing import Any, Final, Protocol

from django.conf import settings

NETWORK_OF_V6: Final = 64  # bits that one household or server is given


class HasMeta(Protocol):
    """A request of Django's or of the API's."""

    @property
    def META(self) -> dict[str, Any]: ...


def client_address(request: HasMeta) -> str:
    """Who asks: the address that the outermost of our own proxies saw; what lies before it may be invented.

    An IPv6 address counts as its /64 network.
    """
    seen = request.META.get("REMOTE_ADDR", "")
    if settings.TRUSTED_PROXIES:
        hops = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
        if len(hops) >= settings.TRUSTED_PROXIES:
            seen = hops[-settings.TRUSTED_PROXIES]
    try:
        address = ipaddress.ip_address(seen)
    except ValueError:
        return "unknown"
    if address.version == 6:
        return str(ipaddress.ip_network((address, NETWORK_OF_V6), strict=False).network_address)
    return str(address)
