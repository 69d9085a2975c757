"""The form for errors: short, bounded, and hard on machines; what a reader wrote stays in it."""

from django import forms

from content.lib.guarded_form import GuardedForm
from content.models.error_report import LONGEST_TEXT
from content.reporting import FORM


class ErrorReportForm(GuardedForm):
    """What is wrong, where it says otherwise, and perhaps a mail address."""

    form_name = FORM
    field_order = ("about", "text", "evidence", "email", "website", "stamp")

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

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise forms.ValidationError("Leave this field empty; it is there to catch machines.")
        return ""
