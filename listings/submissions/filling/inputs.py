"""Controls as a browser shows and sends them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django.forms.utils import flatatt
from django.utils.safestring import SafeString

# What was typed or ticked, by the name of its control: as a browser sends it, nothing read into it.
type Given = Mapping[str, list[str]]
CREDENTIALS: Final = "credentials"
MANY: Final = 10


@dataclass(frozen=True)
class Input:
    """One control of a field; `name` is empty where a field has but one.

    `choices` are values with their words, or the name of a list that the form reads from the database.
    `sample` is an answer that fits: put in the place of what was given, it tells whose mistake it is.
    """

    name: str
    label: str
    sample: str
    kind: str = "line"
    choices: Mapping[str, str] | str = field(default_factory=dict)
    hint: str = ""
    autocomplete: str = ""
    mode: str = ""


def answer(given: Given, name: str = "") -> str:
    """The one answer of a control; empty where there is none."""
    return next(iter(given.get(name) or [""])).strip()


def answers(given: Given, name: str = "") -> list[str]:
    return [each for each in given.get(name, []) if each.strip()]


def is_blank(given: Given) -> bool:
    return not any(each.strip() for values in given.values() for each in values)


@dataclass(frozen=True)
class Control:
    """An input in its form: its name there, what stands in it, and how it is joined to its error."""

    input: Input
    name: str
    values: list[str]
    choices: Mapping[str, str]
    has_error: bool
    described_by: str

    @property
    def value(self) -> str:
        return self.values[0] if self.values else ""

    @property
    def is_group(self) -> bool:
        return self.input.kind in {"boxes", "radios"}

    @property
    def is_long(self) -> bool:
        """More boxes than one wants to walk through: they are folded."""
        return self.input.kind == "boxes" and len(self.choices) > MANY

    @property
    def attributes(self) -> SafeString:
        """Of the control itself, where it is one."""
        looks: dict[str, str | bool] = {
            "id": self.name,
            "class": "short" if self.input.kind == "number" else "",
        }
        hints = {"inputmode": self.input.mode, "autocomplete": self.input.autocomplete}
        return _attributes(looks | hints | self._shared)

    @property
    def options(self) -> list[tuple[str, str, SafeString]]:
        """Id, words and attributes of each box; errors lead to the first, whose id is the name."""
        chosen = self.values if any(self.values) else [*self.values, ""]
        kind = "radio" if self.input.kind == "radios" else "checkbox"
        made = []
        for place, (value, label) in enumerate(self.choices.items()):
            box_id = self.name if place == 0 else f"{self.name}-{place}"
            box: dict[str, str | bool] = {"type": kind, "id": box_id, "checked": value in chosen}
            made.append((box_id, label, _attributes(box | self._shared, value=value)))
        return made

    @property
    def _shared(self) -> dict[str, str | bool]:
        invalid = "true" if self.has_error and not self.is_group else ""
        return {"name": self.name, "aria-invalid": invalid, "aria-describedby": self.described_by}


def _attributes(given: Mapping[str, str | bool], **always: str) -> SafeString:
    """As HTML; those that are empty are left out, but for those of `always`."""
    return flatatt({name: value for name, value in given.items() if value} | always)


def as_given(**values: Any) -> dict[str, list[str]]:
    """Answers by control; what is missing is an empty one."""
    return {name: ["" if value is None else str(value)] for name, value in values.items()}
