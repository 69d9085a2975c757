"""Pictures in texts: `![alternative text](picture:SLUG)`.

As with tables and charts, a text is sanitised with a placeholder where each stands; what is put in its place
is never read again as markup.
"""

import re
from dataclasses import dataclass
from typing import Final

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from content.lib.sanitise import LINK_REL, safe_address
from content.models import Licence, Picture

BEGIN, END = "\ue005", "\ue006"
HELD: Final = re.compile(f"{BEGIN}([0-9]{{1,4}}){END}")
ALONE: Final = re.compile(f"<p>((?:\\s*{HELD.pattern}(?:<br>)?)+)\\s*</p>")
# As wide as the column of the text, which is as wide as a small screen.
SIZES: Final = "(min-width: 44rem) 42rem, 100vw"


@dataclass(frozen=True)
class Shown:
    """A picture at a place of a text, with the words that stand there for it; `is_linked`: inside a link."""

    picture: Picture
    words: str
    is_linked: bool


def put(html: str, shown: list[Shown]) -> str:
    """The pictures in the place of their placeholders; one in a paragraph of its own is a figure.

    A text may spell the signs of a placeholder as character references: what stands for nothing goes.
    """
    places = {str(place): each for place, each in enumerate(shown)}

    def figures(match: re.Match[str]) -> str:
        return "".join(_figure(places[number]) for number in HELD.findall(match[1]) if number in places)

    def inline(match: re.Match[str]) -> str:
        return _inline(places[match[1]]) if match[1] in places else ""

    return HELD.sub(inline, ALONE.sub(figures, html))


def _figure(shown: Shown) -> SafeString:
    origin = _origin(shown.picture, links=True)
    caption = format_html('<figcaption class="source-note">{}</figcaption>', origin) if origin else ""
    return format_html('<figure class="picture">{}{}</figure>', _image(shown), caption)


def _inline(shown: Shown) -> SafeString:
    origin = _origin(shown.picture, links=not shown.is_linked)
    note = format_html(' <span class="stat-note">({})</span>', origin) if origin else ""
    return format_html("{}{}", _image(shown), note)


def _image(shown: Shown) -> SafeString:
    picture = shown.picture
    files = ((picture.address(width), width) for width in picture.widths)
    return format_html(
        '<img src="{}" srcset="{}" sizes="{}" width="{}" height="{}" alt="{}"'
        ' loading="lazy" decoding="async">',
        picture.address(),
        format_html_join(", ", "{} {}w", files),
        SIZES,
        picture.width,
        picture.height,
        shown.words.strip() or picture.alternative,
    )


def _origin(picture: Picture, *, links: bool) -> SafeString:
    """Whose it is and how it may be used; empty for our own work without a name."""
    if picture.licence == Licence.OWN_WORK:
        return format_html("Picture: {}", picture.credit) if picture.credit else SafeString("")
    source, deed = (picture.source_url, picture.deed) if links else ("", "")
    whose = _linked(picture.credit or ("source" if source else ""), source)
    licence = _linked(picture.get_licence_display(), deed)
    return format_html("Picture: {}, {}", whose, licence) if whose else format_html("Picture: {}", licence)


def _linked(words: str, address: str) -> SafeString:
    safe = safe_address(address)
    if not (words and safe):
        return format_html("{}", words)
    return format_html('<a href="{}" rel="{}">{}</a>', safe, LINK_REL, words)
