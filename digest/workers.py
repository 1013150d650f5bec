"""One `map` for the work a single article needs: in this process, or shared by several."""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")

SMALLEST = 64
"""Below so many items, starting processes costs more than it saves."""


def map_items(function: Callable[[T], R], items: Iterable[T], workers: int = 1) -> Iterator[R]:
    """`function(item)` for every item, in the items' order.

    With more than one worker, `function` and the items must pickle: a module-level function or a
    frozen callable. The results do not depend on the number of workers.
    """
    if workers <= 1:
        yield from map(function, items)
        return
    everything = list(items)
    if len(everything) < SMALLEST:
        yield from map(function, everything)
        return
    # Spawned, not forked: the preview runs threads, and a fork would copy their locks as they are.
    context = multiprocessing.get_context("spawn")
    chunk = max(1, len(everything) // (workers * 4))
    with ProcessPoolExecutor(workers, mp_context=context) as pool:
        yield from pool.map(function, everything, chunksize=chunk)
