"""Articles: one, all, and those of a topic."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, render
from django.views.generic import DetailView, TemplateView

from content.acronyms import FirstUses
from content.facts import Box, boxes_of
from content.lib.pages import NumberedPagesMixin
from content.links.shown import withheld_for
from content.models import Article, Revision, RevisionQuerySet, Source, Statistic, Topic
from content.pictures import pictures_named
from content.reading import entries, named_in, shortened, topics_read
from content.redirecting import destination
from content.related import related_for
from content.rendering import plain, statistics_named
from content.rendering import render as render_text
from content.views.past import PastPageMixin, may_look_back


class ArticleDetail(PastPageMixin, DetailView[Revision]):
    """The live revision of an article; archived ones are gone or lead on."""

    queryset = Revision.objects.all()
    slug_field = "article__slug"
    template_name = "content/article_detail.html"
    context_object_name = "revision"

    def get_queryset(self) -> RevisionQuerySet:
        return Revision.objects.live().articles().select_related("article__topic", "article__reviewed_by")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if may_look_back(request):
            return self.as_it_was(request, kwargs["slug"])
        try:
            self.object = self.get_object()
        except Http404:
            return archived(request, kwargs["slug"])
        return self.render_to_response(self.get_context_data(object=self.object))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        revision = self.object
        statistics = statistics_named(revision.lead, revision.body, revision.summary)
        uses = FirstUses(revision.lead, revision.body)
        pictures = pictures_named(revision.lead, revision.body)
        boxes = boxes_of(revision)
        withheld = withheld_for(self.request)
        credentials, specialties = named_in(revision.credentials.all(), revision.specialties.all())
        description = shortened(plain(revision.summary or revision.lead, statistics))
        return super().get_context_data(**kwargs) | {
            "article": revision.article,
            "lead": render_text(revision.lead, statistics, pictures=pictures, withheld=withheld, uses=uses),
            "body": render_text(revision.body, statistics, pictures=pictures, withheld=withheld, uses=uses),
            "boxes": boxes,
            "credentials": credentials,
            "specialties": specialties,
            "related": list(related_for(revision.article)),
            "sources": cited(boxes, statistics.values()),
            "description": description,
            "structured": structured(revision, description),
        }


def archived(request: HttpRequest, slug: str) -> HttpResponse:
    """The answer for an article that was taken away; Http404 for one that readers never saw."""
    gone = Article.objects.filter(status=Article.Status.ARCHIVED, first_published_at__isnull=False)
    article = get_object_or_404(gone, slug=slug)
    if article.archived_to:
        return HttpResponsePermanentRedirect(destination(request.path) or article.archived_to)
    return render(request, "410.html", status=410)


def cited(boxes: Iterable[Box], statistics: Iterable[Statistic]) -> list[Source]:
    """Every source behind a figure of the page, each once, in the order of the page."""
    sources = [source for box in boxes for line in box.lines for source in line.sources]
    sources += [statistic.current.source for statistic in statistics if statistic.current]
    return list({source.pk: source for source in sources}.values())


def structured(revision: Revision, description: str) -> dict[str, Any]:
    """The article in schema.org's words; it says nothing that the page does not say."""
    address = f"{settings.SITE_URL}{revision.get_absolute_url()}"
    publisher = {"@type": "Organization", "name": settings.SITE_NAME, "url": settings.SITE_URL}
    return {
        "@context": "https://schema.org",
        "@type": "Article",
        "headline": revision.title,
        "description": description,
        "url": address,
        "mainEntityOfPage": address,
        "inLanguage": "en",
        "datePublished": revision.first_published_at,
        "dateModified": revision.published_at,
        "author": {"@type": "Organization", "name": f"The {settings.SITE_NAME} editors"},
        "publisher": publisher,
    }


class ArticleList(NumberedPagesMixin, TemplateView):
    """All articles, newest first."""

    template_name = "content/article_list.html"
    per_page = 12

    def revisions(self) -> RevisionQuerySet:
        return Revision.objects.live().articles().newest_first()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = self.revisions()
        pages = self.pages(found.count())
        return super().get_context_data(**kwargs) | {
            "pages": pages,
            "entries": entries(pages.cut(found.select_related("article__topic"))),
            "topics": topics_read(),
        }


class TopicDetail(ArticleList):
    """The articles of one topic."""

    template_name = "content/topic_detail.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.topic = get_object_or_404(Topic, slug=kwargs["slug"])
        return super().get(request, *args, **kwargs)

    def revisions(self) -> RevisionQuerySet:
        return super().revisions().filter(article__topic=self.topic)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"topic": self.topic}
