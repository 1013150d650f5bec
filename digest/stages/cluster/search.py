"""Which of the articles before it an article may be another telling of, found without a look at all of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np

from digest.stages.cluster.vector import BITS, Vector
from digest.stages.columns import exact
from digest.stages.sharing import Places, Sharing

_LOOKED_UP = 20
# A term that so many of the day's articles have opened with finds nothing more, however rare it is on other days.
_COMMON = 64
_ALIKE_ENOUGH = 0.12
_AT_ONCE = 512
"""Openings that are looked up together, so that memory does not grow with the day."""


def alike(openings: Sequence[Vector], terms: Sequence[str]) -> Iterator[Sequence[int]]:
    """For each opening those before it, by their places, that share something with it, what shares most first.

    An opening is found by its 20 weightiest terms, and by none that more than 64 before it had, so that the work an
    article makes does not grow with their number. `terms` spells the numbers of terms out.
    """
    sharing = _weightiest(openings, terms)
    for start in range(0, len(openings), _AT_ONCE):
        stop = min(start + _AT_ONCE, len(openings))
        own, other, likeness = sharing.pairs(start, stop, _COMMON, forgotten=True)
        near = (likeness >= _ALIKE_ENOUGH).nonzero()[0]
        near = near[np.lexsort((other[near], -likeness[near], own[near]))]
        ends = np.searchsorted(own[near], np.arange(start, stop), side="right").tolist()
        yield from (other[near[begin:end]].tolist() for begin, end in pairwise([0, *ends]))


def _weightiest(openings: Sequence[Vector], terms: Sequence[str]) -> Sharing:
    """The weightiest terms of each opening, with the share that each has of it."""
    lengths = np.array([len(each.terms) for each in openings], np.int64)
    opening = np.arange(len(openings)).repeat(lengths)
    term = np.concatenate([np.empty(0, np.int64), *(each.terms for each in openings)])
    height = np.concatenate([np.empty(0), *(each.heights for each in openings)])
    # Of two terms of one weight the later in the alphabet goes first: which number it has must not matter.
    order = np.lexsort((-_ranks(term, terms), -height, opening))
    place = np.arange(len(order)) - (lengths.cumsum() - lengths).repeat(lengths)
    order = order[place < _LOOKED_UP]
    share = exact(height[order] / np.array([each.length for each in openings])[opening[order]], BITS)
    return Sharing.of(opening[order], term[order], share)


def _ranks(numbers: Places, terms: Sequence[str]) -> Places:
    """The place of each of these terms, given by their numbers, in the alphabet."""
    used = np.zeros(len(terms), np.bool_)
    used[numbers] = True
    several = sorted(used.nonzero()[0].tolist(), key=terms.__getitem__)
    ranks = np.zeros(len(terms), np.int64)
    ranks[several] = np.arange(len(several))
    return ranks[numbers]
