"""A method that a page does not take is answered with 405 and with those that it takes."""

from collections.abc import Callable
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils.deprecation import MiddlewareMixin
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

OF_FUNCTIONS: Final = ("GET", "HEAD", "OPTIONS", "POST")


def read_only[View: Callable[..., Any]](view: View) -> View:
    """For a function view of GET and HEAD alone: there is nothing that a forged form could change."""
    return csrf_exempt(require_safe(view))


class KnownVerbs(MiddlewareMixin):
    """Stands before the check of forms' tokens, which would answer 403 to every method but GET."""

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        # What needs no token, the API above all, answers for itself.
        if getattr(view, "csrf_exempt", False):
            return None
        verbs = verbs_of(view)
        return None if request.method in verbs else HttpResponseNotAllowed(verbs)


def verbs_of(view: Callable[..., Any]) -> tuple[str, ...]:
    """The methods that a class view has; a function view tells none, so it is given what forms send."""
    kind = getattr(view, "view_class", None)
    if kind is None:
        return OF_FUNCTIONS
    return tuple(
        name.upper()
        for name in sorted(kind.http_method_names)
        if hasattr(kind, name) or (name == "head" and hasattr(kind, "get"))
    )
