"""The scoring once more: slow, obvious, in plain Python and dictionaries."""

from collections import Counter
from math import log, sqrt


def vectors(counted):
    """TF-IDF of each text as a dictionary of length 1; words of one text alone are left out."""
    frequency = Counter(word for terms in counted for word in terms)
    found = []
    for terms in counted:
        weights = {
            word: (1 + log(count)) * (log((1 + len(counted)) / (1 + frequency[word])) + 1)
            for word, count in terms.items()
            if frequency[word] > 1
        }
        length = sqrt(sum(weight**2 for weight in weights.values()))
        found.append({word: weight / length for word, weight in weights.items()})
    return found


def cosine(one, other):
    return sum(weight * other.get(word, 0) for word, weight in one.items())


def walk(size, links, seeds, asker):
    """What arrives at each page on the third step; half of all mass returns to the seeds at each step."""
    edges = {(source, target) for source, target in links if source not in (asker, target)}
    out, into = Counter(source for source, _ in edges), Counter(target for _, target in edges)
    mass = dict(seeds)
    for _ in range(3):
        arrived = dict.fromkeys(range(size), 0.0)
        for source, target in edges:
            arrived[target] += mass[source] / (out[source] + 0.2 * into[source] + 1)
            arrived[source] += 0.2 * mass[target] / (out[target] + 0.2 * into[target] + 1)
        mass = {page: 0.5 * seeds[page] + 0.5 * arrived[page] for page in range(size)}
    return arrived


def scores(pages, asker):
    """Of at most 50 pages: how each page goes with the asker."""
    row_of = {page.key: row for row, page in enumerate(pages)}
    links = [(row, row_of[key]) for row, page in enumerate(pages) for key in page.links if key in row_of]
    texts = vectors([page.terms for page in pages])
    labels = vectors([dict.fromkeys(page.labels, 1) for page in pages])
    cosines = [cosine(texts[asker], text) if row != asker else 0 for row, text in enumerate(texts)]
    total = sum(cosines) or 1
    share = [value / total for value in cosines]
    seeds = {row: 0.25 if row == asker else 0.75 * share[row] for row in range(len(pages))}
    arrived = walk(len(pages), links, seeds, asker)
    found = {}
    for row, page in enumerate(pages):
        known = page.day is not None and pages[asker].day is not None
        years = abs(page.day - pages[asker].day) / 365.25 if known else 1
        favour = (1 + 0.5 * cosine(labels[asker], labels[row])) * (1 + 1 / (1 + years))
        found[row] = (share[row] + 2 * arrived[row]) * favour
    del found[asker]
    return {row: score for row, score in found.items() if score > 0}


def worth(pages, ranking, order):
    """What each page not in `order` yet is worth as the next one, for variety; `ranking` holds the scores."""
    texts = vectors([page.terms for page in pages])
    left = {row: score for row, score in ranking.items() if row not in order}
    closest = {row: max((cosine(texts[row], texts[above]) for above in order), default=0) for row in left}
    return {row: score * (1 - 0.5 * closest[row]) for row, score in left.items()}
