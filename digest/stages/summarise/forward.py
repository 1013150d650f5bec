"""The default algorithm: sentences that what follows goes on about, holding words a summary is likely to need.

Forward-weighted centrality is from Zheng and Lapata, "Sentence Centrality Revisited for Unsupervised
Summarization" (ACL 2019); estimating how likely each word is to be in a summary, from Hong and Nenkova,
"Improving the Estimation of Word Importance for News Multi-Document Summarization" (EACL 2014).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import chain
from math import exp, log, sqrt

from digest.model import Analysis, Article
from digest.stages.summarise.choosing import Scoring

_HEADLINE = 5.0
_ENOUGH_WORDS = 55
"""A summary this long takes no further sentence: it is what the reader of an email takes in of one story."""

# A logistic regression on which words of an article are in its summary, fitted on 1,400 articles of the French
# training set, half of them without their headline; it ranks the words of English articles no worse.
_CONSTANT = -0.8
_FREQUENT = 1.4
_LATE = -0.67
_IN_FIRST_SENTENCE = -0.4
_IN_HEADLINE = 2.2
_LONG_ARTICLE = -0.4


def score_forward(article: Article, analysis: Analysis) -> Scoring:
    """Standardised forward centrality, less the logarithm of the position, plus likeness to the headline.

    What a sentence adds to the words a summary is likely to need is left to the choosing, since it depends
    on the sentences already taken. Time and memory are linear in the article's words.
    """
    number = len(analysis.terms)
    distinct = list(map(set, analysis.terms))
    frequency = Counter(chain.from_iterable(distinct))
    weights = {many: log(1 + number / many) for many in set(frequency.values())}
    headline = {term: weights[frequency[term]] for term in analysis.headline_terms if term in frequency}
    headline_norm = sqrt(sum(weight * weight for weight in headline.values())) or 1.0
    forward = [0.0] * number
    likeness = [0.0] * number
    following: dict[str, float] = {}
    for i in range(number - 1, -1, -1):
        terms = analysis.terms[i]
        # Most sentences use no term twice, and need not be counted.
        counts = dict.fromkeys(terms, 1) if len(terms) == len(distinct[i]) else Counter(terms)
        squares = centrality = alike = 0.0
        repeated = []
        for term, tf in counts.items():
            many = frequency[term]
            weight = weights[many] if tf == 1 else weights[many] * (1 + log(tf))
            squares += weight * weight
            if many > 1:
                repeated.append((term, weight))
                centrality += weight * following.get(term, 0.0)
            if term in headline:
                alike += weight * headline[term]
        norm = sqrt(squares) or 1.0
        for term, weight in repeated:
            following[term] = following.get(term, 0.0) + weight / norm
        forward[i] = centrality / norm
        likeness[i] = alike / norm / headline_norm
    return _scoring(analysis, forward, likeness, frequency)


def scoring_of(analysis: Analysis, forward: Sequence[float], likeness: Sequence[float]) -> Scoring:
    """The scoring, given each sentence's forward centrality and its likeness to the headline (a cosine)."""
    frequency = Counter(term for terms in analysis.terms for term in set(terms))
    return _scoring(analysis, forward, likeness, frequency)


def _scoring(
    analysis: Analysis, forward: Sequence[float], likeness: Sequence[float], frequency: Mapping[str, int]
) -> Scoring:
    position = _standardised([log(1 + i) for i in range(len(forward))])
    scores = [
        central - late + _HEADLINE * alike
        for central, late, alike in zip(_standardised(forward), position, likeness, strict=True)
    ]
    return Scoring(scores, _likely_words(analysis, frequency), _ENOUGH_WORDS)


def _likely_words(analysis: Analysis, frequency: Mapping[str, int]) -> dict[str, float]:
    """How likely each term is to be in a summary of the article, 0 to 1."""
    often = {many: _FREQUENT * log(many) for many in set(frequency.values())}
    headline = frozenset(analysis.headline_terms)
    constant = _CONSTANT + _LONG_ARTICLE * log(len(analysis.terms) or 1)
    likely: dict[str, float] = {}
    for i, terms in enumerate(analysis.terms):
        here = constant + (_LATE * log(1 + i) if i else _IN_FIRST_SENTENCE)
        for term in terms:
            if term not in likely:
                known = here + often[frequency[term]] + (_IN_HEADLINE if term in headline else 0.0)
                likely[term] = 1 / (1 + exp(-known))
    return likely


def _standardised(values: Sequence[float]) -> list[float]:
    count = len(values) or 1
    mean = sum(values) / count
    spread = sqrt(sum((value - mean) ** 2 for value in values) / count)
    return [(value - mean) / spread if spread else 0.0 for value in values]
