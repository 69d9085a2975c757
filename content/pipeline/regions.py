"""Boxes that raw HTML opens and closes around Markdown: `<div class="ad">`, a text, `</div>`."""

from collections.abc import Iterable

from content.pipeline.document import Block, Dropped, Group, said
from content.pipeline.hints import Hint, as_drop, as_group, hint
from content.pipeline.inline import TAG, VOID, attributes_of

MOST_OPEN = 50


class Regions:
    """Gathers blocks; what stands inside an open box goes where the box goes."""

    def __init__(self) -> None:
        self._open: list[tuple[str, Hint | None, list[Block]]] = [("", None, [])]

    def add(self, blocks: Iterable[Block]) -> None:
        self._open[-1][2].extend(blocks)

    def tag(self, written: str) -> None:
        match = TAG.fullmatch(written)
        if match is None:
            return
        name = match[2].lower()
        if match[1]:
            if any(name == opened for opened, _kind, _blocks in self._open):
                while self._close() != name:
                    pass
        elif name not in VOID and len(self._open) < MOST_OPEN:
            self._open.append((name, hint(name, attributes_of(match[3])), []))

    def done(self) -> list[Block]:
        while len(self._open) > 1:
            self._close()
        return self._open[0][2]

    def _close(self) -> str:
        name, kind, blocks = self._open.pop()
        self.add(boxed(kind, blocks))
        return name


def boxed(kind: Hint | None, blocks: list[Block]) -> list[Block]:
    """The blocks of a box as its hint has them: kept, grouped, or dropped."""
    if kind is None or kind in ("aside", "footnotes") or not blocks:
        return blocks
    group = as_group(kind)
    if group:
        return [Group(group, tuple(blocks))]
    rest: list[Block] = [block for block in blocks if isinstance(block, Dropped)]
    words = said(blocks)
    return [Dropped(as_drop(kind), words), *rest] if words else rest
