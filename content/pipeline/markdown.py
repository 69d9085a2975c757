"""Markdown pages, read from the parser's tokens; raw HTML in them goes through the HTML reader."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

from content.pipeline.document import (
    Block,
    Break,
    Code,
    Document,
    Dropped,
    Footnotes,
    Heading,
    Item,
    ListBlock,
    Note,
    Paragraph,
    Quote,
    Table,
    Terms,
    texts,
)
from content.pipeline.front_matter import take_front_matter
from content.pipeline.html import read_fragment
from content.pipeline.inline import Inline
from content.pipeline.regions import Regions
from content.pipeline.text import Span, Text, clean, harmless

ANCHOR: Final = re.compile(r"\s*\{[#.][\w .#-]{1,80}\}$")
BLOCK_TAG: Final = re.compile(r"</?[a-z][a-z0-9]*(?:\s[^<>]{0,500})?>", re.I)


def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    parser.use(footnote_plugin).use(deflist_plugin)
    # Footnotes stay where they are written; every link passes, for the reader judges its address itself.
    parser.core.ruler.disable("footnote_tail")
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    return parser


PARSER: Final = _parser()


def read_markdown(text: str, document: Document) -> None:
    """Fills the document with the blocks of a Markdown text."""
    body = take_front_matter(text, document)
    env: dict[str, Any] = {}
    tokens = PARSER.parse(body, env)
    document.blocks = _Reader(document, _inline_notes(env)).read(SyntaxTreeNode(tokens))


def _inline_notes(env: dict[str, Any]) -> dict[str, list[Token]]:
    """Footnotes written inside a sentence, by their number."""
    listed: dict[int, dict[str, Any]] = env.get("footnotes", {}).get("list", {})
    return {str(number + 1): note["tokens"] for number, note in listed.items() if "tokens" in note}


@dataclass
class _Reader:
    document: Document
    inline_notes: dict[str, list[Token]]

    def read(self, root: SyntaxTreeNode) -> list[Block]:
        notes = {
            str(node.meta["label"]): Note(str(node.meta["label"]), self._words(node))
            for node in root.children
            if node.type == "footnote_reference"
        }
        notes |= {name: Note(name, self._inline(tokens).text) for name, tokens in self.inline_notes.items()}
        regions = Regions()
        for node in root.children:
            if node.type == "footnote_reference":
                # One that nothing refers to stands where it was written.
                regions.add(self._noted([str(node.meta["label"])], notes))
            elif node.type == "html_block" and BLOCK_TAG.fullmatch(node.content.strip()):
                regions.tag(node.content.strip())
            else:
                made = list(self._block(node))
                referred = [span.note for text in texts(made) for span in text.spans if span.note]
                regions.add([*made, *self._noted(referred, notes)])
        return regions.done()

    @staticmethod
    def _noted(markers: list[str], notes: dict[str, Note]) -> list[Block]:
        """The footnotes of these markers, each given once."""
        found = [notes.pop(marker) for marker in markers if marker in notes]
        return [Footnotes(tuple(found))] if found else []

    def _block(self, node: SyntaxTreeNode) -> Iterator[Block]:
        match node.type:
            case "heading":
                text = self._inline(_tokens(node)).text
                anchor = ANCHOR.search(text.plain)
                yield Heading(int(node.tag[1]), text.cut(0, anchor.start()) if anchor else text)
            case "paragraph":
                lines = self._inline(_tokens(node)).lines
                if any(line.spans for line in lines):
                    yield Paragraph(tuple(line for line in lines if line.spans))
            case "bullet_list" | "ordered_list":
                yield self._list(node)
            case "table":
                yield self._table(node)
            case "blockquote":
                yield from self._quote(node)
            case "dl":
                yield self._terms(node)
            case _:
                yield from self._leaf(node)

    def _leaf(self, node: SyntaxTreeNode) -> Iterator[Block]:
        """Blocks that hold no others."""
        if node.type in ("fence", "code_block"):
            yield Code(harmless(clean(node.content.expandtabs(4))).strip("\n"))
        elif node.type == "hr":
            yield Break()
        elif node.type == "html_block":
            yield from read_fragment(node.content, self.document)

    def _quote(self, node: SyntaxTreeNode) -> Iterator[Block]:
        inner = [block for child in node.children for block in self._block(child)]
        spans = [span for text in texts(inner) for span in (*text.spans, Span(" "))]
        if text := Text.of(spans):
            yield Quote(text)
        yield from (block for block in inner if isinstance(block, Dropped))

    def _list(self, node: SyntaxTreeNode) -> ListBlock:
        ordered = node.type == "ordered_list"
        bullet = f"{node.attrs.get('start', 1)}." if ordered else node.markup
        return ListBlock(ordered, tuple(self._item(child) for child in node.children), bullet)

    def _item(self, node: SyntaxTreeNode) -> Item:
        """An item's words, and its first list; whatever else it holds is said after its words."""
        blocks = [block for child in node.children for block in self._block(child)]
        lists = [block for block in blocks if isinstance(block, ListBlock)]
        rest = [block for block in blocks if block not in lists[:1]]
        spans = [span for text in texts(rest) for span in (*text.spans, Span(" "))]
        return Item(Text.of(spans), lists[0] if lists else None)

    def _table(self, node: SyntaxTreeNode) -> Table:
        rows = [
            tuple(self._words(cell) for cell in row.children)
            for part in node.children
            for row in part.children
        ]
        header = rows[0] if any(rows[0]) else ()
        return Table(tuple(rows[1:]), header=header)

    def _terms(self, node: SyntaxTreeNode) -> Terms:
        entries: list[tuple[Text, list[Text]]] = []
        for child in node.children:
            if child.type == "dt":
                entries.append((self._words(child), []))
            elif entries:
                entries[-1][1].append(self._words(child))
        return Terms(tuple((term, tuple(meanings)) for term, meanings in entries))

    def _words(self, node: SyntaxTreeNode) -> Text:
        spans: list[Span] = []
        for child in node.walk():
            if child.type == "inline":
                spans += [*self._inline(_tokens(child)).text.spans, Span(" ")]
        return Text.of(spans)

    def _inline(self, tokens: Iterable[Token]) -> Inline:
        inline = Inline(self.document)
        for token in tokens:
            _feed(inline, token)
        return inline


def _tokens(node: SyntaxTreeNode) -> list[Token]:
    """The inline tokens of a block, flat."""
    inline = node if node.type == "inline" else node.children[0]
    return inline.token.children or [] if inline.token else []


def _feed(inline: Inline, token: Token) -> None:
    match token.type:
        case "text" | "text_special":
            inline.words(token.content)
        case "softbreak" | "hardbreak":
            inline.line()
        case "code_inline":
            inline.words(token.content, code=True)
        case "image":
            inline.image(token.content)
        case "footnote_ref":
            inline.note(str(token.meta.get("label") or token.meta["id"] + 1))
        case "html_inline":
            inline.tag(token.content)
        case _:
            _turn(inline, token)


def _turn(inline: Inline, token: Token) -> None:
    """The look from here on."""
    if token.tag in ("em", "strong"):
        inline.styled(token.tag, on=token.nesting > 0)
    elif token.type == "link_open":
        inline.open_link(str(token.attrs.get("href", "")))
    elif token.type == "link_close":
        inline.close_link()
