"""Organisations that a page names, with their letters and their sites."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from content.lib.normal import key
from content.pipeline.links import bare, host
from content.pipeline.names import SMALL, Mention, acronym_in, capital_runs, is_acronym, is_old, mentions
from content.pipeline.page import Organisation, Page
from content.pipeline.passages import Passage, passages
from content.pipeline.text import sentences
from content.pipeline.vocabulary import ACTS, STATISTICAL, is_body_name, is_credential_name

SITE: Final = re.compile(r"(?:https?://)?(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,4}[a-z]{2,24}\b", re.I)
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


@dataclass(frozen=True)
class Named:
    """An organisation at a place of a passage."""

    organisation: Organisation
    start: int
    end: int


def find_organisations(page: Page) -> list[Organisation]:
    """Those of the text in its order, then those behind the figures; what was renamed stays out."""
    found: list[Organisation] = []
    for passage in passages(page):
        for organisation in _in_passage(passage.plain):
            _add(found, organisation)
    found = [_with_site(each, list(passages(page)), found) for each in found]
    for box in page.fact_boxes:
        for source in box.sources:
            name = _behind_source(source.name, found)
            if name:
                _add(found, name)
    return found


def _in_passage(plain: str) -> Iterator[Organisation]:
    placed: list[Named] = []
    taken: list[tuple[int, int]] = []
    for mention in mentions(plain):
        if is_body_name(mention.name, lettered=True) or _acts(plain, mention):
            taken.append((mention.start, mention.end))
            if not mention.former:
                placed.append(Named(Organisation(mention.name, mention.acronym), mention.start, mention.end))
    for name, start, end in capital_runs(plain):
        if is_old(plain, start) or any(low < end and start < high for low, high in taken):
            continue
        for part in _parts(name):
            if is_body_name(part) and len(part) <= LONGEST_NAME:
                placed.append(Named(Organisation(part), start, end))
    for match in BARE_LETTERS.finditer(plain):
        if not any(low <= match.start() < high for low, high in taken):
            placed.append(Named(Organisation(match[1], match[1]), match.start(), match.end()))
    yield from (each.organisation for each in sorted(placed, key=lambda each: each.start))


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
        if same_letters or one == other or one.endswith(f" {other}") or other.endswith(f" {one}"):
            longer = max(known.name, new.name, key=len) if one != other else known.name
            found[at] = replace(known, name=longer, acronym=known.acronym or new.acronym)
            return
        if known.acronym and key(known.acronym) == words:
            return
    found.append(new)


def _with_site(each: Organisation, text: list[Passage], all_found: list[Organisation]) -> Organisation:
    """The site that the page gives for it: by its letters in the address, or right behind its name."""
    for passage in text:
        for address, at in _sites(passage, all_found):
            if _owner(passage.plain, at, host(address), all_found) == each:
                return replace(each, site=host(address))
    return each


def _sites(passage: Passage, found: list[Organisation]) -> Iterator[tuple[str, int]]:
    """Addresses of a passage with their places: in brackets, set off, or behind a name that is linked."""
    plain = passage.plain
    for match in SITE.finditer(plain):
        before = plain[match.start() - 1 : match.start()]
        spelled_out = match[0].lower().startswith(("http", "www.")) or before in ("(", "<")
        if spelled_out and before != "@" and bare(match[0]):
            yield match[0], match.start()
    at = 0
    for span in passage.text.spans:
        words = span.text.strip()
        name = words.partition(" (")[0]
        names_it = is_body_name(name, lettered=True) or is_acronym(name) or bool(bare(words))
        names_it = names_it or any(_bears(host(span.href), each) and places_of(words, each) for each in found)
        if span.href.startswith("http") and names_it:
            yield span.href, at + len(span.text)
        at += len(span.text)


def _bears(site: str, organisation: Organisation) -> bool:
    """Whether an address holds an organisation's letters."""
    letters = (organisation.acronym or "").lower()
    labels = re.split(r"[.-]", site)
    return bool(letters) and any(
        label == letters or (len(letters) > 2 and label.startswith(letters)) for label in labels
    )


def _owner(plain: str, at: int, site: str, found: list[Organisation]) -> Organisation | None:
    """Whose site it is: the one whose letters it holds, else the one named last before it."""
    start = next((low for low, high in sentences(plain) if low <= at <= high), 0)
    named = [(place, each) for each in found for place in places_of(plain, each)]
    for _place, each in named:
        if _bears(site, each):
            return each
    for low in (start, 0):
        before = [(place, each) for place, each in named if low <= place < at]
        if before:
            return max(before, key=lambda pair: pair[0])[1]
    return None


def places_of(sentence: str, organisation: Organisation) -> list[int]:
    """Where a sentence names an organisation, by name or by letters."""
    places = [match.start() for match in re.finditer(re.escape(organisation.name), sentence)]
    if organisation.acronym:
        pattern = rf"(?<![\w-]){re.escape(organisation.acronym)}(?![\w-])"
        places += [match.start() for match in re.finditer(pattern, sentence)]
    return places


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
