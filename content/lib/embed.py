"""A figure as one picture for other sites: its words, its chart and its source line, in SVG without style."""

from textwrap import wrap
from typing import Final

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

WIDTH: Final = 360
LINE: Final = 15
MARGIN: Final = 12
CHARACTERS: Final = 52


def picture(label: str, value: str, period: str, source: str, chart: tuple[SafeString, int]) -> SafeString:
    """The picture; it stands alone, so it says its period and source itself. The chart may be empty."""
    heads, notes = wrap(label, CHARACTERS), wrap(source, CHARACTERS + 8)
    below = MARGIN + LINE * len(heads)
    top = below + 50
    inside, tall = chart if chart[0] else ("", 0)
    bottom = top + tall
    height = bottom + LINE * len(notes) + MARGIN
    drawn = format_html('<svg y="{}" width="{}" height="{}">{}</svg>', top, WIDTH, tall, inside)
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" width="{}" height="{}" viewBox="0 0 {} {}" role="img"'
        ' font-family="sans-serif" color="#1b2330"><title>{}: {} ({})</title>'
        '<rect width="100%" height="100%" fill="#ffffff"/>{}'
        '<text x="{}" y="{}" font-size="26" font-weight="bold" fill="#0a5a5c">{}</text>'
        '<text x="{}" y="{}" font-size="12" fill="#525c6d">{}</text>{}{}</svg>',
        *(2 * WIDTH, 2 * height, WIDTH, height, label, value, period),
        _lines(heads, MARGIN + 8, 12, "#1b2330"),
        *(MARGIN, below + 24, value),
        *(MARGIN, below + 42, period),
        drawn if inside else "",
        _lines(notes, bottom + 8, 10, "#525c6d"),
    )


def _lines(lines: list[str], top: int, size: int, colour: str) -> SafeString:
    return format_html_join(
        "",
        '<text x="{}" y="{}" font-size="{}" fill="{}">{}</text>',
        ((MARGIN, top + LINE * place, size, colour, line) for place, line in enumerate(lines)),
    )
