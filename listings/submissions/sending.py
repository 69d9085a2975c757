"""From a form to the editors' queue: stored at once, sent on when the mail address is proven."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from content.lib.clock import database_now
from listings import logos
from listings.fields import AWARD_LEVELS, CIP_TITLES
from listings.models import (
    Letter,
    Mailbox,
    MailKey,
    School,
    Statement,
    Submission,
    SubmittedField,
)
from listings.stating import PROGRAM_FIELDS, SCHOOL_FIELDS
from listings.stating.parts import credentials_at_hand
from listings.submissions import letters, limits
from listings.submissions.history import log, supersede
from listings.submissions.risk import assess

State = Submission.State
# How much one network may send in a day.
FROM_ONE: Final = (timedelta(hours=24), 20)
MOST_FIELDS: Final = 2000
LEVELS: Final = frozenset(map(str, AWARD_LEVELS))


class TooMany(ValidationError):
    """The limit of a network is reached."""


@dataclass(frozen=True)
class Entry:
    """One field as the form gives it; `value` None states nothing any more."""

    program_key: str
    field: str
    value: Any


@dataclass(frozen=True, kw_only=True)
class Parcel:
    """What is sent: of which school (None for one that we do not hold yet), the fields, a note."""

    kind: Submission.Kind
    school: School | None
    entries: tuple[Entry, ...]
    note: str = ""

    def content(self) -> str:
        """A hash of what is said: the same sent again has the same one."""
        said = sorted([entry.program_key, entry.field, entry.value] for entry in self.entries)
        of = [self.kind, self.school.pk if self.school else None, said]
        return hashlib.sha256(json.dumps(of, sort_keys=True, default=str).encode()).hexdigest()


@dataclass(frozen=True)
class Sender:
    """Who sends: the mailbox, a code of the network, and whether the browser holds the mailbox's page."""

    mailbox: Mailbox
    network: str
    is_proven: bool


def send(
    parcel: Parcel, sender: Sender, *, draft: Submission | None = None, at: datetime | None = None
) -> Submission:
    """Stores a submission; the same one sent again, or many times at once, is one with one letter.

    Of a proven sender it goes straight to the queue. Raises TooMany for the network's limit,
    ValidationError where nothing is stated.
    """
    if not parcel.entries:
        raise ValidationError("Nothing differs from what we hold. Change a value, then send it.")
    if len(parcel.entries) > MOST_FIELDS:
        raise ValidationError(f"That is more than {MOST_FIELDS:,} values. Send it in parts.")
    with credentials_at_hand():
        parcel = replace(parcel, entries=tuple(_checked(entry) for entry in parcel.entries))
    now = at or database_now()
    again = _same(parcel, sender.mailbox)
    if again is None:
        _check_network(sender.network, now)
        try:
            with transaction.atomic():
                return _stored(parcel, sender, draft, now)
        except IntegrityError:
            again = _same(parcel, sender.mailbox)
            if again is None:
                raise
    _welcome_back(again, sender, now)
    return again


def _welcome_back(again: Submission, sender: Sender, now: datetime) -> None:
    """Who sends the same again is told where it stands: by a link, unless their page is open."""
    if sender.is_proven:
        confirm(again, at=now)
    elif again.state == State.UNCONFIRMED:
        _ask_again(again, sender, now)
    elif limits.take(limits.Kind.MAIL, sender.network, at=now):
        letters.ask_for_link(sender.mailbox, at=now)


def _checked(entry: Entry) -> Entry:
    """The entry with its value in the one form that is stored; raises ValidationError.

    Forms say it sooner and better; this holds whatever way something is sent.
    """
    fields = PROGRAM_FIELDS if entry.program_key else SCHOOL_FIELDS
    if entry.field not in fields:
        raise ValidationError("There is no such field. Open the form again.")
    cip, _, level = entry.program_key.rpartition(".")
    if entry.program_key and (cip not in CIP_TITLES or level not in LEVELS):
        raise ValidationError("We know no such program. Choose its field and its award in the form.")
    if entry.value is None:
        return entry
    value = fields[entry.field].parse(entry.value)
    if entry.field == Statement.Field.LOGO and not logos.is_kept(value):
        raise ValidationError("We do not keep this logo any more. Choose the picture again.")
    return replace(entry, value=value)


def _same(parcel: Parcel, mailbox: Mailbox) -> Submission | None:
    return Submission.objects.open().filter(mailbox=mailbox, content=parcel.content()).first()


def _check_network(network: str, now: datetime) -> None:
    time, most = FROM_ONE
    if network and Submission.objects.filter(network=network, sent_at__gt=now - time).count() >= most:
        raise TooMany("Your network sent very much today. Keep what you typed and send it tomorrow.")


def _stored(parcel: Parcel, sender: Sender, draft: Submission | None, now: datetime) -> Submission:
    sent = draft or Submission()
    sent.mailbox, sent.school, sent.kind, sent.note = sender.mailbox, parcel.school, parcel.kind, parcel.note
    sent.content, sent.network, sent.sent_at, sent.draft = parcel.content(), sender.network, now, {}
    sent.state = State.UNCONFIRMED
    if draft is not None:
        # Two sendings of one draft: the second finds it sent.
        held = Submission.objects.filter(pk=draft.pk, state=State.DRAFT)
        if not held.update(state=State.UNCONFIRMED, sent_at=now):
            raise ValidationError("This draft was sent a moment ago. Open it on your page.")
        sent.version += 1
    sent.save()
    SubmittedField.objects.bulk_create(_fields(sent, parcel))
    log(sent, "Sent", at=now)
    if sender.is_proven:
        confirm(sent, at=now)
    elif _may_ask(sender, now):
        _ask(sent, sender.mailbox, now)
    return sent


def _may_ask(sender: Sender, now: datetime) -> bool:
    may = limits.take(limits.Kind.MAIL, sender.network, at=now)
    return may and letters.may_ask(sender.mailbox, at=now)


def _fields(sent: Submission, parcel: Parcel) -> Iterable[SubmittedField]:
    known = stated(parcel.school)
    for entry in parcel.entries:
        was = known.get((entry.program_key, entry.field))
        yield SubmittedField(
            submission=sent,
            program_key=entry.program_key,
            field=entry.field,
            value=entry.value,
            was=was.value if was else None,
        )


def stated(school: School | None) -> dict[tuple[str, str], Any]:
    """What stands of a school by program key and field; each row says whether it `is_valid` still."""
    if school is None:
        return {}
    rows = Statement.objects.standing().filter(school=school).select_related("program", "editor")
    return {(row.program.key if row.program else "", row.field): row for row in rows}


def _ask(sent: Submission, mailbox: Mailbox, now: datetime) -> None:
    letters.write(
        mailbox,
        _asking(sent),
        subject=f"Confirm what you sent to {settings.SITE_NAME} ({sent.reference})",
        text=(
            f"Somebody, we hope you, sent us {subject_of(sent)} and gave this address.\n\n"
            "It reaches our editors once you confirm it. The link below shows what was sent and asks you to"
            " press one button. It holds for 24 hours.\n\n"
            "If you sent nothing, do nothing: without the button nothing happens."
        ),
        submission=sent,
        key=MailKey.Purpose.CONFIRM,
        at=now,
    )


def _ask_again(sent: Submission, sender: Sender, now: datetime) -> None:
    """Where no link to confirm it opens any more and none is on its way, another goes out."""
    opens = sent.keys.usable(now).filter(purpose=MailKey.Purpose.CONFIRM)
    if opens.exists() or sent.letters.filter(state=Letter.State.WAITING).exists():
        return
    with transaction.atomic():
        if not _may_ask(sender, now):
            return
        first = sent.letters.filter(event=_asking(sent)).first()
        if first is None:
            _ask(sent, sender.mailbox, now)
        else:
            letters.again(first, at=now)


def _asking(sent: Submission) -> str:
    return f"submission:{sent.pk}:confirm"


def subject_of(sent: Submission) -> str:
    """What it is, in the middle of a sentence."""
    name = sent.school.name if sent.school else "a school that is new to us"
    return {
        Submission.Kind.NEW_SCHOOL: "a new school",
        Submission.Kind.UPDATE: f"an update of {name}",
        Submission.Kind.CORRECTION: f"a correction for {name}",
        Submission.Kind.CLOSURE: f"the closure of {name}",
        Submission.Kind.CONFIRMATION: f"the yearly confirmation of {name}",
    }[Submission.Kind(sent.kind)]


def confirm(sent: Submission, *, at: datetime | None = None) -> bool:
    """Puts it into the queue; False where it is there already, or was withdrawn."""
    now = at or database_now()
    with transaction.atomic():
        held = Submission.objects.held(sent.pk)
        if held.state != State.UNCONFIRMED:
            return False
        risk, reasons = assess(held, at=now)
        claims = held.mailbox.claims.granted() if held.mailbox else None
        held.is_trusted = bool(claims and held.school_id and claims.filter(school=held.school_id).exists())
        held.state, held.queued_at, held.version = State.WAITING, now, held.version + 1
        held.risk, held.risk_reasons = risk, reasons
        held.save()
        log(held, "Confirmed by mail: waits for an editor", at=now)
        supersede(held, now)
        _receipt(held, now)
    sent.refresh_from_db()
    return True


def _receipt(held: Submission, now: datetime) -> None:
    # A confirmation is decided with the press of its button, on a page that says so.
    if held.mailbox and held.promised_at and held.kind != Submission.Kind.CONFIRMATION:
        letters.write(
            held.mailbox,
            f"submission:{held.pk}:received",
            subject=f"We have {subject_of(held)} ({held.reference})",
            text=(
                f"Thank you. {subject_of(held)[0].upper()}{subject_of(held)[1:]} waits for an editor, who"
                f" decides by {held.promised_at:%d %B %Y}. You will get a mail then; until then your private"
                " page shows where it stands."
            ),
            submission=held,
            key=MailKey.Purpose.OPEN,
            at=now,
        )
