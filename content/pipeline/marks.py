"""Signs that bind a figure to its source: *, **, †, a superscript, [1]."""

import re
from typing import Final

from content.pipeline.text import LOWERED, RAISED

SUPERSCRIPTS: Final = "\u00b9\u00b2\u00b3\u2070\u2074\u2075\u2076\u2077\u2078\u2079"
MARK: Final = re.compile(
    rf"{RAISED}\s?([^{LOWERED}]{{1,8}}?)\s?{LOWERED}|(\*{{1,6}}|\u2020{{1,3}}|\u2021{{1,3}}"
    rf"|\u00a7{{1,3}}|\u00b6{{1,3}}"
    rf"|[{SUPERSCRIPTS}]{{1,2}}|\[(?:\d{{1,2}}|[a-z])\])"
)
JOINED: Final = re.compile(r"\s?,\s?")


def take_marks(marked: str) -> tuple[str, list[str]]:
    """The text without its marks, and the marks in order; `marked` is `Text.marked`."""
    found: list[str] = []
    for match in MARK.finditer(marked):
        # <sup>1,2</sup> and <sup>*†</sup> are two marks each.
        for part in JOINED.split(match[1] or match[2]):
            found += [inner[0] for inner in MARK.finditer(part)] or [part]
    bare = MARK.sub("\x00", marked)
    bare = re.sub(r"\x00(?:\s?,\s?\x00)+", "\x00", bare)
    bare = re.sub(r"\s*\x00\s*(?=[,;:.)]|$)|\x00", "", bare).replace(RAISED, "").replace(LOWERED, "")
    return " ".join(bare.split()), list(dict.fromkeys(mark for mark in found if mark.strip()))
