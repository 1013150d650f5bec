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
from digest.stages.columns import by_word, changes, said_of
from digest.stages.sharing import Places, Sharing

_RESEMBLANCE = 0.6
_CONTAINMENT = 0.85
_FEWEST_WORDS = 12
_NOT_TAKEN = 0b11  # three of four
_SAMPLE_AT_LEAST = 8
_MANY = 64
"""Of so many runs taken, no fewer than that will be different ones."""
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

Runs = NDArray[np.uint64]
"""Runs as numbers, which mean something beside those of the same process."""


def _number(word: str) -> int:
    return crc32(word.encode("utf-8", "surrogatepass"))


_IS_MIDDLE = by_word(lambda word: not crc32(word.encode("utf-8", "surrogatepass")) & _NOT_TAKEN, np.bool_)
_HASH = by_word(hash, np.int64)


def nearest(analyses: Sequence[Analysis]) -> Iterator[Sequence[int]]:
    """For each text those before it, by their places, that share enough of its runs to be worth a comparison.

    A quarter of the runs of a text are looked up, always the same ones, wherever in it they stand; of the texts that
    hold one run, the first 30 are found. Texts that are alike share enough of them.
    """
    several = [_taken(analyses[start : start + _AT_ONCE]) for start in range(0, len(analyses), _AT_ONCE)]
    texts = np.concatenate([np.empty(0, np.int64), *(text + n * _AT_ONCE for n, (text, _) in enumerate(several))])
    runs = np.concatenate([np.empty(0, np.uint64), *(run for _, run in several)])
    order = runs.argsort(kind="stable")
    texts, runs = texts[order], runs[order]
    once = changes(runs) | changes(texts)
    texts, runs = texts[once], runs[once]
    sizes = np.bincount(texts, minlength=len(analyses))
    sharing = Sharing.of_sorted(texts, runs, np.ones(len(runs)))
    for start in range(0, len(analyses), _AT_ONCE):
        stop = min(start + _AT_ONCE, len(analyses))
        own, other, shared = sharing.pairs(start, stop, _HOLDERS)
        enough = np.maximum(_SHARED_AT_LEAST, _SHARED_SAMPLE * np.minimum(sizes[own], sizes[other]))
        near = (shared >= enough).nonzero()[0]
        ends = np.searchsorted(own[near], np.arange(start, stop), side="right").tolist()
        yield from (other[near[begin:end]].tolist() for begin, end in pairwise([0, *ends]))


def _taken(analyses: Sequence[Analysis]) -> tuple[Places, Runs]:
    """The runs that are taken of some texts, with the places of their texts, in the order of these."""
    owner = np.arange(len(analyses)).repeat([analysis.ends[-1] for analysis in analyses])
    # The middle word decides whether a run is taken, so that most runs need not be looked at.
    is_taken = said_of(_IS_MIDDLE, analyses)[1:-1] & (owner[:-2] == owner[2:])
    places = is_taken.nonzero()[0]
    runs, texts = _runs(_hashes(analyses), places), owner[places]
    few = (np.bincount(texts, minlength=len(analyses)) < _MANY).nonzero()[0].tolist()
    own = {text: runs[texts == text] for text in few}
    more = {
        text: _runs(_hashes([analyses[text]]), _lowest(analyses[text]))
        for text, taken in own.items()
        if len(set(taken.tolist())) < _SAMPLE_AT_LEAST
    }
    if more:
        runs = np.concatenate([runs, *more.values()])
        texts = np.concatenate([texts, np.array(list(more)).repeat(list(map(len, more.values())))])
        order = texts.argsort(kind="stable")
        runs, texts = runs[order], texts[order]
    return texts, runs


def _lowest(analysis: Analysis) -> Places:
    """Where a few runs stand that are the lowest of all in an order that has nothing to do with any text."""
    words = tuple(chain(analysis.headline_words, *analysis.words))
    places = {run: place for place, run in enumerate(zip(words, words[1:], words[2:], strict=False))}
    lowest = nsmallest(_SAMPLE_AT_LEAST, places, key=lambda run: (tuple(map(_number, run)), run))
    return np.array([places[run] for run in lowest], np.int64)


def _hashes(analyses: Sequence[Analysis]) -> Runs:
    return said_of(_HASH, analyses).view(np.uint64)


def _runs(hashes: Runs, places: Places | slice = slice(None)) -> Runs:
    """The runs that begin at some places, given the hashes of the words."""
    first, middle, last = hashes[:-2], hashes[1:-1], hashes[2:]
    runs: Runs = first[places] * _FACTORS[0] ^ middle[places] * _FACTORS[1] ^ last[places] * _FACTORS[2]
    return runs


def _different(analysis: Analysis) -> Runs:
    """The runs of a text, each once."""
    runs = _runs(_hashes([analysis]))
    runs.sort()
    once: Runs = runs[changes(runs)]
    return once


def likeness(one: Article, one_words: Analysis, other: Article, other_words: Analysis) -> float:
    """The share of wording that two texts have in common, 0 when they are not copies of each other.

    They are copies when most runs of either stand in the other or nearly all of the shorter stand
    in the longer, and they do not differ in their names and figures.
    """
    shorter = min(one_words.ends[-1], other_words.ends[-1])
    if shorter < _FEWEST_WORDS:
        return 0.0
    first, second = _different(one_words), _different(other_words)
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
