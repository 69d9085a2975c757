"""The small forms of schools' pages; what is sent for a listing has forms of its own."""

from typing import Any, Final

from django import forms

from content.lib.guarded_form import GuardedForm
from listings.models import SubmittedField
from listings.stating.parts import line, paragraphs
from listings.submissions import mailboxes
from listings.submissions.deciding import LONGEST_ANSWER
from listings.submissions.shown import label_of

LONGEST_NOTE: Final = 2000


class LinkForm(GuardedForm):
    """An address that a link is sent to."""

    form_name = "school-link"

    address = forms.CharField(
        label="Your mail address",
        max_length=mailboxes.LONGEST,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"required": f"Write your mail address. {mailboxes.HOW}"},
    )
    to = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)
    field_order = ("address",)

    def clean_address(self) -> str:
        return mailboxes.normal(self.cleaned_data["address"])


class PersonForm(forms.Form):
    """Who one is; editors alone see it."""

    person = forms.CharField(
        label="Your name",
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    position = forms.CharField(
        label="Your position",
        required=False,
        max_length=100,
        help_text="Such as registrar or program director.",
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
    )

    def clean_person(self) -> str:
        return line(self.cleaned_data["person"], "your name", 100, required=False)

    def clean_position(self) -> str:
        return line(self.cleaned_data["position"], "your position", 100, required=False)


class ClaimForm(forms.Form):
    """Evidence, where the address is not of the school's own domain."""

    note = forms.CharField(
        label="How do you belong to the school?",
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="Such as your position, and a page of the school that names you.",
    )
    letter = forms.FileField(
        label="A letter of the school (optional)",
        required=False,
        help_text="PDF, PNG or JPEG, up to 5 MB. Only the editors who decide can open it.",
        widget=forms.FileInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg"}),
    )

    def clean_note(self) -> str:
        note = str(self.cleaned_data["note"])
        return paragraphs(note, "the note", LONGEST_NOTE) if note.strip() else ""


class AnswerForm(forms.Form):
    """A text for each returned field; those left empty go on waiting for the school."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=10**9)

    def __init__(self, *args: Any, returned: list[SubmittedField], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.returned = returned
        for row in returned:
            self.fields[f"answer-{row.pk}"] = forms.CharField(
                label=f"Your answer on {label_of(row)}",
                required=False,
                max_length=LONGEST_ANSWER,
                widget=forms.Textarea(attrs={"rows": 3}),
            )

    def answers(self) -> dict[int, str]:
        """By the ids of the fields."""
        given = {row.pk: self.cleaned_data.get(f"answer-{row.pk}", "") for row in self.returned}
        return {pk: text for pk, text in given.items() if text.strip()}
