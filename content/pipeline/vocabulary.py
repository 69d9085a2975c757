"""Words that tell what a name names: an organisation, a credential, a degree."""

import re
from typing import Final

# Nouns that the names of organisations turn on.
_BODIES_WORDS: Final = """
association academy council institute guild union society board bureau federation commission alliance
agency league foundation consortium collaborative coalition confederation registry register authority
ministry administration congress organization organisation committee chamber assembly collegium
directorate conference forum network corporation
"""
BODIES: Final = frozenset(_BODIES_WORDS.split())
# Nouns that name an organisation only in front of "of" or "for", or with its letters behind them.
_WEAK_BODIES_WORDS: Final = """
office department center centre college group service services trust company house exchange division
university school system program fund circle panel partnership initiative fellowship order
"""
WEAK_BODIES: Final = frozenset(_WEAK_BODIES_WORDS.split())
CERTIFIED: Final = frozenset({"certified", "registered", "accredited", "licensed", "chartered", "qualified"})
_RANKS_WORDS: Final = """
aide associate fellow specialist coder biller technician technologist professional auditor manager
administrator analyst assistant expert practitioner instructor consultant credential certificate
certification diploma designation examiner scribe coordinator executive representative master educator
reviewer abstractor trainer leader scholar diplomate nurse therapist pharmacist counselor advisor
adviser planner architect engineer apprentice ambassador mentor navigator investigator translator
interpreter
"""
RANKS: Final = frozenset(_RANKS_WORDS.split())
TITLES: Final = frozenset({"associate", "fellow", "diplomate"})
DOER: Final = re.compile(r"(?:er|or|ist|ant|ian|eer)$")
_NO_DOERS_WORDS: Final = """
provider carrier payer insurer employer number identifier order center paper user letter chapter computer
server physician doctor error factor vendor sector labor behavior minor member customer consumer transfer
cancer power water career register quarter
"""
NO_DOERS: Final = frozenset(_NO_DOERS_WORDS.split())
DEGREE: Final = re.compile(
    r"\b(?:associate|bachelor|master|doctor)(?:'s|\u2019s|s)? (?:of|in) (?:applied |health |business "
    r"|public )?"
    r"(?:science|arts|studies|administration|engineering|philosophy|medicine)",
    re.I,
)
GRANTS: Final = re.compile(
    r"\b(?:award|grant|offer|issue|administer|confer|sponsor|give|provide|bestow|run|certif|recogni[sz]e"
    r"|list|oversee|credential)"
    r"(?:s|es|ed|ing|ies|ied)?\b",
    re.I,
)
ACTS: Final = re.compile(
    r"[\u00ae\u2122]?(?:\s?\((?:https?://|www\.)[^()\s]{1,200}\))?,?\s(?:also\s|now\s|alone\s)?"
    r"(?:offers|awards|grants|administers|issues|confers|certifies|oversees|maintains|credentials"
    r"|bestows|gives|runs)\b"
)
CREDENTIAL_TALK: Final = re.compile(
    r"\b(?:credential|certif|designation|title|exam|examination|test|earn|hold|licen[cs]|regist"
    r"|pass(?:es|ed)?|qualif|award|grant"
    r"|confer)\w{0,8}\b",
    re.I,
)
STATISTICAL: Final = re.compile(
    r"\b(?:statistics|labor|labour|census|survey|poll|projections?|atlas|payscale|data|index|barometer)\b",
    re.I,
)
PREPOSITION: Final = re.compile(r"\s(?:of|for|on|in|to|at|from|with|by)\s", re.I)


def head_of(name: str) -> str:
    """The noun that a name turns on: the last word before "of", "for", "in"."""
    front = PREPOSITION.split(name, maxsplit=1)[0]
    words = front.split()
    return words[-1].lower().rstrip(".,") if words else ""


def is_body_name(name: str, *, lettered: bool = False) -> bool:
    """Whether a name names an organisation; `lettered` where an acronym stands beside it."""
    words = name.split()
    if len(words) < 2 or is_credential_name(name):
        return False
    head = head_of(name)
    if head in BODIES:
        return True
    return head in WEAK_BODIES and (lettered or bool(re.search(r"\s(?:of|for)\s", name)))


def is_credential_name(name: str) -> bool:
    """Whether a name is that of a credential, whatever is said around it."""
    words = [word.lower().strip(".,") for word in name.split()]
    if not words or DEGREE.search(name) or words[-1] in BODIES:
        return False
    if head_of(name) in BODIES:
        return False
    return words[0] in CERTIFIED or "certified" in words[:3] or words[:2] == ["board", "certified"]


def may_be_credential(name: str, *, surely: bool = False) -> bool:
    """Whether a name could be a credential's, where the words around it speak of one.

    Where they `surely` do, any noun for somebody who does something will do.
    """
    words = singular(name).split()
    last = words[-1].lower().rstrip(".,") if words else ""
    if len(words) < 2 or DEGREE.search(name):
        return False
    first = words[0].lower().rstrip(",")
    if {head_of(name), last, re.split(r"[-\u2013]", last)[0]} & RANKS or first in TITLES:
        return True
    return surely and bool(DOER.search(last)) and last not in NO_DOERS


def singular(name: str) -> str:
    """`Clinical Coding Practitioners` as one of them bears it."""
    last = name.rpartition(" ")[2].lower()
    return name[:-1] if last.endswith("s") and (last[:-1] in RANKS or DOER.search(last[:-1])) else name
