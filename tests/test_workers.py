"""Work shared by processes gives what one process gives, in the same order."""

from __future__ import annotations

import pytest

from digest.workers import SMALLEST, map_items


def double(number: int) -> int:
    return 2 * number


def refuse(number: int) -> int:
    raise ValueError(f"no {number}")


@pytest.mark.parametrize("workers", [1, 2])
def test_results_come_in_the_items_order(workers: int) -> None:
    items = range(SMALLEST * 3)
    assert list(map_items(double, items, workers)) == [2 * item for item in items]


def test_a_few_items_start_no_process() -> None:
    assert list(map_items(lambda item: item + 1, [1, 2], workers=8)) == [2, 3]


@pytest.mark.parametrize("workers", [1, 2])
def test_a_fault_of_the_work_reaches_the_caller(workers: int) -> None:
    with pytest.raises(ValueError, match="no 0"):
        list(map_items(refuse, range(SMALLEST), workers))
