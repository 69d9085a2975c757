"""What keeps the tables and the folder of media small."""

from datetime import datetime, timedelta

from django.db.models import Model, QuerySet
from django.db.models.functions import Now

from content.lib.bulk import files
from content.models import BatchPage, CitedLink, ImportBatch, LinkCheck, LinkHost
from content.pictures import sweep
from listings.submissions import logo_files, privacy
from tasks.job import Counts, Renew
from tasks.models import JobRun

KEPT = timedelta(days=90)
BATCH = 1000


def purge(renew: Renew, at: datetime | None) -> Counts:
    """Deletes what nobody needs any more, in batches that hold SQLite's write lock only briefly."""
    now = at or Now()
    old = now - KEPT
    over = JobRun.objects.filter(ended__lt=old)
    return {
        "runs": _delete(over, renew),
        "link_checks": _delete(LinkCheck.objects.filter(at__lt=old), renew),
        "links": _delete(CitedLink.objects.filter(unused_since__lt=old), renew),
        "link_hosts": _delete(LinkHost.objects.filter(links=None, rules_until__lt=old), renew),
        "uploaded_pages": _delete(BatchPage.objects.filter(batch__in=ImportBatch.objects.old(at)), renew),
        "uploads": _delete(ImportBatch.objects.old(at), renew),
        "files": sweep(at, renew=renew),
        "logo_files": logo_files.sweep(at, renew=renew),
        "bulk_files": files.sweep(at),
    } | privacy.purge(renew, at)


def _delete[Row: Model](rows: QuerySet[Row], renew: Renew) -> int:
    deleted = 0
    while keys := list(rows.order_by().values_list("pk", flat=True)[:BATCH]):
        renew()
        deleted += rows.model._default_manager.filter(pk__in=keys).delete()[0]
    return deleted
