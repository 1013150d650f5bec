"""How alike two texts are, and which texts are worth comparing.

Texts are compared by their runs of three words (Broder 1997, "On the resemblance and containment of
documents"). A fixed sample of the runs of a text finds those it may share much with, so that time
grows with the number of words and not with the number of pairs.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Collection, Iterable, Iterator, Sequence
from zlib import crc32

from digest.language.memo import Memo

_RESEMBLANCE = 0.6
_CONTAINMENT = 0.85
_FEWEST_WORDS = 12
_NOT_TAKEN = 0b11  # three of four
_SAMPLE_AT_LEAST = 8
SHARED_AT_LEAST, _SHARED_SAMPLE = 2, 0.3
# Agencies print the same skeleton every week and every year with other names and figures in it.
_SHARED_FACTS = 0.7
_SHARED_NUMBERS = 0.5
_FEW_NUMBERS = 3
# In so few words one other name is another event.
_SHORT = 60
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
# A capital that does not merely begin a sentence or a quotation.
_NAME = re.compile(r"(?<=[^\s.!?:;“”\"«»„–—-] )[^\W\d_]\w*")


# A run that no other text has is told from the others by a table of so many places for each run.
_PLACES_A_RUN = 8


def _number(word: str) -> int:
    return crc32(word.encode("utf-8", "surrogatepass"))


_NUMBERS = Memo(_number)


def sample(words: Iterable[str]) -> array[int]:
    """A quarter of the text's runs, as numbers, each once: always the same ones, wherever the runs stand."""
    numbers = list(map(_NUMBERS.__getitem__, words))
    # The middle word decides whether a run is taken, so that most runs need not be looked at.
    taken = {
        hash((first, middle, last))
        for first, middle, last in zip(numbers, numbers[1:], numbers[2:], strict=False)
        if not middle & _NOT_TAKEN
    }
    if len(taken) < _SAMPLE_AT_LEAST:
        every = sorted(set(zip(numbers, numbers[1:], numbers[2:], strict=False)))
        taken.update(map(hash, every[:_SAMPLE_AT_LEAST]))
    return array("q", taken)


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


def worth_comparing(shared: int, one: int, other: int) -> bool:
    """Whether two samples of these sizes share enough for their texts to be alike."""
    return shared >= max(SHARED_AT_LEAST, _SHARED_SAMPLE * min(one, other))


def likeness(one: str, one_words: Sequence[str], other: str, other_words: Sequence[str]) -> float:
    """The share of wording that two texts have in common, 0 when they are not copies of each other.

    They are copies when most runs of either stand in the other or nearly all of the shorter stand
    in the longer, and they do not differ in their names and figures.
    """
    if min(len(one_words), len(other_words)) < _FEWEST_WORDS:
        return 0.0
    first, second = _runs(one_words), _runs(other_words)
    shared = len(first & second)
    resemblance = shared / len(first | second)
    containment = shared / min(len(first), len(second))
    if resemblance < _RESEMBLANCE and containment < _CONTAINMENT:
        return 0.0
    return containment if _agree(one, other, min(len(one_words), len(other_words))) else 0.0


def _runs(words: Sequence[str]) -> set[tuple[str, ...]]:
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
