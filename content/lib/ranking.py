"""Which pages go with a page: text, links, topics and dates in one score, then variety, then fairness.

Jobs rank articles with it, `evaluate_related` a corpus of somebody else's; both get the same lists.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

import numpy as np
from numpy.typing import NDArray

from content.lib.graph import Floats, Ints, LinkGraph
from content.lib.similarity import resemblance, weigh

NEIGHBOURS: Final = 50  # the texts most alike: where the walk begins, and what a cosine is measured against
OWN_SHARE: Final = np.float32(
    0.25
)  # of the walk's mass begins at the page itself, so that those who link to it count
LINKS: Final = np.float32(2)  # the walk against the text
TOPIC: Final = np.float32(0.5)  # raises the score of a page with the very same labels by half
YEAR: Final = (
    365.25  # days; a page of the same day doubles the score, one of a year before or after adds half
)
POOL: Final = 50
VARIED: Final = 10  # the first places, where a page much like one above it stands back
SAMENESS: Final = np.float32(0.5)
ALIKE, IDENTICAL = (
    0.6,
    0.8,
)  # cosine from which sketches are compared; share of word runs that makes a duplicate
BATCH: Final = 32


@dataclass(frozen=True, kw_only=True)
class Page:
    """What ranking reads of one page; `day` is its date as an ordinal, None where nobody knows it."""

    key: str
    terms: Mapping[str, int]
    links: Sequence[str] = ()
    labels: Sequence[str] = ()
    day: int | None = None
    sketch: Sequence[int] = ()


@dataclass(frozen=True, kw_only=True)
class Ranking:
    """The best pages for the page `row`, best first, as rows; the other arrays run beside `targets`.

    `cosines` compares the texts, `arrived` is the share of the walk over the links that ends there.
    """

    row: int
    targets: Ints
    scores: Floats
    cosines: Floats
    arrived: Floats

    def at(self, places: Ints) -> "Ranking":
        """The same with these places alone, in their order."""
        return Ranking(
            row=self.row,
            targets=self.targets[places],
            scores=self.scores[places],
            cosines=self.cosines[places],
            arrived=self.arrived[places],
        )


@dataclass(frozen=True)
class Why:
    """What speaks for a link: shared words, strongest first; a page that links to both; a link back."""

    words: list[str]
    through: int | None
    links_here: bool


@dataclass
class _Gathered:
    keys: list[str] = field(default_factory=list)
    links: list[Sequence[str]] = field(default_factory=list)
    labels: list[Sequence[str]] = field(default_factory=list)
    days: list[float] = field(default_factory=list)
    sketches: list[NDArray[np.uint32]] = field(default_factory=list)

    def reading(self, pages: Iterable[Page]) -> Iterator[Mapping[str, int]]:
        """The words of one page after the other, so that those of all never stand in memory."""
        for page in pages:
            self.keys.append(page.key)
            self.links.append(page.links)
            self.labels.append(page.labels)
            self.days.append(np.nan if page.day is None else page.day)
            self.sketches.append(np.array(page.sketch, np.uint32))
            yield page.terms


class Corpus:
    """Pages to rank against each other, in rows numbered from 0 as given; links to others are left out."""

    def __init__(self, pages: Iterable[Page]) -> None:
        seen = _Gathered()
        self._weights, self._words = weigh(seen.reading(pages))
        self.keys = seen.keys
        self.row_of = {key: row for row, key in enumerate(seen.keys)}
        pairs = [
            (row, self.row_of[key])
            for row, keys in enumerate(seen.links)
            for key in keys
            if key in self.row_of
        ]
        self.graph = LinkGraph(len(self), [source for source, _ in pairs], [target for _, target in pairs])
        self._labels, _ = weigh(dict.fromkeys(labels, 1) for labels in seen.labels)
        self._days = np.array(seen.days, np.float32)
        self._sketches = seen.sketches

    def __len__(self) -> int:
        return len(self.keys)

    def rank(
        self,
        rows: Sequence[int] | None = None,
        *,
        barred: Mapping[int, Collection[int]] | None = None,
        limit: int = POOL,
    ) -> Iterator[Ranking]:
        """The best for each row (all, if none is named); never itself, a duplicate or a barred one."""
        asked = list(range(len(self)) if rows is None else rows)
        for start in range(0, len(asked), BATCH):
            yield from self._batch(asked[start : start + BATCH], barred or {}, limit)

    def alike(self, row: int, most: int) -> Ints:
        """The rows with the texts most like this one's, as far as they share a word at all."""
        cosines = self._cosines([row])[:, 0]
        return _highest(cosines, most)

    def why(self, row: int, target: int, *, words: int = 3) -> Why:
        """What to tell a reader about a link from the row to the target."""
        (ours, our_weights), (theirs, their_weights) = self._terms(row), self._terms(target)
        shared, at_ours, at_theirs = np.intersect1d(ours, theirs, assume_unique=True, return_indices=True)
        strongest = np.argsort(-our_weights[at_ours] * their_weights[at_theirs], kind="stable")
        named = (self._words[column] for column in shared[strongest])
        return Why(
            words=list(islice((word for word in named if word.isalpha()), words)),
            through=self.graph.through(row, target),
            links_here=target in self.graph.links_to(row),
        )

    def _terms(self, row: int) -> tuple[Ints, Floats]:
        """The columns of a row's words, and their weights."""
        place = slice(self._weights.indptr[row], self._weights.indptr[row + 1])
        return self._weights.indices[place], self._weights.data[place]

    def _cosines(self, rows: list[int]) -> Floats:
        """Of every page with each of the rows, a column each; a page with itself is 0."""
        cosines: Floats = (self._weights @ self._weights[rows].T).toarray()
        cosines[rows, np.arange(len(rows))] = 0
        return cosines

    def _batch(self, rows: list[int], barred: Mapping[int, Collection[int]], limit: int) -> Iterator[Ranking]:
        cosines = self._cosines(rows)
        text, nearest = _against_nearest(cosines)
        seeds = np.where(nearest, text * (1 - OWN_SHARE), np.float32(0))
        seeds[rows, np.arange(len(rows))] = OWN_SHARE
        arrived = self.graph.reached(seeds, rows)
        scores = (text + LINKS * arrived) * self._favour(rows)
        for column, row in enumerate(rows):
            scores[[row, *barred.get(row, ())], column] = 0
            best = _highest(scores[:, column], max(limit, POOL))
            found = Ranking(
                row=row,
                targets=best,
                scores=scores[best, column],
                cosines=cosines[best, column],
                arrived=arrived[best, column],
            )
            yield found.at(self._varied(found)[:limit])

    def _favour(self, rows: list[int]) -> Floats:
        """What labels and dates add, as a factor for every page, a column for each row."""
        topics = (self._labels @ self._labels[rows].T).toarray()
        years = np.abs(self._days[:, None] - self._days[rows]) / YEAR
        near = 1 / (1 + np.nan_to_num(years, copy=False, nan=1))
        favour: Floats = (1 + TOPIC * topics) * (1 + near)
        return favour

    def _varied(self, found: Ranking) -> Ints:
        """The places of a ranking in the order to show: no duplicate, and variety in the first ten."""
        texts = self._weights[found.targets]
        alike = (texts @ texts.T).toarray()
        np.fill_diagonal(alike, 1)
        same = self._same(found.targets, alike)
        free = ~self._same_as(found.row, found.targets, found.cosines)
        order: list[int] = []
        closest = np.zeros(len(found.targets), np.float32)
        while free.any():
            worth = found.scores * (1 - SAMENESS * closest)
            best = int(np.where(free, worth, -1).argmax() if len(order) < VARIED else free.argmax())
            order.append(best)
            closest = np.maximum(closest, alike[best])
            free &= ~same[best]
        return np.array(order, np.intp)

    def _same(self, targets: Ints, cosines: Floats) -> NDArray[np.bool_]:
        """Which pairs of the targets are duplicates, each of itself too."""
        same = np.eye(len(targets), dtype=np.bool_)
        for place in np.flatnonzero((cosines >= ALIKE).sum(axis=1) > 1):
            same[place] |= self._same_as(targets[place], targets, cosines[place])
        return same

    def _same_as(self, row: int, targets: Ints, cosines: Floats) -> NDArray[np.bool_]:
        """Which targets have nearly the row's text."""
        same = np.zeros(len(targets), np.bool_)
        own = self._sketches[row].tolist()
        for place in np.flatnonzero(cosines >= ALIKE):
            same[place] = resemblance(own, self._sketches[targets[place]].tolist()) >= IDENTICAL
        return same


def _against_nearest(cosines: Floats) -> tuple[Floats, NDArray[np.bool_]]:
    """The cosines as shares of their column's 50 highest together, and which those are."""
    if len(cosines) <= NEIGHBOURS:
        nearest = cosines > 0
    else:
        highest = np.argpartition(-cosines, NEIGHBOURS, axis=0)[:NEIGHBOURS]
        nearest = np.zeros(cosines.shape, np.bool_)
        np.put_along_axis(nearest, highest, True, axis=0)
        nearest &= cosines > 0
    # In doubles, or the sum would depend on how many columns stand beside it.
    total = np.where(nearest, cosines, 0).sum(axis=0, dtype=np.float64)
    shares: Floats = np.divide(cosines, total, where=total > 0, out=np.zeros(cosines.shape)).astype(
        np.float32
    )
    return shares, nearest


def _highest(values: Floats, most: int) -> Ints:
    """Where the highest positive values stand, highest first, the first of equal ones before the others."""
    least = np.partition(values, -most)[-most] if most < len(values) else 0
    found = np.flatnonzero((values >= least) & (values > 0))
    return found[np.argsort(-values[found], kind="stable")[:most]]


def choose(
    rankings: Iterable[Ranking], *, links: int, most: int, taken: Mapping[int, int]
) -> dict[int, Ints]:
    """For each row the places of its ranking to link to: at most `links`, no target over `most` times in all.

    `taken` says how often a target is linked to already. Places are given away in rounds, a first choice
    before every second one and the higher score first, so that a popular page goes to those it suits best.
    """
    lists = {ranking.row: ranking for ranking in rankings}
    count = Counter(taken)
    chosen: dict[int, list[int]] = {row: [] for row in lists}
    place = dict.fromkeys(lists, 0)
    for _ in range(links):
        waiting = [row for row, ranking in lists.items() if place[row] < len(ranking.targets)]
        for row in sorted(waiting, key=lambda row: (-lists[row].scores[place[row]], row)):
            targets = lists[row].targets
            while place[row] < len(targets) and count[targets[place[row]]] >= most:
                place[row] += 1
            if place[row] < len(targets):
                chosen[row].append(place[row])
                count[targets[place[row]]] += 1
                place[row] += 1
    return {row: np.array(places, np.intp) for row, places in chosen.items()}
