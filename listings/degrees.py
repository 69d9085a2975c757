"""Degree options: at how many of the schools that are asked for each award level is offered."""

from dataclasses import dataclass, replace

from listings.fields import AWARD_CHOICES
from listings.results import Results


@dataclass(frozen=True)
class DegreeOption:
    """An award level, the number of schools with a program of that level, and their list's address."""

    name: str
    schools: int
    address: str


def degree_options(found: Results) -> list[DegreeOption]:
    """From the shortest to the longest; levels that no school offers are left out."""
    wanted, counts = found.wanted, found.answer.facets["award"]
    asked = wanted.award or tuple(AWARD_CHOICES)
    return [
        DegreeOption(name, counts.listed(award), replace(wanted, award=(award,)).address())
        for award, name in AWARD_CHOICES.items()
        if award in asked and counts.listed(award)
    ]
