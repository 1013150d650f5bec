"""How long an archive looks for the article an edit names: `python -m benchmarks.naming [--articles N]`."""

from __future__ import annotations

import argparse
import random
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.figures import growth, machine, seconds, table
from digest.archive import open_archive
from digest.identity import identify
from digest.model import Article, Block

NOW = datetime(2026, 11, 22, 7, tzinfo=UTC)
_WORDS = [
    "bridge",
    "clerk",
    "council",
    "ferry",
    "harbour",
    "keeper",
    "lamp",
    "lock",
    "mill",
    "night",
    "pier",
    "storm",
    "toll",
    "tram",
    "vote",
]
_AT_ONCE = 2000


def article(number: int) -> Article:
    """An article of its own for every number, of the length of a short report."""
    chance = random.Random(number)
    blocks = tuple(Block("paragraph", " ".join(chance.choices(_WORDS, k=60)) + ".") for _ in range(6))
    published = NOW - timedelta(minutes=number)
    address = f"https://harbour.example/{number}"
    headline = f"The {chance.choice(_WORDS)}’s “{number}”"
    return identify(
        Article("", "", "harbour", headline, language="en", url=address, published=published, blocks=blocks)
    )


def measure(count: int) -> list[float]:
    """Milliseconds for the headline of an article, for one of none, and for a URL."""
    with tempfile.TemporaryDirectory() as folder, open_archive(f"sqlite:///{Path(folder)}/archive.sqlite") as archive:
        for start in range(0, count, _AT_ONCE):
            archive.store(map(article, range(start, min(count, start + _AT_ONCE))), (), NOW)
        known = article(count // 2)
        names = (known.headline, "Nobody wrote this", str(known.url))
        assert len(archive.known(names)) == 2
        return [1000 * seconds(lambda name=name: archive.known([name])) for name in names]  # type: ignore[misc]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=100_000)
    count: int = parser.parse_args().articles
    sizes = [count // 10, count]
    found = [measure(size) for size in sizes]
    print(machine())
    heading = ("articles", "a headline, ms", "one of no article, ms", "a URL, ms")
    print(table(heading, ([f"{size:,}", *(f"{ms:.2f}" for ms in row)] for size, row in zip(sizes, found, strict=True))))
    print(f"growth of the first: n^{growth(sizes, [row[0] for row in found]):.2f}")


if __name__ == "__main__":
    main()
