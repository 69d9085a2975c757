"""States a field of a school or program: it replaces the last, and the listing follows at once."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, Final

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models.functions import Now

from listings import stating, versions
from listings.models import ListingStamp, Program, School, Statement
from listings.rebuilding import rebuild_listing

# After it nobody may rely on what was stated unless it is stated again.
SHELF_LIFE: Final = timedelta(days=365)


def state(*, at: datetime | None = None, **stated: Any) -> Statement:
    """Puts the statement in place of the current one and rebuilds the listing, in one transaction.

    It takes what `put` takes.
    """
    with transaction.atomic():
        statement = put(at=at, **stated)
        rebuild([statement.school_id])
    return statement


def put(  # noqa: PLR0913  # one argument a column of the statement
    *,
    school: School,
    program: Program | None,
    field: str,
    value: Any,
    by: str,
    editor: User | None = None,
    valid_until: datetime | None = None,
    at: datetime | None = None,
) -> Statement:
    """Puts the statement in place of the current one; the caller rebuilds the listing in its transaction.

    It counts until `valid_until`, else for `SHELF_LIFE`; what does not lapse counts until it is replaced.
    Raises `ValidationError` for a value that `stating.FIELDS` refuses.
    """
    now = at or Now()
    kind = stating.FIELDS[field]
    if kind.is_of_school and program is not None:
        raise ValidationError(f"State “{kind.label}” of the whole school, not of one program.")
    value = kind.parse(value)
    of: dict[str, Any] = {"school": school, "program": program, "field": field}
    lasts = (valid_until or now + SHELF_LIFE) if kind.lapses else None
    said: dict[str, Any] = {"value": value, "by": by, "editor": editor, "valid_until": lasts}
    with transaction.atomic():
        ListingStamp.objects.hold()
        Statement.objects.filter(**of, replaced_at=None).update(replaced_at=now)
        return Statement.objects.create(**of, **said, stated_at=now)


def withdraw(statement: Statement, *, at: datetime | None = None) -> None:
    """Ends a statement without another in its place: the field is *not collected* again."""
    with transaction.atomic():
        ListingStamp.objects.hold()
        Statement.objects.filter(pk=statement.pk, replaced_at=None).update(replaced_at=at or Now())
        rebuild([statement.school_id])


def take_back(*, school: School, program: Program | None, field: str, at: datetime | None = None) -> None:
    """Ends what is stated of a field, if anything; the caller rebuilds the listing in its transaction."""
    ListingStamp.objects.hold()
    current = Statement.objects.filter(school=school, program=program, field=field, replaced_at=None)
    current.update(replaced_at=at or Now())


def rebuild(schools: Iterable[int]) -> None:
    """The listing of those schools, by their ids, follows what is stated of them."""
    version = versions.current()
    rebuild_listing(version.number if version else 0, list(schools))
