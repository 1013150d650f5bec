"""Composing an issue from thousands of articles: time a stage, growth over doublings, peak memory."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks.figures import DATA, ROOT, growth, machine, peak_megabytes, rows, table

NOW = datetime(2026, 11, 20, 7, tzinfo=UTC)
DOUBLINGS = 3


def articles(path: Path, copies: float) -> list[Any]:
    """The file's articles, so many times over; each copy's words are marked so that it is no duplicate."""
    from digest.identity import identify
    from digest.model import Article, Block

    given = list(rows(path))
    wanted = int(len(given) * copies)
    made = []
    for number in range(wanted):
        row, copy = given[number % len(given)], number // len(given)
        blocks = []
        for text in row["paragraphs"]:
            words = text.split(" ")
            if copy:
                words = [
                    f"{word}{copy}" if place % 3 == 0 and word.isalpha() else word for place, word in enumerate(words)
                ]
            blocks.append(Block("paragraph", " ".join(words)))
        headline = f"{row['headline']} {copy or ''}".strip()
        published = NOW - timedelta(minutes=number % 1440)
        article = Article(
            "",
            "",
            "news",
            headline,
            publisher=f"P{number % 7}",
            blocks=tuple(blocks),
            language="en",
            published=published,
        )
        made.append(identify(article, guid=f"{row['id']}-{copy}"))
    return made


def measure(path: Path, copies: float) -> dict[str, Any]:
    """One run in this process: seconds a stage, the whole, and the baseline of splitting and tokenising alone."""
    from digest import language
    from digest.config import Settings
    from digest.pipeline import composing
    from digest.stages import cluster, compose, duplicates, rank, section, summarise

    given = articles(path, copies)
    before = peak_megabytes()
    start = time.perf_counter()
    for article in given:
        for paragraph in article.paragraphs:
            for begin, end in language.sentence_spans(paragraph, "en"):
                language.words(paragraph[begin:end], "en")
    baseline = time.perf_counter() - start
    stages: dict[str, float] = {}

    def timed(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def run(*arguments: Any, **options: Any) -> Any:
            begin = time.perf_counter()
            try:
                return function(*arguments, **options)
            finally:
                stages[name] = stages.get(name, 0.0) + time.perf_counter() - begin

        return run

    patches: tuple[tuple[Any, str], ...] = (
        (composing, "analyse"), (duplicates, "find"), (cluster, "cluster"), (section, "place"),
        (rank, "rank"), (summarise, "summarise_story"), (compose, "compose"),
    )  # fmt: skip
    for owner, name in patches:
        setattr(owner, name, timed(name, getattr(owner, name)))
    start = time.perf_counter()
    issue = composing.compose_issue(given, Settings(), NOW)
    whole = time.perf_counter() - start
    placed = sum(len(story.articles) for story in issue.stories) + len(issue.drops)
    return {
        "articles": len(given), "placed": placed, "stages": stages, "whole": whole, "baseline": baseline,
        "megabytes": peak_megabytes(), "before": before,
    }  # fmt: skip


def main() -> None:
    """Each size runs in a process of its own, so that memory is its own; `compose.py [FILE] [--one COPIES]`."""
    path = Path(next((word for word in sys.argv[1:] if not word.startswith("-")), str(DATA / "news-en.jsonl.gz")))
    if "--one" in sys.argv:
        print(json.dumps(measure(Path(sys.argv[1]), float(sys.argv[-1]))))
        return
    runs = []
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    for doubling in range(DOUBLINGS):
        command = [sys.executable, __file__, str(path), "--one", str(2**doubling)]
        done = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
        runs.append(json.loads(done.stdout))
    print(machine())
    names = list(runs[0]["stages"])
    heading = ("articles", *names, "whole, s", "ms an article", "times splitting alone", "peak MB", "before, MB")
    body = [
        (
            run["articles"],
            *(f"{run['stages'].get(name, 0):.2f}" for name in names),
            f"{run['whole']:.2f}",
            f"{run['whole'] / run['articles'] * 1000:.2f}",
            f"{run['whole'] / run['baseline']:.1f}",
            f"{run['megabytes']:.0f}",
            f"{run['before']:.0f}",
        )
        for run in runs
    ]
    print(table(heading, body))
    print(f"growth: n^{growth([run['articles'] for run in runs], [run['whole'] for run in runs]):.2f}")


if __name__ == "__main__":
    main()
