"""What the knowledge half of the site asks its editors to look at."""

from datetime import datetime

from django.db.models import Q
from django.urls import reverse

from content.lib.attention import Attention
from content.models import Article, ImportedPage, Observation, ProviderState, Revision, Statistic, TextCheck


def attention(at: datetime | None = None) -> list[Attention]:
    """Counts of what waits, is stale or failed; rows of zero are left out by the page that prints them."""
    observations = reverse("admin:content_observation_changelist")
    articles = reverse("admin:content_article_changelist")
    return [
        Attention(
            count=Observation.objects.waiting().count(),
            text="new values of statistics wait for your decision",
            address=f"{observations}?status__exact=proposed",
            urgent=True,
        ),
        Attention(
            count=Statistic.objects.stale(at).count(),
            text="statistics are past their date",
            address=reverse("admin:content_statistic_changelist") + "?date=stale",
        ),
        Attention(
            count=ProviderState.objects.in_trouble().count(),
            text="providers of figures whose last look did not go well",
            address=reverse("admin:content_providerstate_changelist") + "?look=trouble",
            urgent=True,
        ),
        Attention(
            count=Revision.objects.filter(state=Revision.State.IN_REVIEW).count(),
            text="revisions wait for review",
            address=reverse("admin:content_revision_changelist") + "?state__exact=in-review",
        ),
        Attention(
            count=Article.objects.filter(status=Article.Status.DRAFT).count(),
            text="articles are drafts",
            address=f"{articles}?status__exact=draft",
        ),
        Attention(
            count=Article.objects.filter(status=Article.Status.PUBLISHED, reviewed_at=None).count(),
            text="published articles were never reviewed by a person",
            address=f"{articles}?status__exact=published&reviewed_at__isnull=True",
        ),
        Attention(
            count=TextCheck.objects.failing(at).count(),
            text="texts that readers see have faults that would keep them from being published",
            address=reverse("admin:content_textcheck_changelist") + "?faults=any",
        ),
        Attention(
            count=ImportedPage.objects.filter(~Q(status=ImportedPage.Status.OK)).count(),
            text="imported pages could not be read",
            address=reverse("admin:content_importedpage_changelist") + "?result=unread",
        ),
    ]
