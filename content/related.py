"""Related articles: what stands under an article, and the two jobs that work it out.

Web processes import this module too, so scikit-learn and scipy come with the first job, not with it.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Final

from django.db.models import Q

from content.models import Article, ArticleDigest, RelatedLink, RelatedLinkQuerySet

SHOWN: Final = 5
CHANGED_AT_ONCE: Final = 50
Renew = Callable[[], None]


def related_for(article: Article, at: datetime | None = None) -> RelatedLinkQuerySet:
    """At most five links for its page, pins first; each with `title`, `target` and `reason`: one query."""
    return RelatedLink.objects.shown(at).filter(article=article)[:SHOWN]


def take_along(article: Article) -> None:
    """Ends the computed links from and to an article that is taken away, in the caller's transaction.

    Who linked to it is computed anew at the next refresh. Pins and vetoes stay for the day it comes back.
    """
    pointing = RelatedLink.objects.current().filter(target=article)
    Article.objects.filter(pk__in=pointing.values("article")).update(links_hash="")
    RelatedLink.objects.computed().filter(Q(article=article) | Q(target=article)).delete()
    ArticleDigest.objects.filter(pk=article.pk).delete()
    article.links_hash = ""


def is_stale(at: datetime | None = None) -> bool:
    """Whether `refresh_changed` would find work: a text, topic, pin, veto or removal since the last run."""
    digests = ArticleDigest.objects
    return (
        digests.missing(at).exists()
        or digests.gone(at).exists()
        or digests.changed().exists()
        or RelatedLink.objects.overruled().exists()
    )


def refresh_changed(
    at: datetime | None = None, *, limit: int = CHANGED_AT_ONCE, renew: Renew = lambda: None
) -> dict[str, int]:
    """Links of articles that changed, and of those that should now point to them or no longer can.

    At most `limit` changed articles a run; `renew` is called before each batch. Nothing changed: no write.
    """
    from content import linking  # noqa: PLC0415  # as the module says

    return linking.refresh_changed(at, limit, renew)


def rebuild(at: datetime | None = None, *, renew: Renew = lambda: None) -> dict[str, int]:
    """All computed links anew, written aside as a generation and then swapped in; editors' rows stay.

    `renew` is called before each batch. A rebuild that began later wins over one that ends later.
    """
    from content import linking  # noqa: PLC0415  # as the module says

    return linking.rebuild(at, renew)
