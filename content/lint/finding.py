"""What a rule finds, and how it is reported."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from content.lint.draft import CODE, FIGURE, Field, Words

LONGEST: Final = 160


class Level(StrEnum):
    """Errors keep a text from being published, warnings do without a waiver, infos never."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True)
class Hit:
    """A fault: the words it is about, where they stand, what is wrong, what to do."""

    text: str
    field: Field
    offset: int
    message: str
    suggestion: str


@dataclass(frozen=True)
class Finding:
    """A hit of a rule; line and column count from 1, in the file or in the field of the revision."""

    file: str
    code: str
    level: Level
    line: int
    column: int
    text: str
    message: str
    suggestion: str
    field: str = "file"

    def as_json(self) -> dict[str, str | int]:
        names = ("file", "code", "level", "line", "column", "text", "message", "suggestion")
        return {name: getattr(self, name) for name in names}


def hit(words: Words, low: int, high: int, message: str, suggestion: str) -> Hit:
    """A fault in a part of some words."""
    return Hit(shown(words, low, high), words.field, words.at(low), message, suggestion)


def shown(words: Words, low: int, high: int) -> str:
    """A part of some words as it was written, cut where it is long."""
    part = words.plain[low:high]
    if FIGURE in part or CODE in part:
        part = words.field.text[words.at(low) : words.at(high - 1) + 1]
    part = " ".join(part.split())
    return part if len(part) <= LONGEST else f"{part[: LONGEST - 1].rstrip()}\u2026"
