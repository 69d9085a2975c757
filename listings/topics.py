"""Which stored filters of the school list a school meets: how topics find the schools they are about."""

from collections.abc import Collection

from django.db.models import Exists, OuterRef
from django.http import QueryDict

from listings.filters import Choices, SchoolFilter, credential_choices
from listings.models import School
from listings.search import SchoolSearch
from listings.wanted import Wanted


def filters_met(school: School, filters: Collection[str]) -> set[str]:
    """Those of the query strings that the school meets by what it states; two queries at most."""
    wanted = read_stored({query for query in filters if query})
    if not wanted:
        return set()
    asked = {
        f"meets_{place}": Exists(SchoolSearch(each).found().filter(pk=OuterRef("pk")))
        for place, each in enumerate(wanted.values())
    }
    found = School.objects.filter(pk=school.pk).annotate(**asked).values_list(*asked).first() or ()
    return {query for query, meets in zip(wanted, found, strict=False) if meets}


def read_stored(filters: Collection[str]) -> dict[str, Wanted]:
    """What each query string asks of what schools state; those that narrow nothing are left out."""
    names = dict(credential_choices()) if any("credential=" in query for query in filters) else {}
    wanted = {}
    for query in filters:
        schools = SchoolFilter(QueryDict(f"{query}&include_unknown=0"))
        credentials = schools.form.fields["credential"]
        if isinstance(credentials, Choices):
            credentials.names = names  # read once for all of them
        if any(schools.wanted.filters()):
            wanted[query] = schools.wanted
    return wanted
