"""The filters of the school list, for pages and API: what is asked is read here, `search` answers it.

A value that is none of a key's choices filters nothing; it is kept as a refusal with a sentence.
"""

import re
from collections.abc import Callable, Iterable
from copy import copy
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, ClassVar, Final, cast
from urllib.parse import urlencode

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import QueryDict

from content.lib.compiled import Statement, compiled, fetch
from content.lib.fulltext import MAX_CHARACTERS, MAX_WORDS, all_words
from content.models import Credential
from listings.models import School
from listings.models.school import SchoolQuerySet
from listings.near import Origin, UnknownPlaceError, find
from listings.search import SchoolSearch
from listings.wanted import CHOICES, SORTS, WITHIN, Wanted

DOLLARS: Final = re.compile(r"\$?([0-9]{1,7}|[0-9]{1,3}(,[0-9]{3}){1,2})")
MONTHS: Final = re.compile(r"[1-9][0-9]{0,2}")
NO_PLACE: Final = "miles need a ZIP or a city to be measured from, so it does not filter."
SHOWN_CHARACTERS: Final = 40
SHOWN_REFUSALS: Final = 5


@dataclass(frozen=True)
class Refusal:
    """A value that does not filter, and the sentence that says so."""

    key: str
    value: str
    reason: str

    def __str__(self) -> str:
        return f"\u201c{printable(self.value)}\u201d {self.reason}"


def printable(value: str) -> str:
    """A reader's own input, short and without control characters, to be shown back."""
    kept = "".join(
        character if character.isprintable() else " " for character in value[: SHOWN_CHARACTERS + 1]
    )
    return f"{kept[:SHOWN_CHARACTERS]}\u2026" if len(kept) > SHOWN_CHARACTERS else kept


class Choices(forms.MultipleChoiceField):
    """The chosen values in the order of the choices; values that are no choice are told apart."""

    def __init__(self, *, reason: str, spelling: Callable[[str], str] = str.lower, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.reason = reason
        self.spelling = spelling

    def validate(self, value: object) -> None:
        """`split` decides about each value by itself."""

    @cached_property
    def names(self) -> dict[str, str]:
        """Each choice with its name; read once a form, as credentials come from the database."""
        pairs: Any = self.choices
        return dict(pairs)

    def split(self, values: Iterable[str]) -> tuple[tuple[str, ...], list[str]]:
        """Known values, each once and in order, and unknown ones."""
        asked = [value for value in dict.fromkeys(values) if value.strip()]
        if not asked:
            return (), []
        spelt = {self.spelling(value.strip()) for value in asked}
        known = list(self.names)
        unknown = [value for value in asked if self.spelling(value.strip()) not in known]
        return tuple(value for value in known if value in spelt), unknown


class Text(forms.CharField):
    """Search words; NUL and what goes past the first 200 characters is dropped."""

    def to_python(self, value: Any) -> str:
        return " ".join(str(value or "").replace("\0", "")[:MAX_CHARACTERS].split())

    def validate(self, value: str) -> None:
        if value and not all_words(value):
            raise ValidationError("has no letter or digit to search for.")


class Number(forms.CharField):
    """A whole number in the digits 0 to 9, within what `spelling` allows."""

    def __init__(self, *, spelling: re.Pattern[str], reason: str, **kwargs: Any) -> None:
        super().__init__(strip=True, empty_value="", **kwargs)
        self.spelling = spelling
        self.reason = reason

    def clean(self, value: Any) -> int | None:
        text = str(value or "").strip()
        if not text:
            return None
        if not self.spelling.fullmatch(text):
            raise ValidationError(self.reason)
        return int(text.lstrip("$").replace(",", ""))


class PlaceName(forms.CharField):
    """A ZIP, a city with its state, or a point; reads into where distances are measured from."""

    def clean(self, value: Any) -> Origin | None:
        text = str(value or "").strip()
        try:
            return find(text) if text else None
        except UnknownPlaceError as unknown:
            raise ValidationError(str(unknown), params={"guesses": unknown.guesses}) from unknown


class OneOf(forms.ChoiceField):
    """One choice or none, `reason` said of any other value."""

    def __init__(self, *, reason: str, **kwargs: Any) -> None:
        super().__init__(error_messages={"invalid_choice": reason}, **kwargs)


class SchoolForm(forms.Form):
    """Reads all keys; `refusals` holds what does not filter."""

    refusals: list[Refusal]

    def clean(self) -> dict[str, Any]:
        self.refusals = []
        for key, field in self.fields.items():
            if isinstance(field, Choices):
                self.cleaned_data[key], unknown = field.split(self.cleaned_data.get(key, ()))
                self.refusals += [Refusal(key, value, field.reason) for value in unknown]
        if not self.cleaned_data.get("near") and "near" not in self.errors:
            self._drop_miles()
        for key, errors in self.errors.items():
            self.refusals.append(Refusal(key, str(self.data.get(key)), str(errors[0])))
        return self.cleaned_data

    def _drop_miles(self) -> None:
        """A form sends its usual distance with every choice; any other one was meant."""
        miles = self.cleaned_data.pop("within", "")
        if miles and miles != Wanted.within:
            self.refusals.append(Refusal("within", miles, NO_PLACE))


def credential_choices() -> list[tuple[str, str]]:
    """A credential that its body gives no code goes by its name."""
    return [(slug, code or name) for slug, code, name in fetch(_credentials())]


@cache
def _credentials() -> Statement:
    return compiled(Credential.objects.current().values_list("slug", "code", "name"))


def _several(key: str, reason: str, **kwargs: Any) -> django_filters.Filter:
    """Choices are handed over as a function: the filters are copied for every request."""

    def pairs() -> list[tuple[str, str]]:
        return list(CHOICES[key].items()) if key in CHOICES else credential_choices()

    return _ChoicesFilter(choices=pairs, reason=reason, required=False, **kwargs)


class _Filter(django_filters.Filter):
    def __deepcopy__(self, memo: dict[int, Any]) -> "_Filter":
        """Each request copies all of them, and changes nothing but whose they are."""
        return copy(self)


class _ChoicesFilter(_Filter):
    field_class = Choices


class _TextFilter(_Filter):
    field_class = Text


class _NumberFilter(_Filter):
    field_class = Number


class _PlaceFilter(_Filter):
    field_class = PlaceName


class _OneOfFilter(_Filter):
    field_class = OneOf


class SchoolFilter(django_filters.FilterSet):
    """Every key of the school list. One and the same program meets all choices about programs."""

    form_class: ClassVar[type[forms.Form] | None] = None

    q = _TextFilter(label="School, city or words", required=False)
    state = _several("state", "is no state or territory, so it does not filter.", spelling=str.upper)
    near = _PlaceFilter(label="ZIP, or city and state", required=False)
    within = _OneOfFilter(
        label="How far",
        choices=tuple(WITHIN.items()),
        reason="is no distance that is listed here, so schools within 50 miles are shown.",
        required=False,
    )
    delivery = _several("delivery", "is no way of teaching that is listed here, so it does not filter.")
    award = _several("award", "is no award level that is listed here, so it does not filter.")
    field = _several("field", "is no field that is listed here, so it does not filter.")
    credential = _several("credential", "is no credential that is listed here, so it does not filter.")
    control = _several("control", "is no kind of school that is listed here, so it does not filter.")
    max_tuition = _NumberFilter(
        label="Tuition, at most",
        spelling=DOLLARS,
        reason="is no amount in whole dollars, such as 5000, so it does not filter.",
        required=False,
    )
    max_months = _NumberFilter(
        label="Months, at most",
        spelling=MONTHS,
        reason="is no number of months, such as 12, so it does not filter.",
        required=False,
    )
    include_unknown = _OneOfFilter(
        label="Schools that did not say",
        choices=(("1", "Show after the others"), ("0", "Leave out")),
        reason="is neither 1 nor 0, so schools that did not say are shown.",
        required=False,
    )
    sort = _OneOfFilter(
        label="Sort by",
        choices=tuple(SORTS.items()),
        reason="is no order that this list knows, so it stands in the usual one.",
        required=False,
    )

    class Meta:
        model = School
        fields: list[str] = []
        form = SchoolForm

    def get_form_class(self) -> type[forms.Form]:
        """Made once; choices that come from the database are read by each form anew."""
        if SchoolFilter.form_class is None:
            SchoolFilter.form_class = super().get_form_class()
        return SchoolFilter.form_class

    @property
    def address_data(self) -> QueryDict:
        return cast(QueryDict, self.data)

    @cached_property
    def wanted(self) -> Wanted:
        """What is asked, without the values that are refused."""
        form = self.form
        form.is_valid()
        given = {key: value for key, value in form.cleaned_data.items() if value not in ("", None)}
        return Wanted(**given | {"include_unknown": given.get("include_unknown") != "0"})

    @property
    def credentials(self) -> dict[str, str]:
        """Codes by slug of the credentials that may be chosen."""
        field = self.form.fields["credential"]
        return field.names if isinstance(field, Choices) else {}

    @property
    def refusals(self) -> list[Refusal]:
        self.form.is_valid()
        return list(self.form.refusals)  # type: ignore[attr-defined]  # a SchoolForm, by Meta

    @property
    def notes(self) -> list[str]:
        """What was left out, in sentences: values that do not filter, words past the last that counts."""
        notes = [str(refusal) for refusal in self.refusals]
        if len(notes) > SHOWN_REFUSALS:
            notes[SHOWN_REFUSALS:] = [f"{len(notes) - SHOWN_REFUSALS} more values do not filter either."]
        if self.wanted.near and self.wanted.near.note:
            notes.append(self.wanted.near.note)
        asked = str(self.address_data.get("q", ""))
        if len(asked) > MAX_CHARACTERS or len(all_words(asked)) > MAX_WORDS:
            notes.append(f"A search reads the first {MAX_WORDS} words; the rest of yours was left out.")
        return notes

    @property
    def near_text(self) -> str:
        """The place as the form shows it again: as it was read, or as it was written if it is not known."""
        return str(self.wanted.near or printable(str(self.address_data.get("near", ""))))

    @property
    def near_guesses(self) -> tuple[Origin, ...]:
        """Places spelt nearly like the one that is not known."""
        errors = self.form.errors.as_data().get("near", [])
        return tuple(guess for error in errors for guess in (error.params or {}).get("guesses", ()))

    def query(self) -> str:
        """The one query string for what is asked, with the values that do not filter behind it."""
        refused = urlencode([(refusal.key, refusal.value) for refusal in self.refusals])
        return "&".join(part for part in (self.wanted.query(), refused) if part)

    def has_empty_key(self) -> bool:
        """Whether the address carries a key of the list without a value, as a sent form does."""
        return any(not value.strip() for key in self.filters for value in self.address_data.getlist(key))

    def filter_queryset(self, queryset: QuerySet[Any]) -> SchoolQuerySet:
        return SchoolSearch(self.wanted).found(cast(SchoolQuerySet, queryset))
