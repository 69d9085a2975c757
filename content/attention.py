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
            one="error that a reader reported waits for your answer",
            many="errors that readers reported wait for your answer",
            address=reverse("admin:content_errorreport_changelist") + "?state__exact=new",
            urgent=True,
        ),
        *_links(at),
        *_texts(user),
        Attention(
            count=seen.review_due(at).count(),
            one="article is past its review date",
            many="articles are past their review date",
            address=f"{articles}?review=due",
        ),
        Attention(
            count=seen.filter(status=Article.Status.PUBLISHED, reviewed_at=None).count(),
            one="published article was never reviewed by a person",
            many="published articles were never reviewed by a person",
            address=f"{articles}?review=never",
        ),
        Attention(
            count=TextCheck.objects.failing(at).count(),
            one="text that readers see has faults that would keep it from being published",
            many="texts that readers see have faults that would keep them from being published",
            address=reverse("admin:content_textcheck_changelist") + "?faults=any",
        ),
        Attention(
            count=orphans(at).count(),
            one="article that no other article leads to",
            many="articles that no other article leads to",
            address=reverse("admin:content_relatedlink_coverage") + "#orphans",
        ),
        *_pages(user),
    ]


def _figures(at: datetime | None) -> list[Attention]:
    """Values to decide on, and figures that no longer come in as they should."""
    observations = reverse("admin:content_observation_changelist")
    statistics = reverse("admin:content_statistic_changelist")
    return [
        Attention(
            count=Observation.objects.waiting().count(),
            one="new value of a statistic waits for your decision",
            many="new values of statistics wait for your decision",
            address=f"{observations}?status__exact=proposed",
            urgent=True,
        ),
        Attention(
            count=Statistic.objects.of_publishers().stale(at).count(),
            one="statistic is past its date",
            many="statistics are past their date",
            address=f"{statistics}?date=stale",
        ),
        Attention(
            count=Statistic.objects.of_the_directory().stale(at).count(),
            one="figure counted in the directory is past its date: load newer federal files",
            many="figures counted in the directory are past their date: load newer federal files",
            address=f"{statistics}?date=stale-directory",
        ),
        Attention(
            count=ProviderState.objects.in_trouble().count(),
            one="provider of figures whose last look did not go well",
            many="providers of figures whose last look did not go well",
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
            one="cited site is not what was cited any more: readers get no link",
            many="cited sites are not what was cited any more: readers get no link",
            address=f"{links}?look=unlinked",
            urgent=True,
        ),
        Attention(
            count=told.filter(state=state.FLAGGED).count(),
            one="cited address failed on three days",
            many="cited addresses failed on three days",
            address=f"{links}?look=flagged",
        ),
        Attention(
            count=CitedLink.objects.filter(
                unused_since=None, host__in=LinkHost.objects.parked(at=at)
            ).count(),
            one="cited address cannot be checked: the check broke down on its site",
            many="cited addresses cannot be checked: the check broke down on their site",
            address=f"{links}?look=broke-down",
        ),
    ]


def _texts(user: User | AnonymousUser) -> list[Attention]:
    """Texts on their way to readers, the nearest to a decision first."""
    revisions = reverse("admin:content_revision_changelist")
    seen, state = Revision.objects.seen_by(user), Revision.State
    mine = seen.filter(unsaved_texts__editor=user.pk or 0)
    unsaved = "words of yours that are not saved"
    waiting = [
        ("in-review", seen.filter(state=state.IN_REVIEW), "text waits for review", "texts wait for review"),
        (
            "approved",
            seen.unpublished(),
            "approved text waits to be published",
            "approved texts wait to be published",
        ),
        (
            "scheduled",
            seen.filter(next_of__isnull=False),
            "text goes out on a date",
            "texts go out on a date",
        ),
        ("unsaved", mine, f"text has {unsaved}", f"texts have {unsaved}"),
        ("draft", seen.filter(state=state.DRAFT), "text is a draft", "texts are drafts"),
    ]
    return [
        Attention(
            count=rows.count(),
            one=one,
            many=many,
            address=f"{revisions}?state={name}",
            urgent=name == "in-review",
        )
        for name, rows, one, many in waiting
    ]


def _pages(user: User | AnonymousUser) -> list[Attention]:
    """Pages that were to become articles."""
    return [
        Attention(
            count=ImportedPage.objects.filter(~Q(status=ImportedPage.Status.OK)).count(),
            one="imported page could not be read",
            many="imported pages could not be read",
            address=reverse("admin:content_importedpage_changelist") + "?result=unread",
        ),
        Attention(
            count=BatchPage.objects.to_mend().seen_by(user).count(),
            one="uploaded page is read and waits for you",
            many="uploaded pages are read and wait for you",
            address=reverse("admin:content_batchpage_changelist") + "?turn=editor",
        ),
    ]
