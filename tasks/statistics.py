"""Figures: those that the directory itself yields, and a look at those past their date."""

from datetime import datetime

from content.statistics import refresh_due
from tasks.job import Counts, Renew


def refresh_statistics(renew: Renew, at: datetime | None) -> Counts:
    return refresh_due(at=at)
