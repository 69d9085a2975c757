"""An editor accepts or returns each field; what is accepted becomes a statement, and the listing follows.

The live page changes here and nowhere else. The school answers what was returned, or withdraws it.
"""

from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction

from content.lib.clock import database_now
from listings.models import MailKey, Program, School, Statement, Submission, SubmittedField
from listings.opening import open_program, open_school
from listings.statements import put, rebuild, take_back
from listings.stating.parts import paragraphs
from listings.submissions import letters
from listings.submissions.history import log, move_on
from listings.submissions.sending import subject_of
from listings.submissions.shown import name_of

State, Field = Submission.State, SubmittedField.State
LONGEST_REASON: Final = 500
LONGEST_ANSWER: Final = 1000
# A new school is opened by these; without them nothing else of it has a place.
OPENING: Final = ("name", "address")


class DecidedMeanwhile(ValidationError):
    """Somebody else changed the submission after it was opened; the text says who and when."""


@dataclass(frozen=True)
class Decision:
    """What an editor chose: ids of fields to accept, ids of others with why they are returned.

    `version` is the one of the submission that was looked at.
    """

    version: int
    accept: frozenset[int] = frozenset()
    give_back: Mapping[int, str] = field(default_factory=dict)


def decide(
    sent: Submission, decision: Decision, *, by: User | None, at: datetime | None = None
) -> Submission:
    """Accepts and returns fields; the rest goes on waiting.

    One transaction: statements, listing, history and the letter to the school. `by` None is a rule. Raises
    DecidedMeanwhile, or ValidationError for what cannot be decided so.
    """
    accept, give_back = decision.accept, decision.give_back
    now = at or database_now()
    with transaction.atomic():
        held = Submission.objects.held(sent.pk)
        _check_version(held, decision.version)
        if not accept and not give_back:
            raise ValidationError("Choose at least one field to accept or to return.")
        if held.state != State.WAITING:
            raise ValidationError(f"Nothing waits here: this submission is “{held.get_state_display()}”.")
        fields = {row.pk: row for row in held.fields.filter(state=Field.WAITING)}
        _check_choice(held, fields, accept, give_back)
        for pk, reason in give_back.items():
            fields[pk].reason = reason.strip()
            _settle(fields[pk], Field.RETURNED, by, now)
        _accept(held, [row for pk, row in fields.items() if pk in accept], by, now)
        move_on(held, f"Accepted {len(accept)}, returned {len(give_back)}", by, now)
        _tell(held, now)
    sent.refresh_from_db()
    return held


def _check_version(held: Submission, version: int, *, names: str = "") -> None:
    """`names` stands for the name of an editor, which schools are not told."""
    if held.version == version:
        return
    last = held.events.select_related("editor").last()
    who = "The school" if last is None or last.editor is None else names or last.editor.get_username()
    when = f" on {last.at:%d %b %Y at %H:%M} UTC" if last else ""
    what = f": {last.what}" if last else ""
    raise DecidedMeanwhile(
        f"{who} changed this submission{when}{what}. Look at it again; nothing is decided."
    )


def _check_choice(
    held: Submission,
    fields: Mapping[int, SubmittedField],
    accept: Set[int],
    give_back: Mapping[int, str],
) -> None:
    if both := accept & set(give_back):
        raise ValidationError(f"{fields[min(both)]} is both accepted and returned. Choose one.")
    if strange := (accept | set(give_back)) - set(fields):
        raise ValidationError(f"{len(strange)} of the fields do not wait here any more. Look at it again.")
    for pk, reason in give_back.items():
        if not reason.strip():
            raise ValidationError(f"Write why {fields[pk]} is returned; the school reads it.")
        if len(reason.strip()) > LONGEST_REASON:
            raise ValidationError(f"The reason for {fields[pk]} has over {LONGEST_REASON} characters.")
    if held.school is None and accept:
        chosen = {row.field for pk, row in fields.items() if pk in accept and not row.program_key}
        if missing := [name for name in OPENING if name not in chosen]:
            raise ValidationError(
                "A new school is opened by its name and its address: accept its"
                f" {' and its '.join(missing)} too."
            )


def _settle(row: SubmittedField, state: SubmittedField.State, by: User | None, now: datetime) -> None:
    row.state, row.decided_by, row.decided_at = state, by, now
    row.save(update_fields=["state", "decided_by", "decided_at", "reason", "statement"])


def _accept(held: Submission, rows: list[SubmittedField], by: User | None, now: datetime) -> None:
    if not rows:
        return
    school = held.school or _opened(held, rows)
    programs = {(each.cip, each.award_level): each for each in school.programs.all()}
    for row in rows:
        program = _program(school, row.program_key, programs)
        stated: dict[str, Any] = {"school": school, "program": program, "field": row.field, "at": now}
        row.reason = ""
        if row.value is None:
            take_back(**stated)
        else:
            row.statement = put(**stated, value=row.value, by=Statement.By.SCHOOL, editor=by)
        _settle(row, Field.ACCEPTED, by, now)
    rebuild([school.pk])


def _opened(held: Submission, rows: list[SubmittedField]) -> School:
    said: dict[str, Any] = {row.field: row.value for row in rows if not row.program_key}
    held.school = open_school(name=said["name"], address=said["address"])
    held.save(update_fields=["school"])
    return held.school


def _program(school: School, key: str, programs: dict[tuple[str, int], Program]) -> Program | None:
    if not key:
        return None
    cip, _, level = key.rpartition(".")
    natural = (cip, int(level))
    if natural not in programs:
        programs[natural] = open_program(school, *natural)
    return programs[natural]


def _tell(held: Submission, now: datetime) -> None:
    if held.mailbox is None or held.kind == Submission.Kind.CONFIRMATION:
        return
    lines = [_line(row) for row in held.fields.exclude(state=Field.WITHDRAWN)]
    ask = "Please answer what was returned, on your private page." if held.state == State.RETURNED else ""
    letters.write(
        held.mailbox,
        f"submission:{held.pk}:decided:{held.version}",
        subject=f"{settings.SITE_NAME} decided on {subject_of(held)} ({held.reference})",
        text="\n".join(["An editor looked at what you sent:", "", *lines, "", ask]).rstrip(),
        submission=held,
        key=MailKey.Purpose.OPEN,
        at=now,
    )


def _line(row: SubmittedField) -> str:
    said = f"- {name_of(row)}: {row.get_state_display().lower()}"
    return f"{said}. {row.reason}" if row.state == Field.RETURNED else said


def attach(
    sent: Submission, school: School, *, version: int, by: User, at: datetime | None = None
) -> Submission:
    """What was sent as a new school is of one that we hold; its fields go on waiting. Raises as `decide`."""
    now = at or database_now()
    with transaction.atomic():
        held = Submission.objects.held(sent.pk)
        _check_version(held, version)
        if held.school is not None or held.state != State.WAITING:
            raise ValidationError("Only a new school that waits can be of one that we hold.")
        claims = held.mailbox.claims.granted() if held.mailbox else None
        held.is_trusted = bool(claims and claims.filter(school=school).exists())
        held.school, held.version = school, held.version + 1
        held.save(update_fields=["school", "is_trusted", "version"])
        log(held, f"It is {school}, which we hold", editor=by, at=now)
    sent.refresh_from_db()
    return held


def answer(
    sent: Submission, *, version: int, answers: Mapping[int, str], at: datetime | None = None
) -> Submission:
    """The school answers returned fields, by their ids; they wait for an editor again."""
    now = at or database_now()
    with transaction.atomic():
        held = Submission.objects.held(sent.pk)
        _check_version(held, version, names="An editor")
        returned = {row.pk: row for row in held.fields.filter(state=Field.RETURNED)}
        if not answers:
            raise ValidationError("Write an answer on at least one of the fields that were returned.")
        if late := set(answers) - set(returned):
            raise ValidationError(
                f"{len(late)} of the fields that you answered wait for no answer any more. Take your text out"
                " there, then send the rest."
            )
        for pk, text in answers.items():
            row = returned[pk]
            row.answer = paragraphs(text, f"an answer on {name_of(row)}", LONGEST_ANSWER)
            row.state, row.decided_at, row.decided_by = Field.WAITING, None, None
            row.save(update_fields=["state", "answer", "decided_at", "decided_by"])
        held.queued_at = now
        held.save(update_fields=["queued_at"])
        move_on(held, f"The school answered {len(answers)}", None, now)
    sent.refresh_from_db()
    return held


def withdraw(sent: Submission, *, at: datetime | None = None) -> bool:
    """The school takes back what is not decided yet; what was accepted stays.

    False where nothing was open.
    """
    now = at or database_now()
    with transaction.atomic():
        held = Submission.objects.held(sent.pk)
        if held.state not in Submission.OPEN:
            return False
        opened = held.fields.filter(state__in=(Field.WAITING, Field.RETURNED))
        opened.update(state=Field.WITHDRAWN, decided_at=now, decided_by=None)
        move_on(held, "Withdrawn by the school", None, now)
    sent.refresh_from_db()
    return True
