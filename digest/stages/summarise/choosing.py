"""Taking sentences by their scores, within a budget, so that none says what another said or hangs in the air."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import inf
from typing import Protocol

from digest.model import Analysis, Article, Sentence
from digest.ports import Budget
from digest.stages.summarise.reading import Reader, reader

Vector = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Scoring:
    """What an algorithm makes of an article: a score a sentence and, to avoid repetition, a unit vector a sentence.

    `repetition` is what a full repetition costs, in the scores' own unit. `note` tells an editor what
    the algorithm could not do, or is "".
    """

    scores: Sequence[float]
    vectors: Sequence[Vector] = ()
    repetition: float = 0.0
    note: str = ""


class Scorer(Protocol):
    """Scores every sentence of an article; higher is better."""

    def __call__(self, article: Article, analysis: Analysis) -> Scoring: ...


@dataclass(frozen=True, slots=True)
class Ranked:
    """A summariser made of a scorer: it takes the best sentences that read well."""

    scorer: Scorer

    def __call__(self, article: Article, analysis: Analysis, budget: Budget) -> tuple[Sentence, ...]:
        return choose(analysis, self.scorer(article, analysis), reader(article, analysis), budget)


def choose(analysis: Analysis, scoring: Scoring, read: Reader, budget: Budget) -> tuple[Sentence, ...]:
    """The best sentences that read well and are within the budget, in the article's order.

    A sentence that leans on the one before it can be taken once that one is.
    """
    sentences = analysis.sentences
    scores = dict(enumerate(scoring.scores))
    left = inf if budget.characters is None else budget.characters
    taken: list[int] = []
    while scores and len(taken) < budget.sentences:
        best = _best(sentences, scores, read, taken, left)
        if best is None:
            break
        taken.append(best)
        del scores[best]
        left -= len(sentences[best].text) + 1
        if scoring.repetition and len(taken) < budget.sentences:
            for i in scores:
                scores[i] -= scoring.repetition * _cosine(scoring.vectors[i], scoring.vectors[best])
    return tuple(sentences[i] for i in sorted(taken))


def _best(
    sentences: Sequence[Sentence], scores: dict[int, float], read: Reader, taken: Sequence[int], left: float
) -> int | None:
    """The best sentence that can be taken now; those that never can are struck from the scores on the way."""
    for i in sorted(scores, key=lambda i: (-scores[i], i)):
        if len(sentences[i].text) > left or read.faults(i):
            del scores[i]
        elif i - 1 in taken or not read.leans(i):
            return i
    return None


def capped(analysis: Analysis, most: int, score: Callable[[Analysis], Sequence[float]]) -> Scoring:
    """The scores of an algorithm that is given the first `most` sentences only; the others come after all of them."""
    count = len(analysis.sentences)
    if count <= most:
        return Scoring(score(analysis))
    part = replace(
        analysis, sentences=analysis.sentences[:most], words=analysis.words[:most], terms=analysis.terms[:most]
    )
    note = f"only the first {most} of {count} sentences were weighed: this algorithm is too slow for more"
    return Scoring([*score(part), *[-inf] * (count - most)], note=note)


def _cosine(one: Vector, other: Vector) -> float:
    return sum(weight * other[term] for term, weight in one.items() if term in other)
