"""How the related links are spread: who has few, who gets none, and who gets most."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Exists, OuterRef

from content.models import Article, RelatedLink, Revision
from content.models.article import RevisionQuerySet
from content.related import SHOWN

MOST_NAMED: Final = 10


@dataclass(frozen=True)
class Row:
    """An article with the number that is told of it."""

    article: Article
    title: str
    links: int


@dataclass(frozen=True)
class Coverage:
    """What readers see now: `full` articles show five links; `orphans` are linked to by none."""

    articles: int
    links: int
    full: int
    sparse: list[Row]
    orphans: list[Row]
    popular: list[Row]
    frozen: list[Row]

    @property
    def full_percent(self) -> int:
        return round(100 * self.full / self.articles) if self.articles else 0

    def share(self, row: Row) -> float:
        """In percent of all links that readers see."""
        return 100 * row.links / self.links if self.links else 0.0


def coverage(at: datetime | None = None) -> Coverage:
    """Over all live articles, as `related_for` shows them: four queries and no text."""
    live = Revision.objects.live(at).articles().select_related("article")
    rows = {revision.article_id: revision for revision in live.defer("body", "lead")}
    shown: dict[int, list[int]] = {pk: [] for pk in rows}
    for article, target in RelatedLink.objects.shown(at).values_list("article", "target"):
        if article in shown and len(shown[article]) < SHOWN:
            shown[article].append(target)
    gets = Counter(target for targets in shown.values() for target in targets)

    def row(pk: int, links: int) -> Row:
        return Row(rows[pk].article, rows[pk].title, links)

    alone = set(orphans(at).values_list("article", flat=True))
    by_title = sorted(rows, key=lambda pk: rows[pk].title)
    return Coverage(
        articles=len(rows),
        links=gets.total(),
        full=sum(len(targets) == SHOWN for targets in shown.values()),
        sparse=[row(pk, len(shown[pk])) for pk in by_title if len(shown[pk]) < SHOWN],
        orphans=[row(pk, len(shown[pk])) for pk in by_title if pk in alone],
        popular=[row(pk, links) for pk, links in gets.most_common(MOST_NAMED)],
        frozen=[row(pk, len(shown[pk])) for pk in by_title if rows[pk].article.links_frozen],
    )


def orphans(at: datetime | None = None) -> RevisionQuerySet:
    """The texts of live articles that no other one leads to, neither by computation nor by a pin."""
    leading = RelatedLink.objects.leading().filter(target=OuterRef("article"))
    return Revision.objects.live(at).articles().exclude(Exists(leading))
