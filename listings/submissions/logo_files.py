"""Pictures that schools send: kept at once, so that no mistake elsewhere loses them, and swept."""

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from content.lib import images
from content.lib.clock import database_now
from listings import logos
from listings.models import Statement, Submission, SubmittedField
from listings.stating import typed
from listings.submissions import limits

LOGO: Final = Statement.Field.LOGO
# The control of a form that names the picture in it.
CONTROL: Final = f"s-{LOGO}"
KEPT: Final = timedelta(days=1)
TOO_MANY: Final = "Your network sent very many pictures today. Send the rest now, and the logo tomorrow."


def receive(upload: UploadedFile[Any], network: str, *, at: datetime | None = None) -> str:
    """Keeps the picture; what its control in the form then holds. Raises ValidationError."""
    try:
        images.check_size(upload.size or 0, logos.MOST_BYTES)
        if not limits.take(limits.Kind.LOGO, network, at=at):
            raise ValidationError(TOO_MANY)
        return typed.write(LOGO, logos.keep(upload.read()))
    except images.Refused as refused:
        raise ValidationError(str(refused)) from None


def sweep(at: datetime | None = None, *, renew: Callable[[], None] = lambda: None) -> int:
    """Removes files of a day ago and older that nothing names any more; how many."""
    if not logos.folder().is_dir():
        return 0
    renew()
    before = (at or database_now()).astimezone(UTC) - KEPT
    files = [path for path in logos.folder().iterdir() if _changed(path) < before]
    named = _named() if files else set()
    removed = 0
    for path in files:
        if path.stem not in named:
            # Another sweep may have been here.
            with suppress(FileNotFoundError):
                path.unlink()
                removed += 1
    return removed


def _changed(path: Path) -> datetime:
    return datetime.fromtimestamp(path.stat().st_mtime, UTC)


def _named() -> set[str]:
    """What is stated, what waits for an editor or for an answer, and what stands in drafts."""
    stated = Statement.objects.filter(field=LOGO, replaced_at=None).values_list("value", flat=True)
    open_states = (SubmittedField.State.WAITING, SubmittedField.State.RETURNED)
    sent = SubmittedField.objects.filter(field=LOGO, state__in=open_states, value__isnull=False)
    drafts = Submission.objects.filter(state=Submission.State.DRAFT, draft__has_key=CONTROL)
    typed_in = (draft[CONTROL] for draft in drafts.values_list("draft", flat=True))
    values = [*stated, *sent.values_list("value", flat=True)]
    return {typed.write(LOGO, value) for value in values if value} | {
        text for texts in typed_in for text in texts
    }
