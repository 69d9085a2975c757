"""A filtered school list as csv, sent as it is read."""

import csv
from collections.abc import Iterator
from decimal import Decimal
from itertools import batched
from typing import Any, Final

from django.db.models import Q
from django.http import StreamingHttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from content.lib.api import PublicView
from content.lib.cells import safe
from listings import published
from listings.api import asked_of
from listings.search import SchoolSearch

BATCH: Final = 200
FIGURES: Final = {"awards": "awards", "tuition": "tuition_usd", "length": "length_months"}
LISTS: Final = ("delivery", "prepares_for")
COLUMNS: Final = (
    "school",
    "school_name",
    "city",
    "state",
    "control",
    "is_sample",
    "cip",
    "title",
    "award_level",
    *(
        f"{name}{tail}"
        for name in FIGURES.values()
        for tail in ("", "_missing", "_period", "_source", "_release")
    ),
    *(f"{name}{tail}" for name in LISTS for tail in ("", "_missing", "_source", "_stated_on")),
    "url",
)


class Line:
    """A file to write to that hands back what was written."""

    def write(self, text: str) -> str:
        return text


class SchoolExport(PublicView):
    """The programs that bring schools into the list, a line each; a bad value is refused, not left out."""

    @extend_schema(exclude=True)
    def get(self, request: Request) -> StreamingHttpResponse:
        search = SchoolSearch(asked_of(request)[1])
        answer = StreamingHttpResponse(lines(search), content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = 'attachment; filename="schools.csv"'
        answer["X-Robots-Tag"] = "noindex"
        return answer


def lines(search: SchoolSearch) -> Iterator[str]:
    """The header and a line a program, schools in the order of the list, in six queries a batch."""
    table = csv.writer(Line(), quoting=csv.QUOTE_ALL)
    yield table.writerow(COLUMNS)
    version = published.number()
    for keys in batched(search.keys(0, search.counts.listed), BATCH):
        reader = published.ProgramReader(Q(school__in=keys) & search.shown, version)
        by_school: dict[int, list[Any]] = {}
        for row in reader.rows:
            by_school.setdefault(row.school_id, []).append(row)
        for key in keys:
            for row in by_school.get(key, ()):
                cells = cells_of(reader.program(row), row.school.city, row.control)
                yield table.writerow([safe(cells[column]) for column in COLUMNS])


def cells_of(program: dict[str, Any], city: str, control: str) -> dict[str, str | Decimal | None]:
    """A program by the names of the columns."""
    cells: dict[str, str | Decimal | None] = {
        name: program[name] for name in ("school", "school_name", "state", "cip", "title", "award_level")
    }
    cells |= {"city": city, "control": control, "is_sample": str(int(program["is_sample"]))}
    cells["url"] = program["api_url"]
    for name, column in FIGURES.items():
        figure = program[name]
        cells[column] = None if figure["value"] is None else Decimal(figure["value"])
        cells |= {f"{column}_{part}": figure[part] for part in ("missing", "period", "source", "release")}
    for name in LISTS:
        said = program[name]
        cells[name] = None if said["values"] is None else ",".join(said["values"])
        cells |= {f"{name}_{part}": said[part] for part in ("missing", "source", "stated_on")}
    return cells
