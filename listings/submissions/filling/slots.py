"""One field in a form: what stands, what was typed, and what of it is to be sent."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.forms.utils import flatatt
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.timezone import localtime

from listings import logos
from listings.models import Statement
from listings.stated import BY
from listings.stating import StatedField, typed
from listings.submissions.federal import FederalValue
from listings.submissions.filling.inputs import CREDENTIALS, Control, Given, Input, answer, answers, is_blank
from listings.submissions.filling.sheets import NO_CREDENTIAL, SHEETS
from listings.submissions.sending import Entry

GONE: Final = "gone"
DROP: Final = "drop"
# The form begins with what the federal directory says of these: one mends a letter instead of typing all.
OF_DIRECTORY: Final = frozenset({"name", "address", "phone", "website"})


@dataclass
class Slot:
    """`own` is what is stated of this very program or school, `wide` what is stated of all its programs.

    `typed` is None where the form was not sent yet. `listing` are the credentials to choose from. Where it
    `is_alone`, sending what lapsed states it again.
    """

    prefix: str
    program_key: str
    kind: StatedField
    own: Any = None
    wide: Any = None
    federal: FederalValue | None = None
    typed: Given | None = None
    listing: Mapping[str, str] = field(default_factory=dict)
    is_required: bool = False
    is_alone: bool = False
    error: str = ""
    faulty: str = ""

    @property
    def id(self) -> str:
        return f"{self.prefix}-{self.kind.name}"

    def name_of(self, control: str) -> str:
        return f"{self.id}-{control}" if control else self.id

    @property
    def gone_name(self) -> str:
        return self.name_of(GONE)

    @property
    def gone_attributes(self) -> SafeString:
        return flatatt(
            {"id": self.gone_name, "name": self.gone_name, "value": "yes", "checked": self.is_gone}
        )

    @property
    def may_go(self) -> bool:
        """Something is stated that can be taken back; a school outside IPEDS cannot be without its name."""
        return self.own is not None and not self.is_required

    @property
    def is_gone(self) -> bool:
        return self.may_go and bool(answers(self.typed or {}, self.gone_name))

    @property
    def has_lapsed(self) -> bool:
        return self.own is not None and not self.own.is_valid

    @property
    def stated(self) -> Any:
        return self.own or self.wide

    @property
    def stands(self) -> Any | None:
        """What the form begins with."""
        if self.stated is not None:
            return self.stated.value
        return self.federal.value if self.federal and self.kind.name in OF_DIRECTORY else None

    @property
    def stated_words(self) -> str:
        return self.kind.in_words(self.stated.value) if self.stated else ""

    @property
    def stated_note(self) -> str:
        """By whom and when."""
        if self.stated is None:
            return ""
        of_all = "" if self.own else ", for all programs"
        day = date_format(localtime(self.stated.stated_at), "j M Y")
        if not self.stated.is_valid:
            again = ": send it again if it still holds" if self.is_alone else ""
            return f"not confirmed since {day}{of_all}{again}"
        return f"{BY[Statement.By(self.stated.by)]}{of_all}, {day}"

    @cached_property
    def given(self) -> dict[str, list[str]]:
        """By control: what was typed, before that what stands."""
        if self.typed is None or self.is_dropped:
            return self._at_first
        inputs = SHEETS[self.kind.name].inputs
        return {each.name: list(self.typed.get(self.name_of(each.name), [])) for each in inputs}

    @property
    def _at_first(self) -> dict[str, list[str]]:
        return dict(SHEETS[self.kind.name].write(self.stands)) if self.stands is not None else {}

    @property
    def drop_name(self) -> str:
        """Of the box that leaves a picture out again."""
        return self.name_of(DROP)

    @property
    def is_dropped(self) -> bool:
        return bool(answers(self.typed or {}, self.drop_name))

    @property
    def logo(self) -> logos.Logo | None:
        """The picture that is in the form."""
        value = typed.read(Statement.Field.LOGO, answer(self.given))
        return logos.inline(value) if isinstance(value, dict) else None

    @property
    def is_new_logo(self) -> bool:
        return self.given != self._at_first

    def entry(self) -> Entry | None:
        """What is to be sent, None where nothing differs from what stands; a mistake is kept in `error`."""
        try:
            value = self._value()
        except ValidationError as refused:
            self.error = self.error or refused.messages[0]
            self.faulty = self.faulty or self._fault(self.error)
            return None
        if self.is_gone:
            return Entry(self.program_key, self.kind.name, None)
        if value is None or (value == self.stands and not (self.is_alone and self.has_lapsed)):
            return None
        return Entry(self.program_key, self.kind.name, value)

    def _value(self) -> Any | None:
        """The value that was typed; None for none. Raises ValidationError."""
        value = None if is_blank(self.given) else self._read(self.given)
        if self.is_gone:
            if value is not None and self.own and value != self.own.value:
                raise ValidationError("You changed this and said that it is not stated any more. Choose one.")
        elif value is None and self.is_required:
            raise ValidationError(f"Give this: {self.kind.hint[:1].lower()}{self.kind.hint[1:]}")
        elif value is None and self.own:
            raise ValidationError("You emptied this. Give a value, or tick “not stated any more” below.")
        return value

    def _read(self, given: Given) -> Any:
        return self.kind.parse(SHEETS[self.kind.name].read(given))

    def _fault(self, said: str) -> str:
        """The control to mend: the one with which, were it answered well, the refusal would be another."""
        inputs = SHEETS[self.kind.name].inputs
        if not is_blank(self.given):
            for each in inputs:
                sample = each.sample or next(iter(self.listing), "")
                try:
                    self._read({**self.given, each.name: [sample]})
                except ValidationError as refused:
                    if refused.messages[0] == said:
                        continue
                return self.name_of(each.name)
        return self.name_of(inputs[0].name)

    @property
    def controls(self) -> list[Control]:
        return [self._control(each) for each in SHEETS[self.kind.name].inputs]

    def _control(self, each: Input) -> Control:
        name = self.name_of(each.name)
        has_error = bool(self.error) and name == self.faulty
        described = [f"{name}-hint"] if each.hint else []
        described += [f"{self.id}-error"] if has_error else []
        return Control(
            replace(each, label=self.kind.label) if not each.name else each,
            name,
            self.given.get(each.name, []),
            self._choices(each),
            has_error,
            " ".join(described),
        )

    def _choices(self, each: Input) -> Mapping[str, str]:
        if isinstance(each.choices, str):
            none = {NO_CREDENTIAL: "No credential"} if each.kind == "boxes" else {}
            return {**none, **self.listing} if each.choices == CREDENTIALS else {}
        return each.choices
