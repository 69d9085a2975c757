"""Title, lead, summary, headings, tables, pictures, length."""

import re
from collections.abc import Iterator
from typing import Final

from content.lint.draft import FIGURES, Draft, Words, counted
from content.lint.finding import Hit, hit
from content.lint.known import Known
from content.lint.markdown import html_pictures
from content.models import Article
from content.pictures import slug_of
from content.rendering import UNTITLED

TITLE: Final = (15, 60)
LEAD: Final = (120, 320)
FEWEST_WORDS: Final = 250
MOST_WITHOUT_HEADING: Final = 300
# What a figure is likely to take in place of its mark: "$51,140 a year".
FIGURE_LENGTH: Final = "x" * 15
FILE_NAME: Final = re.compile(r"[\w-]{1,80}\.(?:png|jpe?g|gif|webp|svg)", re.I)
NO_WORDS: Final = re.compile(
    r"\W*(?:an? |the )?(?:image|picture|photo(?:graph)?|graphic|figure|screenshot|img|alt(?: text)?|untitled"
    r"|placeholder)(?: \d+)?\W*|(?:img|dsc|image|photo)[_-]?\d+",
    re.I,
)


def title_length(draft: Draft, _known: Known) -> Iterator[Hit]:
    yield from _length(draft.title, TITLE, "title")


def lead_length(draft: Draft, _known: Known) -> Iterator[Hit]:
    yield from _length(draft.lead, LEAD, "lead")


def _length(words: Words, limits: tuple[int, int], name: str) -> Iterator[Hit]:
    fewest, most = limits
    length = len(FIGURES.sub(FIGURE_LENGTH, words.plain))
    if fewest <= length <= most:
        return
    said = f"The {name} has {length} characters." if length else f"There is no {name}."
    what = "Say more" if length < fewest else "Cut it"
    yield hit(words, 0, len(words.plain), said, f"{what}: a {name} has {fewest} to {most} characters.")


def missing_summary(draft: Draft, _known: Known) -> Iterator[Hit]:
    if not draft.summary.plain:
        text = "There is no summary."
        yield hit(draft.summary, 0, 0, text, "Say in one sentence what readers find here; lists show it.")


def missing_heading(draft: Draft, _known: Known) -> Iterator[Hit]:
    """A heading that was lost, bold words in its place, or a long text without any."""
    for words in draft.body:
        if words.kind == "heading" and words.plain.strip() in ("", UNTITLED):
            message = "This section has lost its heading."
            yield hit(words, 0, len(words.plain), message, "Name what the section is about.")
        elif words.kind == "paragraph" and _is_bold(words):
            message = "Bold words stand where a heading should."
            yield hit(words, 0, len(words.plain), message, "Make them a heading: ## and the words.")
    count = counted(draft.prose)
    if count > MOST_WITHOUT_HEADING and not draft.headings:
        first = next((words for words in draft.body if words.plain), draft.title)
        yield hit(
            first, 0, 60, f"{count} words stand without a heading.", "Part them with headings: ## and words."
        )


def _is_bold(words: Words) -> bool:
    """A paragraph of a few words, all of them strong and no sentence."""
    source = words.field.text[: words.at(0)]
    start = source.rfind("\n") + 1
    line = words.field.text[start:].partition("\n")[0].strip()
    bold = re.fullmatch(r"(\*\*|__)([^*_]{3,80})\1:?", line)
    return bool(
        bold and bold[2].strip() == words.plain.strip().rstrip(":") and bold[2].strip()[-1] not in ".!"
    )


def heading_skip(draft: Draft, _known: Known) -> Iterator[Hit]:
    level = 1
    for words in draft.headings:
        if words.level > level + 1:
            message = f"A heading of level {words.level} follows one of level {level}."
            suggestion = f"Make it a heading of level {level + 1}: {'#' * (level + 1)}."
            yield hit(words, 0, len(words.plain), message, suggestion)
        level = words.level


def heading_duplicate(draft: Draft, _known: Known) -> Iterator[Hit]:
    """The same heading twice at one level of one section."""
    seen: set[tuple[str, ...]] = set()
    path: list[str] = []
    for words in draft.headings:
        folded = " ".join(words.plain.casefold().split()).rstrip(":?!.")
        path = [*path[: words.level - 1], *[""] * (words.level - 1 - len(path)), folded]
        if folded in ("", UNTITLED):
            continue
        if tuple(path) in seen or folded in path[:-1]:
            message = f"\u201c{words.plain}\u201d is a heading already."
            yield hit(
                words, 0, len(words.plain), message, "Say what is different here, or join the two sections."
            )
        seen.add(tuple(path))


def table_header(draft: Draft, _known: Known) -> Iterator[Hit]:
    """A table whose columns are not named; the corner above the names of rows may be empty."""
    tables: dict[int, list[Words]] = {}
    for words in draft.body:
        if words.kind == "header":
            tables.setdefault(words.block, []).append(words)
    for cells in tables.values():
        if not any(cell.plain for cell in cells) or not all(cell.plain for cell in cells[1:]):
            blank = next(cell for cell in [*cells[1:], *cells[:1]] if not cell.plain)
            yield hit(
                blank,
                0,
                0,
                "A column of this table has no name.",
                "Name each column in the table's first row.",
            )
    for html in draft.html:
        if re.search(r"<table\b", html.source, re.I) and not re.search(r"<th\b", html.source, re.I):
            message = "This table has no header cells."
            suggestion = "Name each column in a first row of th cells, or write the table in Markdown."
            yield Hit("<table>", draft.body_field, html.offset, message, suggestion)


def image_alt(draft: Draft, known: Known) -> Iterator[Hit]:
    every = list(draft.pictures)
    every += [(draft.body_field, picture) for html in draft.html for picture in html_pictures(html)]
    for field, picture in every:
        words = (picture.alternative or "").strip()
        if not words and (slug := slug_of(picture.address)) and (ours := known.picture(slug)):
            if ours.is_decorative:
                continue
            words = ours.alternative
        if words and not FILE_NAME.fullmatch(words) and not NO_WORDS.fullmatch(words):
            continue
        said = (
            "has no alternative text"
            if not words
            else f"is described as \u201c{words}\u201d, which says nothing"
        )
        suggestion = "Say in its square brackets what the picture shows, for readers who do not see it."
        yield Hit(picture.address or words, field, picture.offset, f"This picture {said}.", suggestion)


def thin_content(draft: Draft, _known: Known) -> Iterator[Hit]:
    count = counted(draft.prose)
    if draft.kind == Article.Kind.ARTICLE and count < FEWEST_WORDS:
        message = f"The text has {count} words; an article has {FEWEST_WORDS} or more."
        yield hit(
            draft.title,
            0,
            len(draft.title.plain),
            message,
            "Say more of what sources carry, or join it to another.",
        )
