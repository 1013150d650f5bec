"""Which of the leads so far an article may be another telling of, found without a look at all of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from digest.stages.cluster.vector import Vector

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
                if number in shared:
                    shared[number] += weight * other
                else:
                    shared[number] = weight * other
        near = sorted([(-likeness, number) for number, likeness in shared.items() if likeness >= _ALIKE_ENOUGH])
        return (number for _, number in near)


def weightiest(opening: Vector) -> Sequence[tuple[float, str]]:
    """The terms by which an opening is found, each behind its share of the whole, the weightiest first."""
    heaviest = sorted(zip(opening.weights.values(), opening.weights, strict=True), reverse=True)[:_LOOKED_UP]
    return [(weight / opening.length, term) for weight, term in heaviest]
