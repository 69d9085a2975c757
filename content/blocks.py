"""Tables, charts and drawings in texts: `[[stat-table:KEY,KEY]]`, `[[stat-chart:KEY]]`, `[[drawing:NAME]]`.

Each stands on a line of its own.

A text is sanitised with a placeholder where each stands; what is drawn here is put in afterwards, and never
read again as markup.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.template import TemplateDoesNotExist
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString

from content.lib.figures import format_value
from content.models import Statistic
from content.receipts import Receipt, statistic_of

BLOCK: Final = re.compile(
    r"^\[\[(stat-table|stat-chart|drawing):([^\[\]|\n]{1,1200})\]\][ \t]*\r?$", re.MULTILINE
)
DRAWING: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
BEGIN, END = "\ue003", "\ue004"
HELD: Final = re.compile(f"(?:<p>)?{BEGIN}([0-9]{{1,4}}){END}(?:</p>)?")
MOST_KEYS: Final = 40
MOST_CHARTS: Final = 10
STALE: Final = "may be out of date"
NO_DRAWING: Final = SafeString('<p><span class="missing">drawing not available</span></p>')


@dataclass(frozen=True)
class Block:
    """One of them as it was written."""

    kind: str
    keys: tuple[str, ...]
    source: str


def keys_in(text: str) -> set[str]:
    """Of its statistics."""
    found = (match for match in BLOCK.finditer(text) if match[1] != "drawing")
    return {key for match in found for key in _keys(match[2])}


def without(text: str) -> str:
    """The text without its tables and charts, for places that hold words alone."""
    return BLOCK.sub("", text)


def hold(text: str) -> tuple[str, list[Block]]:
    """The text with a placeholder, in a paragraph of its own, for each table and chart; and these."""
    blocks: list[Block] = []

    def replace(match: re.Match[str]) -> str:
        blocks.append(Block(match[1], _keys(match[2]), match[0].strip()))
        return f"\n\n{BEGIN}{len(blocks) - 1}{END}\n\n"

    return BLOCK.sub(replace, text.translate({ord(BEGIN): None, ord(END): None})), blocks


def put(html: str, blocks: list[Block], statistics: Mapping[str, Statistic], *, drawn: bool) -> str:
    """The tables and charts in the place of their placeholders; in code they stay as they were written."""
    charts = [place for place, block in enumerate(blocks) if block.kind == "stat-chart"][:MOST_CHARTS]

    def replace(match: re.Match[str]) -> str:
        place = int(match[1])
        if place >= len(blocks):  # spelled as character references
            return ""
        block = blocks[place]
        if not match[0].startswith("<p>"):
            return escape(block.source)
        if block.kind == "drawing":
            return drawing(",".join(block.keys), f"drawing-{place}") or NO_DRAWING
        if drawn and place in charts:
            return "".join(_chart(key, f"chart-{place}-{number}") for number, key in enumerate(block.keys))
        return _table(block, statistics)

    return HELD.sub(replace, html)


def drawing(name: str, anchor: str) -> SafeString:
    """A drawing of `templates/content/drawings/`, its ids begun with the anchor; empty if there is none."""
    if not DRAWING.fullmatch(name):
        return SafeString("")
    try:
        return render_to_string(f"content/drawings/{name}.svg", {"anchor": anchor})
    except TemplateDoesNotExist:
        return SafeString("")


def _keys(words: str) -> tuple[str, ...]:
    keys = [key.strip() for key in words.split(",")]
    return tuple(dict.fromkeys(key for key in keys if key))[:MOST_KEYS]


def _value(statistic: Statistic) -> SafeString:
    """The value with its period and receipt."""
    current = statistic.current
    if current is None:
        return SafeString("no value yet")
    said = format_value(current.value, statistic.unit, statistic.per) or current.get_missing_display()
    return format_html(
        '<a class="stat" href="{}">{}</a>', reverse("statistic-detail", args=[statistic.key]), said
    )


def _table(block: Block, statistics: Mapping[str, Statistic]) -> SafeString:
    rows = []
    for key in block.keys:
        statistic = statistics.get(key)
        if statistic is None:
            rows.append((key, SafeString('<span class="missing">figure not available</span>'), "", ""))
            continue
        current = statistic.current
        stale = f" ({STALE})" if getattr(statistic, "is_stale", False) else ""
        period = f"{current.period}{stale}" if current else ""
        source = f"{current.source.publisher}, {current.release}" if current else ""
        rows.append((statistic.label, _value(statistic), period, source))
    body = format_html_join(
        "",
        '<tr><th scope="row">{}</th><td class="number">{}</td><td>{}</td><td>{}</td></tr>',
        rows,
    )
    return format_html(
        '<div class="table-scroll" role="group" aria-label="Figures" tabindex="0"><table><thead><tr>'
        '<th scope="col">Figure</th><th scope="col" class="number">Value</th><th scope="col">Period</th>'
        '<th scope="col">Source</th></tr></thead><tbody>{}</tbody></table></div>',
        body,
    )


def _chart(key: str, name: str) -> SafeString:
    """The history or else the spread of a statistic, with its value, period and source beneath."""
    statistic = statistic_of(key)
    current = statistic.current if statistic else None
    if statistic is None or current is None:
        return SafeString('<p><span class="missing">figure not available</span></p>')
    receipt = Receipt(statistic)
    stale = f", {STALE}" if getattr(statistic, "is_stale", False) else ""
    return format_html(
        '<figure class="chart-frame">{}<figcaption class="source-note">{}: {} ({}{}). Source: {}, {}.'
        "</figcaption></figure>",
        receipt.history(name) or receipt.spread(name),
        statistic.label,
        _value(statistic),
        current.period,
        stale,
        current.source.publisher,
        current.source.title,
    )
