"""Schools that we may hold already under the name, address or site of one that is sent as new."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Q

from content.lib.fulltext import likeness, words
from content.lib.lookalikes import plain, skeleton
from listings import versions
from listings.models import SCHOOL_TEXT, DirectoryRow, School, Statement
from listings.submissions.domains import SHARED_HOSTS, host_of

MOST: Final = 5
# How many schools of a town, and of a spelling, are looked at.
LOOKED_AT: Final = 200
NEARLY: Final = 0.75
SHORT: Final = {
    "&": "and", "st": "saint", "ste": "saint", "ft": "fort", "mt": "mount", "inst": "institute",
    "univ": "university", "coll": "college", "tech": "technical", "ctr": "center", "centre": "center",
}  # fmt: skip
SILENT: Final = {"the", "and", "of", "inc", "llc", "ltd", "co", "corp"}
STREETS: Final = {
    "street": "st", "avenue": "ave", "road": "rd", "boulevard": "blvd", "drive": "dr", "lane": "ln",
    "highway": "hwy", "parkway": "pkwy", "suite": "ste", "north": "n", "south": "s", "east": "e", "west": "w",
}  # fmt: skip
APOSTROPHE: Final = re.compile("['\u2019]")
WORD: Final = re.compile(r"[^\W_]+|&")


@dataclass(frozen=True)
class Alike:
    """A school that may be the one, and why."""

    school: School
    why: str


def same_name(name: str) -> str:
    """What spellings of one name share: St. and Saint, & and and, letters that only look Latin."""
    said = (
        SHORT.get(word, word) for word in WORD.findall(plain(name).replace("'", "").replace("\u2019", ""))
    )
    return " ".join(skeleton(word) for word in said if word not in SILENT)


def same_street(street: str) -> str:
    return " ".join(skeleton(STREETS.get(word, word)) for word in WORD.findall(plain(street)))


def alike(name: str, address: Mapping[str, Any], *, website: str = "", unitid: str = "") -> list[Alike]:
    """The likeliest first, five at most; each school once, for its best reason. Any part may be empty."""
    found: dict[int, tuple[int, Alike]] = {}
    for rank, school, why in (*_by_key(unitid, website), *_by_name(name, address)):
        if school.pk not in found or rank < found[school.pk][0]:
            found[school.pk] = (rank, Alike(school, why))
    best = sorted(found.values(), key=lambda each: (each[0], each[1].school.name, each[1].school.pk))
    return [each for _, each in best[:MOST]]


type Found = Iterator[tuple[int, School, str]]


def _by_key(unitid: str, website: str) -> Found:
    if unitid.isascii() and unitid.isdecimal() and len(unitid) == 6:
        for school in School.objects.known().filter(unitid=unitid):
            yield 0, school, "it has this UNITID"
    host = host_of(website)
    if "." not in host or any(host == each or host.endswith(f".{each}") for each in SHARED_HOSTS):
        return
    for pk, address in _sites(host):
        if host_of(address) == host:
            yield 2, School.objects.get(pk=pk), "it has this website"


def _sites(host: str) -> list[tuple[int, str]]:
    version = versions.current()
    rows = DirectoryRow.objects.at_version(version.number if version else 0).filter(website__icontains=host)
    said = Statement.objects.filter(field="website", replaced_at=None, value__icontains=host)
    federal = list(rows.values_list("school", "website")[:MOST])
    return federal + [(pk, str(value)) for pk, value in said.values_list("school", "value")[:MOST]]


def _by_name(name: str, address: Mapping[str, Any]) -> Found:
    wanted, city, state = same_name(name), plain(address.get("city", "")).strip(), address.get("state", "")
    street = same_street(address.get("street", ""))
    if not wanted and not street:
        return
    near = list(_candidates(name, city, state))
    streets = _streets(near) if street else {}
    for school in near:
        is_here = school.state == state and plain(school.city).strip() == city
        known = {same_name(each) for each in (school.name, *school.aliases.splitlines())}
        if wanted in known:
            yield (
                (1, school, "it has this name and is in this town")
                if is_here
                else (3, school, "it has this name")
            )
        elif is_here and street and streets.get(school.pk) == street:
            yield 2, school, "it has this address"
        elif wanted and max(likeness(wanted, each) for each in known) >= NEARLY and school.state == state:
            yield (4 if is_here else 5), school, "its name is nearly the same"


def _candidates(name: str, city: str, state: str) -> Iterator[School]:
    known = School.objects.known()
    here = known.filter(state=state, city__iexact=city) if city and state else known.none()
    said = plain(name)
    spelled = Q(name__in=SCHOOL_TEXT.guesses(said, limit=20)) if said.strip() else Q(pk=None)
    held = SCHOOL_TEXT.holds(words(said)) if words(said) else Q(pk=None)
    ids = {school.pk: school for school in here[:LOOKED_AT]}
    ids |= {school.pk: school for school in known.filter(spelled)[:LOOKED_AT]}
    ids |= {school.pk: school for school in known.filter(held)[:LOOKED_AT]}
    yield from ids.values()


def _streets(schools: list[School]) -> dict[int, str]:
    version = versions.current()
    rows = DirectoryRow.objects.at_version(version.number if version else 0).filter(school__in=schools)
    streets = {pk: same_street(street) for pk, street in rows.values_list("school", "address")}
    said = Statement.objects.filter(school__in=schools, field="address", program=None, replaced_at=None)
    return streets | {pk: same_street(value["street"]) for pk, value in said.values_list("school", "value")}
