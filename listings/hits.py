"""Finds schools by words for the search of the whole site, and says what of each matched."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Final

from content.lib.fulltext import held, words
from content.lib.hits import Hit
from content.lib.pages import by_key
from listings.fields import cip_title, group_of
from listings.models import SCHOOL_TEXT, ListingCredential, ListingRow, School
from listings.models.school import SchoolQuerySet
from listings.places import STATES
from listings.words import credential_name

NAMED: Final = 2


def _schools(text: str) -> SchoolQuerySet:
    listed = School.objects.listed()
    return listed.filter(SCHOOL_TEXT.holds(words(text), listed.db))


def count_schools(text: str) -> int:
    return _schools(text).count()


def schools(text: str, start: int, stop: int) -> list[Hit]:
    """The nearest first, of equals in the usual order."""
    found = _schools(text)
    keys = found.order_by(SCHOOL_TEXT.relevance(words(text), found.db), "rank_key").values_list(
        "pk", flat=True
    )
    shown = by_key(School.objects.defer("text"), list(keys[start:stop]))
    return _hits(shown, words(text))


def schools_spelled_like(text: str, most: int) -> list[Hit]:
    names = SCHOOL_TEXT.guesses(text, limit=most)
    if not names:
        return []
    listed = School.objects.listed().filter(name__in=names).defer("text").order_by("rank_key")[:most]
    return _hits(sorted(listed, key=lambda school: names.index(school.name)), [])


def _hits(shown: Sequence[School], found: Sequence[str]) -> list[Hit]:
    taught = _taught([school.pk for school in shown]) if found else {}
    return [
        Hit(
            school.name,
            school.get_absolute_url(),
            ", ".join(part for part in (school.city, school.state) if part),
            "; ".join(_matched(school, taught.get(school.pk, []), list(found))),
        )
        for school in shown
    ]


def _taught(keys: Collection[int]) -> dict[int, list[tuple[str, str]]]:
    """Fields and credentials of each school's programs, as words to say and words to search."""
    taught: dict[int, list[tuple[str, str]]] = defaultdict(list)
    rows = ListingRow.objects.filter(school__in=keys).order_by("cip")
    for school, cip in rows.values_list("school", "cip").distinct():
        taught[school].append((f"teaches {cip_title(cip)}", f"{cip_title(cip)} {group_of(cip).name}"))
    prepared = ListingCredential.objects.filter(row__school__in=keys).order_by("credential")
    for school, slug in prepared.values_list("row__school", "credential").distinct():
        taught[school].append((f"prepares for {credential_name(slug)}", slug))
    return taught


def _matched(school: School, taught: Sequence[tuple[str, str]], found: list[str]) -> list[str]:
    """What holds each word, the first of name, other names, place, fields and credentials."""
    parts = [("name", school.name)]
    parts += [
        (f"also called {alias.strip()}", alias) for alias in school.aliases.replace("|", "\n").split("\n")
    ]
    parts += [
        (f"in {school.city}", school.city),
        (f"in {STATES.get(school.state, '')}", STATES.get(school.state, "")),
    ]
    parts += taught
    rest = list(found)
    told = []
    for words_said, value in parts:
        here = held(value, found)
        if any(word in rest for word in here):
            told.append(words_said)
            rest = [word for word in rest if word not in here]
    return told or (["what its programs are about"] if found else [])
