"""Acronyms spelled out where a text first uses them: in running words, never in headings, links or code."""

import re
from collections.abc import Iterator
from typing import Final

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from content.acronyms import LETTERS, Uses

# Raw HTML whose words are left alone, as those of Markdown's own links, headings and code are.
HTML_TAG: Final = re.compile(r"<(/?)(?:a|abbr|code|kbd|pre|h[1-6])\b", re.I)
# Inside a bracket, before one, or before a sign of registration no second bracket is written.
ENCLOSED: Final = re.compile(r"[(\[][^()\[\]]*$")
FOLLOWED: Final = re.compile(r"\s?[(\[]|[\u00ae\u2122\u2120/\u2019']")


def expand(state: StateCore) -> None:
    """The rule of the parser; it does nothing where the page asks for no acronym."""
    uses: Uses | None = state.env.get("uses")
    if not uses:
        return
    inside = ""
    for token in state.tokens:
        if token.type in ("heading_open", "th_open", "td_open"):
            inside = token.tag
        elif token.type in ("heading_close", "th_close", "td_close"):
            inside = ""
        elif token.type == "inline" and not inside.startswith("h"):
            token.children = list(_spelled(token.children or [], uses, written=not inside))


def _spelled(children: list[Token], uses: Uses, *, written: bool) -> Iterator[Token]:
    """The tokens of one block; `written` says whether there is room for a bracket."""
    depth, before = 0, ""
    for place, token in enumerate(children):
        depth += _step(token)
        if token.type != "text" or depth:
            yield token
            before += token.content
            continue
        after = children[place + 1].content if place + 1 < len(children) else ""
        yield from _cut(token, uses, before=before, after=after, written=written)
        before += token.content


def _step(token: Token) -> int:
    if token.type in ("link_open", "link_close"):
        return token.nesting
    tag = HTML_TAG.match(token.content) if token.type == "html_inline" else None
    return 0 if tag is None else -1 if tag[1] else 1


def _cut(token: Token, uses: Uses, *, before: str, after: str, written: bool) -> Iterator[Token]:
    """The text in pieces: what stands between first uses, and each of them."""
    text, done = token.content, 0
    for match in LETTERS.finditer(text):
        if not (name := uses.take(match[0])):
            continue
        yield _text(text[done : match.start()])
        follows = (text[match.end() :] + after)[:2]
        room = not ENCLOSED.search(before + text[: match.start()]) and not FOLLOWED.match(follows)
        expansion = Token("expansion", "", 0, content=match[0])
        expansion.meta = {"name": name, "written": written and room}
        yield expansion
        done = match.end()
    yield _text(text[done:])


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)
