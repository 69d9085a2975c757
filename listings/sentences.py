"""What the school list says in words about its numbers."""

from collections.abc import Sequence

from django.contrib.humanize.templatetags.humanize import intcomma

from listings.fields import CIP_TITLES, FIELD_GROUPS, GROUP_BY_SLUG
from listings.index.answer import Counts
from listings.places import STATES
from listings.wanted import Wanted

NEAREST = FIELD_GROUPS[0]
NAMED_STATES = 3


def joined(names: Sequence[str], word: str = "and") -> str:
    """`a`, `a and b`, `a, b and c`."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {word} {names[-1]}"


def schools(number: int) -> str:
    return f"{number:,} school{'' if number == 1 else 's'}"


def programs(number: int) -> str:
    return f"{intcomma(number)} program{'' if number == 1 else 's'}"


def where(wanted: Wanted) -> str:
    """` in Ohio within 50 miles of ZIP 43004`, or nothing."""
    near = f" within {wanted.miles} miles of {wanted.near.said}" if wanted.near and wanted.miles else ""
    if not wanted.state:
        return near
    if len(wanted.state) > NAMED_STATES:
        return f" in {len(wanted.state)} states{near}"
    return f" in {joined([STATES[state] for state in wanted.state])}{near}"


def heading(wanted: Wanted) -> str:
    """`Schools in Ohio for health records`; one field is named, several are left to the filters."""
    field = f" for {_fields(wanted)}" if len(wanted.field) == 1 else ""
    return f"Schools{where(wanted)}{field}"


def first_sentence(wanted: Wanted, counts: Counts) -> str:
    """Schools with the programs that bring them here; billing and coding is counted by itself."""
    if not counts.listed:
        return f"No school{where(wanted)} matches these choices."
    report = "reports" if counts.listed == 1 else "report"
    if wanted.field:
        of_them = f", {intcomma(counts.nearest)} of the schools in billing and coding too"
        also = of_them if _adds(wanted, counts) else ""
        taught = f"{programs(counts.programs)} in {_fields(wanted)}{also}"
        return f"{schools(counts.listed)}{where(wanted)} {report} {taught}."
    more = counts.listed - counts.nearest_schools
    # Some that are here for another program teach billing and coding as well.
    only = " only" if counts.nearest == counts.nearest_schools else ""
    others = f"records, office work or administration{only}"
    if not counts.nearest_schools:
        taught = f"{programs(counts.programs)} in {others}, none in billing and coding"
        return f"{schools(more)}{where(wanted)} {report} {taught}."
    report = "reports" if counts.nearest_schools == 1 else "report"
    tail = f", {intcomma(more)} more in {others}" if more else ""
    taught = f"{programs(counts.nearest_programs)} in billing and coding{tail}"
    return f"{schools(counts.nearest_schools)}{where(wanted)} {report} {taught}."


def second_sentence(wanted: Wanted, counts: Counts) -> str:
    """How many are there, or left out, because they did not say."""
    if not counts.unsaid:
        return ""
    did = f"{intcomma(counts.unsaid)} did not say"
    if not wanted.include_unknown:
        return f"{did} and {'is' if counts.unsaid == 1 else 'are'} left out."
    if not counts.stated:
        return f"None of them states what you ask for: {did}."
    match = "matches" if counts.stated == 1 else "match"
    return f"{intcomma(counts.stated)} {match} by what is stated; {did}."


def _fields(wanted: Wanted) -> str:
    names = [GROUP_BY_SLUG[slug].name.lower() for slug in wanted.field if slug in GROUP_BY_SLUG]
    titles = [f"{CIP_TITLES[cip]} ({cip})" for cip in wanted.field if cip in CIP_TITLES]
    return joined(names + titles, "or")


def _adds(wanted: Wanted, counts: Counts) -> bool:
    """Whether the number of billing and coding says something that the named fields do not."""
    nearest = NEAREST.cips | {NEAREST.slug}
    return counts.nearest > 0 and any(field not in nearest for field in wanted.field)
