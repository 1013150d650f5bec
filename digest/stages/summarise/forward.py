"""Forward centrality: the default algorithm.

A sentence matters when the sentences after it go on about the same. Forward-weighted centrality is from
Zheng and Lapata, "Sentence Centrality Revisited for Unsupervised Summarization" (ACL 2019).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from math import log, sqrt

from digest.model import Analysis, Article
from digest.stages.summarise.choosing import Scoring

_HEADLINE = 3.0
_REPETITION = 0.8


def score_forward(article: Article, analysis: Analysis) -> Scoring:
    """Standardised forward centrality, less the logarithm of the position, plus likeness to the headline.

    Time and memory are linear in the article's words.
    """
    vectors, weights = vectors_of(analysis.terms)
    count = len(vectors)
    forward = [0.0] * count
    following: defaultdict[str, float] = defaultdict(float)
    for i in range(count - 1, -1, -1):
        total = 0.0
        for term, weight in vectors[i].items():
            total += weight * following[term]
            following[term] += weight
        forward[i] = total
    headline = unit({term: weights[term] for term in analysis.headline_terms if term in weights})
    scores = [
        central - position + _HEADLINE * _dot(headline, vector)
        for central, position, vector in zip(
            standardised(forward), standardised([log(1 + i) for i in range(count)]), vectors, strict=True
        )
    ]
    for i, sentence in enumerate(analysis.sentences):
        scores[i] -= _shape_penalty(sentence.text, len(analysis.words[i]))
    return Scoring(scores, vectors, _REPETITION)


def vectors_of(terms: Sequence[Iterable[str]]) -> tuple[list[dict[str, float]], dict[str, float]]:
    """A unit vector a sentence, (1 + ln tf)·ln(1 + n/df), and the weight ln(1 + n/df) of every term."""
    counts = [Counter(each) for each in terms]
    documents: Counter[str] = Counter()
    for each in counts:
        documents.update(each.keys())
    count = len(counts)
    weights = {term: log(1 + count / frequency) for term, frequency in documents.items()}
    return [unit({term: (1 + log(tf)) * weights[term] for term, tf in each.items()}) for each in counts], weights


def unit(vector: dict[str, float]) -> dict[str, float]:
    norm = sqrt(sum(weight * weight for weight in vector.values()))
    return {term: weight / norm for term, weight in vector.items()} if norm else {}


def standardised(values: Sequence[float]) -> list[float]:
    count = len(values) or 1
    mean = sum(values) / count
    spread = sqrt(sum((value - mean) ** 2 for value in values) / count)
    return [(value - mean) / spread if spread else 0.0 for value in values]


def _dot(one: dict[str, float], other: dict[str, float]) -> float:
    return sum(weight * other[term] for term, weight in one.items() if term in other)


def _shape_penalty(text: str, length: int) -> float:
    marks = sum(text.count(mark) for mark in '"“”«»„')
    penalty = 0.1 * min(marks, 2)
    if text[0] in '"“«„':
        penalty += 0.5
    if text.endswith("?"):
        penalty += 0.3
    if length < 8:
        penalty += 0.7
    elif length > 40:
        penalty += 0.3
    return penalty
