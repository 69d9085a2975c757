"""Figures of a state, or of one field in a state: schools, programs, awards over years."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from django.contrib.humanize.templatetags.humanize import intcomma
from django.db.models import Count, Sum
from django.urls import reverse
from django.utils.safestring import SafeString

from content.lib.charts import Point, history
from listings.fields import CIP_TITLES, FIELD_GROUPS, cip_title, year_name
from listings.models import CompletionsRow, ListingRow, School
from listings.versions import current

MOST_TITLE: Final = 60


@dataclass(frozen=True)
class Field:
    """What is taught of one CIP code in a state."""

    cip: str
    state: str
    schools: int
    programs: int

    @property
    def title(self) -> str:
        return cip_title(self.cip)

    @property
    def address(self) -> str:
        return reverse("field-state", args=[self.cip, self.state.lower()])


@dataclass(frozen=True)
class Awards:
    """First-major awards by year, the oldest first; `is_invented` where they are of sample schools."""

    subject: str
    years: tuple[tuple[int, int], ...]
    is_invented: bool

    @property
    def newest(self) -> str:
        """`1,204`; empty without a year."""
        return intcomma(self.years[-1][1]) if self.years else ""

    @property
    def newest_year(self) -> str:
        return year_name(self.years[-1][0]) if self.years else ""

    @property
    def rows(self) -> list[tuple[str, str]]:
        return [(year_name(year), intcomma(awards)) for year, awards in reversed(self.years)]

    @property
    def chart(self) -> SafeString:
        """Empty where there are not two years to look at."""
        points = [
            Point(date(year, 6, 30), Decimal(awards), intcomma(awards), year_name(year))
            for year, awards in self.years
        ]
        return history([points], name="awards-chart", title=f"{self.subject}: awards reported a year")


def fields_taught(state: str) -> list[Field]:
    """The fields with a listed program in a state, by code; one query."""
    rows = ListingRow.objects.filter(state=state).order_by("cip").values_list("cip")
    found = rows.annotate(Count("school", distinct=True), Count("pk"))
    return [Field(cip, state, schools, programs) for cip, schools, programs in found]


def is_field(cip: str) -> bool:
    """Whether it is a CIP code that is named here, or one without a name that a listed program has."""
    return cip in CIP_TITLES or ListingRow.objects.filter(cip=cip).exists()


def awards_by_year(state: str, cip: str = "") -> Awards:
    """Of one field, or of billing and coding; of all schools that ever reported, the closed ones too."""
    cips = {cip} if cip else FIELD_GROUPS[0].cips
    subject = cip_title(cip) if cip else FIELD_GROUPS[0].name
    version = current()
    if version is None:
        return Awards(subject, (), is_invented=False)
    rows = CompletionsRow.objects.at_version(version.number).filter(
        program__cip__in=cips, program__school__state=state, awards__isnull=False
    )
    years = rows.order_by("year").values_list("year").annotate(awards=Sum("awards"))
    return Awards(subject, tuple(years), version.is_sample)


def pages() -> Iterator[str]:
    """Addresses of every state and every field in a state with a school that is not invented."""
    states = School.objects.listed().filter(is_sample=False).exclude(state="")
    for state in states.order_by("state").values_list("state", flat=True).distinct():
        yield reverse("state-detail", args=[state.lower()])
    rows = ListingRow.objects.filter(school__is_sample=False).exclude(state="")
    for cip, state in rows.order_by("cip", "state").values_list("cip", "state").distinct():
        yield reverse("field-state", args=[cip, state.lower()])


def short_title(cip: str, state: str, name: str) -> str:
    """A field's name with its state, in at most 60 characters."""
    title = cip_title(cip)
    for where in (name, state):
        if len(title) + len(where) + 4 <= MOST_TITLE:
            return f"{title} in {where}"
    tail = f"\u2026 ({cip}) in {state}"
    return f"{title[: MOST_TITLE - len(tail)].rsplit(' ', 1)[0].rstrip('/')}{tail}"
