"""What readers ask of the credentials: which to compare, and where they want to work."""

from typing import Any, Final

from django import forms

from content.models import CertifyingBody, Credential, CredentialSetting

ANY: Final = ("", "Any")
# A level or status that is not recorded is no choice: those are kept beside every choice.
LEVELS: Final = [choice for choice in Credential.Level.choices if choice[0]]
STATUSES: Final = [choice for choice in Credential.Status.choices if choice[0]]


class NarrowingForm(forms.Form):
    """Choices by GET; a value that is none of a field's choices narrows nothing and is told."""

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, label_suffix="", **kwargs)

    @property
    def chosen(self) -> dict[str, str]:
        self.full_clean()
        return {key: value for key, value in self.cleaned_data.items() if value}

    @property
    def refusals(self) -> list[str]:
        return [
            f"\u201c{self[key].label}\u201d has no such choice, so it was left out." for key in self.errors
        ]


class CredentialForm(NarrowingForm):
    body = forms.ChoiceField(label="Granted by", required=False)
    setting = forms.ChoiceField(
        label="Used in", required=False, choices=[ANY, *CredentialSetting.Setting.choices]
    )
    level = forms.ChoiceField(label="Level", required=False, choices=[ANY, *LEVELS])
    status = forms.ChoiceField(label="Status", required=False, choices=[ANY, *STATUSES])

    def __init__(self, data: Any, *, bodies: list[CertifyingBody]) -> None:
        super().__init__(data)
        body: Any = self.fields["body"]
        body.choices = [ANY, *((each.slug, each.acronym) for each in bodies)]


class ChoiceForm(NarrowingForm):
    """Two questions to somebody who has no credential yet."""

    setting = forms.ChoiceField(
        label="Where do you want to work?",
        required=False,
        widget=forms.RadioSelect,
        choices=[*CredentialSetting.Setting.choices, ("", "Not sure yet")],
    )
    shown = forms.ChoiceField(
        label="What can you show today?",
        required=False,
        widget=forms.RadioSelect,
        choices=[
            ("nothing", "Nothing yet"),
            ("diploma", "A high school diploma or its equal"),
            ("training", "That, and training or work in the field"),
            ("studies", "That, and a finished course of study in health records"),
            ("", "It does not matter now"),
        ],
    )
