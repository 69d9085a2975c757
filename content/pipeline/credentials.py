"""Credentials that a page names, each with the body that grants it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from content.lib.normal import key
from content.pipeline.document import Table
from content.pipeline.names import Mention, acronym_in, is_acronym, mentions
from content.pipeline.organisations import Bodies, with_roles
from content.pipeline.page import Credential, Organisation, Page
from content.pipeline.passages import Passage, tables
from content.pipeline.vocabulary import (
    CREDENTIAL_TALK,
    DEGREE,
    GRANTS,
    STATISTICAL,
    is_body_name,
    is_credential_name,
    may_be_credential,
    singular,
)

LIKE: Final = re.compile(
    r"\b(?:like|unlike|besides|apart from|in contrast to|compared (?:to|with)|similar to)\s(?:the\s)?$", re.I
)
GIVEN_BY: Final = re.compile(r"[^.;()]{0,60}?\b(?:by|from|through|via)\s(?:the\s)?$", re.I)
AS_A: Final = re.compile(
    r"\b(?:certifications?|credentials?|certified|designations?|titles?|registration)\s(?:as\s|of\s"
    r"|to become\s)(?:an?\s|the\s)?(?=[A-Z])"
)
NAMED_BEFORE: Final = re.compile(
    r"\s(?:credentials?|certifications?|designations?|titles?|exam(?:ination)?s?)\b"
)
MOST: Final = 100
LETTERS: Final = re.compile(r"(?<![\w(-])[A-Z]{3,7}(?![\w)-])")
GIVES: Final = re.compile(
    r"\b(?:award|grant|confer|bestow|issue|administer)\w{0,3}\s(?:the\s|an?\s|its\s|their\s"
    r"|both\s(?:the\s)?)?(?:title of\s|\w+\s)?$"
)
SURELY: Final = re.compile(r"\b(?:credential|certif|designat)", re.I)
BESIDE: Final = re.compile(
    r"\b(?:certifications?|credentials?)\s(?:in addition to|as well as|besides|along with|plus)\s"
    r"((?!(?:an?|the|its|their|other|many|several"
    r"|more)\b)[a-z][a-z-]{2,30}(?:\s[a-z-]{2,30}){0,5}?\s(?:coding|billing|auditing|compliance))\b"
)
BARE_BEHIND: Final = re.compile(r"[^.;()]{0,60}?\b(?:by|from|through|via)\s(?:the\s)?([A-Z]{3,8})\b")
BARE_BODY: Final = re.compile(
    r"(?:\b(?:by|from|through)\s(?:the\s)?([A-Z]{3,8})\b"
    r"|\b([A-Z]{3,8})\s(?:\([^()]{1,120}\)\s)?(?:also\s)?(?=[a-z]))"
)
COLUMNS: Final = (
    (
        "code",
        re.compile(r"(?:code|abbreviation|acronym|initials|letters|short(?: form| name)?|abbr\.?)s?", re.I),
    ),
    (
        "body",
        re.compile(
            r"(?:certifying |credentialing |granting |awarding |issuing )?(?:body|bodies|organi[sz]ation"
            r"|agency|association|issuer|provider|grantor)"
            r"|(?:granted|awarded|offered|issued|administered|given|conferred) by|from|who grants it",
            re.I,
        ),
    ),
    (
        "name",
        re.compile(
            r"(?:full |credential |certification )?(?:name|title)|credentials?(?: name)?"
            r"|certifications?(?: name)?|designations?|certificates?",
            re.I,
        ),
    ),
)


def find_credentials(
    page: Page, text: list[Passage], organisations: list[Organisation]
) -> tuple[list[Credential], list[Organisation]]:
    """The credentials in the page's order, and the organisations with the parts they play."""
    letters = frozenset(word for passage in text for word in LETTERS.findall(passage.plain))
    finder = _Finder(Bodies([each for each in organisations if not STATISTICAL.search(each.name)]), letters)
    finder.taken = {each.acronym for each in organisations if each.acronym}
    for passage in text:
        finder.read(passage)
    for table in tables(page):
        finder.read_table(table)
    found = finder.done()
    granting = {each.body for each in found if each.body}
    known = {each.acronym or each.name for each in organisations}
    added = [Organisation(body, body) for body in sorted(granting - known) if is_acronym(body)]
    return found, with_roles([*organisations, *added], granting)


@dataclass
class _Finder:
    """`letters` are those that the page uses by themselves, `taken` those of organisations."""

    bodies: Bodies
    letters: frozenset[str]
    taken: set[str] = field(default_factory=set)
    found: dict[str, Credential] = field(default_factory=dict)
    _carried: str | None = None
    _section: int = -2

    def read(self, passage: Passage) -> None:
        if passage.section != self._section:
            self._section = passage.section
            self._carried = self._body_in(passage.heading, 0, len(passage.heading))
        for start, end in passage.sentences:
            self._sentence(passage, start, end)

    def read_table(self, table: Table) -> None:
        """Rows of a table whose columns say name, code or granting body."""
        places: dict[str, int] = {}
        for at, cell in enumerate(table.header):
            for name, pattern in COLUMNS:
                if name not in places and pattern.fullmatch(cell.plain):
                    places[name] = at
                    break
        if "name" not in places or len(places) < 2:
            return
        for row in table.rows:
            cells = {name: row[at].plain for name, at in places.items() if at < len(row)}
            name, body = cells.get("name", ""), self._body_named(cells.get("body", ""))
            lettered = next(mentions(name), None)
            code = (lettered.acronym if lettered else "") or acronym_in(cells.get("code", ""))
            title = lettered.name if lettered else name
            if title and (may_be_credential(title) or is_credential_name(title)):
                self._add(Credential(code or None, title, body), sure_body=bool(body))

    def _sentence(self, passage: Passage, start: int, end: int) -> None:
        """Credentials of one sentence; its grantor carries over to the next ones of the section."""
        plain = passage.plain
        subject = self._body_in(plain, start, end, first=True)
        self._carried = subject or self._carried
        for low, high, code, name in sorted(
            set(self._named(passage, start, end)), key=lambda found: found[:2]
        ):
            body = self._body_behind(plain, high, end) or self._body_in(plain, start, low) or subject
            self._carried = body or self._carried
            self._add(Credential(code, name, body or self._carried))

    def _named(self, passage: Passage, start: int, end: int) -> Iterator[tuple[int, int, str | None, str]]:
        """Place, code and name of every credential in a sentence."""
        plain = passage.plain
        inside = [each for each in passage.mentions if start <= each.start and each.end <= end]
        sentence = plain[start:end]
        for mention in inside:
            if mention.acronym not in self.taken and self._is_credential(
                sentence, mention, mention.start - start
            ):
                yield mention.start, mention.end, mention.acronym, _titled(singular(mention.name))
        for name, low, high in passage.runs:
            if not start <= low < end or any(each.start < high and low < each.end for each in inside):
                continue
            code = self._code_elsewhere(name)
            if code or self._uncoded(plain, name, low, high):
                yield low, high, code, singular(name)
        for match in BESIDE.finditer(plain, start, end):
            yield match.start(1), match.end(1), None, match[1][:1].upper() + match[1][1:]

    @staticmethod
    def _is_credential(sentence: str, mention: Mention, at: int) -> bool:
        """Whether a lettered name is a credential, by itself or by the words around it."""
        name = mention.name
        if mention.former or is_body_name(name, lettered=True):
            return False
        if is_credential_name(name):
            return True
        surely = bool(SURELY.search(sentence))
        if (CREDENTIAL_TALK.search(sentence) or GRANTS.search(sentence)) and may_be_credential(
            name, surely=surely
        ):
            # In the plural and without a word on certification they are people at work.
            return surely or singular(name) == name
        if len(name.split()) < 2 or DEGREE.search(name):
            return False
        # "awards the Patient Bill Advocate (PBA) title": whatever its words, it is granted.
        given = GIVES.search(sentence, max(0, at - 40), at)
        return bool(given or NAMED_BEFORE.match(sentence, at + mention.end - mention.start))

    def _code_elsewhere(self, name: str) -> str | None:
        """The initials of Certified Coding Specialist, where the page uses them by themselves."""
        letters = "".join(word[0] for word in name.split() if word[0].isupper())
        spelled = is_credential_name(name) and len(letters) > 2 and not is_body_name(name)
        return letters if spelled and letters in self.letters else None

    @staticmethod
    def _uncoded(plain: str, name: str, start: int, end: int) -> bool:
        """A name without letters counts where the words beside it call it a credential."""
        if is_body_name(name) or len(name.split()) < 2:
            return False
        called = any(match.end() == start for match in AS_A.finditer(plain, max(0, start - 60), start + 1))
        if called and (may_be_credential(name) or is_credential_name(name)):
            return True
        return is_credential_name(name) and bool(NAMED_BEFORE.match(plain, end))

    def _body_behind(self, plain: str, start: int, end: int) -> str | None:
        """The body in "the CCA, awarded by AHIMA", if no other credential comes between."""
        for place, each in self.bodies.places(plain, start, min(end, start + 120)):
            if GIVEN_BY.fullmatch(plain, start, place):
                return each.acronym or each.name
        bare = BARE_BEHIND.match(plain, start, end)
        return bare[1] if bare and is_acronym(bare[1]) else None

    def _body_in(self, plain: str, start: int, end: int, *, first: bool = False) -> str | None:
        """The organisation named last before a place (or first in all), comparisons left out."""
        placed = [
            (place, each.acronym or each.name)
            for place, each in self.bodies.places(plain, start, end)
            if not LIKE.search(plain, max(start, place - 40), place)
        ]
        # Letters that nothing on the page spells out, in a place where only a grantor stands.
        for match in BARE_BODY.finditer(plain, start, end):
            letters = match[1] or match[2]
            grants = match[1] is not None or GRANTS.match(plain, match.end())
            if grants and letters not in self.found and is_acronym(letters):
                placed.append((match.start(), letters))
        if not placed:
            return None
        return (min if first else max)(placed)[1]

    def _body_named(self, cell: str) -> str | None:
        """The organisation that a cell names."""
        body = self._body_in(cell, 0, len(cell))
        return body or acronym_in(cell) or cell or None

    def _add(self, new: Credential, *, sure_body: bool = False) -> None:
        same = next((name for name, known in self.found.items() if _same(known, new)), None)
        if same is None and len(self.found) < MOST:
            self.found[new.code or key(new.name)] = new
        if same is None or self.found[same] is new:
            return
        known = self.found[same]
        body = new.body if sure_body else known.body or new.body
        self.found[same] = Credential(known.code or new.code, known.name, body)

    def done(self) -> list[Credential]:
        """All of them; where one body alone grants on this page, it grants those that name none."""
        bodies = {each.body for each in self.found.values() if each.body}
        only = bodies.pop() if len(bodies) == 1 else None
        return [Credential(each.code, each.name, each.body or only) for each in self.found.values()]


def _same(known: Credential, new: Credential) -> bool:
    if known.code and new.code:
        return known.code == new.code
    return key(known.name) == key(new.name)


def _titled(name: str) -> str:
    """A name that the page writes in small letters, as names are written."""
    if not name.islower():
        return name
    return " ".join(
        word if word in ("of", "and", "in", "for", "the") else word.capitalize() for word in name.split()
    )
