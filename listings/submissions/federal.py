"""What federal files say of the fields that a school may state, for people who compare the two."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.timezone import localtime

from listings import versions
from listings.charges import surely_of
from listings.fields import year_name
from listings.models import CompletionsRow, DirectoryRow, Program, School, TuitionRow
from listings.models.federal import FederalRow
from listings.stating import FIELDS


@dataclass(frozen=True)
class FederalValue:
    """A value in the form in which it would be stated, in words, and the file it is from."""

    value: Any
    text: str
    source: str


def federal(school: School | None) -> dict[tuple[str, str], FederalValue]:
    """By program key and field; what no file says, or says in a form that none could state, is left out."""
    version = versions.current()
    if school is None or version is None:
        return {}
    return dict([*_directory(school, version.number), *_charges(school, version.number)])


def _directory(school: School, version: int) -> Iterator[tuple[tuple[str, str], FederalValue]]:
    rows = DirectoryRow.objects.at_version(version).filter(school=school).select_related("file")
    row = rows.order_by("-since").first()
    if row is None:
        return
    address = {"street": row.address, "city": row.city, "state": row.state, "zip": row.zip}
    given = {"name": row.name, "address": address, "phone": row.phone, "website": row.website}
    for field, value in given.items():
        try:
            stated = FIELDS[field].parse(value)
        except ValidationError:
            continue
        yield ("", field), FederalValue(stated, FIELDS[field].in_words(stated), _source(row))


def _charges(school: School, version: int) -> Iterator[tuple[tuple[str, str], FederalValue]]:
    charged = list(TuitionRow.objects.at_version(version).filter(school=school).select_related("file"))
    if not charged:
        return
    programs = list(Program.objects.filter(school=school))
    awards = CompletionsRow.objects.at_version(version).filter(program__in=programs)
    years = dict(awards.order_by("year").values_list("program", "year"))
    newest = max(years.values(), default=0)
    taught = [program.cip for program in programs if years.get(program.pk) == newest]
    for program in programs:
        row = surely_of(program.cip, taught, charged)
        if row is None:
            continue
        when = f" ({year_name(row.year + 1)})"
        if row.tuition is not None:
            words = f"${row.tuition:,}{when}"
            value: Any = {"amount": row.tuition, "year": row.year}
            yield (program.key, "tuition"), FederalValue(value, words, _source(row))
        if row.months is not None:
            words = f"{FIELDS['months'].in_words(row.months)}{when}"
            yield (program.key, "months"), FederalValue(row.months, words, _source(row))


def _source(row: FederalRow) -> str:
    retrieved = date_format(localtime(row.file.retrieved_at), "j M Y")
    return f"IPEDS {row.file.release}, retrieved {retrieved}"
