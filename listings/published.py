"""Schools and programs as data for others: each value with its source, each missing one with its kind."""

from collections.abc import Collection, Iterable
from typing import Any, Final

from django.conf import settings
from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import localtime

from content.models import Missing
from listings import logos, words
from listings.fields import AWARD_LEVELS, CREDENTIAL_LEVELS, DELIVERIES, cip_title, year_name
from listings.models import CompletionsRow, EarningsRow, FederalFile, ListingRow, School, Statement
from listings.profile import Profile
from listings.stated import BY, in_words
from listings.stating import FIELDS
from listings.versions import current
from listings.views.school import notice

MEDIANS: Final = {"median_1yr": "1 year", "median_2yr": "2 years", "median_4yr": "4 years"} | {
    "median_5yr": "5 years"
}
INVENTED: Final = "Invented figures, to show how the list works."
DELIVERY, CREDENTIALS = Statement.Field.DELIVERY, Statement.Field.CREDENTIALS
TUITION, MONTHS = Statement.Field.TUITION, Statement.Field.MONTHS


def number() -> int:
    """The version that readers see, 0 before the first load."""
    version = current()
    return version.number if version else 0


def program_key(row: ListingRow) -> str:
    """`greenwood-college-1.51.0713.21`: school, CIP code, award level."""
    return f"{row.school.slug}.{row.cip}.{row.award_level}"


class ProgramReader:
    """Programs of listing rows, in four queries for any number of them.

    Without `samples` what sample statements say is not collected.
    """

    def __init__(self, programs: Q, version: int, *, samples: bool = True) -> None:
        self._samples = samples
        self.rows = list(
            ListingRow.objects.filter(programs)
            .select_related("school", "charges_file")
            .defer("school__text", "school__aliases")
            .prefetch_related("credentials")
        )
        self.rows.sort(key=lambda row: bytes(row.rank_key))
        keys = [row.pk for row in self.rows]
        completions = CompletionsRow.objects.at_version(version).filter(program__in=keys)
        self._awards = {(each.program_id, each.year): each for each in completions.select_related("file")}
        self._stated: dict[tuple[str, int], Statement] = {}
        self._stated_by_school: dict[tuple[str, int], Statement] = {}
        schools = {row.school_id for row in self.rows}
        for statement in Statement.objects.valid().filter(school__in=schools) if schools else ():
            if statement.program_id is None:
                self._stated_by_school[statement.field, statement.school_id] = statement
            else:
                self._stated[statement.field, statement.program_id] = statement

    def of_school(self, school: int) -> list[dict[str, Any]]:
        return [self.program(row) for row in self.rows if row.school_id == school]

    def program(self, row: ListingRow) -> dict[str, Any]:
        return {
            "key": program_key(row),
            "api_url": f"{settings.SITE_URL}{reverse('api-program', args=[program_key(row)])}",
            "school": row.school.slug,
            "school_name": row.school.name,
            "is_sample": row.school.is_sample or row.has_sample,
            "state": row.state,
            "cip": row.cip,
            "title": cip_title(row.cip),
            "field_group": row.group,
            "award": row.award,
            "award_level": AWARD_LEVELS[row.award_level].name,
            "awards": self._award_figure(row),
            "delivery": self._said(row, DELIVERY, _ways(row.delivery)),
            "prepares_for": self._said(row, CREDENTIALS, _slugs(row)),
            "tuition": self._figure(row, TUITION, row.tuition, "USD", str(row.tuition_year or "")),
            "length": self._figure(row, MONTHS, row.months, "months", ""),
        }

    def _award_figure(self, row: ListingRow) -> dict[str, Any]:
        found = self._awards.get((row.pk, row.awards_year or 0))
        if found is None:
            return figure(None, "awards", missing="", period=None, origin=(None, None))
        return awards_figure(found, is_sample=row.school.is_sample)

    def _statement(self, row: ListingRow, field: str) -> Statement | None:
        own = self._stated.get((field, row.pk))
        return own or self._stated_by_school.get((field, row.school_id))

    def _figure(
        self, row: ListingRow, field: str, value: int | None, unit: str, period: str
    ) -> dict[str, Any]:
        said = self._statement(row, field)
        if value is None or self._hides(said):
            return figure(None, unit, missing=Missing.NOT_COLLECTED, period=None, origin=(None, None))
        if said is None or not _is_value(said, value, period):
            file = row.charges_file
            if file is not None and file.year:
                period, origin = year_name(file.year + 1), read_in(file, is_sample=False)
                return figure(value, unit, missing="", period=period, origin=origin)
        source, day = _origin(said)
        release = f"stated {day}" if day else None
        return figure(value, unit, missing="", period=period or day, origin=(source, release))

    def _hides(self, said: Statement | None) -> bool:
        return not self._samples and said is not None and said.by == Statement.By.SAMPLE

    def _said(self, row: ListingRow, field: str, values: list[str] | None) -> dict[str, Any]:
        said = self._statement(row, field)
        values = None if self._hides(said) else values
        source, day = _origin(said) if values is not None else (None, None)
        return {
            "values": values,
            "missing": None if values is not None else Missing.NOT_COLLECTED.label,
            "source": source,
            "stated_on": day,
        }


def _is_value(statement: Statement, value: int, period: str) -> bool:
    """Whether the statement is what a listing row shows; else it is too old, and the row is federal."""
    if statement.field == TUITION:
        return bool(statement.value == {"amount": value, "year": int(period)})
    return bool(statement.value == value)


def _origin(statement: Statement | None) -> tuple[str | None, str | None]:
    if statement is None:
        return None, None
    return BY[Statement.By(statement.by)], localtime(statement.stated_at).date().isoformat()


def _ways(bits: int | None) -> list[str] | None:
    return None if bits is None else [way.slug for way in DELIVERIES if way.bit & bits]


def _slugs(row: ListingRow) -> list[str] | None:
    return sorted(each.credential for each in row.credentials.all()) if row.credentials_stated else None


def figure(
    value: int | None, unit: str, *, missing: str, period: str | None, origin: tuple[str | None, str | None]
) -> dict[str, Any]:
    """A federal value with its source and release, or the kind of missing value it is."""
    kind = missing if missing in Missing.values else Missing.NOT_REPORTED
    source, release = origin
    return {
        "value": value,
        "missing": None if value is not None else Missing(kind).label,
        "unit": unit,
        "period": period,
        "source": source,
        "release": release,
    }


def awards_figure(row: CompletionsRow, *, is_sample: bool) -> dict[str, Any]:
    missing = row.missing.get("awards", "")
    origin = read_in(row.file, is_sample=is_sample)
    return figure(row.awards, "awards", missing=missing, period=year_name(row.year), origin=origin)


def read_in(file: FederalFile, *, is_sample: bool) -> tuple[str, str]:
    """Source and release of a federal value; invented ones have no publisher."""
    return (INVENTED if is_sample else file.get_kind_display(), file.release)


def school(school: School, control: str, programs: list[dict[str, Any]]) -> dict[str, Any]:
    """A school with its programs; one that is not listed any more says why in `notice`."""
    return {
        "slug": school.slug,
        "name": school.name,
        "url": f"{settings.SITE_URL}{school.get_absolute_url()}",
        "api_url": f"{settings.SITE_URL}{reverse('api-school', args=[school.slug])}",
        "unitid": school.unitid,
        "is_sample": school.is_sample,
        "status": school.status,
        "notice": notice(school),
        "city": school.city,
        "state": school.state,
        "latitude": school.latitude,
        "longitude": school.longitude,
        "control": control,
        "changed_at": school.changed_at,
        "programs": programs,
    }


def schools(keys: Collection[int]) -> list[dict[str, Any]]:
    """The schools of these keys in their order with all their programs, in six queries."""
    if not keys:
        return []
    reader = ProgramReader(Q(school__in=keys), number())
    controls = {row.school_id: row.control for row in reader.rows}
    programs: dict[int, list[dict[str, Any]]] = {}
    for row in reader.rows:
        programs.setdefault(row.school_id, []).append(reader.program(row))
    found = School.objects.defer("text", "aliases").in_bulk(list(keys))
    return [school(found[key], controls.get(key, ""), programs.get(key, [])) for key in keys if key in found]


def earnings(of: School) -> list[dict[str, Any]]:
    """College Scorecard medians of the school's 4-digit CIP codes; measures of other years never compare."""
    rows: Iterable[EarningsRow] = EarningsRow.objects.at_version(number()).filter(school=of)
    found = sorted(rows, key=lambda row: (row.cip4, row.credlev))
    files = FederalFile.objects.in_bulk({row.file_id for row in found}) if found else {}
    return [
        {
            "cip4": row.cip4,
            "level": CREDENTIAL_LEVELS.get(row.credlev, str(row.credlev)),
            "after": after,
            "median": figure(
                getattr(row, name),
                "USD a year",
                missing=row.missing.get(name, ""),
                period=f"{after} after completing",
                origin=read_in(files[row.file_id], is_sample=of.is_sample),
            ),
        }
        for row in found
        for name, after in MEDIANS.items()
    ]


def awards_by_year(of: School) -> list[dict[str, Any]]:
    """Awards of each program in every year that is loaded, the newest first."""
    rows = CompletionsRow.objects.at_version(number()).filter(program__school=of)
    found = rows.select_related("file", "program").order_by("program__cip", "program__award_level", "-year")
    return [
        {
            "cip": row.program.cip,
            "award_level": AWARD_LEVELS[row.program.award_level].name,
            "awards": awards_figure(row, is_sample=of.is_sample),
        }
        for row in found
    ]


def stated(statements: Iterable[Any]) -> list[dict[str, Any]]:
    """Standing statements in the order of fields, those about the school first; each with its `is_valid`."""
    order = list(FIELDS)
    found = sorted(statements, key=lambda each: (each.program_id or 0, order.index(each.field)))
    return [
        {
            "cip": each.program.cip if each.program else None,
            "award_level": AWARD_LEVELS[each.program.award_level].name if each.program else None,
            "field": each.field,
            "label": FIELDS[each.field].label,
            "value": _value(each),
            "words": in_words(each),
            "source": BY[Statement.By(each.by)],
            "stated_on": localtime(each.stated_at).date().isoformat(),
            "is_confirmed": each.is_valid,
        }
        for each in found
    ]


def _value(statement: Statement) -> Any:
    """As it is stored; of a logo its address instead of its name."""
    if statement.field != Statement.Field.LOGO:
        return statement.value
    value: Any = statement.value
    address = f"{settings.SITE_URL}{logos.address(statement.school.slug, value)}"
    return {"address": address, "width": value["width"], "height": value["height"]}


def accreditor(profile: Profile) -> dict[str, Any]:
    row = profile.institution
    if row is None:
        kind = Missing.NOT_COLLECTED if profile.is_outside else Missing.NOT_REPORTED
        return {"name": None, "missing": kind.label, "source": None}
    missing = None if row.accreditor else words.missing(row, "accreditor").text
    source = ", ".join(read_in(row.file, is_sample=profile.school.is_sample))
    return {"name": row.accreditor or None, "missing": missing, "source": source}


def events(profile: Profile) -> list[dict[str, Any]]:
    """What changed in the federal files, the newest first; `school` is another school that it is about."""
    return [
        {
            "when": event.when,
            "text": event.text,
            "school": event.school.slug if event.school else None,
            "source": ", ".join(read_in(event.file, is_sample=False)),
        }
        for event in profile.events
    ]
