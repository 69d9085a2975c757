"""Links as a graph, and the walk over it: personalised PageRank, cut off after a few steps."""

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

Floats = NDArray[np.float32]
Ints = NDArray[np.signedinteger]

FOLLOW: Final = 0.5  # the rest of the mass returns to the seeds at each step
STEPS: Final = 3
BACKWARD: Final = 0.2  # what a link says about the page it stands on, against the page it leads to
# Added to every page's number of links: one link alone is weak evidence and passes on half of its mass.
DOUBT: Final = 1.0


class LinkGraph:
    """Who links to whom, over pages numbered from 0; each pair counts once, a page's link to itself never."""

    def __init__(self, size: int, sources: Sequence[int], targets: Sequence[int]) -> None:
        pairs = {
            (source, target) for source, target in zip(sources, targets, strict=True) if source != target
        }
        rows, columns = [source for source, _ in pairs], [target for _, target in pairs]
        links = csr_matrix((np.ones(len(pairs), np.float32), (rows, columns)), shape=(size, size))
        links.sort_indices()
        self._out: Any = links
        self._into: Any = links.T.tocsr()
        self._counts_out: NDArray[np.int64] = np.diff(links.indptr).astype(np.int64)
        self._counts_in: NDArray[np.int64] = np.diff(self._into.indptr).astype(np.int64)

    def links_of(self, page: int) -> Ints:
        """The pages that it links to."""
        return _row(self._out, page)

    def links_to(self, page: int) -> Ints:
        """The pages that link to it."""
        return _row(self._into, page)

    def through(self, page: int, other: int) -> int | None:
        """The page that links to both, the one with the fewest links of all if there are several."""
        both = np.intersect1d(self.links_to(page), self.links_to(other), assume_unique=True)
        return int(both[self._counts_out[both].argmin()]) if both.size else None

    def reached(self, seeds: Floats, askers: Sequence[int]) -> Floats:
        """The share of mass that arrives at each page (row) on the walk from each column of seeds.

        `askers` names the page that each column is for: its own links are no part of that column's graph, so
        that its answer is the same whatever it links to.
        """
        places = np.arange(len(askers))
        share = self._shares(askers)
        mass = seeds
        arrived = np.zeros_like(seeds)
        for _ in range(STEPS):
            passed = mass * share
            # What flows back to a page came over its own links, so the asker's is dropped whole.
            backward = self._out @ passed
            backward[askers, places] = 0
            passed[askers, places] = 0
            arrived = self._into @ passed + np.float32(BACKWARD) * backward
            mass = np.float32(1 - FOLLOW) * seeds + np.float32(FOLLOW) * arrived
        return arrived

    def _shares(self, askers: Sequence[int]) -> Floats:
        """What each page passes on over each of its links, by column, the asker's own links uncounted."""
        weights = self._counts_out + BACKWARD * self._counts_in
        share = np.repeat((1 / (weights + DOUBT)).astype(np.float32)[:, None], len(askers), axis=1)
        for column, asker in enumerate(askers):
            own = self.links_of(asker)
            fewer = self._counts_out[own] + BACKWARD * (self._counts_in[own] - 1)
            share[own, column] = 1 / (fewer + DOUBT)
            share[asker, column] = 1 / (BACKWARD * self._counts_in[asker] + DOUBT)
        return share


def _row(matrix: Any, row: int) -> Ints:
    found: Ints = matrix.indices[matrix.indptr[row] : matrix.indptr[row + 1]]
    return found
