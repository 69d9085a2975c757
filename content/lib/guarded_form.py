"""A form that anybody may send: a trap for machines and a signed age; what was typed stays in it."""

from datetime import datetime
from typing import Any, ClassVar, cast

from django import forms
from django.http import QueryDict

from content.lib.guard import FASTEST, LONGEST_OPEN, age, stamp


class GuardedForm(forms.Form):
    """`form_name` binds the stamp to one form. Whether the trap is full is for the view to act on."""

    form_name: ClassVar[str]

    website = forms.CharField(
        label="Leave this empty",
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    stamp = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, at: datetime | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.at = at
        self.fields["stamp"].initial = lambda: stamp(self.form_name, at)

    @property
    def is_trapped(self) -> bool:
        """A field that nobody sees was filled in: answer as ever, and store nothing."""
        return bool(self.data.get("website"))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        open_for = age(self.form_name, given.get("stamp", ""), self.at)
        if open_for is None or open_for > LONGEST_OPEN:
            # A fresh stamp goes out with what was typed.
            again = cast(QueryDict, self.data).copy()
            again["stamp"] = stamp(self.form_name, self.at)
            self.data = again
            raise forms.ValidationError(
                "This form was open for too long. What you typed is still here: send it again."
            )
        if open_for < FASTEST:
            raise forms.ValidationError(
                "That was faster than one can read. What you typed is still here: send it again."
            )
        return given
