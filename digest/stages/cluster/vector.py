"""A text as a vector of its terms, each weighed by how rare it is on the day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log, sqrt

import numpy as np
from numpy.typing import NDArray

from digest.language.lexicon import primary_code
from digest.model import Analysis
from digest.stages.columns import Flags, Floats, Numbers, changes, exact, term_of, until_next, words_in
from digest.vocabulary import Vocabulary

BITS = 16
"""Behind the point of a weight: so few that all products, and all sums of products, are exact in any order."""
# As if the day had so many more articles, none of which held the word: on a quiet day, too, a rare word is rare.
_PRIOR = 1000
# Python's own logarithms, since NumPy's differ in the last digit from one processor to another.
_OFTEN = np.array([0.0, *(1 + log(count) for count in range(1, 256))])


@dataclass(frozen=True, slots=True, eq=False)
class Rarity:
    """How much each term says on this day: the more, the fewer articles of its language hold it (idf).

    `weights` has a number for each term of the vocabulary that was known then, and 0 for none; the others are
    `unheard_of`.
    """

    vocabulary: Vocabulary
    weights: Floats
    unheard_of: float

    def of(self, terms: NDArray[np.integer]) -> Floats:
        """The weights of terms, given by their numbers."""
        if len(self.weights) == len(self.vocabulary.terms):
            weights: Floats = self.weights[terms]
            return weights
        known = np.minimum(terms, len(self.weights) - 1)
        return np.where(known == terms, self.weights[known], self.unheard_of)


def rarities(analyses: Iterable[Analysis]) -> Mapping[str, Rarity]:
    """How rare terms are in each language (by its code without region) among these articles."""
    told: defaultdict[str, list[Analysis]] = defaultdict(list)
    for analysis in analyses:
        told[primary_code(analysis.language)].append(analysis)
    return {language: _rarity(each) for language, each in told.items()}


def _rarity(analyses: Sequence[Analysis]) -> Rarity:
    """Of articles of one language."""
    # Those read first may be numbered by a vocabulary that was full; all are added before any is counted.
    vocabulary = analyses[-1].vocabulary
    numbered = [analysis.in_words_of(vocabulary) for analysis in analyses]
    terms = term_of(vocabulary)
    holders = np.zeros(len(vocabulary.terms), np.int32)
    for analysis in numbered:
        # However often a number stands in an index, this adds one.
        holders[terms[words_in(analysis)]] += 1
    most = int(holders.max(initial=0))
    by_holders = exact(np.array([log((len(analyses) + _PRIOR) / (many + 0.5)) for many in range(most + 1)]), BITS)
    weights = by_holders[holders]
    weights[0] = 0.0
    return Rarity(vocabulary, weights, float(by_holders[0]))


@dataclass(frozen=True, slots=True, eq=False)
class Vector:
    """The terms of a text by their numbers, the weight of each, and their length: the root of all their squares."""

    terms: NDArray[np.integer]
    heights: Floats
    length: float

    def has(self, terms: NDArray[np.integer]) -> Flags:
        """Which of some terms the text has."""
        if not len(self.terms):
            return np.zeros(len(terms), np.bool_)
        at = self.terms.searchsorted(terms)
        at[at == len(self.terms)] = 0
        found: Flags = self.terms[at] == terms
        return found

    def cosine(self, other: Vector) -> float:
        """How alike the two texts are, from 0 to 1."""
        shared = other.has(self.terms)
        theirs = other.heights[other.terms.searchsorted(self.terms[shared])]
        return float(self.heights[shared] @ theirs) / (self.length * other.length)


def vectors(texts: Sequence[Numbers], headlines: Sequence[Numbers] | None, rarity: Rarity) -> list[Vector]:
    """The vector of each text: the logarithm of how often it uses a term, and each use in its headline.

    Both are given as the numbers of terms, in which 0 is none. Without headlines it does not matter how often.
    """
    rows = [*texts, *(headlines or ())]
    terms = np.concatenate([np.empty(0, np.int32), *rows])
    owner = np.resize(np.arange(len(texts)), len(rows)).repeat(list(map(len, rows)))
    in_headline = np.arange(len(terms)) >= sum(map(len, texts))
    width = int(terms.max(initial=0)) + 1
    keys = ((owner * width + terms) * 2 + in_headline)[terms > 0]
    keys.sort()
    begins = changes(keys >> 1).nonzero()[0]
    many = until_next(begins, len(keys))
    headed = np.add.reduceat(keys & 1, begins) if len(begins) else begins
    owner, numbers = np.divmod(keys[begins] >> 1, width)
    terms = numbers.astype(np.int32)
    told = 1 if headlines is None else _often(many - headed) + headed
    heights = exact(told * rarity.of(terms), BITS)
    squares = np.bincount(owner, heights * heights, len(texts))
    ends = np.bincount(owner, minlength=len(texts)).cumsum().tolist()
    lengths = np.sqrt(squares).tolist()
    return [
        Vector(terms[start:end], heights[start:end], length or 1.0)
        for (start, end), length in zip(pairwise([0, *ends]), lengths, strict=True)
    ]


def vector(terms: Numbers, rarity: Rarity) -> Vector:
    """The vector of one text without a headline."""
    own = terms[terms > 0]
    own.sort()
    begins = changes(own).nonzero()[0]
    heights = exact(_often(until_next(begins, len(own))) * rarity.of(own[begins]), BITS)
    return Vector(own[begins], heights, sqrt(float(heights @ heights)) or 1.0)


def _often(counts: NDArray[np.int64]) -> Floats:
    """The logarithm of each count, plus one; 0 for none."""
    if counts.max(initial=0) < len(_OFTEN):
        return _OFTEN[counts]
    return np.array([1 + log(count) if count else 0.0 for count in counts.tolist()])
