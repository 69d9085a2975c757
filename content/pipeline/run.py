"""Pages from files to drafts, one by one: a page that cannot be read never keeps the next from it."""

import json
import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from content.pipeline.check import check
from content.pipeline.extract import extract
from content.pipeline.limits import MOST_BYTES, Refused
from content.pipeline.page import Page
from content.pipeline.read import read
from content.pipeline.store import store

logger: Final = logging.getLogger(__name__)

type Outcome = Literal["imported", "known", "read", "empty", "refused"]
UNREADABLE: Final = "The page could not be read. The log says where; save it as plain text and try again."


@dataclass(frozen=True)
class Report:
    """What became of one page, in a sentence for whoever brought it."""

    path: Path
    outcome: Outcome
    sentence: str
    page: Page


def structure(data: bytes, name: str, *, year: int) -> Page:
    """The structured page that bytes hold, with its warnings as of a year."""
    try:
        page = extract(read(data, name))
    except Refused as refusal:
        return Page(status="refused", reason=str(refusal))
    page.warnings = check(page, year=year)
    return page


def import_pages(
    paths: Iterable[Path], *, year: int, dry_run: bool, json_folder: Path | None = None
) -> Iterator[Report]:
    """Reads each page, writes its JSON where asked, and stores it as a draft unless it is a dry run."""
    for path in paths:
        report = _import(path, year=year, dry_run=dry_run)
        if json_folder is not None:
            text = json.dumps(report.page.as_json(), ensure_ascii=False, indent=1)
            (json_folder / f"{path.stem}.json").write_text(text + "\n", "utf-8")
        yield report


def _import(path: Path, *, year: int, dry_run: bool) -> Report:
    try:
        with path.open("rb") as stream:
            data = stream.read(MOST_BYTES + 1)
    except OSError as error:
        return _refused(path, f"The file cannot be opened: {error.strerror}.")
    try:
        page = structure(data, path.name, year=year)
    except Exception:
        logger.exception("page not readable", extra={"event": "page-unreadable", "page": path.name})
        return _refused(path, UNREADABLE)
    if dry_run:
        return Report(path, _outcome(page), said(page), page)
    if len(data) > MOST_BYTES:
        return _refused(path, page.reason or UNREADABLE)
    stored = store(data, path.name, page)
    outcome: Outcome = "known" if not stored.written and page.status == "ok" else _outcome(page, stored=True)
    return Report(path, outcome, stored.sentence or said(page), page)


def _refused(path: Path, reason: str) -> Report:
    return Report(path, "refused", reason, Page(status="refused", reason=reason))


def _outcome(page: Page, *, stored: bool = False) -> Outcome:
    if page.status == "ok":
        return "imported" if stored else "read"
    return page.status


def said(page: Page) -> str:
    if page.status == "refused":
        return page.reason or UNREADABLE
    if page.status == "empty":
        return "There is no article on the page; nothing was stored but the page itself."
    sections, facts = len(page.sections), sum(len(box.facts) for box in page.fact_boxes)
    return (
        f"{page.title or 'Untitled'}: {_count(sections, 'section')}, {_count(facts, 'fact')},"
        f" {len(page.dropped)} dropped, {_count(len(page.warnings), 'warning')}."
    )


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
