"""Which of the leads so far an article may be another telling of, found without a look at all of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from heapq import nlargest

_LOOKED_UP = 20
# A term that opens so many leads of the day finds nothing, however rare it is on other days.
_COMMON = 64
_ALIKE_ENOUGH = 0.12


@dataclass(frozen=True, slots=True)
class Leads:
    """The openings of the leads, found again by their weightiest terms.

    An opening is indexed and looked up by at most 20 terms, and a term's list is not read once it is
    longer than 64, so that the work an article makes does not grow with their number.
    """

    found_by: defaultdict[str, list[tuple[int, float]]] = field(default_factory=lambda: defaultdict(list))

    def add(self, number: int, opening: Mapping[str, float]) -> None:
        for term, weight in _weightiest(opening):
            self.found_by[term].append((number, weight))

    def alike(self, opening: Mapping[str, float]) -> Iterator[int]:
        """The numbers of the leads whose openings share something with this one, what shares most first."""
        shared: defaultdict[int, float] = defaultdict(float)
        for term, weight in _weightiest(opening):
            holders = self.found_by.get(term, ())
            if len(holders) <= _COMMON:
                for number, other in holders:
                    shared[number] += weight * other
        near = sorted((-likeness, number) for number, likeness in shared.items() if likeness >= _ALIKE_ENOUGH)
        return (number for _, number in near)


def _weightiest(opening: Mapping[str, float]) -> Iterable[tuple[str, float]]:
    return nlargest(_LOOKED_UP, opening.items(), key=lambda item: (item[1], item[0]))
