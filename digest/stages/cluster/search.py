"""Which of the leads so far an article may be another telling of, found without a look at all of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

_LOOKED_UP = 20
# A term that opens so many leads of the day finds nothing, however rare it is on other days.
_COMMON = 64
_ALIKE_ENOUGH = 0.12


@dataclass(frozen=True, slots=True)
class Leads:
    """The openings of the leads, found again by their weightiest terms.

    An opening is indexed and looked up by at most 20 terms, and a term that more than 64 leads open with
    is forgotten, so that the work an article makes does not grow with their number.
    """

    found_by: dict[str, list[tuple[int, float]]] = field(default_factory=dict)
    common: set[str] = field(default_factory=set)

    def add(self, number: int, weightiest: Sequence[tuple[float, str]]) -> None:
        for weight, term in weightiest:
            if term in self.common:
                continue
            holders = self.found_by.setdefault(term, [])
            holders.append((number, weight))
            if len(holders) > _COMMON:
                self.common.add(term)
                del self.found_by[term]

    def alike(self, weightiest: Sequence[tuple[float, str]]) -> Iterator[int]:
        """The numbers of the leads whose openings share something with this one, what shares most first."""
        shared: dict[int, float] = {}
        for weight, term in weightiest:
            for number, other in self.found_by.get(term, ()):
                shared[number] = shared.get(number, 0.0) + weight * other
        near = sorted([(-likeness, number) for number, likeness in shared.items() if likeness >= _ALIKE_ENOUGH])
        return (number for _, number in near)


def weightiest(opening: Mapping[str, float]) -> Sequence[tuple[float, str]]:
    """The terms by which an opening is found, each behind its weight, the weightiest first."""
    return sorted([(weight, term) for term, weight in opening.items()], reverse=True)[:_LOOKED_UP]
