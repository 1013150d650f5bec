"""LexRank, vectorised: the scores of sumy's implementation in a fraction of its time.

Erkan and Radev, "LexRank: Graph-based Lexical Centrality as Salience in Text Summarization" (JAIR 22, 2004).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from math import log
from typing import TYPE_CHECKING

from digest.model import Analysis, Article
from digest.stages.summarise.choosing import Scoring, capped

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_ALIKE = 0.1
"""Sentences count as neighbours when their cosine is above this."""
_SETTLED = 0.1
_MOST_SENTENCES = 2000
"""The matrix of so many takes 32 MB, and memory grows with the square."""


def score_lexrank(article: Article, analysis: Analysis) -> Scoring:
    """The LexRank of every sentence; of a very long article, of its first 2,000."""
    return capped(analysis, _MOST_SENTENCES, lambda part: lexrank(part.terms))


def lexrank(terms: Sequence[Sequence[str]]) -> list[float]:
    """The score of every sentence, given its terms, as sumy's LexRankSummarizer computes it."""
    import numpy as np

    count = len(terms)
    if not count:
        return []
    edges = (_cosines(terms) > _ALIKE).astype(np.float64)
    edges /= np.maximum(edges.sum(axis=1, keepdims=True), 1.0)
    rank: NDArray[np.float64] = np.full(count, 1.0 / count)
    moved = 1.0
    while moved > _SETTLED:
        following = edges.T @ rank
        length = np.linalg.norm(following)
        if not length:
            break
        following /= length
        moved = float(np.linalg.norm(following - rank))
        rank = following
    return [float(value) for value in rank]


def _cosines(terms: Sequence[Sequence[str]]) -> NDArray[np.float64]:
    """The matrix of idf-modified cosines: tf over the sentence's largest, idf = ln(n / (1 + df))."""
    import numpy as np

    count = len(terms)
    postings: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
    for i, each in enumerate(terms):
        counts = Counter(each)
        largest = max(counts.values(), default=1)
        for term, tf in counts.items():
            postings[term].append((i, tf / largest))
    products = np.zeros((count, count))
    for places in postings.values():
        at = np.array([place for place, _ in places])
        weights = np.array([tf for _, tf in places]) * log(count / (1 + len(places)))
        products[at[:, None], at] += weights[:, None] * weights
    norms = np.sqrt(products.diagonal())
    scale = np.divide(1.0, norms, out=np.zeros(count), where=norms > 0)
    products *= scale[:, None]
    products *= scale
    return products
