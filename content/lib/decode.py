"""Text files from outside: bytes to text, in the encodings that offices and old sites write."""

import codecs
from dataclasses import dataclass
from typing import Final, Literal

BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    # Before UTF-16: its little-endian mark begins like this one.
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
SIGNATURES: Final = (
    (b"%PDF-", "a PDF"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"PK\x03\x04", "a ZIP archive or an Office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"SQLite format 3\x00", "a database"),
)
ALLOWED_CONTROLS: Final = frozenset(b"\t\n\x0b\x0c\r\x1a\x1b\x85")
MOST_CONTROLS: Final = 0.02


class NotText(Exception):
    """Bytes that are no text; the message is a sentence for the person who brought them."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """`text` keeps its line ends; `newline` is lf, crlf, cr or mixed; `bom` tells of a byte order mark."""

    text: str
    encoding: Literal["utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be", "cp1252"]
    newline: Literal["lf", "crlf", "cr", "mixed"]
    bom: bool


def decode(data: bytes) -> Decoded:
    """UTF-8, UTF-16 and UTF-32 by their byte order mark, else UTF-8, else cp1252; raises NotText."""
    for signature, what in SIGNATURES:
        if data.startswith(signature):
            raise NotText(f"This is {what}, not a text file. Save it as plain text and try again.")
    for mark, encoding in BOMS:
        if data.startswith(mark):
            return _marked(data[len(mark) :], encoding)
    _check_controls(data)
    try:
        return _decoded(data.decode("utf-8"), "utf-8", bom=False)
    except UnicodeDecodeError:
        pass
    try:
        return _decoded(data.decode("cp1252"), "cp1252", bom=False)
    except UnicodeDecodeError as error:
        raise NotText(
            f"The file is neither UTF-8 nor cp1252 (byte {error.start + 1} fits neither)."
            " Save it as UTF-8 and try again."
        ) from None


def _marked(data: bytes, encoding: str) -> Decoded:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise NotText(
            f"The file is marked as {encoding.upper()}, but byte {error.start + 1} after the mark does not"
            " fit. Save it again as UTF-8."
        ) from None
    _check_controls(text.encode("utf-8"))
    return _decoded(text, encoding, bom=True)


def _check_controls(data: bytes) -> None:
    if b"\0" in data:
        raise NotText("The file holds NUL bytes, so it is no text file. Save it as UTF-8 text and try again.")
    controls = sum(data.count(byte) for byte in range(32) if byte not in ALLOWED_CONTROLS)
    if controls > MOST_CONTROLS * len(data):
        raise NotText("The file is mostly control characters, so it is no text file. Save it as UTF-8 text.")


def _decoded(text: str, encoding: str, *, bom: bool) -> Decoded:
    crlf = text.count("\r\n")
    found = {
        "crlf": crlf,
        "cr": text.count("\r") - crlf,
        "lf": text.count("\n") - crlf,
    }
    kinds = [name for name, number in found.items() if number]
    newline = kinds[0] if len(kinds) == 1 else "mixed" if kinds else "lf"
    return Decoded(text, encoding, newline, bom)  # type: ignore[arg-type]  # both from the tables above
