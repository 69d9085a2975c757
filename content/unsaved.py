"""Keeps what an editor writes before it is saved, and lets it go when it is saved or not wanted."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction

from content.comparing import MARKS, TEXTS, state_of
from content.lib.clock import database_now
from content.models import Revision, UnsavedText

MOST_CHARACTERS: Final = 1_000_000


class KeptElsewhere(ValidationError):
    """Another open page of the same editor keeps a text of this draft."""

    def __init__(self, row: UnsavedText) -> None:
        self.row = row
        super().__init__("Another open page of yours keeps unsaved text of this draft.")


def keep(  # noqa: PLR0913  # one argument a column
    texts: Mapping[str, Any],
    *,
    by: User,
    revision: Revision | None,
    base: int | None,
    tab: str,
    over: int | None = None,
    at: datetime | None = None,
) -> UnsavedText | None:
    """The row with these texts; None where they say nothing that is not saved.

    A text that another page wrote is replaced only where `over` names its version, so by somebody who was
    told of it. Raises KeptElsewhere otherwise, and ValidationError where the text is too long to be kept.
    """
    if sum(len(text) for text in texts.values() if isinstance(text, str)) > MOST_CHARACTERS:
        raise ValidationError(
            f"Texts of more than {MOST_CHARACTERS:,} characters are not kept while you write. Save this one."
        )
    with transaction.atomic():
        User.objects.select_for_update().get(pk=by.pk)
        row = UnsavedText.objects.of(by, revision).first()
        if row and row.tab != tab and row.version != over and not is_saved(row.texts, revision):
            raise KeptElsewhere(row)
        if is_saved(texts, revision):
            UnsavedText.objects.of(by, revision).delete()
            return None
        row = row or UnsavedText(editor=by, revision=revision, version=0)
        row.tab, row.base, row.texts = tab, base, dict(texts)
        row.version += 1
        row.kept_at = at or database_now()
        row.save()
    return row


def is_saved(texts: Mapping[str, Any], revision: Revision | None) -> bool:
    """Whether they say what is stored; of an article that is only begun, whether they say nothing."""
    if revision is None:
        return not texts.get("title") and not texts.get("slug")
    return stored(texts, revision) == state_of(revision)


def stored(texts: Mapping[str, Any], revision: Revision) -> dict[str, Any]:
    """Kept texts as `state_of` gives those of a revision."""
    given = {
        name: set(texts[name]) if name in MARKS else texts[name] for name in TEXTS | MARKS if name in texts
    }
    return state_of(revision) | given


def offered(by: User, revision: Revision | None) -> UnsavedText | None:
    """What this editor is offered back when the form is opened again."""
    row = UnsavedText.objects.of(by, revision).first()
    return None if row is None or is_saved(row.texts, revision) else row


def drop(*, by: User, tab: str = "", row: str = "") -> bool:
    """Lets go what one page kept: by its tab, or by `row`, the key and version that were shown, `12.5`.

    What was written elsewhere since stays.
    """
    mine = UnsavedText.objects.filter(editor=by)
    pk, _, version = row.partition(".")
    gone = 0
    if tab:
        gone += mine.filter(tab=tab).delete()[0]
    if pk.isdecimal() and version.isdecimal() and len(row) < 20:
        gone += mine.filter(pk=int(pk), version=int(version)).delete()[0]
    return bool(gone)
