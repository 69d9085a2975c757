"""The end of every form for schools: who sends it, a note, and what is told afterwards."""

from collections.abc import Iterator
from typing import Any, ClassVar, Final

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from content.lib.guarded_form import GuardedForm
from listings.models import Mailbox, School, Submission
from listings.models.submission import new_reference
from listings.submissions.duplicates import Alike
from listings.submissions.filling import Filling
from listings.submissions.filling.form import Fault
from listings.submissions.mailboxes import LONGEST, normal
from listings.submissions.sending import Entry, Parcel, TooMany, send
from listings.views.for_schools import visit

Kind = Submission.Kind
LONGEST_NOTE: Final = 2000


class SendForm(GuardedForm):
    """`mailbox` is the open page's; without one an address is asked for."""

    form_name: ClassVar[str] = "for-schools"

    note = forms.CharField(
        label="Where does it say so? (optional)",
        max_length=LONGEST_NOTE,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="A page of your site, or anything that helps an editor to check it.",
    )
    address = forms.CharField(
        label="Your e-mail address",
        max_length=LONGEST,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text="We send a link to it. Only editors see it; an address of the school counts most.",
        error_messages={"required": "Write your e-mail address, as in registrar@school.edu."},
    )

    def __init__(self, *args: Any, mailbox: Mailbox | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_too_much = False
        self.alike: list[Alike] = []
        if mailbox is not None:
            del self.fields["address"]

    def clean_address(self) -> str:
        return normal(self.cleaned_data["address"])

    def faults(self) -> Iterator[Fault]:
        """What is wrong with it, each beside the control that it is mended in."""
        if self.alike:
            yield Fault("another", "", "We may hold this school already. Is it one of these?")
        for name, refusals in self.errors.items():
            shown = self[name] if name in self.fields else None
            for said in refusals:
                yield Fault(shown.id_for_label if shown else "", str(shown.label) if shown else "", str(said))


def form_for(request: HttpRequest, initial: dict[str, Any] | None = None) -> SendForm:
    mailbox = visit.mailbox(request)
    return SendForm(request.POST if request.method == "POST" else None, mailbox=mailbox, initial=initial)


def kind_of(entries: tuple[Entry, ...], school: School | None, *, is_one: bool) -> Submission.Kind:
    if school is None:
        return Kind.NEW_SCHOOL
    if {entry.field for entry in entries} == {"closure"}:
        return Kind.CLOSURE
    return Kind.CORRECTION if is_one else Kind.UPDATE


def sent(
    request: HttpRequest, filling: Filling, form: SendForm, draft: Submission | None = None
) -> HttpResponseRedirect | None:
    """Sends what was filled in and leads on; None where something is to be mended, which both then say."""
    if form.is_trapped:
        return _received(request, new_reference())
    entries = filling.entries()
    if not form.is_valid() or filling.faults or form.alike:
        return None
    kind = kind_of(entries, filling.school, is_one=bool(filling.one_field))
    parcel = Parcel(kind=kind, school=filling.school, entries=entries, note=form.cleaned_data["note"])
    try:
        who = visit.sender(request, form.cleaned_data.get("address", ""))
        made = send(parcel, who, draft=draft)
    except ValidationError as refused:
        form.is_too_much = isinstance(refused, TooMany)
        form.add_error(None, refused)
        return None
    if who.is_proven:
        return HttpResponseRedirect(reverse("school-sent", args=[made.reference]))
    return _received(request, made.reference)


def _received(request: HttpRequest, reference: str) -> HttpResponseRedirect:
    return HttpResponseRedirect(f"{request.path}?{urlencode({'sent': reference})}")


def faults(filling: Filling, form: SendForm) -> list[Fault]:
    """All that is to be mended, in the order of the page."""
    return [*filling.faults, *form.faults()] if form.is_bound else []
