"""A sheet from its upload to its sending: rows are stored at once, and nothing is sent that does not pass."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction

from content.lib.archives import label
from content.lib.clock import database_now
from listings.models import Mailbox, School, Sheet, SheetRow, Submission
from listings.submissions.sending import Entry, Parcel, Sender, send
from listings.submissions.sheets import files
from listings.submissions.sheets.checking import MORE, Checked, Checker
from listings.submissions.sheets.columns import COLUMNS

MOST_SHEETS: Final = 20
# A sheet that takes back more than this share of what is stated is sent after a typed confirmation.
MOST_CLEARED: Final = 0.1


class ChangedMeanwhile(ValidationError):
    """The sheet is not any more what the person had before them."""


@dataclass(frozen=True, kw_only=True)
class Press:
    """What a person did on the page of lines: of which `version`, what they typed by row and column.

    `leave_out` sends the lines that pass without the others; `word` is the number of values to be taken back,
    typed where they are many.
    """

    version: int
    typed: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
    leave_out: bool = False
    word: str = ""


@dataclass(frozen=True)
class Review:
    """What a sheet would do today. `good` and `bad` are its rows, `entries` what the good ones change."""

    good: tuple[tuple[SheetRow, Checked], ...]
    bad: tuple[tuple[SheetRow, Checked], ...]
    entries: tuple[Entry, ...]
    stated: int

    @property
    def total(self) -> int:
        return len(self.good) + len(self.bad)

    @property
    def cleared(self) -> int:
        return sum(1 for entry in self.entries if entry.value is None)

    @property
    def needs_word(self) -> bool:
        return self.cleared > MOST_CLEARED * self.stated

    @property
    def share(self) -> int:
        """How much of what is stated is taken back, in percent."""
        return round(100 * self.cleared / self.stated) if self.stated else 0


def store(mailbox: Mailbox, school: School, data: bytes, name: str, *, at: datetime | None = None) -> Sheet:
    """Reads a file and keeps its rows in place of the mailbox's sheet for that school, all or none.

    Raises BadFile, or ValidationError for too many sheets.
    """
    given = files.read(data)
    with transaction.atomic():
        # Held, so that two uploads at once come one after the other.
        held = Mailbox.objects.select_for_update().get(pk=mailbox.pk)
        held.sheets.filter(school=school).delete()
        if held.sheets.count() >= MOST_SHEETS:
            raise ValidationError("You have very many sheets that wait. Send or delete one of them first.")
        sheet = Sheet.objects.create(
            mailbox=held,
            school=school,
            name=label(name) or "sheet",
            notes=list(given.notes),
            changed_at=at or database_now(),
        )
        SheetRow.objects.bulk_create(
            SheetRow(sheet=sheet, line=line, cells=cells) for line, cells in given.rows
        )
    return sheet


def review(sheet: Sheet, *, at: datetime | None = None) -> Review:
    """The sheet against what is stated today."""
    checker = Checker(sheet.school, at=at)
    rows = list(sheet.rows.all())
    checked = list(zip(rows, checker.check((row.line, row.cells) for row in rows), strict=True))
    good = tuple(pair for pair in checked if not pair[1].problems)
    bad = tuple(pair for pair in checked if pair[1].problems)
    return Review(good, bad, checker.entries(found for _row, found in good), checker.count_stated())


def mend_and_send(
    sheet: Sheet, sender: Sender, press: Press, *, at: datetime | None = None
) -> Submission | None:
    """Keeps what was typed and sends the lines that pass; None where some do not and none is to be left out.

    What was typed is kept though the sending is refused by a ValidationError. Raises ChangedMeanwhile.
    """
    with transaction.atomic():
        held = _held(sheet, press.version)
        _mend(held, press.typed)
        _changed(held, at)
        found = review(held, at=at)
        if found.bad and not press.leave_out:
            return None
        try:
            return _send(held, found, sender, press.word, at)
        except ValidationError as refused:
            refusal = refused
    raise refusal


def _mend(held: Sheet, typed: Mapping[int, Mapping[str, str]]) -> None:
    """By the rows' ids; rows of other sheets are not touched."""
    rows = [row for row in held.rows.all() if row.pk in typed]
    for row in rows:
        said = {
            name: files.NOT_STORED.sub("\N{REPLACEMENT CHARACTER}", text.strip())
            for name, text in typed[row.pk].items()
            if name in COLUMNS
        }
        row.cells = {name: cell for name, cell in {**row.cells, **said}.items() if cell and name != MORE}
    SheetRow.objects.bulk_update(rows, ["cells"])


def _send(held: Sheet, found: Review, sender: Sender, word: str, at: datetime | None) -> Submission:
    """The lines that pass as one submission, in one transaction with their end in the sheet."""
    with transaction.atomic():
        if found.needs_word and word.strip().replace(",", "") != str(found.cleared):
            raise ValidationError(
                f"Nothing is sent: it would take back {found.cleared} of {found.stated} values. Type"
                f" {found.cleared} to confirm it, or mend the cells."
            )
        parcel = Parcel(kind=Submission.Kind.UPDATE, school=held.school, entries=found.entries)
        held.submission = send(parcel, sender, at=at)
        held.rows.filter(pk__in=[row.pk for row, _checked in found.good]).delete()
        _changed(held, at)
    return held.submission


def _held(sheet: Sheet, version: int) -> Sheet:
    held = Sheet.objects.select_for_update(of=("self",)).select_related("school").filter(pk=sheet.pk).first()
    if held is None or held.version != version:
        raise ChangedMeanwhile(
            "This sheet was changed, sent or replaced on another page meanwhile. Below is how it stands now."
        )
    return held


def _changed(held: Sheet, at: datetime | None) -> None:
    held.version += 1
    held.changed_at = at or database_now()
    held.save(update_fields=["version", "changed_at", "submission"])
