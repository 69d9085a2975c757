"""What buttons inside a form do to what was typed in it; nothing that was typed is lost."""

from typing import Final

from listings.submissions.filling.form import MOST_ADDED, Filling, Part
from listings.submissions.filling.inputs import answer, is_blank
from listings.submissions.filling.slots import Slot

COPY: Final = "copy-"
ADD: Final = "add"
type Typed = dict[str, list[str]]


def changed(filling: Filling, do: str) -> Typed:
    """What was typed after the button; one that we do not know changes nothing."""
    typed = {name: list(values) for name, values in (filling.typed or {}).items()}
    if do == ADD:
        return typed | {"added": [str(min(filling.added + 1, MOST_ADDED))]}
    if do.startswith(COPY):
        parts = {part.prefix: part for part in filling.parts}
        target = parts.get(do.removeprefix(COPY))
        source = parts.get(answer(typed, f"{target.prefix}-from")) if target else None
        if target and source and source is not target:
            return typed | _copied(source, target)
    return typed


def _copied(source: Part, target: Part) -> Typed:
    """The fields of one program for those of another that are empty."""
    made: Typed = {}
    for there, here in zip(source.slots, target.slots, strict=True):
        if is_blank(here.given):
            made |= _names(here, there)
    return made


def _names(here: Slot, there: Slot) -> Typed:
    return {here.name_of(name): list(values) for name, values in there.given.items()}
