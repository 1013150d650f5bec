"""One `map` for the work a single article needs: in this process, or shared by several."""

from __future__ import annotations

import multiprocessing
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import Any, TypeVar

T = TypeVar("T")
R = TypeVar("R")

SMALLEST = 64
"""Below so many items, starting processes costs more than it saves."""
_PIECES_A_WORKER = 16
"""The more, the less the others wait for the last."""

_work: list[tuple[Callable[[Any], Any], Sequence[Any]]] = []
"""In a worker that was forked: the function and the items that it was born with."""


def map_items(
    function: Callable[[T], R], items: Iterable[T], workers: int = 1, smallest: int = SMALLEST
) -> Iterator[R]:
    """`function(item)` for every item, in the items' order.

    With more than one worker, `function`, the items and the results must pickle: a module-level function or a
    frozen callable. Fewer items than `smallest` start no process. The results do not depend on the number of workers.
    """
    if workers <= 1:
        yield from map(function, items)
        return
    everything = list(items)
    if len(everything) < smallest:
        yield from map(function, everything)
        return
    piece = max(1, len(everything) // (workers * _PIECES_A_WORKER))
    if may_fork():
        # What the first item loads is there when the workers are born, and need not be loaded by each of them.
        yield function(everything[0])
        pieces = [range(start, min(start + piece, len(everything))) for start in range(1, len(everything), piece)]
        context = multiprocessing.get_context("fork")
        with ProcessPoolExecutor(workers, context, _be_born, (function, everything)) as pool:
            for results in pool.map(_do, pieces):
                yield from results
    else:
        with ProcessPoolExecutor(workers, multiprocessing.get_context("spawn")) as pool:
            yield from pool.map(function, everything, chunksize=piece)


def may_fork() -> bool:
    """Whether workers may be copies of this process, to which nothing need be sent.

    Not where there are threads, as in the preview: a copy would keep their locks as they are. Nor where the system's
    own libraries do not bear it.
    """
    return sys.platform == "linux" and threading.active_count() == 1


def _be_born(function: Callable[[Any], Any], items: Sequence[Any]) -> None:
    _work[:] = [(function, items)]


def _do(piece: range) -> list[Any]:
    ((function, items),) = _work
    return [function(items[number]) for number in piece]
