"""Which terms stand in which sentences of several articles, in numbers, so that many are reckoned with at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from digest.model import Analysis
from digest.stages.columns import Flags, Floats, changes, said_of, term_of, until_next

Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Occurrences:
    """The terms of several articles and where they stand. Sentences are numbered through all the articles.

    An entry is a term of one article: `entry_article`, `entry_many` (in how many of its sentences it stands, at least
    1), `entry_first` (the first of them, counted within the article from 0) and `entry_headline` (whether the headline
    holds it) have one number for each. An occurrence is an entry in a sentence:
    `entry`, `sentence` and `often` (how many times it stands there) have one number for each, the occurrences of one
    entry in a row, in the order of its sentences. `article` is the article of each sentence, `place` its place in
    that article, `words` how many words it has, and `lengths` are the numbers of sentences of the articles.
    """

    lengths: Numbers
    article: Numbers
    place: Numbers
    words: Numbers
    entry: Numbers
    sentence: Numbers
    often: Numbers
    entry_article: Numbers
    entry_many: Numbers
    entry_first: Numbers
    entry_headline: Flags

    @classmethod
    def of(cls, analyses: Sequence[Analysis]) -> Occurrences:
        """Those of the articles in their order. Time and memory are linear in the terms, but for sorting them."""
        # What has one number in two articles may be two terms, if they have two vocabularies; it is never compared.
        terms = said_of(term_of, analyses)
        # Of each text, a headline or a sentence, how many words it has: each article's headline comes first.
        ends = np.array(list(chain.from_iterable([analysis.ends for analysis in analyses])))
        lengths = np.array([len(analysis.sentences) for analysis in analyses])
        headlines = (lengths + 1).cumsum() - lengths - 1
        texts = np.diff(ends, prepend=0)
        texts[headlines] = ends[headlines]
        is_headline = np.zeros(len(texts), np.bool_)
        is_headline[headlines] = True
        article = np.arange(len(analyses)).repeat(lengths)
        place = np.arange(len(article)) - (lengths.cumsum() - lengths)[article]
        kept = terms.nonzero()[0]
        text = np.arange(len(texts)).repeat(texts)[kept]
        # One number says whose a term is and which; the terms of one vocabulary are told apart, and others never meet.
        own = np.arange(len(analyses)).repeat(lengths + 1)[text] * (int(terms.max(initial=0)) + 1) + terms[kept]
        in_headline = is_headline[text]
        headed = own[in_headline]
        # With the number of its sentence it sorts as it should, without a look at what it was sorted from.
        sentences = max(1, len(article))
        sentence = (np.cumsum(~is_headline) - 1)[text]
        keys = (own * sentences + sentence)[~in_headline]
        keys.sort()
        begins = changes(keys).nonzero()[0]
        often = until_next(begins, len(keys))
        own, sentence = np.divmod(keys[begins], sentences)
        entries = changes(own).nonzero()[0]
        entry_many = until_next(entries, len(own))
        return cls(
            lengths=lengths,
            article=article,
            place=place,
            words=texts[~is_headline],
            entry=np.arange(len(entries)).repeat(entry_many),
            sentence=sentence,
            often=often,
            entry_article=article[sentence[entries]],
            entry_many=entry_many,
            entry_first=place[sentence[entries]],
            entry_headline=_among(own[entries], headed),
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


@dataclass(frozen=True, slots=True, eq=False)
class Wanted:
    """Which terms stand in which sentences of one article, and how likely each is to be wanted in a summary.

    `entry` and `sentence` have one number for each occurrence, as in `Occurrences`, but counted within the article;
    `chance` has one for each entry.
    """

    entry: Numbers
    sentence: Numbers
    chance: Floats

    def repeated(self, taken: Sequence[int], sentences: int) -> Sequence[float]:
        """How many wanted words each of so many sentences shares with the last one taken and none taken before."""
        new = np.zeros(len(self.chance), np.bool_)
        new[self.entry[self.sentence == taken[-1]]] = True
        for before in taken[:-1]:
            new[self.entry[self.sentence == before]] = False
        again = new[self.entry].nonzero()[0]
        found: list[float] = np.bincount(self.sentence[again], self.chance[self.entry[again]], sentences).tolist()
        return found


def _among(values: Numbers, wanted: Numbers) -> Flags:
    """Which of the values, which ascend, are wanted."""
    found = np.zeros(len(values), np.bool_)
    if len(values):
        at = values.searchsorted(wanted)
        at[at == len(values)] = 0
        found[at[values[at] == wanted]] = True
    return found
