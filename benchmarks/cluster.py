"""Clusters: time, memory and their growth up to 30,000 articles; precision, recall and F1 on labelled pairs."""

from __future__ import annotations

import argparse
import gc
import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from benchmarks.figures import DATA, ROOT, growth, machine, peak_megabytes, rows, table
from digest.identity import identify
from digest.language import analyse, identify_language
from digest.model import Analysis, Article, Block
from digest.stages import cluster

NOW = datetime(2026, 11, 20, 7, tzinfo=UTC)
SIZES = (1000, 3000, 10_000, 30_000)
RESAMPLES = 1000
STEPS = [-0.3, -0.2, -0.1, 0.0, 0.1, 0.2, 0.3]


@dataclass(frozen=True, slots=True)
class Judged:
    """A labelled pair and by how much its evidence exceeds what is needed, alone and among all the others."""

    same: bool
    alone: float
    together: float


def many(path: Path, size: int) -> Iterator[Article]:
    """The file's articles over and over, a day and a half of them, each time with other names and other rare words."""
    given = list(rows(path))
    for number in range(size):
        row, copy = given[number % len(given)], number // len(given)
        blocks = tuple(Block("paragraph", marked(text, copy)) for text in row["paragraphs"])
        published = NOW - timedelta(minutes=number % 2160)
        article = Article(
            "",
            "",
            source=f"P{number % 97}",
            publisher=f"P{number % 97}",
            headline=marked(row["headline"], copy),
            blocks=blocks,
            language="en",
            published=published,
        )
        yield identify(article, guid=f"{row['id']}-{copy}")


def marked(text: str, copy: int) -> str:
    """The text with every name and two of three other words made words of that copy alone."""
    if not copy:
        return text
    letters = chr(97 + copy % 26) + chr(97 + copy // 26)
    return " ".join(
        f"{letters}{word}" if word[:1].isalpha() and (word[0].isupper() or place % 3) else word
        for place, word in enumerate(text.split(" "))
    )


def measure(path: Path, size: int) -> dict[str, Any]:
    articles = list(many(path, size))
    analyses = {article.id: analyse(article) for article in articles}
    before = peak_megabytes()
    gc.disable()  # as the pipeline does while it composes
    start = time.process_time()
    stories = cluster.cluster(articles, (), analyses)
    seconds = time.process_time() - start
    placed = sum(len(story.articles) for story in stories)
    return {
        "articles": len(articles), "placed": placed, "stories": len(stories), "seconds": seconds, "before": before,
        "megabytes": peak_megabytes(),
    }  # fmt: skip


def pairs(path: Path) -> list[tuple[bool, Article, Article]]:
    """Of a file with `same` (OK or BAD), `first` and `second` (url, headline, text, perhaps lang) in each row."""
    made = []
    for row in rows(path):
        one, other = (_report(row[which]) for which in ("first", "second"))
        made.append((row["same"] in (True, "OK"), one, other))
    return made


def _report(row: dict[str, str]) -> Article:
    language = row.get("lang") or identify_language(f"{row['headline']}\n{row['text']}")
    blocks = (Block("paragraph", row["text"].strip()),)
    return identify(Article("", "", row["url"], row["headline"], blocks=blocks, url=row["url"], language=language))


def judge(labelled: Sequence[tuple[bool, Article, Article]]) -> list[Judged]:
    everything = {each.id: analyse(each) for _, *pair in labelled for each in pair}
    return [
        Judged(
            same,
            _excess(one, other, {each.id: everything[each.id] for each in (one, other)}),
            _excess(one, other, everything),
        )
        for same, one, other in labelled
    ]


def _excess(one: Article, other: Article, day: dict[str, Analysis]) -> float:
    """The evidence for one event over what is needed, on a day of these articles."""
    return cluster.compare(one, other, day).likeness.excess


def scores(judged: Sequence[tuple[bool, float]], threshold: float = 0.0) -> tuple[float, float, float]:
    """Precision, recall and F1 of taking as one what exceeds the threshold."""
    taken = [same for same, excess in judged if excess >= threshold]
    right, all_same = sum(taken), sum(same for same, _ in judged)
    precision = right / len(taken) if taken else 1.0
    recall = right / all_same if all_same else 1.0
    return precision, recall, 2 * precision * recall / (precision + recall) if right else 0.0


def interval(judged: Sequence[tuple[bool, float]], which: int) -> str:
    """Where 95 % of a figure's values lie when the pairs are drawn again and again."""
    draw = random.Random(1)
    values = sorted(scores(draw.choices(judged, k=len(judged)))[which] for _ in range(RESAMPLES))
    return f"{values[RESAMPLES // 40]:.2f}–{values[-RESAMPLES // 40]:.2f}"


def report_pairs(path: Path) -> None:
    judged = judge(pairs(path))
    print(f"\n{path.name}: {len(judged)} pairs, {sum(each.same for each in judged)} of one event")
    body = []
    for name, values in (
        ("all in one day", [(each.same, each.together) for each in judged]),
        ("each pair a day", [(each.same, each.alone) for each in judged]),
    ):
        precision, recall, f1 = scores(values)
        body.append(
            (name, f"{precision:.3f} ({interval(values, 0)})", f"{recall:.3f} ({interval(values, 1)})", f"{f1:.3f}")
        )
    print(table(("", "precision", "recall", "F1"), body))
    together = [(each.same, each.together) for each in judged]
    by_step = [(f"{step:+.1f}", *(f"{score:.3f}" for score in scores(together, step))) for step in STEPS]
    print(table(("needed", "precision", "recall", "F1"), by_step))


def main() -> None:
    """Each size runs in a process of its own, so that memory is its own."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--news", type=Path, default=DATA / "news-en.jsonl.gz", help="articles to make many of")
    parser.add_argument("--pairs", type=Path, nargs="*", default=[DATA / "same-story-ru.jsonl.gz"])
    parser.add_argument("--sizes", type=int, nargs="*", default=list(SIZES))
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.one:
        print(json.dumps(measure(given.news, given.one)))
        return
    print(machine())
    runs = []
    for size in given.sizes:
        command = [sys.executable, __file__, "--news", str(given.news), "--one", str(size)]
        done = subprocess.run(
            command, check=True, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)}
        )
        runs.append(json.loads(done.stdout))
    if runs:
        body = [
            (
                run["articles"],
                run["stories"],
                f"{run['seconds']:.2f}",
                f"{run['seconds'] / run['articles'] * 1000:.2f}",
                f"{run['megabytes'] - run['before']:.0f}",
                f"{run['before']:.0f}",
            )
            for run in runs
        ]
        heading = ("articles", "stories", "s of one core", "ms an article", "MB", "MB of articles and analyses")
        print(table(heading, body))
        print(f"growth: n^{growth([run['articles'] for run in runs], [run['seconds'] for run in runs]):.2f}")
    for path in given.pairs:
        report_pairs(path)


if __name__ == "__main__":
    main()
