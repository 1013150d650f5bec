"""Several processes on one archive, and processes that die in the middle of a write."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from digest.archive import open_archive

HERE = Path(__file__).parent
KILLED = str(signal.SIGKILL.value)


class Publisher:
    """A process that publishes, one step for each `go`."""

    def __init__(self, url: str, day: str) -> None:
        command = [sys.executable, str(HERE / "publisher.py"), url, day]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self.expect("ready")

    def go(self) -> None:
        assert self.process.stdin
        self.process.stdin.write("\n")
        self.process.stdin.flush()

    def expect(self, words: str) -> None:
        assert self.process.stdout
        assert words in self.process.stdout.readline()

    def end(self) -> None:
        self.process.communicate()


@pytest.mark.parametrize(
    ("second_day", "ending"), [("2026-11-23", "2"), ("2026-11-22", "2026-11-22: published already, as issue 1")]
)
def test_two_that_publish_at_once_take_one_number_after_the_other(
    fresh_shared: Callable[[], str], second_day: str, ending: str
) -> None:
    url = fresh_shared()
    first, second = Publisher(url, "2026-11-22"), Publisher(url, second_day)
    first.go()
    first.expect("making")
    second.go()  # it waits for the first, which is in the middle of its issue
    first.go()
    first.expect("1")
    if ending == "2":
        second.expect("making")
        second.go()
    second.expect(ending)
    first.end()
    second.end()
    with open_archive(url) as archive:
        assert [row.number for row in archive.issues()] == ([1, 2] if ending == "2" else [1])


@pytest.mark.parametrize(
    ("action", "nothing", "everything"), [("publish", ["0", "0"], ["0", "0", "1"]), ("store", ["0", "0"], ["2", "1"])]
)
def test_a_process_killed_at_any_statement_leaves_nothing_or_the_whole(
    fresh_shared: Callable[[], str], action: str, nothing: list[str], everything: list[str]
) -> None:
    command = [sys.executable, str(HERE / "killed.py"), fresh_shared(), action]
    *lives, last = subprocess.run(command, capture_output=True, text=True, check=True).stdout.splitlines()
    assert len(lives) >= 5
    assert [life.split() for life in lives] == [[KILLED, *nothing]] * len(lives)
    assert last.split() == ["0", *everything]


def test_many_that_open_a_new_archive_at_once_all_can(fresh_shared: Callable[[], str]) -> None:
    url = fresh_shared()
    days = [f"2026-11-{day}" for day in range(10, 15)]
    publishers = [Publisher(url, day) for day in days]
    for publisher in publishers:
        publisher.go()  # opens
        publisher.go()  # makes
    endings = {publisher.process.communicate()[0].split()[-1] for publisher in publishers}
    assert endings == {"1", "2", "3", "4", "5"}
