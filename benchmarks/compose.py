"""Composing an issue from thousands of articles: CPU time a stage, growth over doublings, peak memory, workers.

The baseline is the CPU time of reading, splitting and tokenising the same text once: decompressing the file, parsing
its rows, making and identifying an article of each, `sentence_spans` of every paragraph and `words` of every sentence.
Nothing of it is kept but the articles. "times" is the CPU time of `compose_issue`, given the articles and the default
settings, over that baseline; every story is summarised, since the settings limit none. Of three runs the one of the
least CPU time counts, since others use the machine. Workers share what takes longer to do than to send: summarising by
a slow algorithm, and reading, for which a whole build of saved pages is timed.
"""

from __future__ import annotations

import json
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from html import escape
from pathlib import Path
from typing import Any

from benchmarks.figures import DATA, ROOT, growth, machine, peak_megabytes, rows, table

NOW = datetime(2026, 11, 20, 7, tzinfo=UTC)
DOUBLINGS = 3
RUNS = 3
WORKERS = 2
SLOW = "sumy:lexrank"
COPIES_OF_PAGES = 5
_TEXT = re.compile(r"(?<=>)[^<>]+(?=<)")


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


def measure(path: Path, copies: float, workers: int, algorithm: str) -> dict[str, Any]:
    """One run in this process: CPU seconds a stage, of the whole and of the baseline, and of the workers, if any."""
    import numpy  # noqa: F401 - modules are loaded once a process, whatever it composes

    from digest import language
    from digest.config import Settings, SummarySettings
    from digest.pipeline import composing
    from digest.stages import cluster, compose, duplicates, rank, section, summarise

    start = time.process_time()
    given = articles(path, copies)
    before = peak_megabytes()
    for article in given:
        for paragraph in article.paragraphs:
            for begin, end in language.sentence_spans(paragraph, "en"):
                language.words(paragraph[begin:end], "en")
    baseline = time.process_time() - start
    stages: dict[str, float] = {}

    def timed(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def run(*arguments: Any, **options: Any) -> Any:
            begin = time.process_time()
            try:
                found = function(*arguments, **options)
                return list(found) if isinstance(found, Iterator) else found
            finally:
                stages[name] = stages.get(name, 0.0) + time.process_time() - begin

        return run

    patches: tuple[tuple[Any, str], ...] = (
        (composing, "analyse"), (duplicates, "find"), (cluster, "cluster"), (section, "place_each"),
        (rank, "rank"), (summarise, "summarise_each"), (compose, "compose"),
    )  # fmt: skip
    if workers == 1:
        for owner, name in patches:
            setattr(owner, name, timed(name, getattr(owner, name)))
    settings = Settings(workers=workers, summary=SummarySettings(algorithm=algorithm))
    clock, start = time.perf_counter(), time.process_time()
    issue = composing.compose_issue(given, settings, NOW)
    whole, clock = time.process_time() - start, time.perf_counter() - clock
    helped = resource.getrusage(resource.RUSAGE_CHILDREN)
    placed = sum(len(story.articles) for story in issue.stories) + len(issue.drops)
    return {
        "articles": len(given), "placed": placed, "stages": stages, "whole": whole, "baseline": baseline,
        "megabytes": peak_megabytes(), "before": before, "clock": clock, "helped": helped.ru_utime + helped.ru_stime,
    }  # fmt: skip


def main() -> None:
    """Each run has a process of its own, so that memory is its own; `compose.py [FILE]`."""
    path = Path(next((word for word in sys.argv[1:] if not word.startswith("-")), str(DATA / "news-en.jsonl.gz")))
    if "--one" in sys.argv:
        copies, workers, algorithm = sys.argv[-3:]
        print(json.dumps(measure(path, float(copies), int(workers), algorithm)))
        return
    print(machine())
    sizes = [_least(path, 2**doubling) for doubling in range(DOUBLINGS)]
    names = list(sizes[0]["stages"])
    heading = ("articles", *names, "whole, s", "ms an article", "baseline, s", "times", "peak MB", "before, MB")
    body = [
        (
            run["articles"],
            *(f"{run['stages'].get(name, 0):.2f}" for name in names),
            f"{run['whole']:.2f}",
            f"{run['whole'] / run['articles'] * 1000:.2f}",
            f"{run['baseline']:.2f}",
            f"{run['whole'] / run['baseline']:.1f}",
            f"{run['megabytes']:.0f}",
            f"{run['before']:.0f}",
        )
        for run in sizes
    ]
    print(table(heading, body))
    print(f"growth: n^{growth([run['articles'] for run in sizes], [run['whole'] for run in sizes]):.2f}")
    print(
        f"the {sizes[0]['articles']:,} articles as a JSON Feed, read as `digest build` reads it: {as_feed(path):.2f} s"
    )
    alone, shared = (_run(path, 1, workers, SLOW) for workers in (1, WORKERS))
    by_clock = alone["clock"] / shared["clock"]
    by_processor = alone["whole"] / (shared["whole"] + shared["helped"] / WORKERS)
    print(
        f"{WORKERS} workers, {alone['articles']:,} articles, {SLOW}: {by_clock:.2f} times as fast by the clock, "
        f"{by_processor:.2f} times by CPU time ({alone['whole']:.1f} s alone; {shared['whole']:.1f} s, and "
        f"{shared['helped']:.1f} s in the workers)"
    )
    print(pages_by_workers())


def as_feed(path: Path) -> float:
    """CPU seconds to read the file's articles out of one feed, the least of three times."""
    from digest.model import Document, Hints
    from digest.pipeline import read

    items = [
        {
            "id": str(row["id"]),
            "title": row["headline"],
            "content_html": "".join(f"<p>{escape(text)}</p>" for text in row["paragraphs"]),
        }
        for row in rows(path)
    ]
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "News", "language": "en", "items": items}
    document = Document("news", "news.json", json.dumps(feed).encode(), "application/feed+json")
    took = []
    for _ in range(RUNS):
        start = time.process_time()
        assert len(read(document, Hints("news")).articles) == len(items)
        took.append(time.process_time() - start)
    return min(took)


def pages_by_workers() -> str:
    """A whole `digest build` of saved pages, whose reading the workers share, by the clock."""
    pages = sorted((DATA / "pages").glob("*/source.html"))
    if not pages:
        return "no saved pages here, so that a build of pages is not measured"
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        (folder / "pages").mkdir()
        for copy in range(COPIES_OF_PAGES):
            for page in pages:
                text = _TEXT.sub(partial(_marked, copy=copy), page.read_text("utf-8", "replace"))
                (folder / "pages" / f"{page.parent.name}-{copy}.html").write_text(text, "utf-8")
        clock = {workers: min(_build(folder, workers) for _ in range(RUNS)) for workers in (1, WORKERS)}
        count = len(pages) * COPIES_OF_PAGES
    return (
        f"digest build of {count} saved pages, reading and all: {clock[1]:.1f} s with one worker, "
        f"{clock[WORKERS]:.1f} s with {WORKERS}: {clock[1] / clock[WORKERS]:.2f} times as fast by the clock"
    )


def _marked(match: re.Match[str], copy: int) -> str:
    """The text between two tags with every third word marked, so that no copy of a page is a duplicate."""
    words = match[0].split(" ")
    return " ".join(f"{word}{copy or ''}" if at % 3 == 1 and word.isalpha() else word for at, word in enumerate(words))


def _build(folder: Path, workers: int) -> float:
    source = "[[source]]\nname = 'pages'\nuse = 'folder'\npath = 'pages'\n"
    (folder / "digest.toml").write_text(
        f"workers = {workers}\n[newsletter]\nname = 'Pages'\nwindow = 1000000\n{source}", "utf-8"
    )
    for left in (*folder.glob("digest.sqlite*"), folder / "out"):
        shutil.rmtree(left) if left.is_dir() else left.unlink(missing_ok=True)
    command = [sys.executable, "-m", "digest", "build", "--now", NOW.isoformat()]
    start = time.perf_counter()
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, check=False, cwd=folder, capture_output=True, text=True, env=environment)
    if done.returncode not in (0, 1):  # 1 says that something was found, such as no contact for corrections
        sys.exit(done.stderr)
    return time.perf_counter() - start


def _least(path: Path, copies: int) -> dict[str, Any]:
    runs = [_run(path, copies) for _ in range(RUNS)]
    return {**min(runs, key=lambda run: run["whole"]), "baseline": min(run["baseline"] for run in runs)}


def _run(path: Path, copies: int, workers: int = 1, algorithm: str = "forward") -> dict[str, Any]:
    command = [sys.executable, __file__, str(path), "--one", str(copies), str(workers), algorithm]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
    run: dict[str, Any] = json.loads(done.stdout)
    return run


if __name__ == "__main__":
    main()
