"""How often one address may ask the API; where the cache is down, everybody may."""

import ipaddress
import logging
import time
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

if TYPE_CHECKING:  # views read the setting that names this class while they are imported
    from rest_framework.views import APIView

log = logging.getLogger(__name__)
NETWORK_OF_V6: Final = 64  # bits that one household or server is given


def client_address(request: HttpRequest | Request) -> str:
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


class AddressRate(BaseThrottle):
    """`API_RATE` requests of one address in each minute (second, hour, day) of the clock."""

    def allow_request(self, request: Request, view: "APIView") -> bool:
        most, seconds = settings.API_RATE
        self.now = time.time()
        key = f"api:{client_address(request)}:{int(self.now // seconds)}"
        try:
            cache.add(key, 0, timeout=seconds + 1)
            asked = int(cache.incr(key))
        except Exception as error:  # a cache's own errors have no common base
            log.warning("API_RATE is not counted: the cache failed (%s)", type(error).__name__)
            return True
        return asked <= int(most)

    def wait(self) -> float:
        """Seconds until the next window."""
        seconds: int = settings.API_RATE[1]
        return seconds - self.now % seconds
