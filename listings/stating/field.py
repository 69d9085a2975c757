"""One thing that may be stated of a school or of a program."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class StatedField:
    """`parse` alone says what may be stored: it takes plain JSON values, gives their one form or raises a
    `ValidationError` that says what is wrong and what to do. `in_words` is plain text that may hold any
    character, so it is always escaped.

    What `lapses` is not relied on after its last day. `hint` tells who fills it in what to give.
    """

    name: str
    label: str
    hint: str
    parse: Callable[[Any], Any]
    in_words: Callable[[Any], str]
    is_of_school: bool = False
    lapses: bool = True
