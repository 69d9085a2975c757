"""What a page left out of its article, where in the text it stood, and the way back to there."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from difflib import SequenceMatcher
from itertools import takewhile, zip_longest
from typing import Any, Final, Literal

from content.pipeline.body import body_markdown, escape, lead_markdown, lead_parts, section_parts
from content.pipeline.page import Page, Place
from content.pipeline.text import clean

type Part = Literal["lead", "body"]
PARTS: Final[tuple[Part, ...]] = ("lead", "body")
GAP: Final = "\n\n"
PLAIN: Final = re.compile(r"[\w ,.'-]{12,60}")
SOUGHT: Final = 60
MOST_COMPARED: Final = 250_000  # pairs of paragraphs: what is compared grows with them


@dataclass(frozen=True)
class LeftOut:
    """A line that is no part of the article, behind so many paragraphs of the lead or the body."""

    kind: str
    text: str
    part: Part
    behind: int
    is_back: bool = False


@dataclass(frozen=True)
class Reading:
    """A page's texts as they were read, in paragraphs, with what was left out of them."""

    lead: list[str]
    body: list[str]
    left_out: list[LeftOut]

    @classmethod
    def of(cls, page: Page, raw: str) -> "Reading":
        """`raw` is the page as text: what stood inside a line is looked for in it."""
        lead, body = paragraphs(lead_markdown(page)), paragraphs(body_markdown(page))
        placed = zip_longest(page.dropped, page.places)
        rows = [
            LeftOut(
                drop.kind, clean(drop.text), *(_place(page, at) if at else _near(drop.text, raw, lead, body))
            )
            for drop, at in placed
        ]
        return cls(lead, body, sorted(rows, key=lambda row: (PARTS.index(row.part), row.behind)))

    @classmethod
    def from_json(cls, stored: dict[str, Any]) -> "Reading":
        rows = [LeftOut(**row) for row in stored.get("left_out", [])]
        return cls(stored.get("lead", []), stored.get("body", []), rows)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    def in_order(self, part: Part) -> Iterator[tuple[str, int | None]]:
        """Paragraphs of a part and, by their numbers, the lines left out between them."""
        texts = self.lead if part == "lead" else self.body
        rows = [(row.behind, number) for number, row in enumerate(self.left_out) if row.part == part]
        for at in range(len(texts) + 1):
            yield from (("", number) for behind, number in rows if min(behind, len(texts)) == at)
            if at < len(texts):
                yield texts[at], None

    def put_back(self, number: int, texts: dict[Part, str]) -> tuple["Reading", dict[Part, str]]:
        """The line in its place in the texts, whatever was mended there; what is back already stays once."""
        row = self.left_out[number]
        if row.is_back:
            return self, texts
        base, place = self._base(row.part, number)
        now = paragraphs(texts[row.part])
        now.insert(_same_place(base, now, place), markdown_of(row))
        rows = [*self.left_out]
        rows[number] = replace(row, is_back=True)
        return Reading(self.lead, self.body, rows), {**texts, row.part: GAP.join(now)}

    def _base(self, part: Part, number: int) -> tuple[list[str], int]:
        """The part as it was read with the lines that are back, and the place of that line in it."""
        base: list[str] = []
        place = 0
        for text, line in self.in_order(part):
            if line == number:
                place = len(base)
            elif line is None:
                base.append(text)
            elif self.left_out[line].is_back:
                base.append(markdown_of(self.left_out[line]))
        return base, place


def markdown_of(row: LeftOut) -> str:
    """The line as a paragraph that prints what it said and nothing else."""
    return escape(" ".join(row.text.split()))


def paragraphs(text: str) -> list[str]:
    return text.split(GAP) if text else []


def _place(page: Page, place: Place) -> tuple[Part, int]:
    if place.section < 0:
        parts = lead_parts(page)
        return "lead", _count(parts if place.blocks is None else parts[: place.blocks])
    sections = section_parts(page)
    own = sections[place.section]
    own = own if place.blocks is None else own[: 1 + place.blocks]
    return "body", _count(part for section in (*sections[: place.section], own) for part in section)


def _count(parts: Iterable[str]) -> int:
    return sum(len(paragraphs(part)) for part in parts)


def _near(said: str, raw: str, lead: Sequence[str], body: Sequence[str]) -> tuple[Part, int]:
    """Behind the last paragraph that begins before the words in the raw page, else at the end."""
    at = raw.find(said[:SOUGHT])
    if at < 0:
        return "body", len(body)
    found, start = 0, 0
    for number, text in enumerate((*lead, *body), 1):
        words = PLAIN.search(text)
        here = raw.find(words[0].strip(), start) if words else -1
        if here > at:
            break
        if here >= 0:
            found, start = number, here
    return ("lead", found) if found <= len(lead) and lead else ("body", found - len(lead))


def _same_place(base: list[str], now: list[str], place: int) -> int:
    """Where in a mended text the place lies that was between two paragraphs of the text before."""
    head = _alike(base, now)
    tail = min(_alike(base[::-1], now[::-1]), min(len(base), len(now)) - head)
    if place <= head:
        return place
    if place >= len(base) - tail:
        return len(now) - len(base) + place
    old, new = base[head : len(base) - tail], now[head : len(now) - tail]
    if len(old) * len(new) > MOST_COMPARED:
        return head + min(place - head, len(new))
    return head + _matched(old, new, place - head)


def _alike(one: list[str], other: list[str]) -> int:
    """How many paragraphs both begin with."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _matched(old: list[str], new: list[str], place: int) -> int:
    behind = 0
    for kind, start, end, other, other_end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal" and start <= place < end:
            return other + place - start
        if start < place <= end:
            behind = other + place - start if kind == "equal" else other_end
    return behind
