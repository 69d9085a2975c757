"""States a field of a school or program: it replaces the last, and the listing follows at once."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any, Final

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models.functions import Now

from listings import stating, versions
from listings.models import Program, School, Statement
from listings.rebuilding import rebuild_listing

# After it nobody may rely on what was stated unless it is stated again.
SHELF_LIFE: Final = timedelta(days=365)
# So many who state one field at the same moment are heard one after the other.
AT_ONCE: Final = 20


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
    of = {"school": school, "program": program, "field": field}
    lasts = (valid_until or now + SHELF_LIFE) if kind.lapses else None
    said = {"value": value, "by": by, "editor": editor, "stated_at": now, "valid_until": lasts}
    for _ in range(AT_ONCE):
        with suppress(IntegrityError):
            return _replaced(of, said)
    return _replaced(of, said)


def _replaced(of: dict[str, Any], said: dict[str, Any]) -> Statement:
    """Raises IntegrityError where somebody else stated it a moment ago; from then on theirs is seen."""
    with transaction.atomic():
        Statement.objects.filter(**of, replaced_at=None).update(replaced_at=said["stated_at"])
        return Statement.objects.create(**of, **said)


def withdraw(statement: Statement, *, at: datetime | None = None) -> None:
    """Ends a statement without another in its place: the field is *not collected* again."""
    with transaction.atomic():
        Statement.objects.filter(pk=statement.pk, replaced_at=None).update(replaced_at=at or Now())
        rebuild([statement.school_id])


def take_back(*, school: School, program: Program | None, field: str, at: datetime | None = None) -> None:
    """Ends what is stated of a field, if anything; the caller rebuilds the listing in its transaction."""
    current = Statement.objects.filter(school=school, program=program, field=field, replaced_at=None)
    current.update(replaced_at=at or Now())


def rebuild(schools: Iterable[int]) -> None:
    """The listing of those schools, by their ids, follows what is stated of them."""
    version = versions.current()
    rebuild_listing(version.number if version else 0, list(schools))
