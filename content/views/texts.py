"""What readers see of a published text: of an article, or of a page such as "about"."""

from email.utils import parseaddr
from typing import Any, ClassVar

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, render
from django.views.generic import DetailView

from content.acronyms import FirstUses
from content.links.shown import withheld_for
from content.models import Article, Revision, RevisionQuerySet
from content.pictures import pictures_named
from content.reading import shortened
from content.redirecting import destination
from content.rendering import plain, statistics_named
from content.rendering import render as render_text
from content.views.past import PastPageMixin, may_look_back


class PublishedText(PastPageMixin, DetailView[Revision]):
    """The live revision of an article of one kind; archived ones are gone or lead on."""

    kind: ClassVar[Article.Kind]
    queryset = Revision.objects.all()
    slug_field = "article__slug"
    context_object_name = "revision"

    def get_queryset(self) -> RevisionQuerySet:
        live = Revision.objects.live().filter(article__kind=self.kind)
        return live.select_related("article__topic", "article__reviewed_by")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if may_look_back(request):
            return self.as_it_was(request, kwargs["slug"], self.kind)
        try:
            self.object = self.get_object()
        except Http404:
            return archived(request, kwargs["slug"], self.kind)
        return self.render_to_response(self.get_context_data(object=self.object))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        revision = self.object
        statistics = statistics_named(revision.lead, revision.body, revision.summary)
        pictures = pictures_named(revision.lead, revision.body)
        withheld = withheld_for(self.request)
        uses = FirstUses(revision.lead, revision.body)
        return super().get_context_data(**kwargs) | {
            "article": revision.article,
            "statistics": statistics,
            "lead": render_text(revision.lead, statistics, pictures=pictures, withheld=withheld, uses=uses),
            "body": render_text(revision.body, statistics, pictures=pictures, withheld=withheld, uses=uses),
            "description": shortened(plain(revision.summary or revision.lead, statistics)),
        }


def archived(request: HttpRequest, slug: str, kind: Article.Kind) -> HttpResponse:
    """The answer for an article that was taken away; Http404 for one that readers never saw."""
    gone = Article.objects.filter(status=Article.Status.ARCHIVED, first_published_at__isnull=False)
    article = get_object_or_404(gone, slug=slug, kind=kind)
    if article.archived_to:
        return HttpResponsePermanentRedirect(destination(request.path) or article.archived_to)
    return render(request, "410.html", status=410)


class PageDetail(PublishedText):
    """A page of the site's own: about, contact and what else editors write of that kind."""

    kind = Article.Kind.PAGE
    template_name = "content/page_detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"contact": contact_address()}


def contact_address() -> str:
    """The address that the site sends its mail from, and reads."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
