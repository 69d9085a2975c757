"""The whole listing of a school in one form: filled in, looked at, kept for later, sent."""

from dataclasses import replace
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from listings.fields import AWARD_LEVELS, CIP_TITLES, FIELD_GROUPS
from listings.models import Mailbox, School, Submission
from listings.stating import SCHOOL_FIELDS
from listings.submissions import drafts, letters, limits
from listings.submissions.filling import Filling, kept
from listings.submissions.filling.alike import alike_of
from listings.submissions.filling.changes import ADD, COPY, changed
from listings.submissions.filling.inputs import Given, answer
from listings.submissions.mailboxes import mailbox_of
from listings.submissions.sending import Parcel
from listings.views.for_schools import visit
from listings.views.for_schools.preview import preview
from listings.views.for_schools.private import visiting
from listings.views.for_schools.received import received
from listings.views.for_schools.send_form import SendForm, form_for, kind_of, sent
from listings.views.for_schools.shown import shown

FIELDS: Final = [
    (group.name, [(cip, title) for cip, title in CIP_TITLES.items() if cip in group.cips])
    for group in FIELD_GROUPS
]
LEVELS: Final = [(str(level.code), level.name) for level in AWARD_LEVELS.values()]
# A new school is not closed in the same breath.
OF_NEW: Final = ("name", "address", "phone", "website")


@visiting
def draft(request: HttpRequest, here: Mailbox, reference: str) -> HttpResponse:
    """A half-finished form of the mailbox whose page is open; others do not learn that there is one.

    Once it is sent it leads to what was sent; words that are not in that stay in the form.
    """
    found = here.submissions.filter(reference=reference).select_related("school").first()
    if found is None:
        raise Http404
    if found.state != Submission.State.DRAFT and (request.method != "POST" or _says(request, found)):
        return HttpResponseRedirect(reverse("school-sent", args=[found.reference]))
    return whole(request, found.school, found)


def _says(request: HttpRequest, found: Submission) -> bool:
    """Whether the form was to send the same, as by a second press of its button."""
    if request.POST.get("do") != "send":
        return False
    of_school = SCHOOL_FIELDS if found.school else OF_NEW
    entries = Filling(found.school, kept(request.POST), of_school=of_school).entries()
    kind = kind_of(entries, found.school, is_one=False)
    return found.content == Parcel(kind=kind, school=found.school, entries=entries).content()


def whole(request: HttpRequest, school: School | None, opened: Submission | None = None) -> HttpResponse:
    """`opened` is the draft that the form goes on with; without a school it is the form of a new one."""
    do = request.POST.get("do", "send") if request.method == "POST" else ""
    typed, refused = received(request) if do else (dict(opened.draft) if opened else None, {})
    filling = Filling(school, typed, of_school=SCHOOL_FIELDS if school else OF_NEW, refused=refused)
    if not do:
        return _form(request, filling, _unsent(request, typed), opened)
    if do == ADD or do.startswith(COPY) or do == "change":
        again = replace(filling, typed=changed(filling, do))
        return _form(request, again, _unsent(request, typed), opened, is_added=do == ADD)
    form = form_for(request)
    return _done(request, filling, form, opened, do) or _form(request, filling, form, opened)


def _done(
    request: HttpRequest, filling: Filling, form: SendForm, opened: Submission | None, do: str
) -> HttpResponse | None:
    """What a button at the end leads to; None where something is to be mended first."""
    typed = filling.typed or {}
    if opened and request.POST.get("version") != str(opened.version):
        form.add_error(None, drafts.OVERTAKEN)
        return None
    if do == "save" and filling.refused:
        filling.say_refused()
        return None
    if do == "save":
        return _saved(request, filling, form, opened)
    if filling.school is None and not answer(typed, "another"):
        form.alike = alike_of(typed)
    if do != "preview":
        return sent(request, filling, form, opened)
    entries = filling.entries()
    if entries and not filling.faults and not form.alike:
        return preview(request, filling, entries, _unsent(request, typed))
    if not entries and not filling.faults:
        form.add_error(None, "Nothing differs from what we hold yet. Change a value, then look at it.")
    return None


def _unsent(request: HttpRequest, typed: Given | None) -> SendForm:
    """The end of the form with what was typed in it, not judged yet."""
    initial = {"note": answer(typed or {}, "note"), "address": request.POST.get("address", "")}
    return SendForm(mailbox=visit.mailbox(request), initial=initial)


def _saved(
    request: HttpRequest, filling: Filling, form: SendForm, opened: Submission | None
) -> HttpResponseRedirect | None:
    """Keeps the form as it is; where no page is open a link to it goes out. None where it cannot be kept."""
    if form.is_trapped:
        return HttpResponseRedirect(f"{request.path}?saved=1")
    here = visit.mailbox(request)
    if here is None and "address" in form.errors:
        return None
    kind = Submission.Kind.UPDATE if filling.school else Submission.Kind.NEW_SCHOOL
    try:
        mailbox = here or mailbox_of(form.cleaned_data["address"])
        made = drafts.save(
            dict(filling.typed or {}),
            mailbox=mailbox,
            kind=kind,
            school=filling.school,
            network=visit.network(request),
            draft=opened,
            version=opened.version if opened else None,
        )
    except ValidationError as refused:
        form.add_error(None, refused)
        return None
    if here:
        address = reverse("school-draft", args=[made.reference])
        return HttpResponseRedirect(f"{address}?{urlencode({'saved': made.version})}")
    if limits.take(limits.Kind.MAIL, visit.network(request)):
        letters.ask_for_link(mailbox)
    return HttpResponseRedirect(f"{request.path}?saved=1")


def _form(
    request: HttpRequest,
    filling: Filling,
    form: SendForm,
    opened: Submission | None,
    *,
    is_added: bool = False,
) -> HttpResponse:
    slots = filling.slots
    context: dict[str, Any] = {
        "school_slots": [slot for slot in slots if slot.kind.name != "closure"],
        "closure": next((slot for slot in slots if slot.kind.name == "closure"), None),
        "fields": FIELDS,
        "levels": LEVELS,
        "draft": opened,
        "alike": [] if filling.school or form.alike else alike_of(filling.typed or {}),
        "is_another": bool(answer(filling.typed or {}, "another")),
        "unitid": answer(filling.typed or {}, "s-unitid"),
        "is_saved": request.method != "POST" and "saved" in request.GET,
        "focus": f"n{filling.added - 1}" if is_added else "",
    }
    return shown(request, "whole", filling, form, **context)
