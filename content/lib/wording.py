"""Two texts side by side with the words marked that differ."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

# Of one changed passage, both sides together; beyond it the passage is marked as a whole, which is quick.
MOST_WORDS: Final = 3_000
WORDS: Final = re.compile(r"\s+|\w+|[^\w\s]")
LINES: Final = re.compile(r"[^\n]*\n|[^\n]+\Z")


@dataclass(frozen=True)
class Part:
    """A run of text; `is_other` where the other side does not have it."""

    text: str
    is_other: bool = False


@dataclass(frozen=True)
class Row:
    """A passage of both texts, one beside the other."""

    left: tuple[Part, ...]
    right: tuple[Part, ...]

    @property
    def is_same(self) -> bool:
        return not any(part.is_other for part in (*self.left, *self.right))


def side_by_side(left: str, right: str) -> list[Row]:
    """Rows whose left parts make up the left text and whose right parts make up the right one."""
    return list(_rows(LINES.findall(left), LINES.findall(right)))


def _rows(left: Sequence[str], right: Sequence[str]) -> Iterator[Row]:
    for tag, a, b, c, d in SequenceMatcher(None, left, right).get_opcodes():
        if tag == "equal":
            for line in left[a:b]:
                yield Row((Part(line),), (Part(line),))
        elif tag == "replace" and b - a == d - c:
            for old, new in zip(left[a:b], right[c:d], strict=True):
                yield _marked(old, new)
        else:
            yield _marked("".join(left[a:b]), "".join(right[c:d]))


def _marked(left: str, right: str) -> Row:
    old, new = WORDS.findall(left), WORDS.findall(right)
    if not old or not new or len(old) + len(new) > MOST_WORDS:
        return Row(_parts([left], True), _parts([right], True))
    lefts: list[Part] = []
    rights: list[Part] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new).get_opcodes():
        lefts += _parts(old[a:b], tag != "equal")
        rights += _parts(new[c:d], tag != "equal")
    return Row(tuple(lefts), tuple(rights))


def _parts(words: Sequence[str], is_other: bool) -> tuple[Part, ...]:
    text = "".join(words)
    return (Part(text, is_other),) if text else ()
