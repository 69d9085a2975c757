"""How alike texts are: counted words, TF-IDF weights, and a sketch that knows near-identical texts.

Imported by jobs and commands alone: scikit-learn costs a process a second and 60 MB.
"""

import re
from array import array
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS, TfidfTransformer
from sklearn.preprocessing import normalize

WORD: Final = re.compile(r"\w\w+")
TITLE_WEIGHT: Final = 3
# What counts of a text: scores stay within 0.01 of those with every word, and 10,000 articles fit in 16 MB.
STRONGEST: Final = 200
CHUNK: Final = 500
RUN: Final = 5
SKETCH: Final = 64


def count_terms(title: str, summary: str, text: str) -> dict[str, int]:
    """How often each word stands in title (three times), summary and text, in its commonest spelling."""
    words = [*WORD.findall(title) * TITLE_WEIGHT, *WORD.findall(summary), *WORD.findall(text)]
    counts: Counter[str] = Counter()
    spelling: dict[str, str] = {}
    for word, count in sorted(Counter(words).items(), key=lambda item: (item[1], item[0].islower())):
        folded = word.lower()
        if folded not in ENGLISH_STOP_WORDS:
            counts[folded] += count
            spelling[folded] = word
    return {spelling[folded]: count for folded, count in counts.items()}


def sketch(text: str) -> list[int]:
    """The 64 smallest hashes of the text's runs of five words: enough to compare two texts by."""
    words = WORD.findall(text.lower())
    runs = {" ".join(words[start : start + RUN]) for start in range(max(1, len(words) - RUN + 1))}
    return sorted({crc32(run.encode()) for run in runs})[:SKETCH]


def resemblance(one: Sequence[int], other: Sequence[int]) -> float:
    """The share of word runs that two texts have in common, from 0 to 1, estimated from their sketches."""
    smallest = sorted({*one, *other})[:SKETCH]
    both = set(one).intersection(other)
    return sum(run in both for run in smallest) / len(smallest) if smallest else 0.0


def weigh(counted: Iterable[Mapping[str, int]]) -> tuple[Any, list[str]]:
    """TF-IDF of texts by their counted words: a sparse row of length 1 for each, and what its columns mean.

    A word counts with 1 + ln(times), and only where a second text has it; of each text the strongest 200 do.
    """
    chunks, words = _chunks(counted)
    width = max(1, len(words))
    texts = sum(len(chunk.ends) - 1 for chunk in chunks)
    frequency = np.zeros(width, np.int64)
    first_spelling = _first_spellings(words)
    for chunk in chunks:
        frequency += np.bincount(first_spelling[chunk.columns], minlength=width)
    tfidf = TfidfTransformer(norm=None, sublinear_tf=True).fit(csr_matrix((1, width), dtype=np.float32))
    # As it would have learnt them from all texts at once, which would take the memory of all texts.
    tfidf.idf_ = (np.log((1 + texts) / (1 + frequency)) + 1).astype(np.float32)
    columns, weights = np.empty(texts * STRONGEST, np.intc), np.empty(texts * STRONGEST, np.float32)
    ends = [0]
    while chunks:
        part = tfidf.transform(chunks.popleft().matrix(first_spelling), copy=False)
        part.data[frequency[part.indices] < 2] = 0
        _keep_strongest(part)
        normalize(part, copy=False)
        end = ends[-1] + part.nnz
        columns[ends[-1] : end], weights[ends[-1] : end] = part.indices, part.data
        ends.extend((part.indptr[1:] + ends[-1]).tolist())
    kept = (weights[: ends[-1]], columns[: ends[-1]], np.array(ends, np.intc))
    return csr_matrix(kept, shape=(texts, width)), words


@dataclass(frozen=True)
class _Chunk:
    """Counts of some hundred texts, one text after the other, up to the places in `ends`."""

    columns: "array[int]"
    counts: "array[float]"
    ends: "array[int]"

    def matrix(self, first_spelling: NDArray[np.intc]) -> Any:
        parts = np.array(self.counts, np.float32), first_spelling[self.columns], np.array(self.ends, np.intc)
        return csr_matrix(parts, shape=(len(self.ends) - 1, len(first_spelling)))


def _chunks(counted: Iterable[Mapping[str, int]]) -> tuple[deque[_Chunk], list[str]]:
    """The texts in chunks, and the words that their columns stand for, each spelling a word of its own."""
    column_of: defaultdict[str, int] = defaultdict()
    column_of.default_factory = column_of.__len__
    chunks: deque[_Chunk] = deque()
    for terms in counted:
        if not chunks or len(chunks[-1].ends) > CHUNK:
            chunks.append(_Chunk(array("i"), array("f"), array("i", [0])))
        chunks[-1].columns.extend([column_of[word] for word in terms])
        chunks[-1].counts.extend(terms.values())
        chunks[-1].ends.append(len(chunks[-1].columns))
    return chunks, list(column_of)


def _first_spellings(words: Sequence[str]) -> NDArray[np.intc]:
    """For each column the first one with the same word, whatever its capitals; a text has one of them."""
    first: dict[str, int] = {}
    return np.array(
        [first.setdefault(word.lower(), column) for column, word in enumerate(words)] or [0], np.intc
    )


def _keep_strongest(matrix: Any) -> None:
    matrix.eliminate_zeros()
    for start, end in pairwise(matrix.indptr.tolist()):
        if end - start > STRONGEST:
            row = matrix.data[start:end]
            row[np.argpartition(-row, STRONGEST)[STRONGEST:]] = 0
    matrix.eliminate_zeros()
