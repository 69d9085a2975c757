"""What readers get when something went wrong: plain words and a next step; 500.html needs no database."""

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render

from content.redirecting import destination


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    is_too_much = isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent)
    return render(request, "400.html", {"is_too_much": is_too_much}, status=400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "403.html", status=403)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """An address that moved leads on; asked here alone, so that no page that is found pays for it."""
    if request.method in ("GET", "HEAD") and (leads_to := _moved_to(request.path)):
        return HttpResponsePermanentRedirect(leads_to)
    return render(request, "404.html", status=404)


def _moved_to(address: str) -> str:
    try:
        return destination(address)
    except DatabaseError:  # a page that is not there needs no database to say so
        return ""
