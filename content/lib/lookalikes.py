"""Letters that look like others: two names that a reader cannot tell apart have one skeleton."""

import unicodedata
from typing import Final

# Before case is folded: a Cyrillic capital may look like a Latin one where its small letter does not.
CAPITALS: Final = str.maketrans(
    "\u0410\u0412\u0415\u0405\u0406\u0408\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0425\u0423"  # Cyrillic
    "\u0391\u0392\u0395\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7",  # Greek
    "ABESIJKMHOPCTXYABEZHIKMNOPTYX",
)
SMALL: Final = str.maketrans(
    "\u0430\u0435\u0456\u0458\u043e\u0440\u0441\u0443\u0445\u0455\u0501\u051b\u051d\u04bb\u043a\u043c\u0442"
    "\u03b1\u03bf\u03bd\u03c1\u03c5\u03b9\u03ba"  # Greek
    "\u0131\u0142\u00f8\u0111\u0127\u0251\u0261",  # Latin letters with a stroke, or without their dot
    "aeijopcyxsdqwhkmtaovpuikilodhag",
)
# In many typefaces one stroke; both sides of a comparison are folded alike, so that nothing is lost by it.
STROKES: Final = str.maketrans("i1|0", "lllo")


def plain(text: str) -> str:
    """The text in small Latin letters where its letters look like them, without accents and hidden marks."""
    apart = unicodedata.normalize("NFKD", text)
    shown = "".join(char for char in apart if not unicodedata.combining(char) and not _is_hidden(char))
    return shown.translate(CAPITALS).casefold().translate(SMALL)


def _is_hidden(char: str) -> bool:
    return not char.isspace() and unicodedata.category(char)[0] == "C"


def skeleton(text: str) -> str:
    """What is left when letters of one look are one; to compare, not to show."""
    return plain(text).translate(STROKES).replace("rn", "m")
