"""Half-finished forms, kept as they were typed: nothing is validated before it is sent."""

import json
from datetime import datetime, timedelta
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F

from content.lib.clock import database_now
from listings.models import Mailbox, School, Submission
from listings.submissions.history import log

# Letters and spaces of all that is typed in one form.
MOST_TYPED: Final = 400_000
MOST_DRAFTS: Final = 20
# How many drafts one network may begin in a day.
FROM_ONE: Final = (timedelta(hours=24), 40)
OVERTAKEN: Final = (
    "This draft was saved or sent on another page meanwhile. What you typed is still here: copy it,"
    " then open the draft again."
)
KEPT: Final = timedelta(days=90)


def save(  # noqa: PLR0913  # one argument a column of the draft
    typed: dict[str, Any],
    *,
    mailbox: Mailbox,
    kind: Submission.Kind,
    school: School | None,
    network: str = "",
    draft: Submission | None = None,
    version: int | None = None,
    at: datetime | None = None,
) -> Submission:
    """Keeps what was typed; `version` is the one that was opened. Raises ValidationError."""
    if len(json.dumps(typed)) > MOST_TYPED:
        raise ValidationError("That is more text than one form may hold. Send it in parts.")
    now = at or database_now()
    with transaction.atomic():
        if draft is not None:
            return _saved_over(draft, typed, version, now)
        if mailbox.submissions.filter(state=Submission.State.DRAFT).count() >= MOST_DRAFTS:
            raise ValidationError("You have very many drafts. Send or delete one of them on your page first.")
        _check_network(network, now)
        made = Submission.objects.create(
            mailbox=mailbox, kind=kind, school=school, draft=typed, network=network
        )
        log(made, "Draft saved", at=now)
    return made


def _check_network(network: str, now: datetime) -> None:
    time, most = FROM_ONE
    begun = Submission.objects.filter(network=network, created_at__gt=now - time, sent_at=None)
    if network and begun.count() >= most:
        raise ValidationError("Your network began many drafts today. Keep what you typed until tomorrow.")


def _saved_over(draft: Submission, typed: dict[str, Any], version: int | None, now: datetime) -> Submission:
    rows = Submission.objects.filter(pk=draft.pk, state=Submission.State.DRAFT, version=version or 0)
    if not rows.update(draft=typed, version=F("version") + 1):
        raise ValidationError(OVERTAKEN)
    draft.refresh_from_db()
    log(draft, "Draft saved", at=now)
    return draft


def drop(draft: Submission) -> bool:
    """Deletes a draft; False where it was sent meanwhile."""
    return bool(Submission.objects.filter(pk=draft.pk, state=Submission.State.DRAFT).delete()[0])
