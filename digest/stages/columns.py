"""What is known of each word of a vocabulary, as an array by the words' numbers, and the numbers of a text as one."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Generic, TypeVar
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from digest.model import Analysis
from digest.vocabulary import Vocabulary

S = TypeVar("S", bound=np.generic)

Numbers = NDArray[np.int32]
Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


class Column(Generic[S]):
    """`column(vocabulary)[n]` is what is known of word number `n`, which is asked once.

    `of_new` gives it for each of a vocabulary's words from a number on; it must depend on the word alone. What is
    known of a vocabulary is kept while that is. The array has one number, of the kind given, for each word.
    """

    def __init__(self, of_new: Callable[[Vocabulary, int], Iterable[Any]], kind: type[S]) -> None:
        self._of_new = of_new
        self._kind = kind
        self._known: WeakKeyDictionary[Vocabulary, NDArray[S]] = WeakKeyDictionary()

    def __call__(self, vocabulary: Vocabulary) -> NDArray[S]:
        known = self._known.get(vocabulary)
        count = len(vocabulary)
        if known is None:
            known = np.empty(0, self._kind)
        if len(known) < count:
            new = np.fromiter(self._of_new(vocabulary, len(known)), self._kind, count - len(known))
            known = self._known[vocabulary] = np.concatenate([known, new])
        return known


def by_word(function: Callable[[str], Any], kind: type[S]) -> Column[S]:
    """The column of what a function says of each word."""
    return Column(lambda vocabulary, start: map(function, vocabulary.words[start:]), kind)


def holding(pieces: Iterable[str], words: Iterable[str] = ()) -> Column[np.bool_]:
    """The column of whether each word is one of `words` or holds any of some pieces of words."""
    any_piece, any_word = tuple(pieces), frozenset(words)

    def held(vocabulary: Vocabulary, start: int) -> Flags:
        new = vocabulary.words[start:]
        flags = np.fromiter(map(any_word.__contains__, new), np.bool_, len(new))
        # All words in one text, which each piece is looked for in once.
        text = "\n".join(new)
        ends = np.fromiter(map(len, new), np.int64, len(new)).cumsum() + np.arange(len(new))
        found = [place for piece in any_piece for place in _places(text, piece)]
        flags[np.searchsorted(ends, found, side="right")] = True
        return flags

    return Column(held, np.bool_)


def _places(text: str, piece: str) -> Iterator[int]:
    place = text.find(piece)
    while place >= 0:
        yield place
        place = text.find(piece, place + 1)


term_of = Column(lambda vocabulary, start: vocabulary.term_of[start:], np.int32)
"""The number of each word's term, 0 for none."""


def words_in(analysis: Analysis) -> Numbers:
    """The numbers of the words of the headline and of the sentences."""
    return np.frombuffer(analysis.numbers, np.int32)


def places_of(column: Column[np.bool_], analysis: Analysis) -> list[int]:
    """Where the words stand of which the column says yes, counted from the headline's first."""
    places: list[int] = column(analysis.vocabulary)[words_in(analysis)].nonzero()[0].tolist()
    return places


def sentences_with(column: Column[np.bool_], analysis: Analysis) -> frozenset[int]:
    """The sentences, by their places, that have a word of which the column says yes."""
    places = places_of(column, analysis)
    ends = analysis.ends
    return frozenset([bisect_right(ends, place) - 1 for place in places if place >= ends[0]]) if places else frozenset()


def said_of(column: Column[S], analyses: Sequence[Analysis]) -> NDArray[S]:
    """What the column says of all the words of some articles, one after the other."""
    if len({id(analysis.vocabulary) for analysis in analyses}) == 1:
        numbers = np.frombuffer(b"".join([analysis.numbers for analysis in analyses]), np.int32)
        return column(analyses[0].vocabulary)[numbers]
    return np.concatenate([column(analysis.vocabulary)[words_in(analysis)] for analysis in analyses])


def changes(values: NDArray[Any]) -> Flags:
    """Where a value differs from the one before it; the first does."""
    found = np.ones(len(values), np.bool_)
    np.not_equal(values[1:], values[:-1], out=found[1:])
    return found


def until_next(begins: NDArray[np.int64], end: int) -> NDArray[np.int64]:
    """How far it is from each beginning to the next one, or to the end."""
    lengths = np.empty_like(begins)
    np.subtract(begins[1:], begins[:-1], out=lengths[:-1])
    lengths[-1:] = end - begins[-1:]
    return lengths


def exact(values: Floats, bits: int = 30) -> Floats:
    """The values rounded to so small a part of 1 that they add up to the same sum in any order, so that it does not
    matter which number a term has, nor what is reckoned beside them. Products of two have twice as many bits."""
    scaled = np.ldexp(values, bits)
    np.rint(scaled, out=scaled)
    return np.ldexp(scaled, -bits)
