"""Acceptance of several submissions at once: shown first, and of those alone who speak for their school."""

from typing import Any, Final, cast

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from listings.models import Submission, SubmittedField
from listings.submissions.beside import Of, side_by_side
from listings.submissions.deciding import Decision, decide

State, Field = Submission.State, SubmittedField.State
# Each is shown with what it changes, some fifteen queries.
MOST: Final = 20


def page(request: HttpRequest, chosen: QuerySet[Submission], admin: ModelAdmin[Any]) -> HttpResponse | None:
    """Shows what would be accepted; sent again with the versions that were shown, it accepts that."""
    found = list(chosen.select_related("school", "mailbox")[: MOST + 1])
    if len(found) > MOST:
        messages.error(request, f"Choose at most {MOST} at once: each of them is shown to you first.")
        return None
    refused = [(sent, why) for sent in found if (why := _why_not(sent))]
    ready = [sent for sent in found if not _why_not(sent)]
    if "confirmed" in request.POST:
        _accept(request, ready, refused, admin)
        return None
    context = {
        **admin.admin_site.each_context(request),
        "title": "Accept all fields of these",
        "opts": admin.opts,
        "ready": [(sent, _shown(sent)) for sent in ready],
        "refused": refused,
        "checkbox": ACTION_CHECKBOX_NAME,
    }
    return TemplateResponse(request, "admin/listings/submission/accept_trusted.html", context)


def _shown(sent: Submission) -> list[Of]:
    return side_by_side(sent, sent.fields.filter(state=Field.WAITING))


def _why_not(sent: Submission) -> str:
    """The claim is asked for anew: it may have been revoked since the submission came."""
    if sent.state != State.WAITING:
        return f"nothing waits, it is “{sent.get_state_display().lower()}”"
    if sent.school is None:
        return "a new school is looked at on its own page"
    claims = sent.mailbox.claims.granted().filter(school=sent.school) if sent.mailbox else None
    if not claims or not claims.exists():
        return "nobody granted that its sender speaks for the school"
    return ""


def _accept(
    request: HttpRequest,
    ready: list[Submission],
    refused: list[tuple[Submission, str]],
    admin: ModelAdmin[Any],
) -> None:
    """Each by itself: one that fails keeps none of the others back."""
    for sent, why in refused:
        messages.error(request, f"{sent} was not accepted: {why}.")
    for sent in ready:
        given = request.POST.get(f"version-{sent.pk}", "")
        version = int(given) if given.isdecimal() and len(given) < 10 else 0
        waiting = frozenset(sent.fields.filter(state=Field.WAITING).values_list("pk", flat=True))
        try:
            decide(sent, Decision(version, waiting), by=cast(User, request.user))
        except ValidationError as error:
            messages.error(request, f"{sent} was not accepted: {' '.join(error.messages)}")
            continue
        admin.log_change(request, sent, f"Accepted {len(waiting)}, with others at once")
        messages.success(request, f"{sent}, {sent.school}: accepted {len(waiting)}.")
