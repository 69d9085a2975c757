"""HTML pages: the parser's tree, walked once; what is hidden, active or no part of the article stays out."""

from collections.abc import Iterator
from typing import Final

from selectolax.lexbor import LexborHTMLParser, LexborNode

from content.pipeline.document import (
    Block,
    Break,
    Code,
    Document,
    Dropped,
    Footnotes,
    Heading,
    Note,
    Paragraph,
    Quote,
)
from content.pipeline.hints import Hint, hint, is_drop
from content.pipeline.html_head import read_head
from content.pipeline.html_lists import read_list, read_terms
from content.pipeline.html_tables import is_layout, read_table
from content.pipeline.html_words import COMMENT, CONTROLS, DEEPEST, Words, dropped, is_inline, words_of
from content.pipeline.inline import SILENT, Inline
from content.pipeline.limits import check_html, check_length
from content.pipeline.regions import boxed
from content.pipeline.text import Text, clean, harmless, squeeze

HEADINGS: Final = {f"h{level}": level for level in range(1, 7)}


def read_html(text: str, document: Document) -> None:
    """Fills the document with the blocks of a whole page."""
    check_html(text)
    tree = LexborHTMLParser(text)
    read_head(tree, document)
    if tree.body is not None:
        silent = tree.body.css("script, style, noscript, template, svg")
        check_length(len(tree.body.text()) - sum(len(node.text()) for node in silent))
        document.blocks = _Walker(document, tree.body).read()


def read_fragment(text: str, document: Document) -> list[Block]:
    """The blocks of a piece of HTML inside another text."""
    check_html(text)
    body = LexborHTMLParser(f"<body>{text}").body
    return _Walker(document, body).read() if body is not None else []


class _Walker:
    """Turns a tree into blocks. Outside the main part only the title is looked for."""

    def __init__(self, document: Document, body: LexborNode) -> None:
        self.document = document
        self.body = body
        self.words = Words(document, _note_ids(body))
        self.main = _main(body)
        title = (self.main.css_first("h1") if self.main is not None else None) or body.css_first("h1")
        self.entries = {node.mem_id for node in (self.main, title) if node is not None}
        self.holders = {
            around.mem_id for node in (self.main, title) if node is not None for around in _line(node)
        }

    def read(self) -> list[Block]:
        return self._blocks(self.body, inside=self.main is None)

    def _blocks(self, node: LexborNode, *, inside: bool, depth: int = 0) -> list[Block]:
        """The blocks of a container; words that stand in it bare become paragraphs."""
        made: list[Block] = []
        inline = Inline(self.document)
        for child in node.iter(include_text=True):
            if is_inline(child):
                self.words.gather(child, inline)
                continue
            made += _flushed(inline, inside=inside)
            inline = Inline(self.document)
            made += self._element(child, inside=inside, depth=depth + 1)
        return made + _flushed(inline, inside=inside)

    def _element(self, node: LexborNode, *, inside: bool, depth: int) -> list[Block]:
        tag = node.tag or ""
        self.words.note_active(node)
        if tag in SILENT or tag == COMMENT:
            return [*dropped("form", node)] if tag in CONTROLS else []
        inside = inside or node.mem_id in self.entries
        kind = self._hint(node)
        outside = not inside and node.mem_id not in self.holders
        if kind == "hidden" or outside or (kind and is_drop(kind)):
            return self._left_out(node, kind)
        if kind == "footnotes":
            return self._footnotes(node)
        if depth > DEEPEST:
            words = Text.plainly(words_of(node))
            return [Paragraph((words,))] if words else []
        return boxed(kind, self._built(node, tag, inside=inside, depth=depth))

    def _built(self, node: LexborNode, tag: str, *, inside: bool, depth: int) -> list[Block]:
        if tag in HEADINGS or node.attributes.get("role") == "heading":
            return [Heading(HEADINGS.get(tag, 2), self.words.text(node))]
        if tag in ("ul", "ol", "dl", "blockquote", "pre", "hr"):
            return self._single(node, tag)
        if tag == "table" and not is_layout(node):
            return read_table(node, self.words)
        if tag == "figure" and node.css_first("img") is not None and node.css_first("table, pre, p") is None:
            return self._figure(node)
        return self._blocks(node, inside=inside, depth=depth)

    def _single(self, node: LexborNode, tag: str) -> list[Block]:
        """Elements that make one block or none."""
        if tag in ("ul", "ol"):
            items = read_list(node, self.words)
            return [items] if items.items else []
        if tag == "dl":
            return [read_terms(node, self.words)]
        if tag == "pre":
            return [Code(harmless(clean(node.text().expandtabs(4))).strip("\n"))]
        words = self.words.text(node)
        return [Break()] if tag == "hr" else [Quote(words)] if words else []

    def _hint(self, node: LexborNode) -> Hint | None:
        """The element's hint, unless it holds the article itself."""
        found = hint(node.tag or "", node.attributes)
        if found != "hidden" and node.mem_id in self.holders:
            return None
        return found or ("navigation" if node.tag == "header" else None)

    def _left_out(self, node: LexborNode, kind: Hint | None) -> list[Block]:
        for inner in node.traverse():
            self.words.note_active(inner)
        known = kind if kind and (is_drop(kind) or kind in ("hidden", "aside")) else None
        return [*dropped(known or "navigation", node)]

    def _footnotes(self, node: LexborNode) -> list[Block]:
        notes = []
        for number, item in enumerate(node.css("li") or node.css("p"), 1):
            marker = self.words.notes.get(item.attributes.get("id") or "", str(number))
            words = self.words.text(item).plain.rstrip("\u21a9\u2191^ ").strip()
            if words:
                notes.append(Note(marker, Text.plainly(words)))
        return [Footnotes(tuple(notes))] if notes else []

    def _figure(self, node: LexborNode) -> list[Block]:
        picture = node.css_first("img")
        alt = squeeze(picture.attributes.get("alt") or "") if picture is not None else ""
        said = alt or words_of(node)
        return [Dropped("image", said)] if said else []


def _main(body: LexborNode) -> LexborNode | None:
    """The element that holds the article, where the page names one."""
    for selector in ("main article", "main", "[role=main]", "article"):
        found = [node for node in body.css(selector) if node.text().strip()]
        titled = [node for node in found if node.css_first("h1") is not None]
        if len(found) == 1 or titled:
            return (titled or found)[0]
    return None


def _note_ids(body: LexborNode) -> dict[str, str]:
    """Ids of footnotes, with their markers."""
    found: dict[str, str] = {}
    for box in body.css("ol, ul, section, div, aside"):
        if hint(box.tag or "", box.attributes) == "footnotes":
            for number, node in enumerate(box.css("li, p[id]"), 1):
                identity = node.attributes.get("id") or ""
                if identity:
                    found.setdefault(identity, str(number))
    return found


def _line(node: LexborNode) -> Iterator[LexborNode]:
    """The node and everything around it."""
    at: LexborNode | None = node
    while at is not None:
        yield at
        at = at.parent


def _flushed(inline: Inline, *, inside: bool) -> list[Block]:
    """The paragraphs that gathered words make; an empty line parts two."""
    made: list[Paragraph] = []
    lines: list[Text] = []
    for line in (*inline.lines, Text()):
        if line.spans:
            lines.append(line)
        elif lines:
            made.append(Paragraph(tuple(lines)))
            lines = []
    if inside:
        return [*made]
    return [Dropped("navigation", each.text.plain) for each in made if each.text]
