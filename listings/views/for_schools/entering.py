"""Links in mails: a GET shows a button and changes nothing, so that programs that open links do no harm."""

from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt

from listings.models import MailKey
from listings.submissions import keys, limits, shown
from listings.submissions.keys import KeyRefused
from listings.views.for_schools import visit
from listings.views.for_schools.forms import LinkForm
from listings.views.for_schools.private import private

Purpose = MailKey.Purpose
STATUS: Final = {"unknown": 404, "used": 410, "over": 410, "wait": 429}


@private
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """What was sent, and the button that sends it on; the key is used up by it."""
    try:
        key = _key(request, token, Purpose.CONFIRM)
    except KeyRefused as refusal:
        return _refused(request, refusal)
    sent = key.submission
    if request.method != "POST":
        context = {"sent": sent, "parts": shown.parts(sent) if sent else []}
        return render(request, "listings/for_schools/confirm.html", context)
    visit.begin(request, key.mailbox)
    return HttpResponseRedirect(_page_of(key))


@private
def open_page(request: HttpRequest, token: str) -> HttpResponse:
    """The button that opens the private page in this browser."""
    try:
        key = _key(request, token, Purpose.OPEN)
    except KeyRefused as refusal:
        return _refused(request, refusal)
    if request.method != "POST":
        return render(request, "listings/for_schools/open.html")
    to = visit.onward(request, _page_of(key))
    visit.begin(request, key.mailbox)
    return HttpResponseRedirect(to)


def _page_of(key: MailKey) -> str:
    """What the mail was about."""
    return reverse("school-sent", args=[key.submission.reference]) if key.submission else reverse("school-my")


def _key(request: HttpRequest, token: str, purpose: MailKey.Purpose) -> MailKey:
    """Looked at, or used up by a POST. Raises KeyRefused, also for a network that tried too many keys."""
    network = visit.network(request)
    if limits.is_reached(limits.Kind.KEY, network):
        raise KeyRefused("wait")
    try:
        return keys.enter(token, purpose) if request.method == "POST" else keys.look(token, purpose)
    except KeyRefused as refusal:
        if refusal.reason == "unknown":
            limits.take(limits.Kind.KEY, network)
        raise


def _refused(request: HttpRequest, refusal: KeyRefused) -> HttpResponse:
    context = {"reason": refusal.reason, "form": LinkForm(), "here": visit.mailbox(request)}
    status = STATUS[refusal.reason]
    return render(request, "listings/for_schools/key_refused.html", context, status=status)


@private
@csrf_exempt
def reminders(request: HttpRequest, token: str) -> HttpResponse:
    """Ends reminders by a POST, as often as it comes.

    Mail programs send it for their users' one click (RFC 8058), without a cookie, without a page before it.
    """
    network = visit.network(request)
    try:
        if limits.is_reached(limits.Kind.KEY, network):
            raise KeyRefused("wait")
        if request.method == "POST":
            keys.end_reminders(token)
        elif MailKey.objects.found(token, Purpose.END_REMINDERS) is None:
            raise KeyRefused("unknown")
    except KeyRefused as refusal:
        if refusal.reason == "unknown":
            limits.take(limits.Kind.KEY, network)
        return _refused(request, refusal)
    return render(request, "listings/for_schools/reminders.html", {"ended": request.method == "POST"})
