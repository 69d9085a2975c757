"""Schools and programs in the API; the filters are those of the school list."""

import re
from typing import Any, Final

from django.db.models import F, Q
from django.http import Http404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from content.lib import api
from listings import published
from listings.filters import SchoolFilter
from listings.models import ListingRow, School, Statement
from listings.profile import read_past
from listings.search import SchoolSearch
from listings.stating import PROGRAM_FIELDS
from listings.wanted import CHOICES, SORTS, Wanted

PROGRAM: Final = re.compile(r"([-a-zA-Z0-9_]{1,120})\.([0-9]{2}\.[0-9]{4})\.([0-9]{1,2})")
BY_ROW: Final = {
    "tuition": F("tuition").asc(nulls_last=True),
    "length": F("months").asc(nulls_last=True),
    "awards": F("awards").desc(nulls_last=True),
    "name": F("school__name_key").asc(),
}


class Said(serializers.Serializer[Any]):
    """What a school or an editor stated, or that nobody did."""

    values = serializers.ListField(child=serializers.CharField(), allow_null=True)
    missing = serializers.CharField(allow_null=True)
    source = serializers.CharField(allow_null=True)  # type: ignore[assignment]  # DRF takes the fields away
    stated_on = serializers.DateField(allow_null=True)


class ProgramData(serializers.Serializer[Any]):
    """School x CIP code x award level."""

    key = serializers.CharField()
    api_url = serializers.CharField()
    school = serializers.CharField()
    school_name = serializers.CharField()
    is_sample = serializers.BooleanField(help_text="Invented, to show how the list works.")
    state = serializers.CharField()
    cip = serializers.CharField()
    title = serializers.CharField()
    field_group = serializers.CharField()
    award = serializers.CharField()
    award_level = serializers.CharField()
    awards = api.Figure()
    delivery = Said()
    prepares_for = Said()
    tuition = api.Figure()
    length = api.Figure()


class SchoolData(serializers.Serializer[Any]):
    """A school with all its listed programs."""

    slug = serializers.CharField()
    name = serializers.CharField()
    url = serializers.CharField()
    api_url = serializers.CharField()
    unitid = serializers.IntegerField(allow_null=True)
    is_sample = serializers.BooleanField(help_text="Invented, to show how the list works.")
    status = serializers.ChoiceField(choices=School.Status.choices)
    notice = serializers.CharField(help_text="Why it is not listed any more; empty for a listed one.")
    city = serializers.CharField()
    state = serializers.CharField()
    latitude = serializers.FloatField(allow_null=True)
    longitude = serializers.FloatField(allow_null=True)
    control = serializers.CharField(help_text="Empty: not reported.")
    changed_at = serializers.DateTimeField()
    programs = ProgramData(many=True)


class EarningsData(serializers.Serializer[Any]):
    cip4 = serializers.CharField()
    level = serializers.CharField()
    after = serializers.CharField()
    median = api.Figure()


class AwardsData(serializers.Serializer[Any]):
    cip = serializers.CharField()
    award_level = serializers.CharField()
    awards = api.Figure()


class StatementData(serializers.Serializer[Any]):
    """One field as a school or an editor stated it; without a CIP code it is about the whole school."""

    cip = serializers.CharField(allow_null=True)
    award_level = serializers.CharField(allow_null=True)
    field = serializers.ChoiceField(choices=Statement.Field.choices)
    label = serializers.CharField()  # type: ignore[assignment]  # DRF takes the fields away
    value = serializers.JSONField(help_text="Its form depends on the field.")
    words = serializers.CharField(help_text="The value as readers see it, plain text.")
    source = serializers.CharField()  # type: ignore[assignment]  # DRF takes the fields away
    stated_on = serializers.DateField()
    is_confirmed = serializers.BooleanField(help_text="false: its last day has passed.")


class AccreditorData(serializers.Serializer[Any]):
    name = serializers.CharField(allow_null=True)
    missing = serializers.CharField(allow_null=True)
    source = serializers.CharField(allow_null=True)  # type: ignore[assignment]  # DRF takes the fields away


class EventData(serializers.Serializer[Any]):
    """What changed in the federal files."""

    when = serializers.CharField()
    text = serializers.CharField()
    school = serializers.CharField(allow_null=True, help_text="Another school that it is about.")
    source = serializers.CharField()  # type: ignore[assignment]  # DRF takes the fields away


class SchoolDetailData(SchoolData):
    """A school with what a page of it says."""

    stated = StatementData(many=True)
    accreditor = AccreditorData()
    events = EventData(many=True)
    earnings = EarningsData(many=True)
    awards_by_year = AwardsData(many=True)


class ProgramDetailData(ProgramData):
    """A program with everything that is stated of it or of all programs of its school."""

    stated = StatementData(many=True)


class ListData(api.Part):
    """What is said of a list of schools or programs beside its rows."""

    stated = serializers.IntegerField(
        allow_null=True, help_text="Schools that match by what they state; they come first."
    )
    did_not_say = serializers.IntegerField(allow_null=True, help_text="Schools that did not say.")
    notes = serializers.ListField(child=serializers.CharField())


class SchoolsData(ListData):
    results = SchoolData(many=True)


class ProgramsData(ListData):
    results = ProgramData(many=True)


def _parameter(key: str, what: str, **options: Any) -> OpenApiParameter:
    return OpenApiParameter(key, str, description=what, **options)


def _several(key: str, what: str) -> OpenApiParameter:
    return _parameter(key, what, many=True, enum=list(CHOICES[key]))


CHOICES_ASKED: Final = [
    _parameter("q", "Words of name, alias, city, field or credential."),
    _several("state", "Postal code of a state or territory."),
    _parameter("near", "A ZIP, or a city with its state: Columbus, OH."),
    _parameter("within", "Miles from near.", enum=list(CHOICES["within"])),
    _several("delivery", "How a program is taught."),
    _several("award", "Award level."),
    _several("field", "A field group or a CIP code."),
    _parameter("credential", "Slug of a credential that a program prepares for.", many=True),
    _several("control", "Who runs the school."),
    _parameter("max_tuition", "Dollars.", pattern="^[0-9]{1,7}$"),
    _parameter("max_months", "Months.", pattern="^[1-9][0-9]{0,2}$"),
    _parameter("include_unknown", "1: also schools that did not say, after the others.", enum=["1", "0"]),
    _parameter("sort", "Order of numbered pages.", enum=list(SORTS)),
]
FILTERS: Final = [*CHOICES_ASKED, *api.PARAMETERS, api.UPDATED_SINCE]


def asked_of(request: Request) -> tuple[api.Asked, Wanted]:
    """The part and the choices asked for; a value that would not filter on a page is refused here."""
    query = request.query_params
    asked = api.Asked(query, known=SchoolFilter.base_filters)
    chosen = SchoolFilter(query)
    if not asked.errors:
        asked.errors += [(refusal.key, str(refusal)) for refusal in chosen.refusals]
    asked.check()
    return asked, chosen.wanted


class Schools(api.PublicView):
    """Schools in the order of the school list; with `updated_since` also those that are gone since."""

    @extend_schema(operation_id="schools", parameters=FILTERS, responses=api.answers(SchoolsData))
    def get(self, request: Request) -> Response:
        asked, wanted = asked_of(request)
        search = SchoolSearch(wanted)
        if asked.is_copy:
            among = School.objects.listed()
            if asked.updated_since is not None:
                among = School.objects.known().filter(changed_at__gte=asked.updated_since)
            keys = api.keys_after(search.found(among), asked)
            results = published.schools(keys[: asked.per_page])
            return Response(api.part_of(asked, request.path, keys=keys, results=results, **_nothing_said()))
        counts = search.counts
        start = (asked.page - 1) * asked.per_page
        keys = search.keys(start, start + asked.per_page) if start < counts.listed else []
        more = {
            "stated": counts.stated,
            "did_not_say": counts.unsaid,
            "notes": [search.fallback] if search.fallback else [],
        }
        results = published.schools(keys)
        return Response(api.page_of(asked, request.path, total=counts.listed, results=results, **more))


class OneSchool(api.PublicView):
    """A school by its slug; one that is not listed any more keeps its address and says why."""

    @extend_schema(operation_id="school", responses=api.answers(SchoolDetailData, of_list=False))
    def get(self, request: Request, slug: str) -> Response:
        school = School.objects.known().filter(slug=slug).first()
        if school is None:
            raise Http404
        [found] = published.schools([school.pk])
        statements = school.statements.standing().select_related("program")
        past = read_past(school)
        more = {
            "stated": published.stated(statements),
            "accreditor": published.accreditor(past),
            "events": published.events(past),
            "earnings": published.earnings(school),
            "awards_by_year": published.awards_by_year(school),
        }
        return Response(found | more)


class Programs(api.PublicView):
    """Programs that meet the filters, nearest field first."""

    @extend_schema(operation_id="programs", parameters=FILTERS, responses=api.answers(ProgramsData))
    def get(self, request: Request) -> Response:
        asked, wanted = asked_of(request)
        search = SchoolSearch(wanted)
        among = School.objects.listed()
        if asked.updated_since is not None:
            among = among.filter(changed_at__gte=asked.updated_since)
        rows = ListingRow.objects.filter(search.shown, school__in=search.found(among).values("pk"))
        if asked.is_copy:
            keys = api.keys_after(rows, asked)
            results = _programs(keys[: asked.per_page])
            return Response(api.part_of(asked, request.path, keys=keys, results=results, **_nothing_said()))
        total = rows.count()
        start = (asked.page - 1) * asked.per_page
        order = [BY_ROW[wanted.sort]] if wanted.sort in BY_ROW else []
        ordered = rows.order_by(*order, "rank_key", "pk").values_list("pk", flat=True)
        results = _programs(list(ordered[start : start + asked.per_page]))
        fallen = wanted.sort in ("distance", "relevance")
        notes = ["Programs have no such order; they stand in the usual one."] if fallen else []
        more = _nothing_said() | {"notes": notes}
        return Response(api.page_of(asked, request.path, total=total, results=results, **more))


class OneProgram(api.PublicView):
    """A program by its key."""

    @extend_schema(operation_id="program", responses=api.answers(ProgramDetailData, of_list=False))
    def get(self, request: Request, key: str) -> Response:
        parts = PROGRAM.fullmatch(key)
        if parts is None:
            raise Http404
        slug, cip, level = parts.groups()
        asked = Q(school__slug=slug, cip=cip, award_level=int(level), school__status=School.Status.LISTED)
        reader = published.ProgramReader(asked, published.number())
        if not reader.rows:
            raise Http404
        [row] = reader.rows
        of_all = Q(program=None, field__in=PROGRAM_FIELDS)
        statements = Statement.objects.standing().filter(Q(program=row.pk) | of_all, school=row.school_id)
        stated = published.stated(statements.select_related("program"))
        return Response(reader.program(row) | {"stated": stated})


def _programs(keys: list[int]) -> list[dict[str, Any]]:
    if not keys:
        return []
    reader = published.ProgramReader(Q(pk__in=keys), published.number())
    found = {row.pk: row for row in reader.rows}
    return [reader.program(found[key]) for key in keys if key in found]


def _nothing_said() -> dict[str, Any]:
    return {"stated": None, "did_not_say": None, "notes": []}
