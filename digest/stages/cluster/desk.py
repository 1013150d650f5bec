"""Where one article is laid out so that many can be held beside it: its terms as arrays over all that there are."""

from __future__ import annotations

import numpy as np

from digest.stages.cluster.portrait import Portrait
from digest.stages.columns import Numbers

_SHOWN = 4


class Desk:
    """Holds the vectors of one article spread out, a place for each term of the day, and compares others with them."""

    def __init__(self, terms: int) -> None:
        self._opening, self._report, self._headline = np.zeros((3, terms))

    def lay(self, own: Portrait) -> None:
        """The article that the others are held beside from now on; what lay there before must have been cleared."""
        self._own = own
        self._opening[own.opening.terms] = own.opening.heights
        self._report[own.report.terms] = own.report.heights
        self._headline[own.headline.terms] = own.headline.heights

    def clear(self) -> None:
        """Nothing lies there any more."""
        self._opening[self._own.opening.terms] = 0.0
        self._report[self._own.report.terms] = 0.0
        self._headline[self._own.headline.terms] = 0.0

    def openings(self, other: Portrait) -> float:
        """How alike the openings are, from 0 to 1."""
        one, two = self._own.opening, other.opening
        return float(self._opening[two.terms] @ two.heights) / (one.length * two.length)

    def reports(self, other: Portrait) -> float:
        """How alike the reports are, from 0 to 1."""
        one, two = self._own.report, other.report
        return float(self._report[two.terms] @ two.heights) / (one.length * two.length)

    def headlines(self, other: Portrait) -> float:
        """How much of either headline stands in the other report, by the rarity of its terms, from 0 to 1."""
        told = self._headline[other.report.terms].sum() / self._own.headline_weight
        held = self._report[other.headline.terms] > 0.0
        tells = (other.headline.heights @ held) / other.headline_weight
        return float(told + tells) / 2

    def ours(self, other: Portrait) -> Numbers:
        """The terms that our article begins with and the other's report has not."""
        missing: Numbers = self._own.beginning[~other.report.has(self._own.beginning)]
        return missing

    def theirs(self, other: Portrait) -> Numbers:
        """The terms that the other begins with and our report has not."""
        missing: Numbers = other.beginning[self._report[other.beginning] == 0.0]
        return missing

    def shared(self, other: Portrait) -> tuple[str, ...]:
        """The weightiest terms that the opening of either shares with the report of the other."""
        terms = other.report.terms
        weights = self._report[terms] * other.report.heights
        opens = self._opening[terms] > 0.0
        opens[terms.searchsorted(other.opening.terms)] = True
        found = (opens & (weights > 0.0)).nonzero()[0]
        if len(found) > _SHOWN:
            found = found[weights[found] >= np.partition(weights[found], -_SHOWN)[-_SHOWN]]
        # Of terms of one weight none is preferred for its number.
        spelled = sorted((-weights[at], other.spelled(terms[at])) for at in found.tolist())
        return tuple(term for _, term in spelled[:_SHOWN])
