"""Taking sentences by their scores, within a budget, so that none says what another said or hangs in the air."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import inf
from operator import sub
from typing import TYPE_CHECKING, Protocol

from digest.model import Analysis, Article, Sentence
from digest.ports import Budget
from digest.stages.summarise.reading import Reader, reader

if TYPE_CHECKING:
    from digest.stages.summarise.occurrences import Wanted

_GAIN = 200.0
"""Twice the words gained over all words written is the F measure of a summary, here in points of a hundred."""
_EXPECTED_WORDS = 40
"""How long a summary by hand is, in words."""


@dataclass(frozen=True, slots=True)
class Scoring:
    """What an algorithm makes of an article.

    `scores` has a number for each sentence of the analysis, higher is better. `gains` says how many words each
    sentence has that are wanted in a summary, if the algorithm knows, and `wanted` which sentences share them: then a
    sentence is worth more the more of them it adds, for its length, to those already taken. `enough` is the number of
    words that end a summary. `note` tells an editor what the algorithm could not do, or is "".
    """

    scores: Sequence[float]
    gains: Sequence[float] = ()
    wanted: Wanted | None = None
    enough: float = inf
    note: str = ""


class Scorer(Protocol):
    """Scores every sentence of an article."""

    def __call__(self, article: Article, analysis: Analysis) -> Scoring: ...


@dataclass(frozen=True, slots=True)
class Ranked:
    """A summariser made of a scorer: it takes the best sentences that read well.

    `scorer_of_many` gives the scorings of several articles, where that takes less time than one after the other.
    """

    scorer: Scorer
    scorer_of_many: Callable[[Sequence[Analysis]], Iterator[Scoring]] | None = None

    def __call__(self, article: Article, analysis: Analysis, budget: Budget) -> tuple[Sentence, ...]:
        return choose(analysis, self.scorer(article, analysis), reader(article, analysis), budget)


@dataclass(frozen=True, slots=True)
class Step:
    """One sentence taken, by its number: what each sentence was worth then, and the best other one, if any."""

    taken: int
    worth: Mapping[int, float]
    beaten: int | None


def choose(analysis: Analysis, scoring: Scoring, read: Reader, budget: Budget) -> tuple[Sentence, ...]:
    """The best sentences that read well and are within the budget, in the article's order.

    A sentence that leans on the one before it can be taken once that one is. Linear in the words,
    but for the sorting of the scores.
    """
    return tuple(analysis.sentences[i] for i in sorted(i for i, _ in _taking(analysis, scoring, read, budget)))


def steps(analysis: Analysis, scoring: Scoring, read: Reader, budget: Budget) -> Iterator[Step]:
    """How `choose` comes to its sentences, one by one."""
    taken: list[int] = []
    for i, worth in _taking(analysis, scoring, read, budget):
        others = {j: value for j, value in worth.items() if j != i}
        beaten = _best(analysis.sentences, others, read, taken, budget, set()) if others else None
        yield Step(i, worth, beaten)
        taken.append(i)


def _taking(
    analysis: Analysis, scoring: Scoring, read: Reader, budget: Budget
) -> Iterator[tuple[int, Mapping[int, float]]]:
    """The sentences taken, the best first, each with what every sentence was worth when it was."""
    able = list(range(len(analysis.sentences)))
    lengths = read.lengths
    gains = list(scoring.gains) or [0.0] * len(able)
    taken: list[int] = []
    gained = 0.0
    words = 0
    while len(taken) < budget.sentences and words < scoring.enough:
        if taken and scoring.wanted:
            gains = list(map(sub, gains, scoring.wanted.repeated(taken, len(gains))))
        expected = words + _EXPECTED_WORDS
        worth = {i: scoring.scores[i] + _GAIN * (gained + gains[i]) / (expected + lengths[i]) for i in able}
        never: set[int] = set()
        best = _best(analysis.sentences, worth, read, taken, budget, never)
        if best is None:
            return
        yield best, worth
        taken.append(best)
        never.add(best)
        able = [i for i in able if i not in never]
        gained += gains[best]
        words += lengths[best]


def _best(
    sentences: Sequence[Sentence],
    values: Mapping[int, float],
    read: Reader,
    taken: Sequence[int],
    budget: Budget,
    never: set[int],
) -> int | None:
    """The best sentence that can be taken now; `values` are in the article's order.

    Those that never can be are put into `never` on the way. Where a better one leans on the sentence before it,
    that one is taken first if both together are worth more, a sentence, than the best that stands alone, and both fit.
    """
    left = inf if budget.characters is None else budget.characters - sum(len(sentences[i].text) + 1 for i in taken)
    room = budget.sentences - len(taken)
    pair, worth = None, -inf
    for i in sorted(values, key=values.__getitem__, reverse=True):
        if len(sentences[i].text) > left or read.faults(i):
            never.add(i)
        elif read.stands(i, taken):
            return pair if worth > values[i] else i
        elif pair is None and room > 1 and i - 1 in values and _carries(sentences, read, taken, left, i):
            pair, worth = i - 1, (values[i - 1] + values[i]) / 2
    return pair


def _carries(sentences: Sequence[Sentence], read: Reader, taken: Sequence[int], left: float, i: int) -> bool:
    """Can the sentence before `i`, and then `i`, be taken?"""
    length = len(sentences[i - 1].text) + 1 + len(sentences[i].text)
    return length <= left and not read.faults(i - 1) and read.stands(i - 1, taken)


def capped(analysis: Analysis, most: int, score: Callable[[Analysis], Sequence[float]]) -> Scoring:
    """The scores of an algorithm that is given the first `most` sentences only; the others come after all of them."""
    count = len(analysis.sentences)
    if count <= most:
        return Scoring(score(analysis))
    part = analysis.beginning(most)
    note = f"only the first {most} of {count} sentences were weighed: this algorithm is too slow for more"
    return Scoring([*score(part), *[-inf] * (count - most)], note=note)
