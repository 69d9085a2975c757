"""Lists and definition lists of HTML pages."""

from typing import Final

from selectolax.lexbor import LexborNode

from content.pipeline.document import Item, ListBlock, Terms
from content.pipeline.html_words import Words
from content.pipeline.text import Text

DEEPEST: Final = 8


def read_list(node: LexborNode, words: Words, depth: int = 0) -> ListBlock:
    """A list with the lists in its items; below the eighth level their words join the item's."""
    items = []
    for child in node.iter():
        if child.tag == "li":
            items.append(_item(child, words, depth))
        elif child.tag in ("ul", "ol") and items and items[-1].children is None:
            # Old editors put the inner list beside the item that it belongs to.
            items[-1] = Item(items[-1].text, read_list(child, words, depth + 1) if depth < DEEPEST else None)
    return ListBlock(node.tag == "ol", tuple(item for item in items if item.text or item.children))


def _item(node: LexborNode, words: Words, depth: int) -> Item:
    inner = node.css_first("ul, ol")
    if inner is None or depth >= DEEPEST:
        return Item(words.text(node))
    children = read_list(inner, words, depth + 1)
    return Item(words.text(node, lists=False), children if children.items else None)


def read_terms(node: LexborNode, words: Words) -> Terms:
    """A definition list; a definition without a term stands under an empty one."""
    entries: list[tuple[Text, list[Text]]] = []
    for child in node.css("dt, dd"):
        said = words.text(child)
        if child.tag == "dt":
            entries.append((said, []))
        elif said:
            if not entries:
                entries.append((Text(), []))
            entries[-1][1].append(said)
    return Terms(tuple((term, tuple(meanings)) for term, meanings in entries if term or meanings))
