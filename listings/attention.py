"""What the school directory asks its editors to look at."""

from datetime import datetime, timedelta

from django.db.models.functions import Now
from django.urls import reverse

from content.lib.attention import Attention
from listings.models import Claim, DataVersion, Letter, School, Sponsorship, Statement, Submission

SOON = timedelta(days=14)


def attention(at: datetime | None = None) -> list[Attention]:
    """Counts of sponsorships and statements that run out, of versions that wait, and of sample schools."""
    now = at or Now()
    sponsorships = reverse("admin:listings_sponsorship_changelist")
    return [
        *_from_schools(at),
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


def _from_schools(at: datetime | None) -> list[Attention]:
    """What schools sent, and letters that did not reach them."""
    submissions = reverse("admin:listings_submission_changelist")
    letters = reverse("admin:listings_letter_changelist")
    failed = Letter.objects.filter(state__in=(Letter.State.REFUSED, Letter.State.GIVEN_UP))
    return [
        Attention(
            count=Submission.objects.late(at).count(),
            one="submission of a school waits past the day that was promised",
            many="submissions of schools wait past the day that was promised",
            address=f"{submissions}?standing=late",
            urgent=True,
        ),
        Attention(
            count=Submission.objects.queue().count(),
            one="submission of a school waits for your decision",
            many="submissions of schools wait for your decision",
            address=submissions,
            urgent=True,
        ),
        Attention(
            count=Claim.objects.filter(state=Claim.State.WAITING).count(),
            one="person says to speak for a school: look at the evidence",
            many="people say that they speak for a school: look at their evidence",
            address=reverse("admin:listings_claim_changelist"),
            urgent=True,
        ),
        Attention(
            count=failed.count(),
            one="letter to a school was not delivered",
            many="letters to schools were not delivered",
            address=f"{letters}?state__in=refused,given-up",
        ),
    ]
