"""Who may try passwords, in a quarter of an hour: ten times a name and network, fifty times a network in all.

A device on which somebody logged in before has a count of its own for that account, so that nobody locks an
editor out by guessing from the same network (OWASP's device cookies).
"""

from typing import Any, Final

from axes.attempts import get_cool_off_threshold
from axes.handlers.database import AxesDatabaseHandler
from axes.helpers import get_client_username
from axes.models import AccessAttempt
from django.conf import settings
from django.contrib.auth.models import AnonymousUser, User
from django.core import signing
from django.core.cache import cache
from django.db.models import Sum
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import get_random_string

COOKIE: Final = "known-device"
SALT: Final = "known-device"
LASTS: Final = 90 * 24 * 3600  # seconds
FROM_ONE_NETWORK: Final = 50


class LoginGuard(AxesDatabaseHandler):  # type: ignore[misc]
    """Counts failures as django-axes does, and beside it those of a network and of a known device."""

    def is_locked(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> bool:
        device = _device(request, credentials)
        if device:
            return int(cache.get(device, 0)) >= settings.AXES_FAILURE_LIMIT
        return _from_network(request) >= FROM_ONE_NETWORK or bool(super().is_locked(request, credentials))

    def user_login_failed(
        self, sender: Any, credentials: dict[str, Any], request: HttpRequest | None = None, **kwargs: Any
    ) -> None:
        if request is None:
            return
        device = _device(request, credentials)
        if device:
            cache.set(device, cache.get(device, 0) + 1, settings.AXES_COOLOFF_TIME * 3600)
        else:
            super().user_login_failed(sender, credentials, request, **kwargs)
        request.axes_locked_out |= self.is_locked(request, credentials)  # type: ignore[attr-defined]


def remember_device(answer: HttpResponse, user: User | AnonymousUser) -> None:
    """Lets this browser prove later that the account was logged in on it."""
    value = signing.dumps([user.get_username(), get_random_string(22)], salt=SALT)
    secure = bool(settings.SESSION_COOKIE_SECURE)
    answer.set_cookie(COOKIE, value, LASTS, path="/admin/", secure=secure, httponly=True, samesite="Lax")


def _device(request: HttpRequest, credentials: dict[str, Any] | None) -> str:
    """Where the failures of this device are counted; empty where the name was never logged in on it."""
    try:
        name, device = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=LASTS)
    except signing.BadSignature:
        return ""
    return f"failed-on:{device}" if name == get_client_username(request, credentials) else ""


def _from_network(request: HttpRequest) -> int:
    """Failures of all names together from the address that asks."""
    since = get_cool_off_threshold(request)
    tried = AccessAttempt.objects.filter(
        ip_address=request.axes_ip_address,  # type: ignore[attr-defined]
        attempt_time__gte=since,
    )
    return tried.aggregate(failures=Sum("failures_since_start"))["failures"] or 0
