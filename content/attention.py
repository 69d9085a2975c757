"""What the knowledge half of the site asks its editors to look at."""

from datetime import datetime

from django.contrib.auth.models import AnonymousUser, User
from django.db.models import Q
from django.urls import reverse

from content.coverage import orphans
from content.lib.attention import Attention
from content.models import (
    Article,
    BatchPage,
    CitedLink,
    ErrorReport,
    ImportedPage,
    LinkHost,
    Observation,
    ProviderState,
    Revision,
    Statistic,
    TextCheck,
)


def attention(at: datetime | None = None, *, user: User | AnonymousUser) -> list[Attention]:
    """Counts of what waits, is stale or failed, of what that editor may see.

    Rows of zero are left out by the page that prints them.
    """
    articles = reverse("admin:content_article_changelist")
    seen = Article.objects.seen_by(user)
    return [
        *_figures(at),
        Attention(
            count=ErrorReport.objects.waiting().count(),
            text="errors that readers reported wait for your answer",
            address=reverse("admin:content_errorreport_changelist") + "?state__exact=new",
            urgent=True,
        ),
        *_links(at),
        *_texts(user),
        Attention(
            count=seen.review_due(at).count(),
            text="articles are past their review date",
            address=f"{articles}?review=due",
        ),
        Attention(
            count=seen.filter(status=Article.Status.PUBLISHED, reviewed_at=None).count(),
            text="published articles were never reviewed by a person",
            address=f"{articles}?review=never",
        ),
        Attention(
            count=TextCheck.objects.failing(at).count(),
            text="texts that readers see have faults that would keep them from being published",
            address=reverse("admin:content_textcheck_changelist") + "?faults=any",
        ),
        Attention(
            count=orphans(at).count(),
            text="articles that no other article leads to",
            address=reverse("admin:content_relatedlink_coverage") + "#orphans",
        ),
        Attention(
            count=ImportedPage.objects.filter(~Q(status=ImportedPage.Status.OK)).count(),
            text="imported pages could not be read",
            address=reverse("admin:content_importedpage_changelist") + "?result=unread",
        ),
        Attention(
            count=BatchPage.objects.to_mend().seen_by(user).count(),
            text="uploaded pages are read and wait for you",
            address=reverse("admin:content_batchpage_changelist") + "?turn=editor",
        ),
    ]


def _figures(at: datetime | None) -> list[Attention]:
    """Values to decide on, and figures that no longer come in as they should."""
    observations = reverse("admin:content_observation_changelist")
    statistics = reverse("admin:content_statistic_changelist")
    return [
        Attention(
            count=Observation.objects.waiting().count(),
            text="new values of statistics wait for your decision",
            address=f"{observations}?status__exact=proposed",
            urgent=True,
        ),
        Attention(
            count=Statistic.objects.of_publishers().stale(at).count(),
            text="statistics are past their date",
            address=f"{statistics}?date=stale",
        ),
        Attention(
            count=Statistic.objects.of_the_directory().stale(at).count(),
            text="figures counted in the directory are past their date: load newer federal files",
            address=f"{statistics}?date=stale-directory",
        ),
        Attention(
            count=ProviderState.objects.in_trouble().count(),
            text="providers of figures whose last look did not go well",
            address=reverse("admin:content_providerstate_changelist") + "?look=trouble",
            urgent=True,
        ),
    ]


def _links(at: datetime | None) -> list[Attention]:
    """Cited addresses that a person has to look at."""
    links = reverse("admin:content_citedlink_changelist")
    state = CitedLink.State
    told = CitedLink.objects.needing_an_editor()
    return [
        Attention(
            count=told.filter(state=state.UNLINKED).count(),
            text="cited sites are not what was cited any more: readers get no link",
            address=f"{links}?look=unlinked",
            urgent=True,
        ),
        Attention(
            count=told.filter(state=state.FLAGGED).count(),
            text="cited addresses failed on three days",
            address=f"{links}?look=flagged",
        ),
        Attention(
            count=CitedLink.objects.filter(
                unused_since=None, host__in=LinkHost.objects.parked(at=at)
            ).count(),
            text="cited addresses cannot be checked: the check broke down on their site",
            address=f"{links}?look=broke-down",
        ),
    ]


def _texts(user: User | AnonymousUser) -> list[Attention]:
    """Texts on their way to readers, the nearest to a decision first."""
    revisions = reverse("admin:content_revision_changelist")
    seen = Revision.objects.seen_by(user)
    mine = seen.filter(unsaved_texts__editor=user.pk or 0)
    waiting = [
        ("in-review", seen.filter(state=Revision.State.IN_REVIEW), "texts wait for review"),
        ("approved", seen.unpublished(), "approved texts wait to be published"),
        ("scheduled", seen.filter(next_of__isnull=False), "texts go out on a date"),
        ("unsaved", mine, "texts have words of yours that are not saved"),
        ("draft", seen.filter(state=Revision.State.DRAFT), "texts are drafts"),
    ]
    return [
        Attention(
            count=rows.count(), text=text, address=f"{revisions}?state={state}", urgent=state == "in-review"
        )
        for state, rows, text in waiting
    ]
