"""The form for errors: short, bounded, and hard on machines; what a reader wrote stays in it."""

from datetime import datetime
from typing import Any, cast

from django import forms
from django.http import QueryDict

from content.lib.guard import FASTEST, LONGEST_OPEN, age, stamp
from content.models.error_report import LONGEST_TEXT
from content.reporting import FORM


class ErrorReportForm(forms.Form):
    """What is wrong, where it says otherwise, and perhaps a mail address."""

    about = forms.CharField(
        label="Which page?",
        max_length=200,
        required=False,
        help_text="Its address, or its title.",
    )
    text = forms.CharField(
        label="What is wrong?",
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 7}),
        help_text="Name the sentence or the figure.",
        error_messages={"required": "Write what is wrong, in a sentence or two."},
    )
    evidence = forms.CharField(
        label="Where does it say otherwise? (optional)",
        max_length=500,
        required=False,
        help_text="An address or a publication, so that an editor can check it.",
    )
    email = forms.EmailField(
        label="Your e-mail address (optional)",
        max_length=254,
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        help_text="Only the editors see it, to ask you back. It is deleted 90 days after we answer.",
        error_messages={"invalid": "Write the address as in name@example.org, or leave it empty."},
    )
    website = forms.CharField(
        label="Leave this empty",
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    stamp = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, at: datetime | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.at = at
        self.fields["stamp"].initial = lambda: stamp(FORM, at)

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise forms.ValidationError("Leave this field empty; it is there to catch machines.")
        return ""

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        open_for = age(FORM, given.get("stamp", ""), self.at)
        if open_for is None or open_for > LONGEST_OPEN:
            # A fresh stamp goes out with what the reader wrote.
            again = cast(QueryDict, self.data).copy()
            again["stamp"] = stamp(FORM, self.at)
            self.data = again
            raise forms.ValidationError(
                "This form was open for too long. Your text is still here: send it again."
            )
        if open_for < FASTEST:
            raise forms.ValidationError(
                "That was faster than one can read. Your text is still here: send it again."
            )
        return given
