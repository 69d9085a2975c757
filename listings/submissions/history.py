"""What happened to a submission, line by line, and where it stands after it."""

from datetime import datetime
from itertools import groupby

from django.contrib.auth.models import User

from listings.models import Submission, SubmissionEvent, SubmittedField

State, Field = Submission.State, SubmittedField.State


def log(sent: Submission, what: str, *, editor: User | None = None, at: datetime) -> None:
    """A line of its history, at its present version."""
    SubmissionEvent.objects.create(
        submission=sent, version=sent.version, at=at, what=what[:200], editor=editor
    )


def move_on(held: Submission, what: str, editor: User | None, now: datetime) -> None:
    """The submission follows its fields; its version goes up and its history gets a line."""
    states = set(held.fields.values_list("state", flat=True))
    if Field.WAITING in states:
        held.state = State.WAITING
    elif Field.RETURNED in states:
        held.state = State.RETURNED
    else:
        held.state = State.WITHDRAWN if states == {Field.WITHDRAWN} else State.DONE
    held.decided_at = None if held.state == State.WAITING else now
    held.version += 1
    held.save(update_fields=["state", "version", "decided_at"])
    log(held, what, editor=editor, at=now)


def supersede(held: Submission, now: datetime) -> None:
    """What was returned to the sender and comes corrected waits for no answer any more; in a transaction."""
    if held.school is None or held.mailbox is None:
        return
    named = set(held.fields.values_list("program_key", "field"))
    returned = SubmittedField.objects.filter(
        state=Field.RETURNED, submission__mailbox=held.mailbox, submission__school=held.school
    )
    again = [row for row in returned.order_by("submission", "pk") if (row.program_key, row.field) in named]
    for pk, rows in groupby(again, key=lambda row: row.submission_id):
        before = Submission.objects.held(pk)
        ours = before.fields.filter(pk__in=[row.pk for row in rows], state=Field.RETURNED)
        if ours.update(state=Field.WITHDRAWN, decided_at=now, decided_by=None):
            move_on(before, f"Sent corrected as {held.reference}", None, now)
