"""Organisations that a page names, with their letters and their sites."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final
from urllib.parse import urlsplit

from content.lib.normal import key
from content.pipeline.links import bare, host
from content.pipeline.names import SMALL, Mention, acronym_in, is_acronym, is_old
from content.pipeline.page import Organisation, Page, SourceLine
from content.pipeline.passages import Passage
from content.pipeline.vocabulary import ACTS, STATISTICAL, is_body_name, is_credential_name

SITE: Final = re.compile(r"(?:https?://|www\.)[^\s()<>,;]{3,300}|(?<=[(<])[a-z0-9.-]{4,100}(?=[)>])", re.I)
BARE_LETTERS: Final = re.compile(r"\b([A-Z]{3,8})\b\s?[(<]\s?(?=(?:https?://|www\.))")
EDITION: Final = re.compile(
    r"\s?\([^()]*\)|,\s(?:p{1,2}\.|vol\.|no\.|ed\.|(?:19|20)\d\d|[A-Z][a-z]+ (?:19|20)\d\d).*$"
)
DOCUMENTS: Final = re.compile(
    r"\b(?:handbook|manual|guide|report|brochure|website|web site|page|newsletter|press release|catalog"
    r"|faq|article)s?\b",
    re.I,
)
DOMAIN_NAME: Final = re.compile(r"[\w-]{2,60}(?:\.[\w-]{2,60}){1,3}")
LONGEST_NAME: Final = 120
MOST: Final = 60


def find_organisations(page: Page, text: list[Passage]) -> list[Organisation]:
    """Those of the text in its order, then those behind the figures; what was renamed stays out."""
    found: list[Organisation] = []
    for passage in text:
        for organisation in _in_passage(passage):
            _add(found, organisation)
    found = _with_sites(found, text)
    for box in page.fact_boxes:
        for source in box.sources:
            name = _behind_source(source.name, found)
            if name:
                _add(found, name)
            found = [_with_source_site(each, source) for each in found]
    return found


def _with_source_site(each: Organisation, source: SourceLine) -> Organisation:
    """`AHIMA (www.ahima.org)` below a box gives the body's site; the address of a publication does not."""
    names_it = source.name in (each.name, each.acronym) and source.url is not None
    if each.site or not names_it or urlsplit(source.url).path not in ("", "/"):
        return each
    return replace(each, site=host(source.url or ""))


def _in_passage(passage: Passage) -> list[Organisation]:
    plain = passage.plain
    placed: list[tuple[int, Organisation]] = []
    taken: list[tuple[int, int]] = []
    for mention in passage.mentions:
        if is_body_name(mention.name, lettered=True) or _acts(plain, mention):
            taken.append((mention.start, mention.end))
            if not mention.former:
                placed.append((mention.start, Organisation(mention.name, mention.acronym)))
    for name, start, end in passage.runs:
        if is_old(plain, start) or any(low < end and start < high for low, high in taken):
            continue
        names = [part for part in _parts(name) if is_body_name(part) and len(part) <= LONGEST_NAME]
        placed += [(start, Organisation(part)) for part in names]
    for match in BARE_LETTERS.finditer(plain):
        if not any(low <= match.start() < high for low, high in taken):
            placed.append((match.start(), Organisation(match[1], match[1])))
    return [each for _start, each in sorted(placed, key=lambda pair: pair[0])]


def _acts(plain: str, mention: Mention) -> bool:
    """`Cardio Credentialing International (CCI) offers`: what grants something is an organisation."""
    return not is_credential_name(mention.name) and bool(ACTS.match(plain, mention.end))


def _parts(name: str) -> list[str]:
    """`Guild of Coders and Institute of Billing` are two, `Society of Coders and Billers` is one."""
    parts = re.split(r"\s(?:and|&)\s(?:the\s)?", name)
    return parts if all(map(is_body_name, parts)) or not is_body_name(name) else [name]


def _add(found: list[Organisation], new: Organisation) -> None:
    """Adds it, unless it is there under its letters, its name or a longer form of the name."""
    words = key(new.name)
    for at, known in enumerate(found):
        one, other = key(known.name), words
        same_letters = bool(new.acronym) and new.acronym == known.acronym
        longer = max(known.name, new.name, key=len) if one != other else known.name
        shorter = new.name if longer == known.name else known.name
        tail = key(longer).endswith(f" {key(shorter)}") and not _is_part(shorter, longer)
        if same_letters or one == other or tail:
            found[at] = replace(known, name=longer, acronym=known.acronym or new.acronym)
            return
        if known.acronym and key(known.acronym) == words:
            return
    if len(found) < MOST:
        found.append(new)


def _is_part(name: str, words: str) -> bool:
    """`Pay Survey of the Coders League` is something of that league; `U.S. Bureau of ...` is the bureau."""
    before, found, _behind = words.partition(name)
    return bool(found) and any(word in SMALL for word in before.split())


class Bodies:
    """Finds known organisations in words, by name or by letters."""

    def __init__(self, found: list[Organisation]) -> None:
        self._known = {each.name: each for each in found} | {
            each.acronym: each for each in found if each.acronym
        }
        names = sorted(self._known, key=len, reverse=True)
        pattern = "|".join(map(re.escape, names))
        self._pattern = re.compile(rf"(?<![\w-])(?:{pattern})(?![\w-])") if names else None

    def places(self, words: str, start: int = 0, end: int | None = None) -> list[tuple[int, Organisation]]:
        """Every organisation named between two places, in order."""
        if self._pattern is None:
            return []
        matches = self._pattern.finditer(words, start, len(words) if end is None else end)
        return [(match.start(), self._known[match[0]]) for match in matches]


def _with_sites(found: list[Organisation], text: list[Passage]) -> list[Organisation]:
    """With the site that the page gives: the first by letters in the address, or behind the name."""
    bodies = Bodies(found)
    sites: dict[str, str] = {}
    for passage in text:
        for address, at in _sites(passage, bodies):
            owner = _owner(passage, at, host(address), bodies)
            if owner:
                sites.setdefault(owner.name, host(address))
    return [replace(each, site=sites.get(each.name)) for each in found]


def _sites(passage: Passage, bodies: Bodies) -> Iterator[tuple[str, int]]:
    """Addresses of a passage with their places: in brackets, set off, or behind a name that is linked."""
    for match in SITE.finditer(passage.plain):
        if bare(match[0]):
            yield match[0].rstrip(".,"), match.start()
    at = 0
    for span in passage.text.spans:
        if span.href.startswith("http"):
            words = span.text.strip()
            name = words.partition(" (")[0]
            names_it = is_body_name(name, lettered=True) or is_acronym(name) or bool(bare(words))
            site = host(span.href)
            if names_it or any(_bears(site, each) for _place, each in bodies.places(words)):
                yield span.href, at + len(span.text)
        at += len(span.text)


def _bears(site: str, organisation: Organisation) -> bool:
    """Whether an address holds an organisation's letters."""
    letters = (organisation.acronym or "").lower()
    labels = re.split(r"[.-]", site)
    return bool(letters) and any(
        label == letters or (len(letters) > 2 and label.startswith(letters)) for label in labels
    )


def _owner(passage: Passage, at: int, site: str, bodies: Bodies) -> Organisation | None:
    """Whose site it is: the one whose letters it holds, else the one named last before it."""
    named = bodies.places(passage.plain)
    bearing = next((each for _place, each in named if _bears(site, each)), None)
    if bearing:
        return bearing
    start = next((low for low, high in passage.sentences if low <= at <= high), 0)
    for low in (start, 0):
        before = [each for place, each in named if low <= place < at]
        if before:
            return before[-1]
    return None


def _behind_source(name: str, found: list[Organisation]) -> Organisation | None:
    """The organisation that a source names; a handbook of one that is known is none of its own."""
    words = EDITION.sub("", name).strip(" ,;")
    letters = acronym_in(name[name.find("(") + 1 :]) if "(" in name else ""
    known = {each.acronym for each in found if each.acronym} | {each.name for each in found}
    if any(
        words == each or words.startswith((f"{each} ", f"{each}'", f"{each}\u2019", f"{each},"))
        for each in known
    ):
        return None
    if any(_is_part(each.name, words) for each in found):
        return None
    if ", " in words and is_body_name(words.partition(", ")[0]):
        words = words.partition(", ")[0]
    if not words or len(words) > LONGEST_NAME or DOCUMENTS.search(words):
        return None
    if not (DOMAIN_NAME.fullmatch(words) or _is_titled(words)):
        return None
    return Organisation(words, letters or None, role="statistics")


def _is_titled(words: str) -> bool:
    parts = words.split()
    return (
        all(part[:1].isupper() or part[:1].isdigit() or part.lower() in SMALL for part in parts)
        and parts[0][:1].isupper()
    )


def with_roles(found: list[Organisation], granting: set[str]) -> list[Organisation]:
    """What each organisation does on this page: it grants a credential, counts, or is only named."""
    return [
        replace(each, role="certifying-body")
        if (each.acronym or each.name) in granting
        else replace(each, role="statistics")
        if each.role == "statistics" or STATISTICAL.search(each.name)
        else each
        for each in found
    ]
