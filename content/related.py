"""Related articles: what stands under an article, and the jobs that work it out."""

from datetime import datetime
from typing import Final

from content.models import Article, RelatedLink, RelatedLinkQuerySet

SHOWN: Final = 5


def related_for(article: Article, at: datetime | None = None) -> RelatedLinkQuerySet:
    """At most five links for its page, pins first; each with `title`, `target` and `reason`: one query."""
    return RelatedLink.objects.shown(at).filter(article=article)[:SHOWN]
