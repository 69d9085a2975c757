"""Markdown to words with their places, read from the tokens of the pipeline's parser."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate
from typing import Final

from markdown_it.token import Token
from markdown_it.tree import SyntaxTreeNode
from selectolax.lexbor import LexborHTMLParser

from content.blocks import BLOCK
from content.lint.draft import CODE, FIGURE, Field, Html, Kind, Link, Picture, Words
from content.pipeline.markdown import PARSER
from content.rendering import MARK

ANCHOR: Final = re.compile(r"<a\b", re.I)
KINDS: Final[dict[str, Kind]] = {
    "heading": "heading",
    "th": "header",
    "td": "cell",
    "dt": "item",
    "dd": "item",
}


def masked(text: str) -> str:
    """The text, place for place, with marks of statistics as one sign and tables of statistics blank."""
    blank = BLOCK.sub(lambda match: " " * len(match[0]), text)
    return MARK.sub(lambda match: FIGURE * len(match[0]), blank)


@dataclass(frozen=True)
class Node:
    """A top-level block: the lines of its source, and what it says."""

    type: str
    start: int
    end: int
    words: tuple[Words, ...]
    html: tuple[Html, ...] = ()


def read(text: Field, start: int = 0, *, inline_kind: Kind = "paragraph") -> list[Node]:
    """The blocks of a field from an offset on; places count from the beginning of the field."""
    source = text.text[start:]
    reader = _Reader(text, start, masked(source))
    root = SyntaxTreeNode(PARSER.parse(reader.source, {}))
    return [reader.node(number, child, inline_kind) for number, child in enumerate(root.children)]


@dataclass
class _Reader:
    """Reads in the order of the source: what comes next is looked for behind what came before."""

    within: Field
    shift: int
    source: str
    cursor: int = 0
    intro: str = ""
    html: list[Html] = field(default_factory=list)
    starts: list[int] = field(init=False)

    def __post_init__(self) -> None:
        lines = self.source.split("\n")
        self.starts = [0, *accumulate(len(line) + 1 for line in lines)]

    def node(self, number: int, node: SyntaxTreeNode, kind: Kind) -> Node:
        low, high = node.map or (0, 0)
        self.html = []
        words = tuple(self._words(node, kind, number))
        if node.type == "paragraph" and words:
            self.intro = words[0].plain
        elif node.type not in ("bullet_list", "ordered_list"):
            self.intro = ""
        start, end = (self.shift + self._line(line) for line in (low, high))
        return Node(node.type, start, end, words, tuple(self.html))

    def _line(self, number: int) -> int:
        return min(self.starts[min(number, len(self.starts) - 1)], len(self.source))

    def _words(self, node: SyntaxTreeNode, kind: Kind, number: int, row: int = 0) -> Iterator[Words]:
        if node.type == "html_block":
            low = self._line(node.map[0]) if node.map else self.cursor
            self.html.append(Html(node.content, self.shift + low))
            return
        if node.type == "inline":
            yield self._inline(node, kind, number, row)
            return
        kind = KINDS.get(node.type, kind)
        if node.type in ("bullet_list", "ordered_list", "blockquote", "footnote_reference"):
            named: dict[str, Kind] = {"blockquote": "quote", "footnote_reference": "note"}
            kind = named.get(node.type, "item")
        for at, child in enumerate(node.children):
            if child.type == "tr":
                row += 1 if node.type == "tbody" else 0
            yield from self._words(child, kind, number, row if node.type != "tbody" else at + 1)

    def _inline(self, node: SyntaxTreeNode, kind: Kind, number: int, row: int) -> Words:
        parent = node.parent
        low, high = node.map or (parent.map if parent is not None else None) or (0, len(self.starts))
        self.cursor = max(self.cursor, self._line(low))
        token = node.token
        run = _Run(self, self._line(high))
        for child in (token.children or []) if token else []:
            run.take(child)
        level = int(parent.tag[1]) if parent is not None and parent.type == "heading" else 0
        plain = run.plain.rstrip()
        return Words(
            kind, plain, self.within, tuple(run.stretches), level, self.intro if kind == "item" else "", row,
            number, tuple(run.links), tuple(run.pictures), run.has_note,
        )  # fmt: skip


@dataclass
class _Run:
    """The words of one inline text, put together token by token."""

    reader: _Reader
    end: int
    plain: str = ""
    stretches: list[tuple[int, int]] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    has_note: bool = False
    _open: tuple[str, int, int] | None = None

    def take(self, token: Token) -> None:
        match token.type:
            case "text" | "text_special":
                self._say(token.content)
            case "softbreak" | "hardbreak":
                self.plain += " "
            case "code_inline":
                self._say(token.content, shown=CODE * len(token.content))
            case "image":
                offset = self._seek("![")
                self.pictures.append(Picture(token.content, str(token.attrs.get("src", "")), offset))
                self._pass_address()
            case "footnote_ref":
                self._seek("[^")
                self.has_note = True
            case "html_inline":
                self._tag(token.content)
            case "link_open":
                offset = self._seek("<" if token.markup == "autolink" else "[")
                self._open = (str(token.attrs.get("href", "")), len(self.plain), offset)
            case "link_close":
                self._close()

    def _tag(self, source: str) -> None:
        """Raw links are links; other raw HTML is kept as it is."""
        html = Html(source, self._seek(source))
        if ANCHOR.match(source):
            link = next(iter(html_links(html)), None)
            self._open = (link.href, len(self.plain), html.offset) if link else None
        elif source.lower().startswith("</a"):
            self._close(written=False)
        else:
            self.reader.html.append(html)

    def _say(self, content: str, *, shown: str = "") -> None:
        if content:
            self.stretches.append((len(self.plain), self._seek(content)))
            self.plain += shown or content

    def _seek(self, content: str) -> int:
        """Where it stands from here on; the end of what was read where escapes hide it."""
        reader = self.reader
        found = reader.source.find(content, reader.cursor, self.end)
        if found < 0:
            return reader.shift + reader.cursor
        reader.cursor = found + (0 if content in ("[", "![", "<") else len(content))
        return reader.shift + found

    def _close(self, *, written: bool = True) -> None:
        """`written`: the address follows its words, as in Markdown."""
        if self._open is None:
            return
        href, start, offset = self._open
        self.links.append(Link(href, self.plain[start:].strip(), offset))
        self._open = None
        if written:
            self._pass_address()

    def _pass_address(self) -> None:
        """Goes on behind an address, whose words must not be taken for those of the text."""
        reader = self.reader
        found = reader.source.find("](", reader.cursor, self.end)
        if found >= 0:
            reader.cursor = max(reader.source.find(")", found, self.end), found)


def html_links(html: Html) -> list[Link]:
    """The links of raw HTML."""
    tree = LexborHTMLParser(html.source)
    places = [match.start() for match in ANCHOR.finditer(html.source)]
    found = [(node.attributes.get("href"), node.text(strip=True)) for node in tree.css("a")]
    pairs = zip(found, places, strict=False)
    return [Link(href, words, html.offset + place) for (href, words), place in pairs if href is not None]


def html_pictures(html: Html) -> list[Picture]:
    tree = LexborHTMLParser(html.source)
    return [
        Picture(node.attributes.get("alt"), node.attributes.get("src") or "", html.offset)
        for node in tree.css("img")
    ]
