"""Bytes to a document of blocks. What a page is, its name and its first words say."""

import re
from pathlib import PurePath
from typing import Final

from content.lib.decode import NotText, decode
from content.pipeline.document import Document, Format
from content.pipeline.front_matter import FENCED
from content.pipeline.html import read_html
from content.pipeline.limits import Refused, check_length, check_lines, check_markdown, check_size
from content.pipeline.markdown import read_markdown
from content.pipeline.plain import read_plain
from content.pipeline.text import UNSAFE

ENDINGS: Final[dict[str, Format]] = {
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".md": "markdown",
    ".markdown": "markdown",
    ".mdown": "markdown",
    ".txt": "text",
    ".text": "text",
}
HTML_START: Final = re.compile(
    r"\s{0,500}(?:<\?xml[^>]{0,200}>\s{0,500})?(?:<!--.{0,2000}?-->\s{0,500})?<(?:!doctype\s+html|html"
    r"|head|body)\b",
    re.I | re.S,
)
MARKDOWN_SIGN: Final = re.compile(r"^(?:#{1,6} \S|\[[^\]\n]{1,200}\]\(|!\[|\|[ :|-]{3,200}\|$|```)", re.M)
READERS: Final = {"html": read_html, "markdown": read_markdown, "text": read_plain}


def read(data: bytes, name: str) -> Document:
    """The blocks of a page; raises Refused with a sentence for the editor."""
    check_size(len(data))
    try:
        decoded = decode(data)
    except NotText as error:
        raise Refused(str(error)) from None
    text = decoded.text.replace("\r\n", "\n").replace("\r", "\n")
    kind = _format(text, name)
    if kind != "html":
        check_lines(text)
    if kind == "markdown":
        check_markdown(text)
    document = Document(kind, decoded.encoding, decoded.newline, decoded.bom)
    READERS[kind](text, document)
    check_length(0, len(document.blocks))
    if kind != "html":
        document.unsafe |= {_named(match[0]) for match in UNSAFE.finditer(text)}
    return document


def _format(text: str, name: str) -> Format:
    if HTML_START.match(text):
        return "html"
    by_name = ENDINGS.get(PurePath(name).suffix.lower())
    if by_name:
        return by_name
    if FENCED.match(text) or len(MARKDOWN_SIGN.findall(text[:20_000])) > 1:
        return "markdown"
    return "text"


def _named(found: str) -> str:
    """What was found, in the word that editors read: script, javascript, event handler."""
    word = re.sub(r"[^a-z]", "", found.lower())
    return "event handler" if word.startswith("on") else word
