"""What the school directory asks its editors to look at."""

from datetime import datetime, timedelta

from django.db.models.functions import Now
from django.urls import reverse

from content.lib.attention import Attention
from listings.models import DataVersion, School, Sponsorship, Statement

SOON = timedelta(days=14)


def attention(at: datetime | None = None) -> list[Attention]:
    """Counts of sponsorships and statements that run out, of versions that wait, and of sample schools."""
    now = at or Now()
    sponsorships = reverse("admin:listings_sponsorship_changelist")
    return [
        Attention(
            count=Sponsorship.objects.filter(is_approved=False, ends_at__gt=now).count(),
            one="sponsorship waits for approval",
            many="sponsorships wait for approval",
            address=f"{sponsorships}?when=waiting",
            urgent=True,
        ),
        Attention(
            count=Sponsorship.objects.running(at).filter(ends_at__lte=now + SOON).count(),
            one="sponsorship ends within two weeks",
            many="sponsorships end within two weeks",
            address=f"{sponsorships}?when=ending",
        ),
        Attention(
            count=Statement.objects.filter(replaced_at=None, valid_until__lte=now).count(),
            one="statement is past its last day and stopped counting in filters",
            many="statements are past their last day and stopped counting in filters",
            address=reverse("admin:listings_statement_changelist") + "?validity=past",
        ),
        Attention(
            count=DataVersion.objects.waiting().count(),
            one="data version is loaded that readers do not see yet",
            many="data versions are loaded that readers do not see yet",
            address=reverse("admin:listings_dataversion_changelist"),
        ),
        Attention(
            count=School.objects.samples().count(),
            one="sample school is on the site; the first real load removes it",
            many="sample schools are on the site; the first real load removes them",
            address=reverse("admin:listings_school_changelist") + "?is_sample__exact=1",
        ),
    ]
