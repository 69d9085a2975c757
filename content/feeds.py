"""Atom feeds of new articles: of the whole site and of each topic."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape

from content.models import Revision, Topic
from content.reading import Entry, entries

ENTRIES = 20


def absolute(path: str) -> str:
    return f"{settings.SITE_URL}{path}"


def printable(text: str) -> str:
    """Without control characters, which XML cannot hold."""
    return "".join(char if char.isprintable() else " " for char in text)


class ArticleFeed(Feed[Entry, Any]):
    """The newest articles, with their summaries."""

    feed_type = Atom1Feed
    author_name = f"The {settings.SITE_NAME} editors"

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Without the date of the newest entry: an entry that goes and a new figure change a feed too."""
        answer = super().__call__(request, *args, **kwargs)
        del answer["Last-Modified"]
        return answer

    def title(self, topic: Topic | None) -> str:
        return printable(
            f"{settings.SITE_NAME}: {topic.name}" if topic else f"{settings.SITE_NAME}: new articles"
        )

    def subtitle(self, topic: Topic | None) -> str:
        return printable(topic.summary) if topic else "Articles on medical billing and coding certification."

    def link(self, topic: Topic | None) -> str:
        return absolute(reverse("topic-detail", args=[topic.slug]) if topic else reverse("article-list"))

    def feed_url(self, topic: Topic | None) -> str:
        return absolute(reverse("topic-feed", args=[topic.slug]) if topic else reverse("feed"))

    def items(self, topic: Topic | None) -> list[Entry]:
        revisions = Revision.objects.live().articles().newest_first().select_related("article")
        return entries((revisions.filter(article__topic=topic) if topic else revisions)[:ENTRIES])

    def item_title(self, item: Entry) -> str:
        return printable(item.revision.title)

    def item_description(self, item: Entry) -> str:
        """As HTML, which is what Django says it is; of a text that was published again, with what changed."""
        revision = item.revision
        is_first = revision.published_at == revision.first_published_at
        note = "" if is_first or not revision.change_note else f" Updated: {revision.change_note}"
        return escape(printable(f"{item.summary}{note}"))

    def item_link(self, item: Entry) -> str:
        return absolute(item.revision.get_absolute_url())

    def item_pubdate(self, item: Entry) -> datetime | None:
        return item.revision.first_published_at

    def item_updateddate(self, item: Entry) -> datetime | None:
        return item.revision.published_at


class TopicFeed(ArticleFeed):
    """The newest articles of one topic."""

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Topic:
        return get_object_or_404(Topic, slug=kwargs["slug"])
