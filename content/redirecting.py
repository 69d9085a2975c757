"""Where an address that is not found leads to, in one hop."""

from typing import Final
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve

from content.models import Article, Redirect

MOST_HOPS: Final = 5
KINDS: Final = {
    "article-detail": Article.Kind.ARTICLE,
    **dict.fromkeys(("page", "other-page", "corrections"), Article.Kind.PAGE),
}


def destination(path: str) -> str:
    """The last address of the chain that begins at this path of the site; empty where it leads nowhere.

    The last address is asked nothing: it may answer 410. A chain that turns in a circle leads nowhere.
    """
    if "\x00" in path:  # PostgreSQL refuses to be asked for it
        return ""
    seen, at = {path}, path
    for _ in range(MOST_HOPS):
        following = _next(at)
        if not following:
            return at if at != path else ""
        at = following
        if urlsplit(at).path in seen:
            return ""
        seen.add(urlsplit(at).path)
    return ""


def _next(path: str) -> str:
    plain = urlsplit(path).path
    article = _article_at(plain)
    if article is not None:
        return article.archived_to if article.status == Article.Status.ARCHIVED else ""
    row = Redirect.objects.select_related("article").filter(path=plain).first()
    if row is None:
        return ""
    return row.article.get_absolute_url() if row.article else row.to


def _article_at(path: str) -> Article | None:
    try:
        found = resolve(path)
    except Resolver404:
        return None
    kind = KINDS.get(found.url_name or "")
    if kind is None:
        return None
    asked = Article.objects.filter(slug=found.kwargs["slug"], kind=kind)
    return asked.only("slug", "kind", "status", "archived_to").first()
