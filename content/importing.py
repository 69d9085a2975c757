"""Uploaded pages from rows to drafts: taken in, read by a job, mended by an editor, made drafts.

A page is worked by itself: what one of them holds, or does to the worker, keeps no other from its result.
"""

import hashlib
import logging
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import batched
from pathlib import PurePath
from typing import Any, Final

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Max
from django.utils import timezone

from content.lib.clock import database_now
from content.lib.decode import NotText, decode
from content.models import BatchPage, ImportBatch, ImportedPage
from content.models.import_batch import MOST_ATTEMPTS, UNFINISHED
from content.pipeline.left_out import Part, Reading
from content.pipeline.limits import MOST_BYTES
from content.pipeline.page import Page
from content.pipeline.run import UNREADABLE, said, structure
from content.pipeline.store import Mended, store
from content.uploads import Uploads, read_each

logger: Final = logging.getLogger(__name__)

State = BatchPage.State
# What may still be mended and made a draft.
OPEN: Final = (State.READ, State.EMPTY)
STORED_AT_ONCE: Final = 10
WORKED_AT_ONCE: Final = 200
# So long a job may take to begin; after it the page of the upload says that no worker works.
PATIENCE: Final = timedelta(seconds=90)
LONGEST_SENTENCE: Final = 300
TOO_LARGE: Final = (
    f"The page has over {MOST_BYTES:,} bytes, which is more than one page may have."
    " Save the article alone and try again."
)
BROKE_OFF: Final = (
    "Reading this page broke off the worker, so it is not tried again. Save it as plain text and upload that."
)


class MendedMeanwhile(ValidationError):
    """Somebody else saved the page after this editor opened it."""


def take_in(uploads: Uploads, *, by: User, wants_draft: bool) -> ImportBatch:
    """Rows for every page of an upload, in short transactions; a page that cannot be had is one too."""
    batch = ImportBatch.objects.create(by=by, size=len(uploads.pages), note=uploads.note())
    numbered = enumerate(read_each(uploads), 1)
    for some in batched(numbered, STORED_AT_ONCE):
        BatchPage.objects.bulk_create(
            _row(batch, position, name, data, wants_draft=wants_draft) for position, (name, data) in some
        )
    return batch


def _row(batch: ImportBatch, position: int, name: str, data: bytes | str, *, wants_draft: bool) -> BatchPage:
    row = BatchPage(batch=batch, position=position, name=name, wants_draft=wants_draft)
    if isinstance(data, str) or len(data) > MOST_BYTES:
        row.state, row.sentence = State.REFUSED, data if isinstance(data, str) else TOO_LARGE
    else:
        row.raw, row.sha256 = data, hashlib.sha256(data).hexdigest()
    return row


def work(renew: Callable[[], None], at: datetime | None = None) -> dict[str, int]:
    """Reads pages that wait and makes the drafts that are wanted, some hundreds a run; counts by result."""
    results: Counter[str] = Counter()
    free = BatchPage.objects.free(at).order_by("attempts", "pk").values_list("pk", flat=True)
    for pk in list(free[:WORKED_AT_ONCE]):
        renew()
        page = BatchPage.objects.claim(pk, at=at)
        if page is not None:
            _work(page, at)
            results[BatchPage.objects.values_list("state", flat=True).get(pk=pk)] += 1
    return dict(results)


def _work(page: BatchPage, at: datetime | None) -> None:
    if page.attempts > MOST_ATTEMPTS:
        logger.error("import.page_parked", extra={"page": page.pk, "batch": page.batch_id})
        state = State.REFUSED if page.state == State.WAITING else page.state
        page.settle(state=state, wants_draft=False, sentence=BROKE_OFF, at=at)
        return
    if page.state == State.WAITING:
        page.settle(**_read(page, at), at=at)
        page.refresh_from_db()
    if page.state == State.READ and page.wants_draft:
        try:
            make_draft(page.pk, by=page.batch.by, at=at)
        except ValidationError as error:
            refused = {"wants_draft": False, "sentence": _fit(" ".join(error.messages))}
            BatchPage.objects.filter(pk=page.pk).update(**refused, attempts=0, claimed_until=None)


def _read(page: BatchPage, at: datetime | None) -> dict[str, Any]:
    """What the columns of a page become when it is read."""
    if known := _known(page):
        return known
    data = bytes(page.raw or b"")
    try:
        read = structure(data, page.name, year=_year(at))
        reading = Reading.of(read, _as_text(data))
    except Exception:
        logger.exception("import.page_unreadable", extra={"page": page.pk, "batch": page.batch_id})
        return {"state": State.REFUSED, "sentence": UNREADABLE}
    texts = {"title": _title(read, page.name)} | texts_of(reading)
    return texts | {
        "state": {"ok": State.READ, "empty": State.EMPTY}.get(read.status, State.REFUSED),
        "sentence": _fit(said(read)),
        "encoding": read.source.get("encoding", ""),
        "reading": reading.as_json(),
        "result": read.as_json(),
    }


def _known(page: BatchPage) -> dict[str, Any] | None:
    """Where the same bytes made a draft before, or wait in an upload to become one."""
    state: dict[str, Any] = {"state": State.KNOWN, "raw": None, "wants_draft": False}
    before = ImportedPage.objects.filter(sha256=page.sha256, status=ImportedPage.Status.OK).first()
    if before is not None:
        gone = "" if before.article_id else " Its draft was deleted since."
        return state | {
            "article": before.article_id,
            "sentence": f"The same page was imported before, as {before.name}.{gone}"[:LONGEST_SENTENCE],
        }
    same = BatchPage.objects.filter(sha256=page.sha256, pk__lt=page.pk, state__in=(State.WAITING, *OPEN))
    if twin := same.first():
        where = "this upload" if twin.batch_id == page.batch_id else f"upload {twin.batch_id}"
        return state | {"sentence": _fit(f"The same page is in {where} already, as {twin.name}.")}
    return None


def make_draft(pk: int, *, by: User | None, at: datetime | None = None) -> BatchPage:
    """An article with one draft of the page's texts as they stand. Raises ValidationError."""
    page = BatchPage.objects.get(pk=pk)
    data = bytes(page.raw or b"")
    # Read again, for its facts and sources: outside the transaction, which it would hold for long.
    read = structure(data, page.name, year=_year(at))
    if read.status == "empty" and (page.lead or page.body):
        read.status = "ok"
    with transaction.atomic():
        page = BatchPage.objects.select_for_update().get(pk=pk)
        if page.state not in OPEN or read.status != "ok":
            raise ValidationError(f"No draft can be made of this page: it is “{page.get_state_display()}”.")
        stored = store(data, page.name, read, mended=Mended(page.title, page.lead, page.body, by))
        page.state = State.MADE if stored.written else State.KNOWN
        page.article, page.sentence = stored.article, _fit(stored.sentence)
        page.raw, page.wants_draft, page.claimed_until, page.attempts = None, False, None, 0
        page.worked_at = at or database_now()
        page.save()
    return page


def mend(pk: int, *, base: int, texts: dict[str, str], back: int | None = None) -> BatchPage:
    """Saves an editor's texts, with the left-out line `back` in its place.

    `base` is the version the editor opened. Raises MendedMeanwhile, or ValidationError where it is too late.
    """
    with transaction.atomic():
        page = BatchPage.objects.select_for_update().get(pk=pk)
        if page.state not in OPEN:
            raise ValidationError(f"This page is not open any more: it is “{page.get_state_display()}”.")
        if page.version != base:
            raise MendedMeanwhile("Somebody saved this page after you opened it.")
        page.title, page.lead, page.body = texts["title"], texts["lead"], texts["body"]
        if back is not None:
            _put_back(page, back)
        page.version += 1
        page.full_clean(exclude=["raw", "reading", "result"])
        page.save()
    return page


def _put_back(page: BatchPage, number: int) -> None:
    reading = Reading.from_json(page.reading)
    if not 0 <= number < len(reading.left_out):
        raise ValidationError("There is no such line on this page.")
    parts: dict[Part, str] = {"lead": page.lead, "body": page.body}
    reading, parts = reading.put_back(number, parts)
    page.lead, page.body, page.reading = parts["lead"], parts["body"], reading.as_json()


def leave_out(pk: int) -> bool:
    """No draft is wanted of the page; it stays until the upload is purged."""
    return bool(BatchPage.objects.filter(pk=pk, state__in=OPEN).update(state=State.LEFT, wants_draft=False))


def take_back(pk: int) -> bool:
    """A page that was left out is open again."""
    return bool(BatchPage.objects.filter(pk=pk, state=State.LEFT).update(state=State.READ, attempts=0))


def want_drafts(batch: ImportBatch) -> int:
    """Asks for drafts of all pages that are read and not left out; the job makes them."""
    return BatchPage.objects.filter(batch=batch).to_mend().update(wants_draft=True)


@dataclass(frozen=True)
class Progress:
    """How far an upload is. `idle`: so many minutes nothing was worked, where that is too long."""

    counts: list[tuple[str, str, int]]
    stored: int
    left: int
    idle: int | None

    @property
    def done(self) -> int:
        return self.stored - self.left


def progress(batch: ImportBatch, at: datetime | None = None) -> Progress:
    """The pages of an upload by state, in two queries."""
    found = dict(batch.pages.order_by().values_list("state").annotate(Count("pk")))
    last = batch.pages.aggregate(
        left=Count("pk", filter=UNFINISHED), claimed=Max("claimed_until"), worked=Max("worked_at")
    )
    idle = (at or database_now()) - max(filter(None, (batch.created_at, last["worked"], last["claimed"])))
    return Progress(
        counts=[(state.value, state.label, found[state.value]) for state in State if state.value in found],
        stored=sum(found.values()),
        left=last["left"],
        idle=idle // timedelta(minutes=1) if last["left"] and idle > PATIENCE else None,
    )


def texts_of(reading: Reading) -> dict[str, str]:
    return {"lead": "\n\n".join(reading.lead), "body": "\n\n".join(reading.body)}


def _title(read: Page, name: str) -> str:
    return (read.title or PurePath(name).stem)[:200]


def _as_text(data: bytes) -> str:
    try:
        return decode(data).text
    except NotText:
        return ""


def _year(at: datetime | None) -> int:
    return timezone.localtime(at or database_now()).year


def _fit(text: str) -> str:
    return text if len(text) <= LONGEST_SENTENCE else f"{text[: LONGEST_SENTENCE - 1]}\N{HORIZONTAL ELLIPSIS}"
