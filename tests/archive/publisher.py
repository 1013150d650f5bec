"""Publishes one issue, step by step as its standard input tells it, and says how far it is."""

from __future__ import annotations

import sys
from datetime import UTC, date, datetime

from digest.archive import open_archive
from digest.errors import ArchiveError
from digest.model import Issue, Rendition

NOW = datetime(2026, 11, 22, 5, 30, tzinfo=UTC)


def say(words: object) -> None:
    print(words, flush=True)
    sys.stdin.readline()


def main(url: str, day: str) -> None:
    def make(number: int) -> tuple[Issue, tuple[Rendition, ...]]:
        say("making")
        return Issue("Morning Tide", date.fromisoformat(day), NOW, number=number), ()

    say("ready")
    with open_archive(url) as archive:
        try:
            print(archive.publish("Morning Tide", date.fromisoformat(day), make, NOW).number)
        except ArchiveError as fault:
            print(fault)


if __name__ == "__main__":
    main(*sys.argv[1:])
