"""Rows of bulk files: an empty cell changes nothing, cells go out so that no spreadsheet runs them."""

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from django.db.models import Model, QuerySet
from django.utils import timezone
from import_export.fields import Field
from import_export.resources import Diff, ModelResource
from import_export.widgets import Widget

from content.lib.cells import plain, safe

CLEAR: Final = "__CLEAR__"
STYLE: Final = re.compile(r' style="[^"]*"')


class PlainDiff(Diff):
    """Inserted and deleted words by their elements; the styles are in our own sheet."""

    def as_html(self) -> list[str]:
        return [type(cell)(STYLE.sub("", cell)) for cell in super().as_html()]


class Rows(ModelResource):
    """What all bulk files share; a subclass names its columns and how a row is found again."""

    def get_diff_class(self) -> type[Diff]:
        return PlainDiff

    def before_import_row(self, row: dict[str, Any], **kwargs: Any) -> None:
        for name, cell in row.items():
            row[name] = plain(cell)

    def import_field(
        self, field: Field, instance: Model, row: dict[str, Any], is_m2m: bool = False, **kwargs: Any
    ) -> None:
        given = row.get(field.column_name, "")
        if given == "":
            return
        shown = {**row, field.column_name: ""} if given == CLEAR else row
        super().import_field(field, instance, shown, is_m2m, **kwargs)

    def export_resource(self, instance: Model, selected_fields: Any = None, **kwargs: Any) -> list[str]:
        cells: Iterable[Any] = super().export_resource(instance, selected_fields, **kwargs)
        return [safe("" if cell is None else str(cell)) for cell in cells]

    @classmethod
    def columns(cls) -> list[str]:
        """What a file may hold, in order."""
        return [field.column_name for field in cls().get_import_fields() if not field.readonly]


def share_cleared(dataset: Any) -> float:
    """Which part of the cells that say something only takes values away."""
    given = [cell for row in dataset for cell in row if cell != ""]
    return given.count(CLEAR) / len(given) if given else 0.0


class Named(Widget):
    """A row of another table by one of its columns; `what` says it in an error."""

    def __init__(self, rows: QuerySet[Any], column: str, what: str) -> None:
        super().__init__()
        self.rows, self.column, self.what = rows, column, what

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        if value in (None, ""):
            return None
        found = self.rows.all().filter(**{self.column: value}).first()
        if found is None:
            raise ValueError(f"There is no {self.what} “{value}”.")
        return found

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return "" if value is None else str(getattr(value, self.column))


class Moment(Widget):
    """A date and time in the site's own time zone, as 2026-03-01 or 2026-03-01 09:00."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> datetime | None:
        if value in (None, ""):
            return None
        try:
            given = datetime.fromisoformat(str(value))
        except ValueError:
            raise ValueError(f"“{value}” is no date. Write it as 2026-03-01 or 2026-03-01 09:00.") from None
        return given if timezone.is_aware(given) else timezone.make_aware(given)

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return timezone.make_naive(value).isoformat(" ") if value else ""


class Whole(Widget):
    """A whole number, or nothing."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> int | None:
        if value in (None, ""):
            return None
        if not re.fullmatch(r"[0-9]{1,9}", str(value)):
            raise ValueError(f"“{value}” is no whole number. Write digits alone.")
        return int(value)

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return "" if value is None else str(value)
