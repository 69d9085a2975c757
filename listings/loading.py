"""Loads federal files into a new data version, makes it current, and keeps listing rows true."""

from datetime import datetime
from itertools import batched
from typing import Final

from django.conf import settings
from django.db.models import F, Q
from django.utils.timezone import localtime

from content.lib.clock import database_now
from listings import bystanders, comparing, counting, staging, versions, writing
from listings.comparing import Terms
from listings.folding import NOT_TO_CLOSE, TUITION_YEARS
from listings.imports import reading
from listings.imports.files import Progress, silent
from listings.imports.given import Given, Order, open_given
from listings.imports.intake import Intake
from listings.imports.refusals import LoadRefusedError
from listings.imports.report import Report
from listings.models import FederalFile, ListingRow, Statement
from listings.rebuilding import rebuild_listing
from listings.standing import Seen

__all__ = ["Order", "Report", "expire_due", "expired", "load", "rebuild_listing"]

FEW_SCHOOLS: Final = 20  # so many may lapse whatever their share: a small state's whole field
EXPIRED_AT_ONCE: Final = 200  # schools a transaction


def load(order: Order, *, progress: Progress = silent) -> Report:
    """Reads, checks and compares, then writes what differs; the report says what became of it.

    Nothing is written while reading, and a load that is refused or stopped leaves what readers see as it was.
    """
    intake = Intake(tuple(settings.CIP_PREFIXES), progress=progress)
    report = Report(intake.refusals)
    try:
        with versions.one_load():
            given = open_given(order, progress=progress)
            report.name_files(given)
            _load(order, given, intake, report)
    except LoadRefusedError as refusal:
        report.outcome, report.reason = "refused", str(refusal)
    finally:
        staging.drop_all()
    return report


def _load(order: Order, given: Given, intake: Intake, report: Report) -> None:
    versions.discard_unfinished()
    before = versions.current()
    known = before if before and not before.is_sample else None
    terms = Terms(
        base=known.number if known else 0,
        year=given.year,
        base_year=known.year if known else 0,
        partial=order.partial,
        given=frozenset(file.kind.value for file in given.files),
        tuition_year=given.tuition[0].year or 0 if given.tuition else 0,
        directory_files=bystanders.directory_files(known.number, known.year) if known else (),
    )
    beside = reading.read(given, intake, base=terms.base)
    report.name_files(given)
    _check_directory(order, terms, given, beside.seen)
    comparing.drop_strangers([file.csv.name for file in given.files], beside.seen, intake)
    changed = comparing.compare(terms, intake)
    counts = counting.count(terms)
    _check_lapsed(order, counts)
    report.count(counts)
    report.version = terms.base or None
    if order.dry_run or not changed:
        report.outcome = "dry-run" if order.dry_run else "unchanged"
        return
    version = writing.write(given, terms, progress=intake.progress)
    if not terms.is_history:
        bystanders.keep(version.files.get(kind=FederalFile.Kind.DIRECTORY).pk, beside.others)
    report.version = version.number
    report.outcome = "loaded" if not order.switch else "history" if terms.is_history else "switched"
    writing.finish(version, report.as_dict())
    if order.switch:
        intake.progress("switching", 0, 1)
        versions.switch(version.number)
        intake.progress("switching", 1, 1)


def _check_directory(order: Order, terms: Terms, given: Given, seen: set[int]) -> None:
    """Whether the directory file is whole, and is one with the completions."""
    if order.partial:
        return
    name = given.directory.csv.name
    if not terms.is_history:
        known = [
            unitid
            for unitid, *life in staging.rows(
                "SELECT unitid, year, absent_from, closed_at, active, new_unitid FROM load_known"
            )
            if not (life[1] or Seen(*life).is_over)
        ]
        absent = sum(unitid not in seen for unitid in known)
        _check_loss(order, absent, len(known), f"of the schools known so far are not in {name}")
    strangers = total = 0
    for unitid, count in staging.rows(
        "SELECT unitid, COUNT(*) FROM load_completions WHERE year = %s GROUP BY unitid", given.year
    ):
        total += count
        strangers += 0 if unitid in seen else count
    rows = f"of the rows of {given.completions[0].csv.name} name schools that are not in {name}"
    _check_loss(order, strangers, total, rows)


def _check_lapsed(order: Order, counts: counting.Counts) -> None:
    """Whether the completions file is whole: few schools stop reporting from one year to the next."""
    if not order.partial and counts.lapsed > FEW_SCHOOLS:
        what = "of the schools that report programs now would have none any more"
        _check_loss(order, counts.lapsed, counts.reported, what)


def _check_loss(order: Order, lost: int, total: int, what: str) -> None:
    if lost * 100 > total * order.accept_loss:
        raise LoadRefusedError(
            f"{lost:,} of {total:,} ({lost / total:.0%}) {what}; {order.accept_loss} % are accepted."
            " Give the complete files, or say --partial for a part of a year, or --accept-loss PERCENT if it"
            " is true."
        )


def expired(at: datetime | None = None) -> list[int]:
    """Schools whose statement's last day passed, or whose tuition is too old, since they were rebuilt.

    And those whose stated day of closing has come.
    """
    now = at or database_now()
    lapsed = Q(valid_until__lte=now, valid_until__gt=F("school__changed_at"))
    closing = Q(field=Statement.Field.CLOSURE, value__closed_on__lte=localtime(now).date().isoformat())
    passed = Statement.objects.filter(
        lapsed | closing & ~Q(school__status__in=NOT_TO_CLOSE), replaced_at=None
    )
    oldest = localtime(now).year - TUITION_YEARS
    aged = ListingRow.objects.filter(Q(tuition_year__lt=oldest) | Q(charges_file__year__lt=oldest))
    return sorted({*passed.values_list("school", flat=True), *aged.values_list("school", flat=True)})


def expire_due(at: datetime | None = None) -> dict[str, int]:
    """Rebuilds the expired schools and returns how many there were; one that finds none writes nothing."""
    version = versions.current()
    if version is None:
        return {"schools": 0}
    now = at or database_now()
    due = expired(now)
    for schools in batched(due, EXPIRED_AT_ONCE):
        rebuild_listing(version.number, schools, at=now)
    return {"schools": len(due)}
