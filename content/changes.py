"""When readers got another text of an article, and what its editors say was changed."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from content.models import Publication, Revision

MOST: Final = 20


@dataclass(frozen=True)
class Change:
    """`note` is empty where the editors left none."""

    at: datetime
    note: str


def changes_of(revision: Revision) -> list[Change]:
    """The republications of a live revision's article, newest first; its first publication is none.

    One query, none for a text that is the first one still. A text whose moment has come counts from then on,
    whether or not a job has put it on record.
    """
    if revision.published_at == revision.first_published_at:
        return []
    records = Publication.objects.filter(article=revision.article_id, revision__isnull=False)
    columns = records.order_by("-since", "-pk").values_list("revision", "since", "revision__change_note")
    found = list(columns[: MOST + 1])
    if revision.published_at is not None and (not found or found[0][0] != revision.pk):
        found.insert(0, (revision.pk, revision.published_at, revision.change_note))
    return [Change(since, note) for _pk, since, note in found[:-1]][:MOST]
