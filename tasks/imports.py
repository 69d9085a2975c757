"""Uploaded pages are read and made drafts, a page at a time."""

from datetime import datetime

from content import importing
from content.models import BatchPage
from tasks.job import Counts, Renew


def import_pages(renew: Renew, at: datetime | None) -> Counts:
    return importing.work(renew, at)


def some_waiting(now: datetime) -> bool:
    return BatchPage.objects.free().exists()
