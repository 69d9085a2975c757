"""Runs of words with their links and emphasis, cleaned of what nobody can see."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

RAISED, LOWERED = "\ue000", "\ue001"

INVISIBLE: Final = re.compile(
    "[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
    "\ud800-\udfff\ue000-\uf8ff\U000e0000-\U000e0fff\U000f0000-\U0010ffff]"
)
# Old pages write cp1252 bytes as if they were Latin-1: numeric references from 128 to 159.
MISNAMED: Final[dict[int, str]] = {
    code: bytes([code]).decode("cp1252") for code in range(128, 160) if code not in (129, 141, 143, 144, 157)
}
_FORMS: Final[dict[str, str]] = {
    "\u2028": "\n",
    "\u2029": "\n",
    "\x0c": "\n",
    "\u2010": "-",
    "\u2011": "-",
    "\ufe63": "-",
    "\ufb00": "ff",
    "\ufb01": "fi",
    "\ufb02": "fl",
    "\ufb03": "ffi",
    "\ufb04": "ffl",
    "\ufb05": "st",
    "\ufb06": "st",
    **{chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},
    **{chr(code): " " for code in (0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000)},
}
PLAIN_FORMS: Final[dict[int, str]] = {**MISNAMED, **{ord(char): form for char, form in _FORMS.items()}}
# French typesetting, which only ever puts a narrow or fixed space before these.
LOOSE_MARK: Final = re.compile("[\u00a0\u2009\u200a\u202f]+(?=[?!;:])")
SPACES: Final = re.compile(r"\s+")
EVENTS: Final = (
    "abort|activate|after|animation|auxclick|before|begin|blur|bounce|cancel|canplay|change|click|close"
    "|context|copy"
    "|cue|cut|data|dbl|drag|drop|duration|emptied|end|error|finish|focus|form|fullscreen|gesture|got"
    "|hash|help"
    "|input|invalid|key|languagechange|layout|load|lost|media|message|mouse|move|offline|online|open"
    "|page|paste|pause"
    "|play|pointer|popstate|progress|property|rate|ready|rejection|repeat|reset|resize|reverse|row"
    "|scroll|search"
    "|seek|select|show|slot|stalled|start|stop|storage|submit|suspend|synch|time|toggle|touch|track"
    "|transition"
    "|unhandled|unload|url|visibility|volume|waiting|webkit|wheel"
)
UNSAFE: Final = re.compile(
    r"(?:javascript|vbscript|livescript)\s*:|data\s*:\s*text/html"
    r"|</?\s*(?:script|iframe|object|embed|svg|(?:style|meta|base|form|link)\b)"
    rf"|\bon(?:{EVENTS})[a-z]*\s*=",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Span:
    """Words of one look; `href` is an address that readers may follow, `raised` a superscript.

    `note` is a reference to the footnote of that marker; such a span has no words.
    """

    text: str
    href: str = ""
    strong: bool = False
    em: bool = False
    code: bool = False
    raised: bool = False
    note: str = ""

    @property
    def look(self) -> tuple[str, bool, bool, bool, bool, str]:
        return self.href, self.strong, self.em, self.code, self.raised, self.note

    def saying(self, text: str) -> "Span":
        """Other words of the same look."""
        if text == self.text:
            return self
        return Span(text, self.href, self.strong, self.em, self.code, self.raised, self.note)


def clean(text: str) -> str:
    """The text without invisible characters, every kind of space plain; quotes, dashes, ™ as written."""
    if text.isascii() and text.isprintable():
        return text
    return INVISIBLE.sub("", LOOSE_MARK.sub("", text).translate(PLAIN_FORMS))


def squeeze(text: str) -> str:
    """Cleaned, on one line, single spaces, nothing that a browser might run."""
    return harmless(SPACES.sub(" ", clean(text)).strip())


def harmless(text: str) -> str:
    """The text without what a browser might run, were it ever printed unescaped."""
    # A space in its place, so that what stood on either side never joins to the same thing again.
    return UNSAFE.sub(" ", text) if may_run(text) else text


def may_run(text: str) -> bool:
    """A quick look: without these signs nothing in a text can run."""
    return any(sign in text for sign in ":<=")


def _one_line(text: str) -> str:
    words = clean(text)
    return words if words.isprintable() and "  " not in words else SPACES.sub(" ", words)


@dataclass(frozen=True)
class Text:
    """Spans in order; build it with `Text.of`, which cleans and squeezes them as one line."""

    spans: tuple[Span, ...] = ()

    @classmethod
    def of(cls, spans: Iterable[Span]) -> "Text":
        kept: list[Span] = []
        open_space = True
        for span in spans:
            if span.note:
                kept.append(span)
                continue
            words = _one_line(span.text)
            if open_space:
                words = words.removeprefix(" ")
            if not words:
                continue
            open_space = words.endswith(" ")
            if kept and kept[-1].look == span.look:
                kept[-1] = span.saying(kept[-1].text + words)
            else:
                kept.append(span.saying(words))
        if kept and kept[-1].text.endswith(" "):
            kept[-1] = kept[-1].saying(kept[-1].text[:-1])
        made = cls(tuple(span for span in kept if span.text or span.note))
        found = [match.span() for match in UNSAFE.finditer(made.plain)] if may_run(made.plain) else []
        return made.without(found) if found else made

    @classmethod
    def plainly(cls, text: str) -> "Text":
        return cls.of([Span(text)])

    @cached_property
    def plain(self) -> str:
        return "".join(span.text for span in self.spans).rstrip()

    @cached_property
    def marked(self) -> str:
        """The words with superscripts and notes between two private characters, so that digits stay apart."""
        return "".join(
            f"{RAISED}{span.note or span.text}{LOWERED}" if span.raised or span.note else span.text
            for span in self.spans
        )

    def __bool__(self) -> bool:
        return bool(self.plain)

    def cut(self, start: int, end: int) -> "Text":
        """The part between two places of `plain`."""
        return Text.of(self._slice(start, end))

    def without(self, places: Iterable[tuple[int, int]]) -> "Text":
        """What is left when the places (of `plain`, in order) are taken out."""
        kept: list[Span] = []
        at = 0
        for start, end in places:
            kept += [*self._slice(at, start), Span(" ")]
            at = end
        return Text.of([*kept, *self._slice(at, len(self.plain))])

    def _slice(self, start: int, end: int) -> Iterator[Span]:
        at = 0
        for span in self.spans:
            low, high = max(start - at, 0), min(end - at, len(span.text))
            if low < high or (span.note and start <= at <= end):
                yield span.saying(span.text[low:high])
            at += len(span.text)


ENDS: Final = re.compile(r"[.!?\u2026][\"\u201d\u2019')\]]{0,2}\s(?=[\"\u201c\u2018'(\[]{0,2}[^a-z\s])")
ABBREVIATION: Final = re.compile(
    r"(?:\b[A-Z]|\b(?:Dr|Mr|Mrs|Ms|St|vs|No|Inc|Ltd|Co|Corp|Prof|Sr|Jr|Ph\.D|Fig|approx|e\.g|i\.e|cf|etc"
    r"|al))\.$"
)


def sentences(plain: str) -> list[tuple[int, int]]:
    """Where each sentence begins and ends; a space between two belongs to neither."""
    places: list[tuple[int, int]] = []
    start = 0
    for match in ENDS.finditer(plain):
        if ABBREVIATION.search(plain[max(0, match.start() - 8) : match.start() + 1]):
            continue
        places.append((start, match.end() - 1))
        start = match.end()
    if start < len(plain):
        places.append((start, len(plain)))
    return places
