"""Names in running words: capitals that belong together, and the letters in brackets that stand for them."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

REGISTERED: Final = re.compile("[\u00ae\u2122\u2120]")
ACRONYM: Final = re.compile(r"[A-Z][A-Za-z0-9&.]{1,9}(?:[-/][A-Z][A-Za-z]{0,4}){0,3}")
BRACKET: Final = re.compile(r"\s?\(([^()]{2,120})\)")
WORD: Final = re.compile(r"[^\s()\[\]]+")
SMALL: Final = frozenset({"of", "the", "for", "and", "in", "on", "to", "&", "at", "with", "by"})
STOPS: Final = (".", ",", ";", ":", "!", "?", "\u2026", "\u2013", "\u2014", "-", "/")
ABBREVIATED: Final = re.compile(r"(?:[A-Z]\.){1,4}|(?:St|Dr|Inc|Ltd|Co|Mt|No)\.")
QUOTES: Final = "\"'\u201c\u201d\u2018\u2019*"
_FIRST_WORDS_WORDS: Final = """
a an the this that these those its their his her your our my like unlike both when where while if in at
by from see visit as for most many some each every other others ask since although after before to and
or but through with within without join contact earn only once another first second third fourth either
neither one two three four five six seven eight nine ten also however then there here all any such
because during under over between among until unless whether who what which why how today currently
finally next besides meanwhile instead
"""
FIRST_WORDS: Final = frozenset(_FIRST_WORDS_WORDS.split())
BEFORE_NAME: Final = re.compile(
    r"\b(?:formerly|previously|originally|once|until \d{4}|used to be|then)\s(?:(?:known|called|named"
    r"|titled)(?:\sas)?\s|the\s|an?\s){0,3}\W?$",
    re.I,
)
INSIDE_OLD: Final = re.compile(r"\s*(?:formerly|previously|originally|once|until|ex-|n\u00e9e)\b", re.I)
DASHED: Final = re.compile(
    r"(?:\s[\u2013\u2014-]\s|,\s(?:or|also called|known as|better known as|called"
    r"|abbreviated(?: as)?)\s(?:the\s|simply\s)?)"
    rf"(?P<acronym>{ACRONYM.pattern})(?=[\s,.;:)\u00ae\u2122\u2013\u2014]|$)"
)
CODE_FIRST: Final = re.compile(
    rf"^\W{{0,2}}(?P<code>{ACRONYM.pattern})[\u00ae\u2122]?\s?(?::|\s[\u2013\u2014=-]"
    rf"|\sstands for)\s(?:the\s|an?\s)?(?=[A-Z])"
)
MOST_WORDS: Final = 14
RANKED: Final = frozenset({"associate", "fellow", "certified", "registered", "diplomate", "master", "member"})


@dataclass(frozen=True)
class Mention:
    """A name with its letters, at its place in a passage; `former` where the passage calls it old."""

    name: str
    acronym: str
    start: int
    end: int
    former: bool = False


@dataclass(frozen=True)
class _Word:
    text: str
    start: int
    end: int

    @property
    def is_capital(self) -> bool:
        return next((char for char in self.text if char.isalnum()), " ").isupper()


def mentions(plain: str) -> Iterator[Mention]:
    """Every `Name (ABC)`, `ABC (Name)`, `Name - ABC` and `ABC: Name` of a passage."""
    for match in BRACKET.finditer(plain):
        yield from _bracketed(plain, match)
    for match in DASHED.finditer(plain):
        named = plain[match.start()] == ","
        name = _name_before(plain, match.start(), match["acronym"], exact=not named)
        if name and (len(name) > 2 or not named):
            yield _mention(plain, name, match["acronym"], match.end())
    first = CODE_FIRST.match(plain)
    if first and is_acronym(first["code"]):
        found = aligned_start(_words_after(plain, first.end()), first["code"])
        if found:
            yield Mention(_joined(found), first["code"], first.start(), found[-1].end)


def is_acronym(word: str) -> bool:
    """Letters that stand for a name: at least two capitals, and more capitals than small letters."""
    capitals = sum(char.isupper() for char in word)
    return bool(ACRONYM.fullmatch(word)) and capitals > 1 and 2 * capitals > sum(map(str.isalpha, word))


def acronym_in(bracket: str) -> str:
    """The letters that a bracket begins with, without ® and plural s; "" where it begins otherwise."""
    first = re.split(r"[\s,;]", REGISTERED.sub("", bracket).strip(), maxsplit=1)[0].strip(QUOTES).rstrip(".")
    if first.endswith("s") and is_acronym(first[:-1]):
        first = first[:-1]
    return first if is_acronym(first) else ""


def capital_runs(plain: str) -> Iterator[tuple[str, int, int]]:
    """Runs of capitalised words, small ones between them allowed, with their places."""
    run: list[_Word] = []
    for word in _words(plain):
        if not (word.is_capital or (run and word.text.lower() in SMALL)):
            yield from _run(run)
            run = []
            continue
        run.append(word)
        if _stops(word.text) or plain[word.end : word.end + 2].strip()[:1] in ("(", ")"):
            yield from _run(run)
            run = []
    yield from _run(run)


def _run(words: list[_Word]) -> Iterator[tuple[str, int, int]]:
    kept = _trimmed(words)
    if kept:
        yield _joined(kept), kept[0].start, kept[-1].end


def _bracketed(plain: str, match: re.Match[str]) -> Iterator[Mention]:
    former = bool(INSIDE_OLD.match(match[1]))
    acronym = acronym_in(match[1])
    if acronym and not former:
        name = _name_before(plain, match.start(), acronym)
        if name:
            yield _mention(plain, name, acronym, match.end())
        return
    before = _words_before(plain, match.start())
    code = REGISTERED.sub("", before[-1].text).strip(QUOTES) if before else ""
    if not former and is_acronym(code):
        words = list(_words(match[1]))
        if (
            words
            and all(word.is_capital or word.text.lower() in SMALL for word in words)
            and aligned(words, code) == words
        ):
            yield Mention(
                _joined(words), code, before[-1].start, match.end(), is_old(plain, before[-1].start)
            )


def _mention(plain: str, words: Sequence[_Word], acronym: str, end: int) -> Mention:
    return Mention(_joined(words), acronym, words[0].start, end, is_old(plain, words[0].start))


def is_old(plain: str, start: int) -> bool:
    """Whether the words before a place call the name there a former one."""
    return bool(BEFORE_NAME.search(plain[max(0, start - 60) : start]))


def _words(plain: str, start: int = 0) -> Iterator[_Word]:
    for match in WORD.finditer(plain):
        yield _Word(match[0], start + match.start(), start + match.end())


def _words_before(plain: str, end: int, stops: tuple[str, ...] = STOPS) -> list[_Word]:
    """The last words before a place, back to the last sign that parts sentences or clauses."""
    start = max(0, end - 200)
    found: list[_Word] = []
    for word in reversed(list(_words(plain[start:end], start))):
        # A closed bracket parts two names: "the Guild (GDB) Fellow (GF)".
        if found and (_stops(word.text, stops) or ")" in plain[word.end : found[-1].start]):
            break
        found.append(word)
        if len(found) == MOST_WORDS:
            break
    return found[::-1]


def _aligned_past_comma(plain: str, end: int, acronym: str) -> list[_Word]:
    """`Associate, Life and Health Claims (ALHC)`: one comma may stand in a name that spells its letters."""
    found = aligned(_words_before(plain, end, stops=STOPS[:1] + STOPS[2:]), acronym)
    return found if found and found[0].text.rstrip(",").lower() in RANKED else []


def _words_after(plain: str, start: int) -> list[_Word]:
    found: list[_Word] = []
    for word in _words(plain[start : start + 200], start):
        if not (word.is_capital or word.text.lower() in SMALL):
            break
        found.append(word)
        if _stops(word.text) or len(found) == MOST_WORDS:
            break
    return found


def _stops(word: str, stops: tuple[str, ...] = STOPS) -> bool:
    return word.endswith(stops) and not ABBREVIATED.fullmatch(word.strip(QUOTES))


def _name_before(plain: str, end: int, acronym: str, *, exact: bool = False) -> list[_Word]:
    """The words before a place that the acronym stands for."""
    words = _words_before(plain, end)
    if words and _stops(words[-1].text):
        words[-1] = _Word(words[-1].text.rstrip("".join(STOPS)), words[-1].start, words[-1].end)
    found = aligned(words, acronym) or _aligned_past_comma(plain, end, acronym)
    if found or exact:
        return _with_country(words, found) if _is_name(found) else []
    run: list[_Word] = []
    for word in reversed(words):
        if not (word.is_capital or word.text.lower() in SMALL):
            break
        run.append(word)
    run = _trimmed(run[::-1])
    same = next((at for at, word in enumerate(run) if word.text[:1] == acronym[:1]), 0)
    run = run[same:]
    return run if len(run) > 1 else []


def _is_name(words: list[_Word]) -> bool:
    """Capitals, or the small letters of "certified professional coder"."""
    if not words:
        return False
    return words[0].is_capital or words[0].text in ("certified", "registered", "accredited", "licensed")


def _with_country(words: list[_Word], found: list[_Word]) -> list[_Word]:
    """ "U.S." in front belongs to a name whose letters leave it out."""
    at = words.index(found[0]) if found[0] in words else 0
    if at and words[at - 1].text in ("U.S.", "US", "U.K.", "UK"):
        return words[at - 1 :]
    if at > 1 and [word.text for word in words[at - 2 : at]] == ["United", "States"]:
        return words[at - 2 :]
    return found


def aligned(words: list[_Word], acronym: str) -> list[_Word]:
    """The shortest end of the words whose initials are the acronym's letters, or none."""
    letters = [char.upper() for char in acronym if char.isalpha()]
    for at in range(len(words) - 1, -1, -1):
        if words[at].text.lower() not in SMALL and _spells([word.text for word in words[at:]], letters):
            return words[at:]
    return []


def aligned_start(words: list[_Word], acronym: str) -> list[_Word]:
    """The shortest beginning of the words whose initials are the acronym's letters, or none."""
    letters = [char.upper() for char in acronym if char.isalpha()]
    for end in range(1, len(words) + 1):
        if words[end - 1].text.lower() not in SMALL and _spells([word.text for word in words[:end]], letters):
            last = words[end - 1]
            return [*words[: end - 1], _Word(last.text.rstrip("".join(STOPS)), last.start, last.end)]
    return []


def _spells(words: list[str], letters: list[str]) -> bool:
    """Whether the words' initials spell the letters; small words and parts may be left out."""
    reached = {0}
    for word in words:
        for part in re.split(r"[-/]", word.strip(QUOTES + "".join(STOPS))):
            if not part:
                continue
            initial = part[0].upper()
            taken = {at + 1 for at in reached if at < len(letters) and letters[at] == initial}
            small = part.lower() in SMALL or (part[0].islower() and part != word)
            reached = taken | reached if small else taken
        if not reached:
            return False
    return len(letters) in reached


def _trimmed(words: list[_Word]) -> list[_Word]:
    """The words without what only begins a sentence, without small words at either end."""
    kept = list(words)
    while kept and (kept[0].text.lower().strip(QUOTES) in FIRST_WORDS or kept[0].text.lower() in SMALL):
        kept.pop(0)
    while kept and kept[-1].text.lower() in SMALL:
        kept.pop()
    return kept


def _joined(words: Sequence[_Word]) -> str:
    text = " ".join(word.text for word in words).strip(QUOTES)
    while text.endswith(STOPS) and not ABBREVIATED.fullmatch(text.split()[-1]):
        text = text[:-1]
    return REGISTERED.sub("", text)
