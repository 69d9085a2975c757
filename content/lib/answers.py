"""Answers of other machines, read strictly: what is not plain JSON in UTF-8 is refused as a whole."""

import json
import re
from decimal import Decimal
from typing import Any, Final, NoReturn

from content.lib.http import CallFailed

DEEPEST: Final = 60
LONGEST_SAMPLE: Final = 1000
STRING: Final = re.compile(r'"(?:[^"\\]|\\.)*+"', re.DOTALL)
BRACKET: Final = re.compile(r"[\[\]{}]")


class BadAnswer(CallFailed):
    """The answer cannot be used; `sample` is its beginning, for whoever looks into it."""

    def __init__(self, said: str, sample: str = "") -> None:
        super().__init__(said)
        self.sample = sample


def parse(body: bytes) -> Any:
    """The JSON of a body, fractions as Decimal. Raises BadAnswer."""
    sample = body[:LONGEST_SAMPLE].decode("utf-8", errors="replace")
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError:
        raise BadAnswer("Its answer is not text in UTF-8.", sample) from None
    if _depth(text) > DEEPEST:
        raise BadAnswer("Its answer is nested deeper than any that it documents.", sample)
    try:
        return json.loads(
            text, parse_float=Decimal, parse_constant=_no_number, object_pairs_hook=_without_doubles
        )
    except (ValueError, RecursionError) as error:
        said = str(error) if isinstance(error, _Unfit) else "Its answer is not JSON, or is cut short."
        raise BadAnswer(said, sample) from None


class _Unfit(ValueError):
    """What Python's reader would let pass."""


def _no_number(name: str) -> NoReturn:
    raise _Unfit(f"Its answer holds {name}, which is no number.")


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _Unfit("Its answer names the same field twice.")
    return found


def _depth(text: str) -> int:
    """How deep brackets nest outside of strings."""
    deepest = depth = 0
    for bracket in BRACKET.findall(STRING.sub("", text)):
        depth += 1 if bracket in "[{" else -1
        deepest = max(deepest, depth)
    return deepest
