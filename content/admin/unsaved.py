"""What an editor wrote and did not save: kept while they write, offered when they come back."""

from typing import Any, Final

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime

from content import unsaved
from content.admin import moving
from content.admin.access import editor, said
from content.admin.saving import sent_state
from content.comparing import Compared, differences, normal
from content.models import Revision, UnsavedText
from content.models.workflow import WRITE

# Of the form that begins an article.
IDENTITY: Final = ("title", "slug", "kind", "topic")
LONGEST_TAB: Final = 36


def keeping(request: HttpRequest, revision: Revision | None) -> HttpResponse:
    """Keeps what was sent, or discards what is kept; by GET the form's token of now, after a new login."""
    by = editor(request)
    may_begin = by.has_perm("content.add_article")
    if not (may_begin if revision is None else by.has_perm(WRITE) and revision.is_open_to(by)):
        raise PermissionDenied
    if request.method != "POST":
        return JsonResponse({"token": get_token(request)})
    if "discard" in request.POST:
        return _discard(request, revision)
    tab, over = request.POST.get("tab", ""), request.POST.get("over", "")
    if not 0 < len(tab) <= LONGEST_TAB:
        return JsonResponse(
            {"said": "The page that writes did not say which it is. Open it again."}, status=400
        )
    try:
        row = unsaved.keep(
            sent(request.POST, revision),
            by=by,
            revision=revision,
            base=_number(request.POST.get("base", "")),
            tab=tab,
            over=_number(over),
        )
    except unsaved.KeptElsewhere as elsewhere:
        kept = elsewhere.row
        return JsonResponse({"said": said(elsewhere), "at": clock(kept), "version": kept.version}, status=409)
    except ValidationError as error:
        return JsonResponse({"said": said(error)}, status=413)
    return JsonResponse({"at": clock(row) if row else "", "version": row.version if row else 0})


def _discard(request: HttpRequest, revision: Revision | None) -> HttpResponse:
    gone = unsaved.drop(by=editor(request), row=request.POST["discard"])
    if gone:
        messages.success(request, "The unsaved text is discarded.")
    else:
        messages.warning(request, "That text changed or went meanwhile, so nothing was discarded.")
    return HttpResponseRedirect(page_of(revision))


def page_of(revision: Revision | None) -> str:
    if revision is None:
        return reverse("admin:content_article_add")
    return moving.page_of(revision)


def sent(given: QueryDict, revision: Revision | None) -> dict[str, Any]:
    """What a form sent, as JSON can hold it."""
    if revision is None:
        return {name: normal(given.get(name, "")).replace("\0", "") for name in IDENTITY}
    state = sent_state(given)
    return {
        name: value.replace("\0", "") if isinstance(value, str) else sorted(value)
        for name, value in state.items()
    }


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 10 else None


def clock(row: UnsavedText) -> str:
    return date_format(localtime(row.kept_at), "F j, H:i")


def forget(request: HttpRequest) -> None:
    """Behind a save: what the saved page had kept is not needed any more."""
    tab, row = request.POST.get("unsaved_tab", ""), request.POST.get("unsaved_row", "")
    unsaved.drop(by=editor(request), tab=tab[:LONGEST_TAB], row=row)


def offer(request: HttpRequest, revision: Revision | None) -> dict[str, Any]:
    """For the page of a form: what is kept of it, and what the editor wants to see of that."""
    row = unsaved.offered(editor(request), revision) if request.method == "GET" else None
    wanted = request.GET.get("unsaved", "") if row else ""
    differs: list[Compared] = []
    if row and revision and wanted == "compare":
        differs = differences(revision, unsaved.stored(row.texts, revision))
    return {
        "unsaved": row,
        "unsaved_at": clock(row) if row else "",
        "unsaved_row": f"{row.pk}.{row.version}" if row else "",
        "is_restored": wanted == "restore",
        "differs": differs,
        "keeping": reverse("admin:content_revision_unsaved", args=[revision.pk])
        if revision
        else reverse("admin:content_article_unsaved"),
    }


def restored(request: HttpRequest, revision: Revision | None) -> dict[str, Any]:
    """The kept texts where the editor asked for them in the form, else nothing."""
    if request.method != "GET" or request.GET.get("unsaved") != "restore":
        return {}
    row = unsaved.offered(editor(request), revision)
    return {} if row is None else row.texts | ({"base": row.base} if revision else {})
