"""Normal forms of names and numbers.

NFKC is for keys and figures alone; texts for readers keep their characters.
"""

import re
import unicodedata
from typing import Final

from django.utils.text import slugify

APOSTROPHES: Final = re.compile("['\u2018\u2019\u201b\u02bc\u00b4`]")
JOINTS: Final = re.compile("[\u2010-\u2015\u2212/\\\\_+|:;,.]+(?=\\w)")
DOTS: Final = re.compile(r"(?<=\b[^\W\d])\.(?=[^\W\d]\b|\s|$)")
GROUPED: Final = re.compile(r"\d{1,3}(?:([,'\u2019 ])\d{3})(?:\1\d{3})*(?:\.\d+)?", re.ASCII)
PLAIN: Final = re.compile(r"\d+(?:\.\d+)?|\.\d+", re.ASCII)
LONGEST_NUMBER: Final = 24
# Written to hide words or to turn their order round; no text for readers needs them.
HIDING: Final = dict.fromkeys((0x200B, *range(0x202A, 0x202F), 0x2060, *range(0x2066, 0x206A), 0xFEFF))
LONGEST_SLUG: Final = 120


def slug(text: str, *, longest: int = LONGEST_SLUG) -> str:
    """ASCII letters, digits and hyphens, cut at a word's end; empty where the text has no letter or digit."""
    joined = JOINTS.sub("-", DOTS.sub("", APOSTROPHES.sub("", text[: 4 * longest])))
    made = slugify(joined).strip("-_")
    if len(made) <= longest:
        return made
    cut = made[: longest + 1]
    return cut[: cut.rfind("-")] if "-" in cut else cut[:longest]


def key(text: str) -> str:
    """What two spellings of one name share: letters and digits, in one case, single spaces."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    return " ".join("".join(char if char.isalnum() else " " for char in folded).split())


def number(text: str) -> int | float | None:
    """The number that the text is and nothing else: 36 740, 36,740 or 19.85; a float where it has a point."""
    figure = unicodedata.normalize("NFKC", text).strip()
    if not figure or len(figure) > LONGEST_NUMBER:
        return None
    if not (GROUPED.fullmatch(figure) or PLAIN.fullmatch(figure)):
        return None
    digits = re.sub("[,'\u2019 ]", "", figure)
    return float(digits) if "." in digits else int(digits)
