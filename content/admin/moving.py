"""Moves of a text by buttons and in bulk; every one of them asks the same table."""

from collections.abc import Callable
from typing import Any, Final

from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.admin import AdminSite
from django.contrib.admin.widgets import AdminSplitDateTime
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from content import publishing
from content.admin.access import editor, said
from content.drafting import copy_to_draft
from content.models import Revision
from content.models.workflow import APPROVE, MOVES, PUBLISH, WRITE, is_allowed

DONE: Final = {
    "submit": "“{}” waits for review now.",
    "take-back": "“{}” is a draft again.",
    "send-back": "“{}” went back to its writer.",
    "approve": "“{}” is approved.",
    "put-aside": "“{}” is put aside. It stays among the earlier saves.",
    "publish": "“{}” is published.",
    "schedule": "“{}” is scheduled.",
    "call-off": "“{}” is not scheduled any more.",
}


class MoveForm(forms.Form):
    """What a move needs beside its name."""

    number = forms.IntegerField(required=False)
    note = forms.CharField(required=False, max_length=500)
    publish_at = forms.SplitDateTimeField(required=False, widget=AdminSplitDateTime)


def page_of(revision: Revision) -> str:
    return reverse("admin:content_revision_change", args=[revision.pk])


def move(request: HttpRequest, revision: Revision, site: AdminSite, *, name: str) -> HttpResponse:
    """One move, as its button asks for it."""
    if name not in DONE:
        raise Http404
    form = MoveForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Write a date and a time, and a note of at most 500 characters.")
        return HttpResponseRedirect(page_of(revision))
    try:
        _make(name, revision, editor(request), form.cleaned_data)
        messages.success(request, DONE[name].format(revision.title))
    except ValidationError as error:
        messages.error(request, said(error))
    return HttpResponseRedirect(page_of(revision))


def _make(name: str, revision: Revision, by: User, given: dict[str, Any]) -> None:
    if name in ("publish", "schedule") and given.get("number") not in (None, revision.number):
        raise ValidationError("Somebody saved this text after you opened it. Read it again.")
    if name == "publish":
        publishing.publish(revision, by=by)
    elif name == "schedule":
        if not given["publish_at"]:
            raise ValidationError("Give the date and the time of publishing.")
        publishing.schedule(revision, publish_at=given["publish_at"], by=by)
    elif name == "call-off":
        publishing.call_off(revision, by=by)
    else:
        publishing.move(name, revision, by=by, number=given.get("number"), note=given.get("note", ""))


def after_save(request: HttpRequest, revision: Revision, form: Any) -> HttpResponse | None:
    """What the button beside “Save” asks for; the saved text stays saved where that is refused."""
    wanted = {"_submit": "submit", "_publish": "publish", "_schedule": "schedule"}
    name = next((wanted[button] for button in wanted if button in request.POST), None)
    if name is None:
        return None
    form.is_valid()
    try:
        with transaction.atomic():
            _make(name, revision, editor(request), {"publish_at": form.cleaned_data.get("publish_at")})
        messages.success(request, DONE[name].format(revision.title))
    except PermissionDenied:
        messages.error(request, "The text is saved. You may not do the rest: ask for a review.")
    except ValidationError as error:
        messages.error(request, f"The text is saved, and no more: {said(error)}")
    return HttpResponseRedirect(page_of(revision))


def restore(request: HttpRequest, revision: Revision, site: AdminSite) -> HttpResponse:
    """A new draft with the texts of this revision; nothing that stands is touched."""
    if not request.user.has_perm("content.change_revision"):
        raise PermissionDenied
    draft = copy_to_draft(revision, by=editor(request))
    messages.success(request, f"This draft has the text of revision {revision.number}.")
    return HttpResponseRedirect(page_of(draft))


def each(
    request: HttpRequest, revisions: QuerySet[Revision], work: Callable[[Revision, User], Any], done: str
) -> None:
    """Moves the chosen ones that may be moved, and says of every other why not."""
    moved = 0
    for revision in revisions.select_related("article"):
        try:
            with transaction.atomic():
                work(revision, editor(request))
            moved += 1
        except PermissionDenied:
            messages.error(request, f"{revision}: this is not for you to do.")
        except ValidationError as error:
            messages.error(request, f"{revision}: {said(error)}")
    if moved:
        messages.success(request, f"{moved} {done}.")


def standing(request: HttpRequest, revision: Revision) -> dict[str, Any]:
    """Where the text stands and what this editor may do with it, for the head of its page."""
    by, article = editor(request), revision.article
    allowed = {name: is_allowed(name, revision, by=by) for name in DONE}
    live = Revision.objects.live().filter(article=article).first()
    others = article.revisions.filter(state__in=("draft", "in-review")).exclude(pk=revision.pk)
    alone = by.has_perms([APPROVE, PUBLISH]) and not settings.REQUIRE_SECOND_PERSON
    return {
        "allowed": {name.replace("-", "_"): may for name, may in allowed.items()},
        "may_write": by.has_perm(WRITE),
        "may_publish_draft": revision.is_open() and alone,
        "live": live,
        "is_live": live == revision,
        "is_scheduled": article.next_revision_id == revision.pk and live != revision,
        "others": Revision.objects.seen_by(by).filter(pk__in=others.values("pk")),
        "steps": revision.steps.select_related("by")[:8],
        "labels": {name.replace("-", "_"): MOVES[name].label for name in DONE},
        "move_form": MoveForm(),
    }
