"""Teaching a classifier: multinomial logistic regression, with the keywords for its prior.

Beside the terms of an article, each section has its share of the keywords, with one weight for all
sections that starts from `_PRIOR`. A few examples therefore move little of what the keywords say,
and many overrule them. The sum to be least is convex and is found by L-BFGS (Liu and Nocedal, "On the
limited memory BFGS method for large scale optimization", 1989).
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log
from typing import TYPE_CHECKING, Any

from digest.stages.section.classifier import Classifier, weights

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

ENOUGH = 10
"""Examples that a section must have before it is learned; a language needs two such sections."""
_PRIOR = 8.0
"""What the share of the keywords is worth before anything is learned."""
_BIAS_DECAY = 0.1
_DIGITS = 3
"""Weights are rounded so far that the last bits, in which processors differ, do not show."""
_SEEN_ONCE_UP_TO = 200
"""With more examples than this, a term that one article alone uses teaches nothing."""
_MOST_STEPS = 200
_MEMORY = 8
_STILL = 1e-3


@dataclass(frozen=True, slots=True)
class Example:
    """A labelled article as training sees it.

    `key` orders the examples, so that nothing depends on how they came in; `counts` say how often
    each term is used, `shares` each section's part of the keywords.
    """

    key: str
    language: str
    section: str
    counts: Mapping[str, int]
    shares: Mapping[str, float]


def train(examples: Iterable[Example]) -> dict[str, Classifier]:
    """A classifier for every language that has two sections with at least `ENOUGH` examples, by its code."""
    spoken: defaultdict[str, list[Example]] = defaultdict(list)
    for example in sorted(examples, key=lambda each: each.key):
        spoken[example.language].append(example)
    trained = {}
    for language, own in sorted(spoken.items()):
        numbers = Counter(example.section for example in own)
        sections = sorted(section for section, number in numbers.items() if number >= ENOUGH)
        if len(sections) > 1:
            kept = [example for example in own if example.section in sections]
            trained[language] = _train(kept, {section: numbers[section] for section in sections})
    return trained


def _train(examples: Sequence[Example], numbers: Mapping[str, int]) -> Classifier:
    import numpy as np

    holders = Counter(term for example in examples for term in example.counts)
    least = 1 if len(examples) <= _SEEN_ONCE_UP_TO else 2
    # Rarity is rounded as it will be kept, so that what is learned is what is used.
    rarity = {
        term: round(log((1 + len(examples)) / (1 + number)) + 1, _DIGITS)
        for term, number in sorted(holders.items())
        if number >= least
    }
    table = _table([weights(example.counts, rarity) for example in examples], list(rarity))
    sections = list(numbers)
    shares = np.array([[example.shares.get(section, 0.0) for section in sections] for example in examples])
    wanted = np.zeros((len(examples), len(sections)))
    wanted[np.arange(len(examples)), [sections.index(example.section) for example in examples]] = 1
    problem = _Problem(table, shares, wanted)
    found = _minimum(problem, problem.start())
    learned, bias, prior = problem.parts(found)
    return Classifier(
        numbers,
        round(float(prior), _DIGITS),
        tuple(round(float(each), _DIGITS) for each in bias),
        {
            term: (rarity[term], *(round(float(each), _DIGITS) for each in row))
            for term, row in zip(rarity, learned, strict=True)
        },
    )


@dataclass(frozen=True, slots=True)
class _Table:
    """The articles' weights as three columns: article, term, weight. All articles × all terms would be far more."""

    article: Any
    term: Any
    weight: Numbers
    articles: int
    terms: int

    def times(self, learned: Numbers) -> Numbers:
        """articles × sections, for terms × sections. Added up in a fixed order, unlike a library's product."""
        import numpy as np

        parts = [np.bincount(self.article, self.weight * row[self.term], self.articles) for row in learned.T]
        return np.stack(parts, axis=1)

    def back(self, errors: Numbers) -> Numbers:
        """terms × sections, for articles × sections."""
        import numpy as np

        parts = [np.bincount(self.term, self.weight * row[self.article], self.terms) for row in errors.T]
        return np.stack(parts, axis=1)


def _table(rows: Sequence[Mapping[str, float]], terms: Sequence[str]) -> _Table:
    import numpy as np

    number = {term: place for place, term in enumerate(terms)}
    filled = [(article, number[term], weight) for article, row in enumerate(rows) for term, weight in row.items()]
    articles, columns, values = zip(*sorted(filled), strict=True) if filled else ((), (), ())
    return _Table(np.array(articles, int), np.array(columns, int), np.array(values, float), len(rows), len(terms))


@dataclass(frozen=True, slots=True)
class _Problem:
    """What is to be least: the surprise at the labels, and half the square of every weight."""

    table: _Table
    shares: Numbers
    wanted: Numbers

    def start(self) -> Numbers:
        import numpy as np

        sections = self.wanted.shape[1]
        return np.concatenate([np.zeros((self.table.terms + 1) * sections), [_PRIOR]])

    def parts(self, all_of: Numbers) -> tuple[Numbers, Numbers, Any]:
        """The weights of the terms, the biases, and what the keywords are worth."""
        sections = self.wanted.shape[1]
        split = self.table.terms * sections
        return all_of[:split].reshape(self.table.terms, sections), all_of[split:-1], all_of[-1]

    def __call__(self, all_of: Numbers) -> tuple[float, Numbers]:
        """The sum, and its gradient."""
        import numpy as np

        learned, bias, prior = self.parts(all_of)
        evidence = self.table.times(learned) + bias + prior * self.shares
        evidence -= evidence.max(axis=1, keepdims=True)
        likely = np.exp(evidence)
        whole = likely.sum(axis=1, keepdims=True)
        surprise = np.log(whole).sum() - (self.wanted * evidence).sum()
        decay = (learned**2).sum() + _BIAS_DECAY * (bias**2).sum() + (prior - _PRIOR) ** 2
        errors = likely / whole - self.wanted
        gradient = [
            (self.table.back(errors) + learned).ravel(),
            errors.sum(axis=0) + _BIAS_DECAY * bias,
            [(errors * self.shares).sum() + prior - _PRIOR],
        ]
        return float(surprise + decay / 2), np.concatenate(gradient)


def _minimum(problem: Callable[[Numbers], tuple[float, Numbers]], at: Numbers) -> Numbers:
    """Where a convex function of known gradient is least, by L-BFGS with halved steps."""
    value, gradient = problem(at)
    past: deque[tuple[Numbers, Numbers]] = deque(maxlen=_MEMORY)
    for _ in range(_MOST_STEPS):
        if abs(gradient).max() < _STILL:
            break
        direction = -_curved(gradient, past)
        slope = _dot(direction, gradient)
        step = 1.0 if past else min(1.0, 1 / abs(gradient).sum())
        while True:
            there = at + step * direction
            lower, steeper = problem(there)
            if lower <= value + 1e-4 * step * slope:
                break
            step /= 2
            if step < 1e-10:
                return at
        moved, turned = there - at, steeper - gradient
        if _dot(moved, turned) > 0:
            past.append((moved, turned))
        at, value, gradient = there, lower, steeper
    return at


def _curved(gradient: Numbers, past: Iterable[tuple[Numbers, Numbers]]) -> Numbers:
    """The gradient turned by what the last steps told of the curvature (the two-loop recursion)."""
    steps = [(moved, turned, 1 / _dot(moved, turned)) for moved, turned in past]
    turned_by = []
    for moved, turned, inverse in reversed(steps):
        share = inverse * _dot(moved, gradient)
        gradient = gradient - share * turned
        turned_by.append(share)
    if steps:
        moved, turned, _ = steps[-1]
        gradient = gradient * (_dot(moved, turned) / _dot(turned, turned))
    for (moved, turned, inverse), share in zip(steps, reversed(turned_by), strict=True):
        gradient = gradient + moved * (share - inverse * _dot(turned, gradient))
    return gradient


def _dot(one: Numbers, other: Numbers) -> float:
    # Not numpy's dot, whose sum depends on the number of threads.
    return float((one * other).sum())
