"""Work shared by processes gives what one process gives, in the same order."""

from __future__ import annotations

import subprocess
import sys

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


def test_workers_that_are_sent_their_work_do_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("digest.workers.may_fork", lambda: False)
    assert list(map_items(double, range(SMALLEST), 2)) == [2 * item for item in range(SMALLEST)]


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere no worker is forked")
def test_forked_workers_are_born_with_their_work_and_what_its_first_item_loaded() -> None:
    # In a process of its own, since whatever runs the tests may have threads. A lambda and a lock cannot be sent.
    script = """
import os, threading
from digest.workers import map_items, may_fork
items = [(number, threading.Lock()) for number in range(200)]
found = list(map_items(lambda item: (item[0] * 2, os.getpid()), items, 2))
assert may_fork() and [number for number, _ in found] == [2 * number for number in range(200)]
assert os.getpid() == found[0][1] and os.getpid() not in {process for _, process in found[1:]}
"""
    subprocess.run([sys.executable, "-c", script], check=True)


def test_a_few_items_start_no_process() -> None:
    assert list(map_items(lambda item: item + 1, [1, 2], workers=8)) == [2, 3]


@pytest.mark.parametrize("workers", [1, 2])
def test_a_fault_of_the_work_reaches_the_caller(workers: int) -> None:
    with pytest.raises(ValueError, match="no 0"):
        list(map_items(refuse, range(SMALLEST), workers))
