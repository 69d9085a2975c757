"""One submission: what became of each field, what may be answered, and its history."""

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from listings.models import Mailbox, Submission, SubmittedField
from listings.submissions import deciding, drafts, sending, shown
from listings.views.for_schools.forms import AnswerForm
from listings.views.for_schools.private import visiting

State, Field = Submission.State, SubmittedField.State


@visiting
def sent(request: HttpRequest, here: Mailbox, reference: str) -> HttpResponse:
    """Its sender may confirm, answer and withdraw; others of the school read it without who sent it."""
    found = _seen(here, reference)
    is_own = found.mailbox_id == here.pk
    if request.method != "POST":
        return _page(request, found, is_own=is_own)
    if not is_own:
        raise Http404
    match request.POST.get("do"):
        case "confirm":
            sending.confirm(found)
        case "withdraw":
            deciding.withdraw(found)
        case "answer":
            return _answer(request, found)
    return HttpResponseRedirect(request.path)


def _seen(here: Mailbox, reference: str) -> Submission:
    """One that this mailbox may see; any other is not there. Raises Http404."""
    rows = Submission.objects.seen_by(here).exclude(state=State.DRAFT).select_related("school")
    found = rows.filter(reference=reference).first() if reference.isascii() else None
    if found is None:
        raise Http404
    return found


def _answer(request: HttpRequest, found: Submission) -> HttpResponse:
    """What was typed on a field that was decided meanwhile is shown again, not dropped."""
    rows = list(found.fields.all())
    asked = [row for row in rows if row.state == Field.RETURNED or request.POST.get(f"answer-{row.pk}")]
    form = AnswerForm(request.POST, returned=asked)
    if form.is_valid():
        try:
            deciding.answer(found, version=form.cleaned_data["version"], answers=form.answers())
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            return HttpResponseRedirect(request.path)
    found.refresh_from_db()
    form.data = request.POST.dict() | {"version": str(found.version)}
    return _page(request, found, is_own=True, form=form, status=400)


def _page(
    request: HttpRequest,
    found: Submission,
    *,
    is_own: bool,
    form: AnswerForm | None = None,
    status: int = 200,
) -> HttpResponse:
    rows = list(found.fields.all())
    returned = [row for row in rows if row.state == Field.RETURNED]
    if is_own and returned and form is None:
        form = AnswerForm(initial={"version": found.version}, returned=returned)
    answers = {row.pk: form[f"answer-{row.pk}"] for row in form.returned} if form else {}
    context = {
        "sent": found,
        "subject": sending.subject_of(found),
        "is_own": is_own,
        "returned": len(returned),
        "is_open": found.state in Submission.OPEN,
        "parts": [
            (part.title, [(each, answers.get(each.row.pk)) for each in part.fields])
            for part in shown.parts(found, rows)
        ],
        "events": found.events.all(),
        "form": form,
    }
    return render(request, "listings/for_schools/sent.html", context, status=status)


@visiting
@require_POST
def drop_draft(request: HttpRequest, here: Mailbox, reference: str) -> HttpResponse:
    """Deletes one's own draft; one that is gone already is gone."""
    for draft in here.submissions.filter(state=State.DRAFT, reference=reference):
        drafts.drop(draft)
    return HttpResponseRedirect(reverse("school-my"))
