"""A simulated year of mornings: what a run takes on its first day and on its last, and how large the archive gets."""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from benchmarks.figures import ROOT, machine, peak_megabytes, table

ZONE = ZoneInfo("Europe/Zurich")
FIRST = datetime(2026, 1, 1, 7, tzinfo=ZONE)
NEWSLETTER = "A Year of Mornings"
STORIES = 30
_WHO = "The harbour office", "A retired pilot", "The night shift", "Her neighbour", "The upland council", "Nobody"
_DOES = "has counted", "will repaint", "cannot find", "wants to sell", "looks after", "wrote about"
_WHAT = "the old ferry", "eleven rowing boats", "the lamp on the mole", "a letter from 1911", "the winter timetable"
_LABELS = "Politics", "Business", "Sport", "Culture", "Science"


def name(chance: random.Random) -> str:
    """An invented name, so that a year of articles has a year's vocabulary."""
    return "".join(chance.choice("bdfgklmnprstvw") + chance.choice("aeiou") for _ in range(3)).capitalize()


def entry(feed: int, number: int, day: int) -> str:
    """An item of its own for every feed and number, the same in every run."""
    chance = random.Random(f"{feed}-{number}")
    names = [name(chance) for _ in range(8)]
    sentences = [
        f"{chance.choice(_WHO)} of {names[place % 8]} {chance.choice(_DOES)} {chance.choice(_WHAT)} "
        f"of {names[(place + 3) % 8]}."
        for place in range(15)
    ]
    text = "".join(f"&lt;p&gt;{' '.join(sentences[start : start + 3])}&lt;/p&gt;" for start in range(0, 15, 3))
    when = FIRST + timedelta(days=day - 1, minutes=-chance.randrange(30, 1200))
    label = f"<category>{chance.choice(_LABELS)}</category>"
    return (
        f"<item><title>{sentences[0]}</title><link>https://paper{feed}.example/{number}</link>"
        f"<guid>{feed}-{number}</guid><pubDate>{when:%a, %d %b %Y %H:%M:%S %z}</pubDate>"
        f"{label}<description>{text}</description></item>"
    )


def make(folder: Path, feeds: int, items: int) -> tuple[Any, Callable[[int], Any]]:
    """The settings, and the sources of a day: each feed shows its newest items, half of them new."""
    from digest.config import ArchiveSettings, DeliverSettings, NewsletterSettings, Settings, SourceSettings
    from digest.model import Document, Drop

    class Feed:
        complete = False

        def __init__(self, number: int, day: int) -> None:
            self.number, self.day = number, day

        def fetch(self, now: datetime) -> Iterator[Document | Drop]:
            new = items // 2
            shown = range((self.day - 1) * new, (self.day + 1) * new)
            entries = "".join(entry(self.number, each, each // new) for each in shown)
            head = f"<title>Paper {self.number}</title><language>en</language>"
            body = f'<?xml version="1.0"?><rss version="2.0"><channel>{head}{entries}</channel></rss>'
            yield Document(f"paper {self.number}", f"paper {self.number}", body.encode(), "application/rss+xml")

    sources = tuple(SourceSettings(name=f"paper {number}", use="folder", path=".") for number in range(feeds))
    settings = Settings(
        folder=folder,
        newsletter=NewsletterSettings(
            name=NEWSLETTER, timezone=ZONE.key, approve="auto", max_stories=STORIES, base_url="https://year.example"
        ),
        source=sources,
        archive=ArchiveSettings(),
        deliver=DeliverSettings(web=Path("public")),
    )
    return settings, lambda day: tuple((each, Feed(number, day)) for number, each in enumerate(sources))


def live(url: str, folder: Path, days: range, feeds: int, items: int) -> None:
    """Collect each day's feeds and publish some of what is new, without the work of choosing it."""
    from digest.archive import open_archive
    from digest.model import Issue, Rendition, Section, Story
    from digest.pipeline import collect, write_web

    settings, sources = make(folder, feeds, items)
    keep = timedelta(days=settings.archive.keep)
    with open_archive(url) as archive:
        for day in days:
            now = FIRST + timedelta(days=day - 1)
            collect(sources(day), archive, now, keep=keep)
            told = archive.articles(since=now - timedelta(days=1), until=now, limit=STORIES)

            def issue(number: int, told: Any = told, now: datetime = now) -> Any:
                sections = (Section("town", "Town", tuple(Story((each,)) for each in told)),)
                made = Issue(NEWSLETTER, now.date(), now, number=number, sections=sections, subject=told[0].headline)
                return made, (Rendition("web.html", "text/html", b"<p>" * 20000),)

            archive.publish(NEWSLETTER, now.date(), issue, now)
        write_web(settings, archive, folder / "public", missing=True)


def measure(url: str, folder: Path, day: int, feeds: int, items: int) -> dict[str, Any]:
    """The run of one day in this process: CPU seconds, of them what collecting takes, and peak memory."""
    from digest.archive import open_archive
    from digest.pipeline import publishing, run

    settings, sources = make(folder, feeds, items)
    spent: dict[str, float] = {}

    def timed(name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **options: Any) -> Any:
            begun = time.process_time()
            try:
                return function(*arguments, **options)
            finally:
                spent[name] = time.process_time() - begun

        return call

    for part in ("collect", "recall", "taught", "due_corrections", "compose_day"):
        setattr(publishing, part, timed(part, getattr(publishing, part)))
    with open_archive("sqlite://") as warm:  # what is loaded once is not this day's
        publishing.draft_issue(settings, sources(1)[:2], warm, FIRST)
    spent.clear()
    with open_archive(url) as archive:
        begun = time.process_time()
        ran = run(settings, sources(day), archive, FIRST + timedelta(days=day - 1))
        whole = time.process_time() - begun
    assert ran.state == "published", ran.state
    assert ran.draft
    return {
        "whole": whole, "parts": spent, "megabytes": peak_megabytes(), "stories": len(ran.draft.issue.stories),
        "new": ran.collected.new, "kilobytes": Path(url.removeprefix("sqlite:///")).stat().st_size / 1024,
    }  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--feeds", type=int, default=20)
    parser.add_argument("--items", type=int, default=20, help="items that a feed shows, half of them new each day")
    parser.add_argument("--days", type=int, nargs="*", default=[1, 2, 30, 365], help="the days that are measured")
    parser.add_argument("--one", nargs=3, metavar=("URL", "FOLDER", "DAY"), help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    sizes = arguments.feeds, arguments.items
    if arguments.one:
        url, place, day = arguments.one
        print(json.dumps(measure(url, Path(place), int(day), *sizes)))
        return
    rows, parts = [], ("collect", "recall", "taught", "due_corrections", "compose_day")
    with tempfile.TemporaryDirectory() as made:
        url, before = f"sqlite:///{made}/digest.sqlite", 0
        for day in sorted(arguments.days):
            live(url, Path(made), range(before + 1, day), *sizes)
            command = [sys.executable, __file__, "--feeds", str(sizes[0]), "--items", str(sizes[1])]
            environment = {**os.environ, "PYTHONPATH": str(ROOT)}
            done = subprocess.run(
                [*command, "--one", url, made, str(day)], check=True, stdout=subprocess.PIPE, text=True, env=environment
            )
            told = json.loads(done.stdout)
            spent = (f"{told['parts'].get(part, 0):.2f}" for part in parts)
            megabytes = f"{told['megabytes']:.0f}", f"{told['kilobytes'] / 1024:.0f}"
            rows.append((day, told["new"], told["stories"], f"{told['whole']:.2f}", *spent, *megabytes))
            before = day
    print(f"{sizes[0]} feeds of {sizes[1]} items, half of them new each day; {machine()}\n")
    print(table(("day", "new", "stories", "run, CPU s", *parts, "peak MB", "archive MB"), rows))


if __name__ == "__main__":
    main()
