"""Who may speak for a school: asked for on the private page, granted by the domain or by a person."""

import secrets
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction

from content.lib.clock import database_now
from listings.models import Claim, Mailbox, MailKey, School, Submission
from listings.submissions import letters
from listings.submissions.domains import speaks_for

State = Claim.State
MOST_BYTES: Final = 5_000_000
# How many claims of one mailbox may wait for a person.
MOST_WAITING: Final = 10
# What a letter begins with; its name says nothing about what it is.
KINDS: Final = {b"%PDF-": ".pdf", b"\x89PNG\r\n\x1a\n": ".png", b"\xff\xd8\xff": ".jpg"}


def folder() -> Path:
    """Where letters lie: outside of everything that the site serves."""
    made = settings.VAR_DIR / "letters"
    made.mkdir(mode=0o700, exist_ok=True)
    return Path(made)


def claim(
    school: School,
    *,
    mailbox: Mailbox,
    note: str = "",
    letter: UploadedFile[Any] | None = None,
    at: datetime | None = None,
) -> Claim:
    """Asks to speak for a school, with a proven mailbox; a second time it is the same claim.

    Granted at once where the address is of the school's own domain. Else evidence is needed: raises
    ValidationError where there is none, or where the letter is not one that we take.
    """
    now = at or database_now()
    found = mailbox.claims.open().filter(school=school).first()
    if found is not None:
        return found
    basis = Claim.Basis.DOMAIN if is_granted_at_once(mailbox, school) else Claim.Basis.EVIDENCE
    if basis == Claim.Basis.EVIDENCE and not note.strip() and letter is None:
        raise ValidationError(
            "Write how you belong to the school, or add a letter of it: an editor has to look at it."
        )
    if basis == Claim.Basis.EVIDENCE and mailbox.claims.filter(state=State.WAITING).count() >= MOST_WAITING:
        raise ValidationError(
            "Many of your claims wait for an editor. Ask for the next once they are decided."
        )
    name, shown = _kept(letter) if letter is not None else ("", "")
    try:
        with transaction.atomic():
            made = Claim.objects.create(
                mailbox=mailbox,
                school=school,
                basis=basis,
                note=note.strip()[:2000],
                letter=name,
                letter_name=shown,
                asked_at=now,
            )
            if basis == Claim.Basis.DOMAIN:
                grant(made, by=None, at=now)
            return made
    except IntegrityError:
        if name:
            (folder() / name).unlink(missing_ok=True)
        return mailbox.claims.open().get(school=school)


def is_granted_at_once(mailbox: Mailbox, school: School) -> bool:
    """By the domain of the address, unless an editor revoked or refused it before, however it is spelled."""
    same = Claim.objects.filter(mailbox__canonical=mailbox.canonical, school=school)
    decided = same.filter(state__in=(State.REVOKED, State.REFUSED))
    return speaks_for(mailbox.domain, school) and not decided.exists()


def _kept(letter: UploadedFile[Any]) -> tuple[str, str]:
    """Stores a letter under a random name; its own name is a label alone."""
    if (letter.size or 0) > MOST_BYTES:
        raise ValidationError(f"The letter has over {MOST_BYTES // 1_000_000} MB. Save it smaller.")
    data = letter.read()
    kind = next((end for begin, end in KINDS.items() if data.startswith(begin)), None)
    if kind is None:
        raise ValidationError("This is no PDF, PNG or JPEG, whatever its name says. Save it as one of these.")
    name = f"{secrets.token_hex(16)}{kind}"
    path = folder() / name
    path.touch(mode=0o600)
    path.write_bytes(data)
    label = "".join(c for c in Path(letter.name or "letter").name if c.isprintable())
    return name, label[:100]


def throw_away(files: list[str]) -> None:
    for name in files:
        (folder() / Path(name).name).unlink(missing_ok=True)


def sweep(now: datetime) -> int:
    """Deletes letters that no claim has named for a day: a process ended between file and row."""
    named = set(Claim.objects.exclude(letter="").values_list("letter", flat=True))
    lost = [file for file in folder().iterdir() if file.name not in named]
    old = [file.name for file in lost if file.stat().st_mtime < (now - timedelta(days=1)).timestamp()]
    throw_away(old)
    return len(old)


def grant(asked: Claim, *, by: User | None, reason: str = "", at: datetime | None = None) -> None:
    """The person may speak for the school; what they sent and waits counts as trusted from now on."""
    _decide(asked, State.GRANTED, by=by, reason=reason, at=at)


def refuse(asked: Claim, *, by: User, reason: str, at: datetime | None = None) -> None:
    _decide(asked, State.REFUSED, by=by, reason=reason, at=at)


def revoke(asked: Claim, *, by: User, reason: str, at: datetime | None = None) -> None:
    """Takes a granted claim back; what was accepted stays until it is corrected."""
    _decide(asked, State.REVOKED, by=by, reason=reason, at=at)


def _decide(asked: Claim, to: Claim.State, *, by: User | None, reason: str, at: datetime | None) -> None:
    starts = (State.GRANTED,) if to == State.REVOKED else (State.WAITING,)
    if to != State.GRANTED and not reason.strip():
        raise ValidationError("Write why; the person reads it.")
    now = at or database_now()
    with transaction.atomic():
        asked.move(to, starts=starts, by=by, reason=reason.strip(), at=now)
        waiting = Submission.objects.open().filter(mailbox=asked.mailbox, school=asked.school)
        waiting.update(is_trusted=to == State.GRANTED)
        _tell(asked, now)


def _tell(asked: Claim, now: datetime) -> None:
    said = {
        State.GRANTED: "You may now speak for {}: what you send is looked at first.",
        State.REFUSED: "We could not grant that you speak for {}. You can still send corrections.",
        State.REVOKED: "You do not speak for {} here any more. You can still send corrections.",
    }[State(asked.state)].format(asked.school)
    letters.write(
        asked.mailbox,
        f"claim:{asked.pk}:{asked.state}",
        subject=f"{settings.SITE_NAME}: your claim of {asked.school}",
        text=f"{said}\n\n{asked.reason}".rstrip(),
        key=MailKey.Purpose.OPEN,
        at=now,
    )
