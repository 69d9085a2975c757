"""The states and territories as a map of tiles: drawn on the server, coloured by the site's stylesheet."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from html import escape
from typing import Final

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

SIZE: Final = 30
GAP: Final = 2
LETTERS: Final = 18  # how far below a tile's upper edge they stand
CLASSES: Final = 5
ROWS: Final = (
    "ak . . . . . . . . . . me",
    ". . . . . . . . . . vt nh",
    "wa id mt nd mn il wi mi ny ri ma .",
    "or nv wy sd ia in oh pa nj ct . .",
    "ca ut co ne mo ky wv va md de . .",
    ". az nm ks ar tn nc sc dc . . .",
    ". . . ok la ms al ga . . . .",
    "hi . . tx . . . . fl . pr vi",
    "gu mp as fm mh pw . . . . . .",
)


@dataclass(frozen=True, slots=True)
class Tile:
    """What a place's tile says: its class from 1 (lowest) to 5, 0 where there is no value, and its words.

    `address` is where it leads, on a map of links.
    """

    rank: int
    said: str
    address: str = ""


def ranked(values: Mapping[str, float]) -> dict[str, int]:
    """Classes of the same number of places each, by value; equal values share a class."""
    ordered = sorted(values.values())
    return {code: 1 + CLASSES * ordered.index(value) // len(ordered) for code, value in values.items()}


def _placed(tiles: Mapping[str, Tile]) -> list[tuple[str, int, int]]:
    """Codes that have a tile, with their column and row."""
    return [
        (code, column, row)
        for row, line in enumerate(ROWS)
        for column, code in enumerate(line.split())
        if code in tiles
    ]


def link_map(tiles: Mapping[str, Tile], *, title: str) -> SafeString:
    """A link a place, named by its words; a tile without an address leads nowhere."""
    return format_html(
        '<svg class="chart tiles tile-links" viewBox="0 0 {} {}" role="group" aria-label="{}"'
        ' text-anchor="middle" font-size="11">{}</svg>',
        len(ROWS[0].split()) * SIZE,
        len(ROWS) * SIZE,
        title,
        SafeString("".join(_row(tiles, number) for number in range(len(ROWS)))),
    )


def _row(tiles: Mapping[str, Tile], number: int) -> str:
    """Tiles of one row; the letters stand on its own zero line."""
    links = "".join(_link(tiles[code], square) for code, square in _squares(number) if code in tiles)
    return f'<g transform="translate(0 {number * SIZE + LETTERS})">{links}</g>'


@cache
def _squares(number: int) -> list[tuple[str, str]]:
    """Of each place of a row what its tile shows, wherever it leads; `charts.css` knows its size."""
    return [
        (
            code,
            f'<rect x="{column * SIZE}"/><text x="{column * SIZE + (SIZE - GAP) // 2}">{code.upper()}</text>',
        )
        for column, code in enumerate(ROWS[number].split())
        if code != "."
    ]


def _link(tile: Tile, square: str) -> str:
    said, address = escape(tile.said), escape(tile.address)
    if not address:
        return f'<g class="tile-0"><title>{said}</title>{square}</g>'
    # A list with choices is for readers; crawlers would walk all combinations.
    rel = ' rel="nofollow"' if "?" in address else ""
    return f'<a class="tile-{tile.rank}" href="{address}"{rel}><title>{said}</title>{square}</a>'


def tile_map(tiles: Mapping[str, Tile], *, title: str, told: str) -> SafeString:
    """A square a place, coloured by class; a place without a tile is left out."""
    width, height = len(ROWS[0].split()) * SIZE, len(ROWS) * SIZE
    return format_html(
        '<svg class="chart tiles" viewBox="0 0 {} {}" role="img" aria-labelledby="tiles-title tiles-told"'
        ' xmlns="http://www.w3.org/2000/svg">'
        '<title id="tiles-title">{}</title><desc id="tiles-told">{}</desc>{}</svg>',
        width,
        height,
        title,
        told,
        format_html_join(
            "",
            '<g class="tile tile-{}"><title>{}</title><rect x="{}" y="{}" width="{}" height="{}" rx="3"/>'
            '<text x="{}" y="{}" text-anchor="middle" font-size="11">{}</text></g>',
            (
                (
                    tiles[code].rank,
                    tiles[code].said,
                    column * SIZE,
                    row * SIZE,
                    SIZE - GAP,
                    SIZE - GAP,
                    column * SIZE + (SIZE - GAP) / 2,
                    row * SIZE + LETTERS,
                    code.upper(),
                )
                for code, column, row in _placed(tiles)
            ),
        ),
    )
