"""Stray HTML in texts that are not HTML.

Elements that run or hide something go with their content, other tags alone.
"""

import re
from typing import Final

OPENING: Final = re.compile(
    r"<(script|style|iframe|object|embed|svg|math|template|noscript|applet|textarea|xmp|noembed|noframes)"
    r"\b[^<>]{0,2000}>",
    re.I,
)
COMMENT: Final = "<!--"
LINE: Final = re.compile(r"<br\s*/?>|</(?:p|div|li|tr|h[1-6])\s*>", re.I)
TAG: Final = re.compile(
    r"</?(?:a|abbr|article|aside|b|base|big|blockquote|body|button|center|cite|code|dd|del|div|dl|dt|em"
    r"|figure|font"
    r"|footer|form|frame|frameset|h[1-6]|head|header|hr|html|i|iframe|img|input|ins|li|link|main|meta"
    r"|nav|object|ol"
    r"|option|p|pre|q|s|script|section|select|small|span|strong|style|sub|sup|svg|table|tbody|td"
    r"|textarea|tfoot|th"
    r"|thead|title|tr|tt|u|ul|video|audio)\b[^<>]{0,2000}>",
    re.I,
)


def without_tags(text: str) -> str:
    """The text without tags; `<br>` and the end of a paragraph break the line. Linear in the text."""
    if "<" not in text:
        return text
    kept = _without_elements(_without_comments(text))
    return TAG.sub("", LINE.sub("\n", kept))


def _without_comments(text: str) -> str:
    parts: list[str] = []
    at = 0
    while (start := text.find(COMMENT, at)) >= 0:
        end = text.find("-->", start + len(COMMENT))
        if end < 0:
            break
        parts.append(text[at:start])
        at = end + len("-->")
    return "".join([*parts, text[at:]])


def _without_elements(text: str) -> str:
    parts: list[str] = []
    unclosed: set[str] = set()
    at = 0
    while match := OPENING.search(text, at):
        name = match[1].lower()
        parts.append(text[at : match.start()])
        close = (
            None
            if name in unclosed
            else re.compile(rf"</{name}\b[^<>]{{0,200}}>?", re.I).search(text, match.end())
        )
        if close is None:
            # Looked for once: a page full of elements that nothing closes costs no more than one.
            unclosed.add(name)
        at = close.end() if close else match.end()
    return "".join([*parts, text[at:]])
