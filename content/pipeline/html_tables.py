"""Tables of HTML pages."""

from selectolax.lexbor import LexborNode

from content.pipeline.document import Block, Paragraph, Table
from content.pipeline.hints import is_hidden
from content.pipeline.html_words import Words
from content.pipeline.text import Text

type Row = tuple[Text, ...]


def is_layout(node: LexborNode) -> bool:
    """Whether a table only arranges the page: old sites put whole articles into cells."""
    if node.attributes.get("role") in ("presentation", "none"):
        return True
    cells = node.css("td, th")
    if len(node.css("table")) > 1 or len(cells) == 1:
        return True
    return any(cell.css_first("h1, h2, h3, h4, p ~ p, ul ~ p, p ~ ul") is not None for cell in cells)


def read_table(node: LexborNode, words: Words) -> list[Block]:
    """The table; a last row of one cell, such as its sources, becomes a paragraph below it."""
    caption_node = node.css_first("caption")
    caption = words.text(caption_node) if caption_node is not None else Text()
    lines = [(row, _cells(row, words)) for row in node.css("tr") if not is_hidden(row.attributes)]
    lines = [(row, cells) for row, cells in lines if any(cells)]
    width = max((len(cells) for _row, cells in lines), default=0)
    below: list[Block] = []
    while len(lines) > 1 and width > 1 and len(lines[-1][1]) == 1:
        below.insert(0, Paragraph((lines.pop()[1][0],)))
    if len(lines) > 1 and width > 1 and len(lines[0][1]) == 1 and not caption:
        caption = lines.pop(0)[1][0]
    header: Row = ()
    if len(lines) > 1 and _is_header(lines[0][0]):
        header = lines.pop(0)[1]
    table = Table(tuple(cells for _row, cells in lines), header=header, caption=caption)
    return [table, *below] if lines else below


def _cells(row: LexborNode, words: Words) -> Row:
    found = (cell for cell in row.iter() if cell.tag in ("td", "th") and not is_hidden(cell.attributes))
    return tuple(words.text(cell) for cell in found)


def _is_header(row: LexborNode) -> bool:
    if row.parent is not None and row.parent.tag == "thead":
        return True
    tags = [cell.tag for cell in row.iter() if cell.tag in ("td", "th")]
    return len(tags) > 1 and set(tags) == {"th"}
