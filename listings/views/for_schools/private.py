"""Pages that are for one school's people alone."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from listings.models import Mailbox
from listings.views.for_schools import visit


def private[**Asked, Answer: HttpResponseBase](view: Callable[Asked, Answer]) -> Callable[Asked, Answer]:
    """GET, HEAD and POST, kept by no cache and no search engine.

    No other page learns the address, which may hold a key.

    Not `no-referrer`: under it browsers send forms with `Origin: null`, which is refused as another site's.
    """

    @never_cache
    @require_http_methods(["GET", "HEAD", "POST"])
    @wraps(view)
    def guarded(*args: Asked.args, **kwargs: Asked.kwargs) -> Answer:
        answer = view(*args, **kwargs)
        answer["Referrer-Policy"] = "strict-origin"
        answer["X-Robots-Tag"] = "noindex, nofollow"
        return answer

    return guarded


def visiting[**Rest](
    view: Callable[Concatenate[HttpRequest, Mailbox, Rest], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, Rest], HttpResponseBase]:
    """Private, and only for who opened their page in this browser; the view is given their mailbox."""

    @private
    @wraps(view)
    def entered(request: HttpRequest, /, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponseBase:
        here = visit.mailbox(request)
        return view(request, here, *args, **kwargs) if here else closed(request)

    return entered


def closed(request: HttpRequest) -> HttpResponse:
    """Leads to the form for a link, which leads back; what was typed meanwhile is shown, to be copied."""
    ask = f"{reverse('school-link')}?{urlencode({'to': request.path})}"
    if request.method in {"GET", "HEAD"}:
        return HttpResponseRedirect(ask)
    given = (texts for name, texts in request.POST.lists() if name not in {"csrfmiddlewaretoken", "stamp"})
    typed = [text for texts in given for text in texts if text.strip()]
    context = {"ask": ask, "typed": typed}
    return render(request, "listings/for_schools/closed.html", context, status=403)
