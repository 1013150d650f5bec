"""Which texts share something with which before them, found without a look at all pairs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from digest.stages.columns import Floats, changes, until_next

Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Sharing:
    """What several texts hold, those that hold one thing in a row, in the texts' order.

    Of each thing held there is the place of the `text`, what it weighs there (`share`), where its row `begins`, and how
    many are `before` it there.
    """

    text: Places
    share: Floats
    begins: Places
    before: Places

    @classmethod
    def of(cls, text: Places, thing: NDArray[np.integer], share: Floats) -> Sharing:
        """Of things, given by numbers, in the order of the texts that hold them."""
        order = thing.argsort(kind="stable")
        return cls.of_sorted(text[order], thing[order], share[order])

    @classmethod
    def of_sorted(cls, text: Places, thing: NDArray[Any], share: Floats) -> Sharing:
        """Of things in their own order, and each in that of the texts that hold it."""
        begins = changes(thing).nonzero()[0]
        begins = begins.repeat(until_next(begins, len(thing)))
        return cls(text, share, begins, np.arange(len(thing)) - begins)

    def pairs(self, start: int, stop: int, most: int, forgotten: bool = False) -> tuple[Places, Places, Floats]:
        """The texts from `start` to `stop`, each beside every one before it that holds something that it holds.

        There is a text, the other, and the sum over what both hold of the product of its shares, which must be exact.
        Of a thing the first `most` holders are found, or none by those behind them if it is then to be `forgotten`, so
        that the work a text makes does not grow with their number.
        """
        asking = ((self.text >= start) & (self.text < stop)).nonzero()[0]
        many = self.before[asking]
        many = np.where(many > most, 0, many) if forgotten else np.minimum(many, most)
        found = np.arange(many.sum()) - (many.cumsum() - many - self.begins[asking]).repeat(many)
        keys = self.text[asking].repeat(many) * stop + self.text[found]
        shared = self.share[asking].repeat(many) * self.share[found]
        order = keys.argsort()
        keys, shared = keys[order], shared[order]
        begins = changes(keys).nonzero()[0]
        own, other = np.divmod(keys[begins], stop)
        return own, other, np.add.reduceat(shared, begins) if len(begins) else shared
