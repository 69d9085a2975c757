"""The page of one submission: each field beside what stands, a choice for each, one button that decides."""

from collections.abc import Mapping
from typing import Any, Final, cast

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.paginator import Page, Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from listings.models import School, StoredAnswer, Submission, SubmittedField
from listings.submissions.beside import Line, Of, side_by_side
from listings.submissions.deciding import Decision, attach, decide
from listings.submissions.domains import DISPOSABLE, FREE_MAIL, hosts_of
from listings.submissions.duplicates import Alike, alike

State, Field = Submission.State, SubmittedField.State
# Three inputs each, and a form may hold a thousand.
FIELDS_SHOWN: Final = 100
SETTLED_SHOWN: Final = 200
BEFORE: Final = 10
LEAVE, ACCEPT, RETURN = "leave", "accept", "return"


class Choices:
    """What an editor chose and wrote for each field, as it came; it stays in the page until it is decided."""

    def __init__(self, data: Mapping[str, str]) -> None:
        self.data = data

    def of(self, row: SubmittedField) -> str:
        chosen = self.data.get(f"do-{row.pk}", LEAVE)
        return chosen if chosen in (ACCEPT, RETURN) else LEAVE

    def why(self, row: SubmittedField, answers: Mapping[str, StoredAnswer]) -> str:
        """What was written; else the stored answer that was chosen."""
        written = self.data.get(f"why-{row.pk}", "").replace("\0", "").strip()
        stored = answers.get(self.data.get(f"stored-{row.pk}", ""))
        return written or (stored.text if stored and self.data else "")

    def decision(
        self, rows: list[SubmittedField], version: int, answers: Mapping[str, StoredAnswer]
    ) -> Decision:
        return Decision(
            version,
            frozenset(row.pk for row in rows if self.of(row) == ACCEPT),
            {row.pk: self.why(row, answers) for row in rows if self.of(row) == RETURN},
        )


def page(request: HttpRequest, object_id: str, admin: ModelAdmin[Any]) -> HttpResponse:
    """Shows the page and takes the decision; the caller has asked for the rights."""
    sent = _found(object_id)
    if request.method != "POST":
        return _shown(request, sent, admin, Choices({}))
    do = request.POST.get("do", "decide")
    try:
        if do == "attach":
            said = _attached(request, sent)
        elif do.startswith("fill-"):
            return _shown(request, sent, admin, Choices(_filled(request, do.removeprefix("fill-"))))
        else:
            said = _decided(request, sent, all_of_it=do == "accept-all")
    except ValidationError as error:
        return _shown(request, _found(object_id), admin, Choices(request.POST), " ".join(error.messages))
    admin.log_change(request, sent, said)
    messages.success(request, f"{said}: {sent}.")
    own = reverse("admin:listings_submission_change", args=[sent.pk])
    queue = reverse("admin:listings_submission_changelist")
    return HttpResponseRedirect(own if sent.state == State.WAITING else queue)


def _found(object_id: str) -> Submission:
    """Http404 where there is none, and where it is not sent and confirmed yet."""
    rows = Submission.objects.sent().select_related("school", "mailbox")
    found = rows.filter(pk=object_id).first() if object_id.isdecimal() and len(object_id) < 19 else None
    if found is None:
        raise Http404
    return found


def likely(sent: Submission) -> list[Alike]:
    """Schools that we hold and that what was sent as a new one may be."""
    rows = sent.fields.filter(program_key="").values_list("field", "value")
    said: dict[str, Any] = {field: value for field, value in rows if value is not None}
    return alike(said.get("name", ""), said.get("address", {}), website=said.get("website", ""))


def _version(request: HttpRequest) -> int:
    given = request.POST.get("version", "")
    if not given.isdecimal() or len(given) > 9:
        raise ValidationError("This page was not whole. Look at it again, then decide.")
    return int(given)


def _decided(request: HttpRequest, sent: Submission, *, all_of_it: bool) -> str:
    waiting = list(sent.fields.filter(state=Field.WAITING))
    version = _version(request)
    if all_of_it:
        decision = Decision(version, frozenset(row.pk for row in waiting))
    else:
        decision = Choices(request.POST).decision(waiting, version, _answers())
    if sent.school is None and decision.accept and "is-new" not in request.POST and likely(sent):
        raise ValidationError(
            "Say first that it is none of the schools that we hold: look at those that are like it."
        )
    decide(sent, decision, by=_editor(request))
    return f"Accepted {len(decision.accept)}, returned {len(decision.give_back)}"


def _attached(request: HttpRequest, sent: Submission) -> str:
    slug = request.POST.get("school", "").strip().rstrip("/").rpartition("/")[2]
    school = (
        School.objects.known().filter(slug=slug).first() if slug.isascii() and slug.isprintable() else None
    )
    if school is None:
        raise ValidationError(
            "No school has that address. Copy the address of its page from the school list."
        )
    attach(sent, school, version=_version(request), by=_editor(request))
    return f"It is {school}"


def _filled(request: HttpRequest, key: str) -> dict[str, str]:
    """What was typed, with the chosen stored answer in the field whose button was pressed."""
    data = {name: str(value) for name, value in request.POST.items()}
    stored = _answers().get(data.get(f"stored-{key}", ""))
    if stored is not None:
        data |= {f"why-{key}": stored.text, f"do-{key}": RETURN}
    return data


def _answers() -> dict[str, StoredAnswer]:
    return {str(answer.pk): answer for answer in StoredAnswer.objects.all()}


def _editor(request: HttpRequest) -> User:
    return cast(User, request.user)


def _shown(
    request: HttpRequest, sent: Submission, admin: ModelAdmin[Any], choices: Choices, error: str = ""
) -> HttpResponse:
    answers = _answers()
    waiting = sent.fields.filter(state=Field.WAITING) if sent.state == State.WAITING else sent.fields.none()
    shown = Paginator(waiting, FIELDS_SHOWN).get_page(request.GET.get("page"))
    settled = sent.fields.exclude(pk__in=waiting.order_by().values("pk")).select_related("decided_by")
    context = {
        **admin.admin_site.each_context(request),
        "title": f"{sent.reference}: {sent.get_kind_display().lower()}",
        "opts": admin.opts,
        "sent": sent,
        "error": error,
        "page": shown,
        "groups": _with_choices(sent, shown, choices, answers),
        "without_reason": _without_reason(shown, choices, answers),
        "settled": side_by_side(sent, settled[:SETTLED_SHOWN]),
        "settled_left": max(0, settled.count() - SETTLED_SHOWN),
        "lost": _lost(settled, choices, answers),
        "answers": answers.values(),
        "may_decide": sent.state == State.WAITING and admin.has_change_permission(request),
        "may_see_contacts": request.user.has_perm("listings.see_contacts"),
        "likely": likely(sent) if sent.school is None else [],
        "wanted_school": choices.data.get("school", ""),
        "events": sent.events.select_related("editor"),
        "letters": sent.letters.all(),
        **_sender(sent),
    }
    return TemplateResponse(request, "admin/listings/submission/moderate.html", context)


def _with_choices(
    sent: Submission, page: Page[SubmittedField], choices: Choices, answers: Mapping[str, StoredAnswer]
) -> list[tuple[Of, list[tuple[Line, str, str, str]]]]:
    """Each line with what was chosen, the reason, and the stored answer's id."""
    return [
        (
            of,
            [
                (
                    line,
                    choices.of(line.row),
                    choices.why(line.row, answers),
                    choices.data.get(f"stored-{line.row.pk}", ""),
                )
                for line in of.lines
            ],
        )
        for of in side_by_side(sent, page.object_list)
    ]


def _without_reason(
    page: Page[SubmittedField], choices: Choices, answers: Mapping[str, StoredAnswer]
) -> list[SubmittedField]:
    """What was to be returned and nobody wrote why: the error leads there."""
    return [row for row in page.object_list if choices.of(row) == RETURN and not choices.why(row, answers)]


def _lost(settled: Any, choices: Choices, answers: Mapping[str, StoredAnswer]) -> list[tuple[Any, str, str]]:
    """What was chosen for fields that do not wait any more: for the editor to read, it is stored nowhere."""
    if not choices.data:
        return []
    chosen = ((row, choices.of(row), choices.why(row, answers)) for row in settled)
    return [(row, do, why) for row, do, why in chosen if do != LEAVE]


def _sender(sent: Submission) -> dict[str, Any]:
    """Who sent it without naming them: domains, ages and claims; and what came before."""
    mailbox = sent.mailbox
    others = Submission.objects.sent().exclude(pk=sent.pk).select_related("school")
    of_school = others.filter(school=sent.school_id) if sent.school_id else others.none()
    return {
        "mailbox": mailbox,
        "hosts": sorted(hosts_of(sent.school)) if sent.school else [],
        "is_free_mail": bool(mailbox and mailbox.domain in FREE_MAIL),
        "is_disposable": bool(mailbox and mailbox.domain in DISPOSABLE),
        "claims": mailbox.claims.select_related("school") if mailbox else [],
        "before": [
            ("Sent before for this school", of_school[:BEFORE]),
            ("Sent before by this sender", others.filter(mailbox=mailbox)[:BEFORE] if mailbox else []),
        ],
    }
