"""Articles: one, all, and those of a topic."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.generic import TemplateView

from content.changes import changes_of
from content.facts import Box, boxes_of
from content.lib.pages import NumberedPagesMixin
from content.models import Article, Revision, RevisionQuerySet, Source, Statistic, Topic
from content.reading import entries, named_in, topics_read
from content.related import related_for
from content.views.texts import PublishedText


class ArticleDetail(PublishedText):
    """An article with everything that belongs to it."""

    kind = Article.Kind.ARTICLE
    template_name = "content/article_detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        revision = self.object
        context = super().get_context_data(**kwargs)
        boxes = boxes_of(revision)
        credentials, specialties = named_in(revision.credentials.all(), revision.specialties.all())
        return context | {
            "boxes": boxes,
            "changes": changes_of(revision),
            "credentials": credentials,
            "specialties": specialties,
            "related": list(related_for(revision.article)),
            "sources": cited(boxes, context["statistics"].values()),
            "structured": structured(revision, context["description"]),
        }


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
