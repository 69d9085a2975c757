"""The words of HTML elements: their look, their links, the footnotes they refer to."""

from dataclasses import dataclass
from typing import Final

from selectolax.lexbor import LexborNode

from content.pipeline.document import Document, Dropped
from content.pipeline.hints import Hint, as_drop, has_handler, hint, is_drop
from content.pipeline.inline import ACTIVE, SILENT, Inline
from content.pipeline.text import Text, squeeze

DEEPEST: Final = 60
CONTROLS: Final = frozenset({"button", "select", "input", "textarea"})
INLINE: Final = frozenset(
    {
        "a",
        "abbr",
        "acronym",
        "b",
        "bdi",
        "bdo",
        "big",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "font",
        "i",
    }
    | {"img", "ins", "kbd", "mark", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike", "strong"}
    | {"sub", "sup", "time", "tt", "u", "var", "wbr", "label", "picture", "map", "output"}
)
TEXT, COMMENT = "-text", "-comment"
BLOCKS: Final = "p, div, h1, h2, h3, h4, h5, h6, ul, ol, dl, table, blockquote, section, pre, hr"


def is_inline(node: LexborNode) -> bool:
    """Whether a node stands in a line of words; an inline element around blocks does not."""
    if node.tag in (TEXT, "br"):
        return True
    return node.tag in INLINE and node.css_first(BLOCKS) is None


def words_of(node: LexborNode) -> str:
    """What an element says, on one line."""
    return squeeze(node.text(separator=" "))


def dropped(kind: Hint, node: LexborNode) -> list[Dropped]:
    """The element's words as something left out."""
    said = words_of(node)
    return [Dropped(as_drop(kind), said)] if said else []


@dataclass
class Words:
    """Gathers words; `notes` are the ids of footnotes with their markers."""

    document: Document
    notes: dict[str, str]

    def text(self, node: LexborNode, *, lists: bool = True) -> Text:
        """All words of an element, on one line; without `lists` those of lists in it are left out."""
        inline = Inline(self.document)
        self._inside(node, inline, 0, lists=lists)
        return inline.text

    def gather(self, node: LexborNode, inline: Inline, depth: int = 0, *, lists: bool = True) -> None:
        """Adds the words of a node that stands in a line."""
        tag = node.tag or ""
        if tag == TEXT:
            inline.words(node.text_content or "")
            return
        self.note_active(node)
        if tag in CONTROLS:
            self.document.dropped += dropped("form", node)
        elif tag == "br":
            inline.line()
        elif tag == "img":
            inline.image(node.attributes.get("alt") or "", node.attributes.get("src") or "")
        elif tag not in SILENT and tag != COMMENT:
            self._element(node, inline, depth, lists=lists)

    def note_active(self, node: LexborNode) -> None:
        """Remembers what an element would run, for the warnings."""
        if node.tag in ACTIVE:
            self.document.unsafe.add(node.tag or "")
        if has_handler(node.attributes):
            self.document.unsafe.add("event handler")

    def _element(self, node: LexborNode, inline: Inline, depth: int, *, lists: bool) -> None:
        kind = hint(node.tag or "", node.attributes)
        if kind == "hidden" or (kind and is_drop(kind) and kind != "updated-line"):
            self.document.dropped += dropped(kind, node)
        elif marker := self._note_marker(node):
            inline.note(marker)
        elif depth > DEEPEST:
            inline.words(words_of(node))
        else:
            self._inside(node, inline, depth, lists=lists)

    def _inside(self, node: LexborNode, inline: Inline, depth: int, *, lists: bool) -> None:
        look, tag = inline.look, node.tag or ""
        if tag == "a":
            inline.open_link(node.attributes.get("href") or "")
        else:
            inline.styled(tag)
        for child in node.iter(include_text=True):
            if child.tag in ("ul", "ol") and not lists:
                continue
            apart = " " if child.tag not in INLINE and child.tag not in (TEXT, "br") else ""
            inline.words(apart)
            self.gather(child, inline, depth + 1, lists=lists)
            inline.words(apart)
        inline.look = look

    def _note_marker(self, node: LexborNode) -> str:
        """The marker of the footnote that an element refers to, if it does nothing else."""
        link = node if node.tag == "a" else node.css_first("a") if node.tag == "sup" else None
        target = (link.attributes.get("href") or "") if link is not None else ""
        return self.notes.get(target[1:], "") if target.startswith("#") else ""
