"""A text as a vector of its terms, each weighed by how rare it is on the day."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from math import fsum, hypot, log

from digest.language.lexicon import primary_code
from digest.model import Analysis

# As if the day had so many more articles, none of which held the word: on a quiet day, too, a rare word is rare.
_PRIOR = 1000


class Rarity(dict[str, float]):
    """How much each term says on this day: the more, the fewer articles of its language hold it (idf)."""

    def __init__(self, holders: Mapping[str, int], articles: int) -> None:
        weights = {many: log((articles + _PRIOR) / (many + 0.5)) for many in {0, *holders.values()}}
        super().__init__({term: weights[many] for term, many in holders.items()})
        self._unheard_of = weights[0]

    def __missing__(self, term: str) -> float:
        return self._unheard_of


def rarities(analyses: Iterable[Analysis]) -> Mapping[str, Rarity]:
    """How rare terms are in each language (by its code without region) among these articles."""
    holders: defaultdict[str, Counter[str]] = defaultdict(Counter)
    articles: Counter[str] = Counter()
    for analysis in analyses:
        language = primary_code(analysis.language)
        articles[language] += 1
        holders[language].update(set(analysis.headline_terms).union(*analysis.terms))
    return {language: Rarity(held, articles[language]) for language, held in holders.items()}


@dataclass(frozen=True, slots=True)
class Vector:
    """The weight of each term of a text, and the length of them all: the root of the sum of their squares."""

    weights: Mapping[str, float]
    length: float

    def cosine(self, other: Vector) -> float:
        """How alike the two texts are, from 0 to 1."""
        one, two = self.weights, other.weights
        # A sum that is exact, so that it is the same whatever the order in which a process meets the terms.
        return fsum([one[term] * two[term] for term in one.keys() & two.keys()]) / (self.length * other.length)


def vector(sentences: Iterable[Sequence[str]], headline: Iterable[str], rarity: Rarity) -> Vector:
    """The vector of what sentences say: the logarithm of how often they use a term, and each use in the headline."""
    counts = Counter(chain.from_iterable(sentences))
    weights = dict(zip(counts, map(rarity.__getitem__, counts), strict=True))
    for term, count in counts.items():
        if count > 1:
            weights[term] *= 1 + log(count)
    for term, count in Counter(headline).items():
        told = 1 + log(counts[term]) if term in counts else 0.0
        weights[term] = (told + count) * rarity[term]
    return Vector(weights, hypot(*weights.values()) or 1.0)
