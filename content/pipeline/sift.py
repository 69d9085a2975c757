"""Parts what belongs to the article from what a site puts around it, block by block and sentence by"
" sentence."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from content.pipeline.disclosures import disclosed
from content.pipeline.document import (
    Block,
    Disclosure,
    Document,
    Dropped,
    Group,
    Heading,
    ListBlock,
    Paragraph,
    Quote,
    Table,
    Terms,
    below_each,
    item_texts,
    said,
)
from content.pipeline.furniture import day, is_listing_name, is_related_name, line_kind, sentence_kind
from content.pipeline.sources import names_sources
from content.pipeline.text import Text, sentences, squeeze

LONGEST_BOLD: Final = 100
FEWEST_CONTENTS: Final = 2
HEADED: Final = (Paragraph, ListBlock, Table, Terms, Quote, Group)


def sift(document: Document) -> list[Block]:
    """The blocks with furniture as `Dropped`, disclosures apart, bold lines as the headings they are."""
    headings = {
        squeeze(block.text.plain).casefold() for block in document.blocks if isinstance(block, Heading)
    }
    sifter = _Sifter(document, headings)
    sifted = [made for block in document.blocks for made in sifter.block(block)]
    return list(_with_bold_headings(sifted))


@dataclass
class _Sifter:
    document: Document
    headings: set[str]
    under_related: bool = False

    def block(self, block: Block) -> Iterator[Block]:
        match block:
            case Heading(text=text):
                self.under_related = is_related_name(text.plain)
                kind = line_kind(text.plain) if text else None
                # "Ready to Begin?" may be a heading, if the source says that it is one.
                spoken = kind in ("promo", "call-to-action", "form") and block.sure
                yield Dropped(kind, text.plain) if kind and not spoken else block
            case Paragraph():
                yield from self._paragraph(block)
            case ListBlock():
                yield from self._list(block)
            case Group(kind="disclosure"):
                yield from self._disclosure_box(block)
            case Group():
                inner = [made for each in block.blocks for made in self.block(each)]
                yield from (made for made in inner if isinstance(made, Disclosure))
                yield replace(block, blocks=tuple(made for made in inner if not isinstance(made, Disclosure)))
            case Quote(text=text) if (found := disclosed(text.plain)) and found[0] == 0:
                yield Disclosure(found[2], text.plain)
            case Dropped():
                yield from self._dropped(block)
            case _:
                yield block

    def _paragraph(self, block: Paragraph) -> Iterator[Block]:
        whole = self._line(block.text.plain)
        if not whole and not self.under_related and _only_links(block):
            whole = Dropped("navigation", block.text.plain)
        if whole:
            yield whole
            return
        kept: list[Text] = []
        for line in block.lines:
            furniture = self._line(line.plain) if len(block.lines) > 1 else None
            if furniture:
                yield furniture
            else:
                kept.append(line)
        if names_sources(block):
            yield replace(block, lines=tuple(kept))
        elif kept:
            yield from self._sentences(replace(block, lines=tuple(kept)))

    def _line(self, words: str) -> Dropped | None:
        kind = line_kind(words)
        if kind == "updated-line" and day(words):
            self.document.updated = self.document.updated or day(words)
        return Dropped(kind, words) if kind else None

    def _sentences(self, block: Paragraph) -> Iterator[Block]:
        text = block.text
        found = disclosed(text.plain)
        if found:
            start, end, kind = found
            yield Disclosure(kind, text.plain[start:end])
            text = text.without([(start, end)])
        places = sentences(text.plain)
        kinds = [sentence_kind(text.plain[start:end]) for start, end in places]
        first = next((kind for kind in kinds if kind), None)
        if first and all(kinds):
            yield Dropped(first, text.plain)
            return
        for (start, end), sentence in zip(places, kinds, strict=True):
            if sentence:
                yield Dropped(sentence, text.plain[start:end])
        if first:
            text = text.without([place for place, kind in zip(places, kinds, strict=True) if kind])
        if text:
            yield replace(block, lines=(text,)) if found or first else block

    def _list(self, block: ListBlock) -> Iterator[Block]:
        words = [text.plain for text in item_texts(block)]
        only = words[0] if len(words) == 1 else ""
        if only and (is_listing_name(only) or is_related_name(only)):
            yield Heading(2, block.items[0].text, sure=False)
            return
        kind = line_kind(" ".join(words))
        if kind in ("pagination", "share", "breadcrumb", "navigation", "footer"):
            yield Dropped(kind, " ".join(words))
        elif len(words) >= FEWEST_CONTENTS and all(word.casefold() in self.headings for word in words):
            yield Dropped("navigation", " ".join(words))
        else:
            yield block

    def _disclosure_box(self, block: Group) -> Iterator[Block]:
        """A box that calls itself a disclosure is one; what else it holds goes on as it is."""
        words = []
        for inner in block.blocks:
            if isinstance(inner, Dropped):
                yield from self._dropped(inner)
            elif isinstance(inner, Group):
                yield from self.block(inner)
            else:
                words.append(said([inner]))
        text = " ".join(word for word in words if word)
        if text:
            found = disclosed(text)
            yield Disclosure(found[2] if found else "sponsored-listing", text)

    def _dropped(self, block: Dropped) -> Iterator[Block]:
        """What is left out may still say who pays: in a footer, in a box of sponsors."""
        found = disclosed(block.text) if block.kind in ("footer", "advertisement", "promo") else None
        if found:
            start, end, kind = found
            yield Disclosure(kind, block.text[start:end])
            rest = f"{block.text[:start]} {block.text[end:]}".strip()
            if rest:
                yield Dropped(block.kind, squeeze(rest))
        else:
            yield block


def _only_links(block: Paragraph) -> bool:
    """Two links or more and no other word: a way around the site, not a text."""
    spans = [span for line in block.lines for span in line.spans]
    links = [span for span in spans if span.href and span.text.strip()]
    return len(links) > 1 and not any(any(map(str.isalnum, span.text)) for span in spans if not span.href)


def _with_bold_headings(blocks: Sequence[Block]) -> Iterator[Block]:
    """A line that is bold from end to end and stands alone above something is a heading."""
    level = 2
    for block, below in zip(blocks, below_each(blocks), strict=True):
        if isinstance(block, Heading):
            level = min(block.level, 5) if block.sure else level
        if isinstance(block, Paragraph) and isinstance(below, HEADED):
            text = _bold_line(block)
            yield Heading(level + 1, text, sure=False) if text else block
        else:
            yield block


def _bold_line(block: Paragraph) -> Text | None:
    if len(block.lines) != 1 or not all(span.strong or span.note for span in block.lines[0].spans):
        return None
    words = block.text.plain
    if len(words) > LONGEST_BOLD or words.endswith((".", ",", ";", "!")) or names_sources(block):
        return None
    return Text.plainly(words.removesuffix(":")) if any(char.isalpha() for char in words) else None
