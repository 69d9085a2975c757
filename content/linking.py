"""The work behind `content.related`: reads digests, ranks, and writes computed links.

Texts are read and ranked outside of any transaction; what is written is short, or written aside and swapped.
"""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import batched
from typing import Final

import numpy as np
from django.db import connection, transaction
from django.db.models import F, OuterRef, Q, Subquery
from django.utils.text import Truncator, capfirst, get_text_list

from content.digests import digest_missing, pages
from content.lib.ranking import Corpus, Ranking, Why, choose
from content.models import Article, ArticleDigest, RelatedGeneration, RelatedLink, Revision

LINKS: Final = 5
CANDIDATES: Final = 30
# Below both, editors of the two public sites that the scoring was measured on linked one pair in ten.
TEXT_FLOOR, WALK_FLOOR = 0.08, 0.01
# The mean is five at most: a page that four times as many articles point to is everywhere already.
MOST_TO_ONE: Final = 20
NEIGHBOURS: Final = 30  # articles asked again when a text near theirs changed
RANKED_AT_ONCE: Final = 256
WRITTEN_AT_ONCE: Final = 1000  # links
REPLACED_AT_ONCE: Final = 200  # articles
TITLE, REASON = 70, 300  # characters of another article's title in a reason, and of the reason

Renew = Callable[[], None]


@dataclass
class Library:
    """The live articles as a corpus; `articles` and `hashes` run along its rows."""

    corpus: Corpus
    articles: list[int]
    hashes: list[str]
    row_of: dict[int, int]

    @classmethod
    def load(cls, at: datetime | None) -> "Library":
        seen: dict[str, tuple[int, str]] = {}
        corpus = Corpus(pages(at, seen))
        articles = [article for article, _ in seen.values()]
        row_of = {article: row for row, article in enumerate(articles)}
        return cls(corpus, articles, [content_hash for _, content_hash in seen.values()], row_of)

    def rows(self, articles: Iterable[int]) -> set[int]:
        return {self.row_of[article] for article in articles if article in self.row_of}

    def thawed(self) -> set[int]:
        """The rows whose links may be computed; editors keep those of the others as they are."""
        frozen = Article.objects.filter(links_frozen=True).values_list("pk", flat=True)
        return set(range(len(self.articles))) - self.rows(frozen)

    def barred(self) -> dict[int, set[int]]:
        """By row what is never computed: what the text links to already, what an editor pinned or vetoed."""
        barred = {row: set(self.corpus.graph.links_of(row).tolist()) for row in range(len(self.articles))}
        for article, target in RelatedLink.objects.of_editors().values_list("article", "target"):
            if article in self.row_of and target in self.row_of:
                barred[self.row_of[article]].add(self.row_of[target])
        return barred

    def chosen(self, rows: Collection[int], renew: Renew) -> list[Ranking]:
        """What these rows link to, at most five each; the hub cap counts the links of all other rows too."""
        barred = self.barred()
        rankings: list[Ranking] = []
        for batch in batched(sorted(rows), RANKED_AT_ONCE):
            renew()
            found = self.corpus.rank(batch, barred=barred, limit=CANDIDATES)
            rankings += [_above_floor(ranking) for ranking in found]
        taken = {
            self.row_of[target]: links for target, links in self._pointing(rows) if target in self.row_of
        }
        chosen = choose(rankings, links=LINKS, most=MOST_TO_ONE, taken=taken)
        return [ranking.at(chosen[ranking.row]) for ranking in rankings]

    def _pointing(self, rows: Collection[int]) -> Iterable[tuple[int, int]]:
        """Articles, each with the links it gets from articles other than these rows, and all its pins."""
        redone = {self.articles[row] for row in rows}
        pins = RelatedLink.objects.filter(origin=RelatedLink.Origin.PINNED)
        counts = Counter(pins.values_list("target", flat=True))
        for article, target in RelatedLink.objects.current().values_list("article", "target").iterator():
            if article not in redone:
                counts[target] += 1
        return counts.items()

    def touched(self, articles: Iterable[int]) -> set[int]:
        """Rows whose links may change with these articles: theirs, near texts, linked and linking ones."""
        touched = self.rows(articles)
        for row in tuple(touched):
            touched.update(self.corpus.alike(row, NEIGHBOURS).tolist())
            touched.update(self.corpus.graph.links_of(row).tolist())
            touched.update(self.corpus.graph.links_to(row).tolist())
        return touched

    def links(self, rankings: Iterable[Ranking], at: datetime | None) -> Iterator[RelatedLink]:
        """Rows to store, one for each place of the rankings; their generation is not set."""
        names = Names.load(at)
        for ranking in rankings:
            article = self.articles[ranking.row]
            for position, row in enumerate(ranking.targets.tolist()):
                why = self.corpus.why(ranking.row, row)
                through = None if why.through is None else self.articles[why.through]
                yield RelatedLink(
                    article_id=article,
                    target_id=self.articles[row],
                    position=position,
                    score=float(ranking.scores[position]),
                    reason=names.reason(article, self.articles[row], why, through),
                )


@dataclass(frozen=True)
class Names:
    """What articles and their topics are called, by article."""

    titles: dict[int, str]
    topics: dict[int, str]

    @classmethod
    def load(cls, at: datetime | None) -> "Names":
        live = Revision.objects.live(at).articles().values_list("article", "title", "article__topic__name")
        rows = list(live)
        return cls(
            {article: title for article, title, _ in rows},
            {article: topic for article, _, topic in rows if topic},
        )

    def reason(self, article: int, target: int, why: Why, through: int | None) -> str:
        """A line for readers: what speaks for this link."""
        parts = [f"both mention {get_text_list(why.words, 'and')}"] if why.words else []
        if why.links_here:
            parts.append("links to this article")
        if through in self.titles:
            parts.append(f"also linked from “{Truncator(self.titles[through]).chars(TITLE)}”")
        topic = self.topics.get(article)
        if topic and topic == self.topics.get(target):
            parts.append(f"same topic: {topic}")
        return Truncator(capfirst("; ".join(parts) or "linked from similar articles")).chars(REASON)


def _above_floor(ranking: Ranking) -> Ranking:
    enough = (ranking.cosines >= TEXT_FLOOR) | (ranking.arrived >= WALK_FLOOR)
    return ranking.at(np.flatnonzero(enough))


def refresh_changed(at: datetime | None, limit: int, renew: Renew) -> dict[str, int]:
    """See `content.related.refresh_changed`."""
    digest_missing(at, limit, renew)
    changed = list(
        ArticleDigest.objects.live(at).changed().order_by("pk").values_list("pk", flat=True)[:limit]
    )
    gone = list(ArticleDigest.objects.gone(at).order_by("pk").values_list("pk", flat=True)[:limit])
    overruled = RelatedLink.objects.overruled().order_by("article").values_list("article", flat=True)
    ruled = list(overruled.distinct()[:limit])
    if not (changed or gone or ruled):
        return {"changed": 0, "gone": 0, "redone": 0, "links": 0}
    library = Library.load(at)
    pointing = RelatedLink.objects.current().filter(target__in=[*changed, *gone])
    rows = library.touched(changed) | library.rows([*ruled, *pointing.values_list("article", flat=True)])
    rows &= library.thawed()
    stored = _replace(library, library.chosen(rows, renew), at, renew)
    renew()
    with transaction.atomic():
        current = RelatedLink.objects.filter(generation=_current_generation())
        current.filter(Q(article__in=gone) | Q(target__in=gone)).delete()
        for row in library.rows(changed):
            Article.objects.filter(pk=library.articles[row]).update(links_hash=library.hashes[row])
        _forget(gone)
        _drop_taken_away(_current_generation())
    return {"changed": len(changed), "gone": len(gone), "redone": len(rows), "links": stored}


def _replace(library: Library, rankings: list[Ranking], at: datetime | None, renew: Renew) -> int:
    """Computed links of these articles in the generation that readers see; an article's change together."""
    stored = 0
    for batch in batched(rankings, REPLACED_AT_ONCE):
        renew()
        links = list(library.links(batch, at))
        with transaction.atomic():
            generation = _current_generation()
            articles = Article.objects.filter(pk__in=[library.articles[ranking.row] for ranking in batch])
            free = set(articles.filter(links_frozen=False).values_list("pk", flat=True))
            RelatedLink.objects.filter(generation=generation, article__in=free).delete()
            written = [link for link in links if link.article_id in free]
            _store(written, generation)
        stored += len(written)
    return stored


def rebuild(at: datetime | None, renew: Renew) -> dict[str, int]:
    """See `content.related.rebuild`."""
    _read_without_mapping()
    digest_missing(at, None, renew)
    gone = list(ArticleDigest.objects.gone(at).values_list("pk", flat=True))
    library = Library.load(at)
    rankings = library.chosen(library.thawed(), renew)
    # Or a refresh could make the site's first one while this is being written, and seem to be the later.
    RelatedGeneration.objects.get_or_create(is_current=True)
    generation = RelatedGeneration.objects.create()
    stored = 0
    for batch in batched(library.links(rankings, at), WRITTEN_AT_ONCE):
        renew()
        _store(batch, generation)
        stored += len(batch)
    renew()
    swapped = _swap(generation, library, gone)
    _clear_up(renew)
    return {
        "articles": len(library.articles),
        "links": stored if swapped else 0,
        "superseded": int(not swapped),
    }


def _read_without_mapping() -> None:
    """SQLite would keep tables that are read once mapped and cached, as memory of the worker."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA mmap_size=0")
            cursor.execute("PRAGMA cache_size=-2000")


def _swap(generation: RelatedGeneration, library: Library, gone: list[int]) -> bool:
    """Makes the generation the one that readers see, unless a rebuild that began later was faster."""
    with transaction.atomic():
        shown = RelatedGeneration.objects.select_for_update().filter(is_current=True).first()
        if shown and shown.pk > generation.pk:
            return False
        if shown:
            _carry_frozen(shown, generation)
        RelatedGeneration.objects.filter(is_current=True).update(is_current=False)
        RelatedGeneration.objects.filter(pk=generation.pk).update(is_current=True)
        # Whatever was digested since is computed anew at the next refresh.
        read = dict(zip(library.articles, library.hashes, strict=True))
        digests = ArticleDigest.objects.values_list("pk", "content_hash")
        newer = [article for article, content_hash in digests if read.get(article) != content_hash]
        own = Subquery(ArticleDigest.objects.filter(pk=OuterRef("pk")).values("content_hash")[:1])
        done = Article.objects.filter(digest__isnull=False).exclude(digest__in=newer)
        done.exclude(links_hash=F("digest__content_hash")).update(links_hash=own)
        Article.objects.filter(pk__in=newer).update(links_hash="")
        _forget(gone)
        _drop_taken_away(generation)
    return True


def _carry_frozen(shown: RelatedGeneration, generation: RelatedGeneration) -> None:
    """The links of frozen articles move over as they are, also of those frozen while it was written."""
    of_frozen = RelatedLink.objects.filter(article__links_frozen=True)
    of_frozen.filter(generation=generation).delete()
    of_frozen.filter(generation=shown).update(generation=generation)


def _drop_taken_away(generation: RelatedGeneration) -> None:
    """Ends links of and to articles archived after the texts were read; their places are filled again."""
    links = RelatedLink.objects.filter(generation=generation)
    dead = links.filter(target__digest=None, article__links_frozen=False)
    Article.objects.filter(pk__in=dead.values("article")).update(links_hash="")
    links.filter(Q(article__digest=None) | Q(target__digest=None)).delete()


def _current_generation() -> RelatedGeneration:
    """The one that readers see, held until the transaction ends; a new site has none and gets one."""
    shown = RelatedGeneration.objects.select_for_update().filter(is_current=True).first()
    return shown or RelatedGeneration.objects.create(is_current=True)


def _store(links: Iterable[RelatedLink], generation: RelatedGeneration) -> None:
    rows = list(links)
    for link in rows:
        link.generation = generation
    RelatedLink.objects.bulk_create(rows, batch_size=WRITTEN_AT_ONCE)


def _forget(articles: list[int]) -> None:
    """Should one of these be published again, its links are computed as if it were new."""
    ArticleDigest.objects.filter(pk__in=articles).delete()
    Article.objects.filter(pk__in=articles).update(links_hash="")


def _clear_up(renew: Renew) -> None:
    """Deletes generations before the current one, also what a rebuild left that was stopped half-way."""
    shown = RelatedGeneration.objects.get(is_current=True)
    older = RelatedLink.objects.computed().filter(generation__lt=shown)
    while batch := list(older.values_list("pk", flat=True)[:WRITTEN_AT_ONCE]):
        renew()
        RelatedLink.objects.filter(pk__in=batch).delete()
    RelatedGeneration.objects.filter(pk__lt=shown.pk).delete()
