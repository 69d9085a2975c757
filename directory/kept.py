"""What an editor sent after the login ran out: carried through the login form, and offered again behind it.

Nothing is stored. The text travels in the pages themselves, so it costs strangers nothing to send some.
"""

import json
from typing import Any, Final

from django.contrib import admin
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.middleware.csrf import (
    REASON_BAD_ORIGIN,
    REASON_BAD_REFERER,
    REASON_INSECURE_REFERER,
    REASON_MALFORMED_REFERER,
    REASON_NO_REFERER,
)
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.csrf import csrf_failure as plain_failure
from django.views.decorators.cache import never_cache

from content.views.corrections import without_cookie
from listings.views.for_schools.again import is_typed, send_again

FIELD: Final = "kept"
NOT_TEXT: Final = {"csrfmiddlewaretoken", FIELD, "username", "password", REDIRECT_FIELD_NAME}
# Asked from elsewhere: nothing of it is shown again.
FOREIGN: Final = (
    *(REASON_BAD_ORIGIN, REASON_BAD_REFERER, REASON_INSECURE_REFERER),
    *(REASON_MALFORMED_REFERER, REASON_NO_REFERER),
)

Pairs = list[tuple[str, str]]


def packed(sent: QueryDict) -> str:
    """The sent fields as one value of a hidden field."""
    return json.dumps([(name, value) for name, values in sent.lists() for value in values if _is_text(name)])


def unpacked(value: str) -> Pairs:
    """Empty where it is not what `packed` gives."""
    try:
        pairs = json.loads(value)
        return [(str(name), str(text)) for name, text in pairs if _is_text(str(name))]
    except (ValueError, TypeError):
        return []


def _is_text(name: str) -> bool:
    return name not in NOT_TEXT


def log_in_first(request: HttpRequest) -> HttpResponse:
    """The login page, with what was sent inside it."""
    context = {
        "kept": packed(request.POST),
        "app_path": reverse("admin:login"),
        REDIRECT_FIELD_NAME: request.get_full_path(),
    }
    sent, request.method = request.POST, "GET"
    try:
        answer = admin.site.login(request, context)
    finally:
        request.method, request.POST = "POST", sent
    return answer


@never_cache
def go_on(request: HttpRequest, to: str, pairs: Pairs) -> HttpResponse:
    """Everything that was sent, to be sent once more to the page it was meant for."""
    context: dict[str, Any] = {**admin.site.each_context(request), "to": to, "pairs": pairs}
    context |= {"title": "Your text is here", "texts": [pair for pair in pairs if len(pair[1]) > 60]}
    return render(request, "admin/go_on.html", context)


def after_login(request: HttpRequest) -> HttpResponse | None:
    """Behind a login that carried something; None where it carried nothing or leads elsewhere."""
    pairs, to = unpacked(request.POST.get(FIELD, "")), request.POST.get(REDIRECT_FIELD_NAME, "")
    ours = url_has_allowed_host_and_scheme(to, allowed_hosts=None) and to.startswith(reverse("admin:index"))
    return go_on(request, to, pairs) if pairs and ours else None


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A login in another window makes this window's forms old; what was sent by one is shown again."""
    if not request.accepts("text/html"):
        return JsonResponse({"said": "This page is older than your login."}, status=403)
    pairs = unpacked(packed(request.POST))
    inside = request.path.startswith(reverse("admin:index")) and request.path != reverse("admin:login")
    foreign = reason in FOREIGN or reason.startswith("Origin checking failed")
    if not foreign and request.path == reverse("report-error"):
        return without_cookie(request)
    if not foreign and is_typed(request):
        return send_again(request)
    if foreign or not (inside and pairs):
        return plain_failure(request, reason)
    if not admin.site.has_permission(request):
        return log_in_first(request)
    answer = go_on(request, request.get_full_path(), pairs)
    answer.status_code = 403
    return answer
