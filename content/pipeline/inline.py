"""Words as a reader meets them: gathered into lines, with their look and their links."""

import re
from dataclasses import replace
from functools import cached_property
from pathlib import PurePosixPath
from typing import Final

from content.pipeline.document import Document, Dropped
from content.pipeline.hints import has_handler, is_hidden
from content.pipeline.links import follow, without_tracking
from content.pipeline.text import Span, Text, squeeze

SILENT: Final = frozenset(
    {
        "script",
        "style",
        "template",
        "noscript",
        "svg",
        "math",
        "canvas",
        "audio",
        "video",
        "head",
        "title",
        "meta",
    }
    | {
        "iframe",
        "object",
        "embed",
        "applet",
        "frame",
        "frameset",
        "noembed",
        "noframes",
        "xmp",
        "link",
        "base",
    }
    | {"select", "option", "input", "textarea", "datalist", "button", "progress", "meter"}
)
ACTIVE: Final = frozenset({"script", "iframe", "object", "embed", "applet", "frame", "frameset", "base"})
VOID: Final = frozenset(
    {
        "area",
        "base",
        "br",
        "col",
        "embed",
        "frame",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "source",
        "track",
        "wbr",
    }
)
TAG: Final = re.compile(r"<(/?)([a-z][a-z0-9-]{0,30})([^<>]{0,2000}?)/?>", re.I)
ATTRIBUTE: Final = re.compile(
    r"""([a-z_:][\w:.-]{0,60})(?:\s{0,20}=\s{0,20}(?:"([^"]*)"|'([^']*)'|([^\s"'>]{1,2000})))?""", re.I
)


class Inline:
    """Gathers spans; `look` is how the next words look."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.look = Span("")
        self._lines: list[list[Span]] = [[]]
        self._silence: list[str] = []

    def words(self, text: str, *, code: bool = False) -> None:
        if not self._silence:
            shown = without_tracking(self.document, text)
            self._lines[-1].append(replace(self.look, text=shown, code=code or self.look.code))

    def line(self) -> None:
        if not self._silence:
            self._lines.append([])

    def note(self, marker: str) -> None:
        self._lines[-1].append(Span("", note=marker))

    def image(self, alt: str, source: str = "") -> None:
        said = squeeze(alt) or squeeze(PurePosixPath(source.partition("?")[0]).name)[:100]
        if said and not self._silence and not source.startswith("data:"):
            self.document.dropped.append(Dropped("image", said))

    def open_link(self, href: str) -> None:
        self.look = replace(self.look, href=follow(self.document, href))

    def close_link(self) -> None:
        self.look = replace(self.look, href="")

    def tag(self, written: str) -> None:
        """A tag inside a Markdown text."""
        match = TAG.fullmatch(written)
        if match is None:
            return
        closes, name, attributes = bool(match[1]), match[2].lower(), attributes_of(match[3])
        if self._silence:
            self._while_silent(name, closes=closes)
            return
        if has_handler(attributes):
            self.document.unsafe.add("event handler")
        if not closes and name not in VOID and (name in SILENT or is_hidden(attributes)):
            self.document.unsafe |= {name} & ACTIVE
            self._silence.append(name)
        elif name == "a":
            self.close_link() if closes else self.open_link(attributes.get("href") or "")
        elif name == "img":
            self.image(attributes.get("alt") or "", attributes.get("src") or "")
        else:
            self.styled(name, on=not closes)

    def _while_silent(self, name: str, *, closes: bool) -> None:
        if closes and name == self._silence[-1]:
            self._silence.pop()
        elif not closes and name == self._silence[-1] and name not in ACTIVE:
            self._silence.append(name)

    def styled(self, name: str, *, on: bool = True) -> None:
        """The look inside an element of that name, or after it."""
        if name == "br":
            self.line()
        elif name in ("em", "i", "cite"):
            self.look = replace(self.look, em=on)
        elif name in ("strong", "b"):
            self.look = replace(self.look, strong=on)
        elif name == "sup":
            self.look = replace(self.look, raised=on)
        elif name in ("code", "kbd", "samp", "tt"):
            self.look = replace(self.look, code=on)

    @cached_property
    def lines(self) -> tuple[Text, ...]:
        return tuple(Text.of(line) for line in self._lines)

    @cached_property
    def text(self) -> Text:
        return Text.of([span for line in self._lines for span in (*line, Span(" "))])


def attributes_of(written: str) -> dict[str, str | None]:
    """The attributes of a tag as they stand between its name and its end."""
    return {
        match[1].lower(): next((value for value in match.groups()[1:] if value is not None), None)
        for match in ATTRIBUTE.finditer(written)
    }
