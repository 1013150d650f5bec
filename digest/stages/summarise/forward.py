"""The default algorithm: sentences that what follows goes on about, holding words a summary is likely to need.

Forward-weighted centrality is from Zheng and Lapata, "Sentence Centrality Revisited for Unsupervised
Summarization" (ACL 2019); estimating how likely each word is to be in a summary, from Hong and Nenkova,
"Improving the Estimation of Word Importance for News Multi-Document Summarization" (EACL 2014).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, pairwise

import numpy as np

from digest.model import Analysis, Article
from digest.stages.columns import Floats, exact
from digest.stages.summarise.choosing import Scoring
from digest.stages.summarise.occurrences import Numbers, Occurrences, Wanted

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
_OTHER_WORDS = 0.05
"""What a word is worth that is a stop word or repeated in its sentence."""
_TERMS_AT_ONCE = 100_000


def score_forward(article: Article, analysis: Analysis) -> Scoring:
    """Standardised forward centrality, less the logarithm of the position, plus likeness to the headline.

    What a sentence adds to the words a summary is likely to need is left to the choosing, since it depends
    on the sentences already taken. Time and memory are linear in the article's words.
    """
    return next(score_each([analysis]))


def score_each(analyses: Sequence[Analysis]) -> Iterator[Scoring]:
    """The same of several articles, each as if it were alone, in less time than one after the other."""
    for few in _slices(analyses):
        found = Occurrences.of(few)
        forward, likeness = _centrality(found)
        yield from _scorings(few, found, forward, likeness)


def scoring_of(analysis: Analysis, forward: Sequence[float], likeness: Sequence[float]) -> Scoring:
    """The scoring, given each sentence's forward centrality and its likeness to the headline (a cosine)."""
    found = Occurrences.of([analysis])
    return next(_scorings([analysis], found, np.asarray(forward, np.float64), np.asarray(likeness, np.float64)))


def _slices(analyses: Sequence[Analysis]) -> Iterator[Sequence[Analysis]]:
    """The analyses in their order, so many at a time that memory does not grow with the day."""
    few: list[Analysis] = []
    terms = 0
    for analysis in analyses:
        few.append(analysis)
        terms += analysis.word_count
        if terms > _TERMS_AT_ONCE:
            yield few
            few, terms = [], 0
    if few:
        yield few


def _centrality(found: Occurrences) -> tuple[Floats, Floats]:
    """Of each sentence the sum of its cosines with those after it, and its cosine with the headline."""
    rarity = exact(np.log1p(found.lengths[found.entry_article] / found.entry_many))
    weight = exact(rarity[found.entry] * (1 + np.log(found.often)))
    norm = np.sqrt(found.sum_by_sentence(exact(weight * weight)))
    norm[norm == 0] = 1.0
    following = found.following(exact(weight / norm[found.sentence]))
    forward = found.sum_by_sentence(exact(weight * following)) / norm
    headline = np.where(found.entry_headline, rarity, 0.0)
    squares = np.bincount(found.entry_article, exact(headline * headline), len(found.lengths))
    headline_norm = np.sqrt(squares)
    headline_norm[headline_norm == 0] = 1.0
    alike = found.sum_by_sentence(exact(weight * headline[found.entry]))
    return forward, alike / norm / headline_norm[found.article]


def _scorings(analyses: Sequence[Analysis], found: Occurrences, forward: Floats, likeness: Floats) -> Iterator[Scoring]:
    position = np.concatenate([_positions(len(analysis.sentences)) for analysis in analyses])
    scores = (_standardised(found, forward) - position + _HEADLINE * likeness).tolist()
    chances = _chances(found)
    terms = np.bincount(found.sentence, minlength=len(scores))
    gains = (found.sum_by_sentence(chances[found.entry]) + _OTHER_WORDS * (found.words - terms)).tolist()
    sentences = _bounds(found.lengths)
    entries = _bounds(np.bincount(found.entry_article, minlength=len(analyses)))
    occurrences = _bounds(np.bincount(found.entry_article, found.entry_many, len(analyses)).astype(np.int64))
    for (start, end), (first, last), (begin, stop) in zip(sentences, entries, occurrences, strict=True):
        wanted = Wanted(found.entry[begin:stop] - first, found.sentence[begin:stop] - start, chances[first:last])
        yield Scoring(scores[start:end], gains[start:end], wanted, _ENOUGH_WORDS)


def _bounds(lengths: Numbers) -> Iterator[tuple[int, int]]:
    return pairwise(accumulate(lengths.tolist(), initial=0))


def _chances(found: Occurrences) -> Floats:
    """How likely each term is to be in a summary of its article, 0 to 1."""
    constant = _CONSTANT + _LONG_ARTICLE * np.log(np.maximum(1, found.lengths))
    first = np.where(found.entry_first == 0, _IN_FIRST_SENTENCE, _LATE * np.log1p(found.entry_first))
    evidence = constant[found.entry_article] + first + _FREQUENT * np.log(found.entry_many)
    return exact(1 / (1 + np.exp(-evidence - _IN_HEADLINE * found.entry_headline)))


@lru_cache(maxsize=64)
def _positions(count: int) -> Floats:
    """How late each of so many sentences stands: the logarithm of its place, standardised."""
    places = np.log1p(np.arange(count))
    return (places - places.mean()) / (places.std() or 1.0) if count else places


def _standardised(found: Occurrences, values: Floats) -> Floats:
    """The values of the sentences, less their article's mean, in its standard deviations."""
    count = np.maximum(1, found.lengths)
    apart = values - (found.sum_by_article(values) / count)[found.article]
    spread = np.sqrt(found.sum_by_article(apart * apart) / count)
    spread[spread == 0] = 1.0
    return apart / spread[found.article]
