"""The yearly confirmation: what is stated stands again from today, without an editor, as nothing changes."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from listings.models import Mailbox, School, Statement, Submission
from listings.stating import FIELDS, SCHOOL_FIELDS
from listings.submissions.deciding import Decision, decide
from listings.submissions.sending import Entry, Parcel, Sender, send, stated


@dataclass(frozen=True)
class Stated:
    """What is stated of one program by its key, or of the school where that is empty.

    `seen` is a hash of the values: what is confirmed is what was shown.
    """

    program_key: str
    title: str
    statements: list[Statement]
    parcel: Parcel

    @property
    def lines(self) -> list[tuple[Statement, str]]:
        """Each statement with its value in words."""
        return [(row, FIELDS[row.field].in_words(row.value)) for row in self.statements]

    @property
    def seen(self) -> str:
        return self.parcel.content()


def to_confirm(school: School) -> dict[str, Stated]:
    """By program key, the school itself first; samples are nobody's word, and a closing does not lapse."""
    by_key: dict[str, list[Statement]] = {}
    for (key, field), statement in stated(school).items():
        is_theirs = bool(key) or field in SCHOOL_FIELDS  # editors alone state a field of all programs at once
        if is_theirs and FIELDS[field].lapses and statement.by != Statement.By.SAMPLE:
            by_key.setdefault(key, []).append(statement)
    order = {name: place for place, name in enumerate(FIELDS)}
    made = {}
    for key in sorted(by_key):
        rows = sorted(by_key[key], key=lambda row: order[row.field])
        title = str(rows[0].program) if rows[0].program else "The school"
        made[key] = Stated(key, title, rows, _parcel(school, key, rows))
    return made


def _parcel(school: School, key: str, rows: Collection[Statement]) -> Parcel:
    entries = tuple(Entry(key, row.field, row.value) for row in rows)
    return Parcel(kind=Submission.Kind.CONFIRMATION, school=school, entries=entries)


def confirm(
    school: School, seen: Mapping[str, str], *, mailbox: Mailbox, at: datetime | None = None
) -> Submission:
    """States the same values anew, those of the program keys in `seen` with the hash that was shown.

    One transaction. Raises ValidationError where something changed since, or is not stated any more.
    """
    held = to_confirm(school)
    if not seen or any(key not in held or held[key].seen != shown for key, shown in seen.items()):
        raise ValidationError("Something changed since this page was opened. Look at it again, then confirm.")
    entries = tuple(entry for key in seen for entry in held[key].parcel.entries)
    parcel = Parcel(kind=Submission.Kind.CONFIRMATION, school=school, entries=entries)
    with transaction.atomic():
        # No network: whoever speaks for a school may confirm each of its programs by itself.
        sent = send(parcel, Sender(mailbox, "", is_proven=True), at=at)
        chosen = frozenset(sent.fields.values_list("pk", flat=True))
        return decide(sent, Decision(sent.version, accept=chosen), by=None, at=at)
