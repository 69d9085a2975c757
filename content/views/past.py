"""`?asof=2026-03-03` on an article's page: for editors, the page as readers saw it at the end of that day."""

import re
from datetime import date, datetime
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from content.models import Article
from content.past import end_of, page_at

DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
EARLIEST: Final = 2000


class PastPageMixin:
    """Gives a view of an article its past; readers who are not editors get the page of now."""

    def paid_words(self, moment: datetime) -> str:
        """How the site said at that moment that places are paid for."""
        return ""

    def as_it_was(self, request: HttpRequest, slug: str, kind: Article.Kind) -> HttpResponse:
        articles = Article.objects.select_related("next_revision", "topic")
        article = get_object_or_404(articles, slug=slug, kind=kind)
        day = day_of(request.GET.get("asof", ""))
        wrong = "" if day else "Write a day that has passed, such as ?asof=2026-03-03."
        page = page_at(article, end_of(day)) if day else None
        context = {"article": article, "day": day, "wrong": wrong, "page": page}
        if day:
            context["paid_words"] = self.paid_words(end_of(day))
        return render(request, "content/article_past.html", context)


def may_look_back(request: HttpRequest) -> bool:
    """Asks who it is only where a day is named, so that readers' pages know no session."""
    return "asof" in request.GET and request.user.has_perm("content.view_article")


def day_of(text: str) -> date | None:
    """The day, none where it is not spelled so or still to come."""
    try:
        day = date.fromisoformat(text) if DAY.fullmatch(text) else None
    except ValueError:
        return None
    return day if day and day.year >= EARLIEST and day <= timezone.localdate() else None
