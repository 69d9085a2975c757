"""Saves a draft from its form: nothing is overwritten unseen, and nothing that an editor sent is lost."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminSplitDateTime, AdminTextareaWidget
from django.core.exceptions import ValidationError
from django.http import HttpRequest, QueryDict

from content.comparing import MARKS, TEXTS, Meanwhile, meanwhile, normal, state_of
from content.drafting import copy_to_draft
from content.models import Revision

BUTTONS = ("_submit", "_publish", "_schedule")
LOOK = "_look"


class RevisionForm(forms.ModelForm[Revision]):
    """The texts of a draft; `base` is the number of the text that the editor began from."""

    base = forms.IntegerField(widget=forms.HiddenInput)
    publish_at = forms.SplitDateTimeField(
        required=False,
        widget=AdminSplitDateTime,
        help_text="For “Save and publish on this date”; readers see it from that moment on.",
    )

    class Meta:
        model = Revision
        fields = [*TEXTS, *MARKS]
        widgets = {
            "summary": AdminTextareaWidget(attrs={"rows": 2}),
            "lead": AdminTextareaWidget(attrs={"rows": 4}),
            # Named for screen readers, as the admin's two lists and its search fields are not.
            **dict.fromkeys(MARKS, forms.CheckboxSelectMultiple),
        }

    # What this editor had written and not saved, in place of what is stored.
    restored: Mapping[str, Any] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.before = state_of(self.instance)
        self.fields["base"].initial = self.instance.number
        self.initial.update(self.restored)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if "_schedule" in self.data and not self.cleaned_data.get("publish_at"):
            self.add_error("publish_at", "Give the date and the time of publishing.")
        for name in TEXTS:
            if name in self.cleaned_data:
                self.cleaned_data[name] = normal(self.cleaned_data[name])
        if LOOK in self.data:
            raise ValidationError("Somebody saved this draft after you opened it. Compare, then save again.")
        if self.cleaned_data.get("base", self.instance.number) != self.instance.number:
            raise ValidationError("This form belongs to another text. Open the draft again.")
        return cleaned

    def changes_the_text(self) -> bool:
        """Asked of a valid form: whether it says anything else than what is stored."""
        given = self.cleaned_data
        marks = {name: {mark.pk for mark in given[name]} for name in MARKS}
        return {**{name: given[name] for name in TEXTS}, **marks} != self.before


def compared(request: HttpRequest, stored: Revision) -> Meanwhile | None:
    """Where somebody saved first, puts the merged text into what was sent, to be looked at and saved."""
    sent = request.POST
    try:
        base = int(sent.get("base", ""))
    except ValueError:
        return None
    found = meanwhile(stored, base, sent_state(sent))
    if found is None:
        return None
    request.POST = merged = sent.copy()  # type: ignore[assignment]  # a QueryDict as well
    merged["base"] = str(stored.number)
    for name, value in found.merged.items():
        merged.setlist(name, [str(each) for each in sorted(value)] if name in MARKS else [value])
    for button in BUTTONS:
        merged.pop(button, None)
    if found.needs_a_look:
        merged[LOOK] = "1"
    merged["_continue"] = "1"
    return found


def sent_state(sent: QueryDict) -> dict[str, Any]:
    texts = {name: normal(sent.get(name, "")) for name in TEXTS}
    return texts | {
        name: {int(pk) for pk in sent.getlist(name) if pk.isdecimal() and len(pk) < 10} for name in MARKS
    }


def as_new_draft(request: HttpRequest, stored: Revision, by: Any) -> Revision:
    """The text stands still since the editor opened it: what was sent becomes the text of a new draft."""
    draft = copy_to_draft(stored, by=by)
    request.POST = sent = request.POST.copy()  # type: ignore[assignment]  # a QueryDict as well
    sent["base"] = str(draft.number)
    sent["_continue"] = "1"
    for button in (*BUTTONS, LOOK):
        sent.pop(button, None)
    for name in ("TOTAL_FORMS", "INITIAL_FORMS"):
        sent[f"fact_boxes-{name}"] = "0"
    return draft
