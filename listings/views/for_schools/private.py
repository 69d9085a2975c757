"""What all pages for schools have in common: nothing of them is cached or told to other sites."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods


def private(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """GET, HEAD and POST; no cache keeps the answer, and no link from it says where somebody came from."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["Referrer-Policy"] = "no-referrer"
        return response

    return never_cache(require_http_methods(["GET", "HEAD", "POST"])(answered))
