"""Lists in plain text: bullets and numbers, nested by their indent."""

import re
from dataclasses import dataclass, field
from typing import Final

from content.pipeline.document import Item, ListBlock
from content.pipeline.text import Text

ITEM: Final = re.compile(
    r"(\s*)([\u2022\u25e6\u25aa\u25ab\u25cf\u25cb\u25a0\u25a1\u2023\u2043\u2219\u00b7\u27a4\u2713\u2714*+\u2013-]"
    r"|(?<=\s)o|\(?\d{1,3}[.)]|\(?[a-z]\))\s+(\S.*)"
)
ORDERED: Final = re.compile(r"\(?\w{1,3}[.)]")
DASHED: Final = re.compile(r"[-\u2013]\s.*\s[-\u2013]")
COPYRIGHT: Final = re.compile(r"\s*\(c\)\s*(?:copyright|\d{4})", re.I)
DEEPEST: Final = 6
TAB: Final = 4


@dataclass
class _Line:
    indent: int
    bullet: str
    words: str
    children: "list[_Line]" = field(default_factory=list)


def is_item(line: str) -> bool:
    """Whether the line begins an item; `- Advertisement -` between two dashes does not."""
    return bool(ITEM.fullmatch(line)) and not (DASHED.fullmatch(line.strip()) or COPYRIGHT.match(line))


def build_list(lines: list[str]) -> ListBlock:
    """The list that the lines make; a line without a bullet goes on with the item above it."""
    top: list[_Line] = []
    open_items: list[_Line] = []
    for line in lines:
        match = ITEM.fullmatch(line)
        if match is None:
            open_items[-1].words += f" {line.strip()}"
            continue
        item = _Line(len(match[1].expandtabs(TAB)), match[2], match[3])
        while open_items and item.indent <= open_items[-1].indent:
            open_items.pop()
        del open_items[DEEPEST - 1 :]
        siblings = open_items[-1].children if open_items else top
        siblings.append(item)
        open_items.append(item)
    return _built(top)


def _built(items: list[_Line]) -> ListBlock:
    return ListBlock(
        bool(ORDERED.fullmatch(items[0].bullet)),
        tuple(
            Item(Text.plainly(item.words), _built(item.children) if item.children else None) for item in items
        ),
        items[0].bullet,
    )
