"""Submissions as tests send them."""

from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile

from listings.models import Claim, Mailbox, School, Submission
from listings.submissions.claims import claim
from listings.submissions.mailboxes import mailbox_of
from listings.submissions.sending import Entry, Parcel, Sender, send

PROGRAM = "51.0713.21"
# What `51.0713.21` may be stated to be, in seven fields.
SEVEN: dict[str, Any] = {
    "delivery": ["online"],
    "tuition": {"amount": 4500, "year": 2026},
    "months": 9,
    "covers": ["books", "exam-fee"],
    "prerequisites": "A high school diploma.",
    "aid": ["federal"],
    "starts": {"rolling": True},
}


def make_mailbox(address: str = "registrar@school.edu") -> Mailbox:
    return mailbox_of(address)


def entries(**values: Any) -> tuple[Entry, ...]:
    return tuple(Entry(PROGRAM, field, value) for field, value in values.items())


def make_submission(
    school: School | None,
    *,
    mailbox: Mailbox | None = None,
    is_proven: bool = True,
    kind: Submission.Kind = Submission.Kind.UPDATE,
    given: tuple[Entry, ...] = (),
    at: datetime | None = None,
    **values: Any,
) -> Submission:
    """Sent for `51.0713.21` of the school, and in the queue unless the mailbox is not proven."""
    parcel = Parcel(kind=kind, school=school, entries=given or entries(**(values or SEVEN)))
    return send(parcel, Sender(mailbox or make_mailbox(), "a network", is_proven), at=at)


def fields_of(sent: Submission) -> dict[str, Any]:
    """Its fields by name."""
    return {row.field: row for row in sent.fields.all()}


def make_claim(sent: Submission, *, letter: bytes = b"", note: str = "I am the registrar.") -> Claim:
    """Asked for by the sender of a submission, with a file as evidence where one is given."""
    assert sent.school is not None
    assert sent.mailbox is not None
    file = SimpleUploadedFile("Our letter.pdf", letter) if letter else None
    return claim(sent.school, mailbox=sent.mailbox, note=note, letter=file)


def make_moderator(name: str = "ada") -> User:
    return User.objects.create_user(name, is_staff=True)
