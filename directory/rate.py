"""How often one address may ask the API; where the cache is down, everybody may."""

import logging
import time
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.cache import cache
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from content.lib.clients import client_address

if TYPE_CHECKING:  # views read the setting that names this class while they are imported
    from rest_framework.views import APIView

log = logging.getLogger(__name__)


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
