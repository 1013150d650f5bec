"""How alike two texts are, and which texts are worth comparing.

Texts are compared by their runs of three words (Broder 1997, "On the resemblance and containment of
documents"). A fixed sample of the runs of a text finds those it may share much with, so that time
grows with the number of words and not with the number of pairs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from heapq import nsmallest
from itertools import chain, pairwise
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from digest.model import Analysis, Article
from digest.stages.columns import by_word, changes, words_in
from digest.stages.sharing import Places, Sharing

_RESEMBLANCE = 0.6
_CONTAINMENT = 0.85
_FEWEST_WORDS = 12
_NOT_TAKEN = 0b11  # three of four
_SAMPLE_AT_LEAST = 8
_SHARED_AT_LEAST, _SHARED_SAMPLE = 2, 0.3
# A run of words in more texts than this may be a turn of phrase.
_HOLDERS = 30
_AT_ONCE = 512
"""Texts that are looked up together, so that memory does not grow with the day."""
# Agencies print the same skeleton every week and every year with other names and figures in it.
_SHARED_FACTS = 0.7
_SHARED_NUMBERS = 0.5
_FEW_NUMBERS = 3
# In so few words one other name is another event.
_SHORT = 60
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
# A capital that does not merely begin a sentence or a quotation; spaces are what is soonest found.
_NAME = re.compile(r" (?<=[^\s.!?:;“”\"«»„–—-] )([^\W\d_a-z]\w*)")
# Large odd numbers, so that each bit of a word's hash counts for all bits of its run's.
_FACTORS = [np.uint64(factor) for factor in (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9)]
_BITS = (1 << 64) - 1

Runs = NDArray[np.uint64]
"""Different runs as numbers in their order; they mean something beside those of the same process."""


def _number(word: str) -> int:
    return crc32(word.encode("utf-8", "surrogatepass"))


_IS_MIDDLE = by_word(lambda word: not _number(word) & _NOT_TAKEN, np.bool_)
_HASH = by_word(lambda word: hash(word) & _BITS, np.uint64)


def nearest(analyses: Sequence[Analysis]) -> Iterator[Sequence[int]]:
    """For each text those before it, by their places, that share enough of its runs to be worth a comparison.

    A quarter of the runs of a text are looked up, always the same ones, wherever in it they stand; of the texts that
    hold one run, the first 30 are found. Texts that are alike share enough of them.
    """
    taken = [_taken(analysis) for analysis in analyses]
    sizes = np.array(list(map(len, taken)), np.int64)
    runs = np.concatenate([np.empty(0, np.uint64), *taken])
    sharing = Sharing.of(np.arange(len(taken)).repeat(sizes), runs, np.ones(len(runs)))
    for start in range(0, len(taken), _AT_ONCE):
        stop = min(start + _AT_ONCE, len(taken))
        own, other, shared = sharing.pairs(start, stop, _HOLDERS)
        enough = np.maximum(_SHARED_AT_LEAST, _SHARED_SAMPLE * np.minimum(sizes[own], sizes[other]))
        near = (shared >= enough).nonzero()[0]
        ends = np.searchsorted(own[near], np.arange(start, stop), side="right").tolist()
        yield from (other[near[begin:end]].tolist() for begin, end in pairwise([0, *ends]))


def _taken(analysis: Analysis) -> Runs:
    # The middle word decides whether a run is taken, so that most runs need not be looked at.
    runs = _runs(analysis, _IS_MIDDLE(analysis.vocabulary)[words_in(analysis)[1:-1]].nonzero()[0])
    return runs if len(runs) >= _SAMPLE_AT_LEAST else np.union1d(runs, _runs(analysis, _lowest(analysis)))


def _lowest(analysis: Analysis) -> Places:
    """Where a few runs stand that are the lowest of all in an order that has nothing to do with any text."""
    words = tuple(chain(analysis.headline_words, *analysis.words))
    places = {run: place for place, run in enumerate(zip(words, words[1:], words[2:], strict=False))}
    lowest = nsmallest(_SAMPLE_AT_LEAST, places, key=lambda run: (tuple(map(_number, run)), run))
    return np.array([places[run] for run in lowest], np.int64)


def _runs(analysis: Analysis, places: Places | slice = slice(None)) -> Runs:
    """The runs of a text, or those at some places, each once."""
    hashes = _HASH(analysis.vocabulary)[words_in(analysis)]
    first, middle, last = hashes[:-2], hashes[1:-1], hashes[2:]
    runs: Runs = first[places] * _FACTORS[0] ^ middle[places] * _FACTORS[1] ^ last[places] * _FACTORS[2]
    runs.sort()
    return runs[changes(runs)]


def likeness(one: Article, one_words: Analysis, other: Article, other_words: Analysis) -> float:
    """The share of wording that two texts have in common, 0 when they are not copies of each other.

    They are copies when most runs of either stand in the other or nearly all of the shorter stand
    in the longer, and they do not differ in their names and figures.
    """
    shorter = min(one_words.ends[-1], other_words.ends[-1])
    if shorter < _FEWEST_WORDS:
        return 0.0
    first, second = _runs(one_words), _runs(other_words)
    shared = len(np.intersect1d(first, second, assume_unique=True))
    resemblance = shared / (len(first) + len(second) - shared)
    containment = shared / min(len(first), len(second))
    if resemblance < _RESEMBLANCE and containment < _CONTAINMENT:
        return 0.0
    return containment if _agree(_text(one), _text(other), shorter) else 0.0


def _text(article: Article) -> str:
    return " \n".join((article.headline, article.standfirst, *article.paragraphs))


def _agree(one: str, other: str, words: int) -> bool:
    numbers = set(_NUMBER.findall(one)), set(_NUMBER.findall(other))
    if min(map(len, numbers)) >= _FEW_NUMBERS and _shared(*numbers) < _SHARED_NUMBERS:
        return False
    facts = numbers[0] | _names(one), numbers[1] | _names(other)
    return _shared(*facts) >= (1.0 if words < _SHORT else _SHARED_FACTS)


def _names(text: str) -> set[str]:
    return {word for word in _NAME.findall(text) if word[0].isupper()}


def _shared(one: set[str], other: set[str]) -> float:
    """How much of the smaller set the larger one holds; 1 where there is nothing to disagree on."""
    fewer = min(len(one), len(other))
    return len(one & other) / fewer if fewer else 1.0
