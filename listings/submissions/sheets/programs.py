"""Which program of its school a row is of: a row cannot name anything of another school."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.core.exceptions import ValidationError

from content.lib import normal
from listings.fields import AWARD_CHOICES, AWARD_LEVELS, CIP_TITLES
from listings.models import School

# A number loses its last zero in a spreadsheet: 51.0710 comes as 51.071.
CODE: Final = re.compile(r"(?:CIP:?\s*)?(\d{2})[.,-]?(\d{3,4})0*(?:\.(\d{1,2}))?", re.ASCII | re.IGNORECASE)
# Excel takes 1-2 for a day: the first or second month, then the other.
TURNED: Final = {
    **dict.fromkeys(("2-jan", "jan-2", "jan-02", "02-jan"), 2),
    **dict.fromkeys(("4-feb", "feb-4", "feb-04", "04-feb"), 4),
}
TURNED_DAY: Final = re.compile(r"\d{4}-(01-02|02-04)", re.ASCII)
CERTIFICATES: Final = (20, 21, 2, 4)
ANY_CERTIFICATE: Final = {"certificate", "cert", "diploma", "certificate or diploma"}
OTHERS: Final = {
    2: ("1 2", "1 2 years"),
    4: ("2 4", "2 4 years"),
    20: ("less than 12 weeks",),
    3: ("associate", "associates", "associate degree", "associates degree", "aas", "a a s", "aa", "as"),
    5: ("bachelor", "bachelors", "bachelor degree", "bachelors degree", "ba", "bs", "b s", "b a"),
    7: ("master", "masters", "master degree", "masters degree", "ms", "ma"),
}


def _award_words() -> dict[str, int]:
    by_choice: dict[str, list[int]] = defaultdict(list)
    for level in AWARD_LEVELS.values():
        by_choice[level.choice].append(level.code)
    alone = {choice: codes[0] for choice, codes in by_choice.items() if len(codes) == 1}
    found = {normal.key(AWARD_CHOICES[choice]): code for choice, code in alone.items()}
    found |= {normal.key(choice): code for choice, code in alone.items()}
    found |= {normal.key(level.name): level.code for level in AWARD_LEVELS.values()}
    found |= {str(code): code for code in AWARD_LEVELS}
    return found | {words: code for code, several in OTHERS.items() for words in several}


AWARDS: Final = _award_words()


class NoProgram(ValidationError):
    """The row names no program; `column` is where to say which."""

    def __init__(self, column: str, said: str) -> None:
        super().__init__(said)
        self.column = column


def cip_of(code: str, title: str) -> tuple[str, int | None]:
    """The CIP code that a row means, and the award level where the code carries one. Raises NoProgram."""
    said = code or title
    if found := CODE.fullmatch(said.strip()):
        cip = f"{found[1]}.{found[2].ljust(4, '0')}"
        if cip in CIP_TITLES:
            return cip, int(found[3]) if found[3] else None
    titled = [cip for cip in CIP_TITLES if normal.key(CIP_TITLES[cip]) == normal.key(said)]
    if titled:
        return titled[0], None
    if code:
        raise NoProgram("cip", f"No program of this directory has the CIP code “{code[:40]}”. Choose one.")
    if title:
        raise NoProgram("cip", f"A name such as “{title[:60]}” has no one CIP code. Choose it.")
    raise NoProgram("cip", "The row names no program. Choose its CIP code.")


@dataclass(frozen=True)
class Programs:
    """The award levels that a school has of each CIP code, and its UNITID."""

    unitid: int | None
    levels: Mapping[str, frozenset[int]]

    @classmethod
    def of(cls, school: School) -> "Programs":
        levels: dict[str, set[int]] = defaultdict(set)
        for cip, level in school.programs.values_list("cip", "award_level"):
            levels[cip].add(level)
        return cls(school.unitid, {cip: frozenset(several) for cip, several in levels.items()})

    def key(self, cells: Mapping[str, str]) -> str:
        """`51.0713.21` of a row. Raises NoProgram."""
        unitid = cells.get("unitid", "").removesuffix(".0")
        if unitid and unitid != str(self.unitid):
            raise NoProgram("unitid", f"This row is of another school: its UNITID is {unitid[:20]}.")
        cip, level = cip_of(cells.get("cip", ""), cells.get("program", ""))
        award = cells.get("award", "")
        return f"{cip}.{level if level in AWARD_LEVELS and not award else self._level(cip, award)}"

    def _level(self, cip: str, award: str) -> int:
        said = normal.key(award)
        if code := AWARDS.get(said) or TURNED.get(award.lower()):
            return code
        if found := TURNED_DAY.match(award):
            return 2 if found[1] == "01-02" else 4
        known = self.levels.get(cip, frozenset())
        if said in ANY_CERTIFICATE:
            known = known.intersection(CERTIFICATES)
        elif said:
            raise NoProgram("award", f"“{award[:60]}” is no award that we know. Choose one.")
        if len(known) == 1:
            return next(iter(known))
        raise NoProgram("award", "Say which award the program leads to. Choose one.")


def read_as(column: str, cells: Mapping[str, Any]) -> str:
    """What the choice of a list is for a cell that was understood, else empty."""
    try:
        cip, level = cip_of(cells.get("cip", ""), cells.get("program", ""))
    except NoProgram:
        cip, level = "", None
    if column == "cip":
        return cip
    code = AWARDS.get(normal.key(cells.get("award", "")), level)
    return str(code) if code in AWARD_LEVELS else ""


def choices(column: str) -> Iterable[tuple[str, str]]:
    """CIP codes by their titles, or awards from the shortest."""
    if column == "cip":
        return [(cip, f"{title} ({cip})") for cip, title in CIP_TITLES.items()]
    return [(str(level.code), level.name) for level in AWARD_LEVELS.values()]
