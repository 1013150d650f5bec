"""Which terms stand in which sentences of several articles, in numbers, so that many are reckoned with at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, count

import numpy as np
from numpy.typing import NDArray

from digest.model import Analysis

Numbers = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Occurrences:
    """The terms of several articles and where they stand. Sentences are numbered through all the articles.

    An entry is a term of one article: `entry_article`, `entry_many` (in how many of its sentences it stands, at least
    1), `entry_first` (the first of them, counted within the article from 0) and `entry_headline` (whether the headline
    holds it) have one number for each; `names` are the terms themselves. An occurrence is an entry in a sentence:
    `entry`, `sentence` and `often` (how many times it stands there) have one number for each, the occurrences of one
    entry in a row, in the order of its sentences. `article` is the article of each sentence, `place` its place in
    that article, and `lengths` are the numbers of sentences of the articles.
    """

    lengths: Numbers
    article: Numbers
    place: Numbers
    entry: Numbers
    sentence: Numbers
    often: Numbers
    entry_article: Numbers
    entry_many: Numbers
    entry_first: Numbers
    entry_headline: NDArray[np.bool_]
    names: Sequence[str]

    @classmethod
    def of(cls, analyses: Sequence[Analysis]) -> Occurrences:
        """Those of the articles in their order. Time and memory are linear in the terms, but for sorting them."""
        terms = list(chain.from_iterable([analysis.terms for analysis in analyses]))
        number: defaultdict[str, int] = defaultdict(count().__next__)
        numbers = _numbers(number, terms)
        headlines = _numbers(number, [analysis.headline_terms for analysis in analyses])
        several = np.arange(len(analyses))
        lengths = np.array([len(analysis.terms) for analysis in analyses], np.int64)
        article = several.repeat(lengths)
        place = np.arange(len(terms)) - (lengths.cumsum() - lengths)[article]
        sentence = np.arange(len(terms)).repeat(np.array(list(map(len, terms)), np.int64))
        # One number says both whose a term is and which; sorting by it keeps the sentences' order.
        keys = article[sentence] * len(number) + numbers
        order = keys.argsort(kind="stable")
        keys, sentence = keys[order], sentence[order]
        begins = (_changes(keys) | _changes(sentence)).nonzero()[0]
        often = _until_next(begins, len(keys))
        keys, sentence = keys[begins], sentence[begins]
        entries = _changes(keys).nonzero()[0]
        entry_many = _until_next(entries, len(keys))
        keys = keys[entries]
        headed = several.repeat([len(analysis.headline_terms) for analysis in analyses])
        return cls(
            lengths=lengths,
            article=article,
            place=place,
            entry=np.arange(len(entries)).repeat(entry_many),
            sentence=sentence,
            often=often,
            entry_article=article[sentence[entries]],
            entry_many=entry_many,
            entry_first=place[sentence[entries]],
            entry_headline=_among(keys, headed * len(number) + headlines),
            names=list(map(list(number).__getitem__, (keys % max(1, len(number))).tolist())),
        )

    def sum_by_sentence(self, of_each: Floats) -> Floats:
        """For each sentence the sum over its occurrences."""
        return np.bincount(self.sentence, of_each, len(self.article)).astype(np.float64, copy=False)

    def sum_by_article(self, of_each_sentence: Floats) -> Floats:
        """For each article the sum over its sentences."""
        return np.bincount(self.article, of_each_sentence, len(self.lengths)).astype(np.float64, copy=False)

    def following(self, of_each: Floats) -> Floats:
        """For each occurrence the sum over those of the same term in later sentences of its article."""
        so_far = of_each.cumsum()
        last = self.entry_many.cumsum() - 1
        return so_far[last][self.entry] - so_far if len(so_far) else so_far


def _numbers(number: defaultdict[str, int], terms: Sequence[Sequence[str]]) -> Numbers:
    return np.fromiter(map(number.__getitem__, chain.from_iterable(terms)), np.int64, sum(map(len, terms)))


def _changes(values: Numbers) -> NDArray[np.bool_]:
    """Where a value differs from the one before it; the first does."""
    changes = np.ones(len(values), np.bool_)
    np.not_equal(values[1:], values[:-1], out=changes[1:])
    return changes


def _until_next(begins: Numbers, end: int) -> Numbers:
    """How far it is from each beginning to the next one, or to the end."""
    lengths = np.empty_like(begins)
    np.subtract(begins[1:], begins[:-1], out=lengths[:-1])
    lengths[-1:] = end - begins[-1:]
    return lengths


def _among(values: Numbers, wanted: Numbers) -> NDArray[np.bool_]:
    """Which of the values, which ascend, are wanted."""
    found = np.zeros(len(values), np.bool_)
    if len(values):
        at = values.searchsorted(wanted)
        at[at == len(values)] = 0
        found[at[values[at] == wanted]] = True
    return found
