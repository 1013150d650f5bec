"""How alike two texts are, and which texts are worth comparing.

Texts are compared by their runs of three words (Broder 1997, "On the resemblance and containment of
documents"). A fixed sample of the runs of a text finds those it may share much with, so that time
grows with the number of words and not with the number of pairs.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Collection, Iterator, Sequence
from heapq import nsmallest
from itertools import compress
from zlib import crc32

from digest.language.memo import Memo

_RESEMBLANCE = 0.6
_CONTAINMENT = 0.85
_FEWEST_WORDS = 12
_NOT_TAKEN = 0b11  # three of four
_SAMPLE_AT_LEAST = 8
_SHARED_AT_LEAST, _SHARED_SAMPLE = 2, 0.3
# Agencies print the same skeleton every week and every year with other names and figures in it.
_SHARED_FACTS = 0.7
_SHARED_NUMBERS = 0.5
_FEW_NUMBERS = 3
# In so few words one other name is another event.
_SHORT = 60
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
# A capital that does not merely begin a sentence or a quotation; spaces are what is soonest found.
_NAME = re.compile(r" (?<=[^\s.!?:;“”\"«»„–—-] )([^\W\d_a-z]\w*)")
# A run that no other text has is told from the others by a table of so many places for each run.
_PLACES_A_RUN = 8


def _number(word: str) -> int:
    return crc32(word.encode("utf-8", "surrogatepass"))


def _is_middle(word: str) -> bool:
    return not _number(word) & _NOT_TAKEN


_TAKEN = Memo(_is_middle)
_Run = tuple[str, str, str]


def sample(words: Sequence[str]) -> array[int]:
    """A quarter of the text's runs, as numbers, each once: always the same ones, wherever the runs stand.

    The numbers are another process's others, and serve to compare samples of one process.
    """
    middles = words[1:]
    runs = zip(words, middles, words[2:], strict=False)
    # The middle word decides whether a run is taken, so that most runs need not be looked at.
    taken = set(map(hash, compress(runs, map(_TAKEN.__getitem__, middles))))
    if len(taken) < _SAMPLE_AT_LEAST:
        taken.update(map(hash, nsmallest(_SAMPLE_AT_LEAST, _runs(words), key=_place)))
    return array("q", taken)


def _place(run: _Run) -> tuple[tuple[int, ...], _Run]:
    """Where a run stands among all runs there are."""
    return tuple(map(_number, run)), run


def shared_runs(samples: Sequence[Collection[int]]) -> Iterator[list[int]]:
    """Of each sample, the runs that another sample holds as well, and a few more by chance.

    Most runs of a day's texts stand in one text only and find nothing, so that an index need not hold them.
    """
    places = 1 << (_PLACES_A_RUN * sum(map(len, samples))).bit_length()
    held, mask = bytearray(places), places - 1
    for runs in samples:
        for run in runs:
            place = run & mask
            held[place] = 2 if held[place] else 1
    for runs in samples:
        yield [run for run in runs if held[run & mask] == 2]


def least_shared(one: int, other: int) -> float:
    """How many runs two samples of these sizes share at least if their texts are alike."""
    return max(_SHARED_AT_LEAST, _SHARED_SAMPLE * min(one, other))


def likeness(one: str, one_words: Sequence[str], other: str, other_words: Sequence[str]) -> float:
    """The share of wording that two texts have in common, 0 when they are not copies of each other.

    They are copies when most runs of either stand in the other or nearly all of the shorter stand
    in the longer, and they do not differ in their names and figures.
    """
    if min(len(one_words), len(other_words)) < _FEWEST_WORDS:
        return 0.0
    first, second = _runs(one_words), _runs(other_words)
    shared = len(first & second)
    resemblance = shared / (len(first) + len(second) - shared)
    containment = shared / min(len(first), len(second))
    if resemblance < _RESEMBLANCE and containment < _CONTAINMENT:
        return 0.0
    return containment if _agree(one, other, min(len(one_words), len(other_words))) else 0.0


def _runs(words: Sequence[str]) -> set[_Run]:
    return set(zip(words, words[1:], words[2:], strict=False))


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
