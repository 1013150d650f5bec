"""Collecting many feeds from a local server: feeds a second, CPU a feed beside feedparser alone, peak memory."""

from __future__ import annotations

import argparse
import asyncio
import multiprocessing
import random
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from io import BytesIO
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.figures import machine, peak_megabytes, table
from digest.archive import open_archive
from digest.archive.store import Archive
from digest.config import SourceSettings
from digest.model import Document, Hints, Reading
from digest.pipeline import collect, read
from digest.sources.gathering import Read, gather
from digest.sources.web import Feed, FeedOptions

NOW = datetime(2026, 11, 22, 7, tzinfo=UTC)
_WHO = "The harbour office", "A retired pilot", "The night shift", "Her neighbour", "The upland council", "Nobody"
_DOES = "has counted", "will repaint", "cannot find", "wants to sell", "looks after", "wrote about"
_WHAT = "the old ferry", "eleven rowing boats", "the lamp on the mole", "a letter from 1911", "the winter timetable"
_WHEN = "before the tide turns", "since the bridge closed", "on the first Sunday of Advent", "for the third time"


def body(number: int, items: int) -> bytes:
    """A feed of its own for every number, the same in every run."""
    chance = random.Random(number)
    entries = []
    for place in range(items):
        sentences = [" ".join(map(chance.choice, (_WHO, _DOES, _WHAT, _WHEN))) + "." for _ in range(12)]
        text = "".join(f"&lt;p&gt;{' '.join(sentences[start : start + 3])}&lt;/p&gt;" for start in range(0, 12, 3))
        when = NOW - timedelta(minutes=chance.randrange(5000))
        entries.append(
            f"<item><title>{sentences[0]}</title><link>https://paper{number}.example/{place}?utm_source=rss</link>"
            f"<guid>{number}-{place}</guid><pubDate>{when:%a, %d %b %Y %H:%M:%S} GMT</pubDate>"
            f"<category>Town</category><description>{text}</description></item>"
        )
    head = f"<title>Paper {number}</title><link>https://paper{number}.example/</link><language>en</language>"
    return f'<?xml version="1.0"?><rss version="2.0"><channel>{head}{"".join(entries)}</channel></rss>'.encode()


def serve(channel: Connection, feeds: int, items: int) -> None:
    """A server process: every feed by its number, or 304 to whoever has it."""
    bodies = [body(number, items) for number in range(feeds)]

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while request := await reader.readuntil(b"\r\n\r\n"):
                number = int(request.split(b" ", 2)[1].strip(b"/"))
                if b'if-none-match: "' in request.lower():
                    writer.write(b"HTTP/1.1 304 Not Modified\r\nContent-Length: 0\r\n\r\n")
                else:
                    head = f'Content-Type: application/rss+xml\r\nETag: "{number}"\r\n'
                    length = f"Content-Length: {len(bodies[number])}\r\n\r\n"
                    writer.write(f"HTTP/1.1 200 OK\r\n{head}{length}".encode() + bodies[number])
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    async def run() -> None:
        server = await asyncio.start_server(answer, "0.0.0.0", 0, backlog=1000)
        channel.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(run())


def sources_at(port: int, feeds: int) -> list[tuple[SourceSettings, Feed]]:
    """A feed for every number, each on a host of its own, as feeds are: all of 127.0.0.0/8 is this machine."""
    made = []
    for number in range(feeds):
        host = f"127.0.{1 + number // 250}.{1 + number % 250}"
        options = FeedOptions(url=f"http://{host}:{port}/{number}", full_text="never", allow_hosts=(host,))
        made.append((SourceSettings(name=f"paper {number}", use="feed"), Feed("", options, Path())))
    return made


def fetch(sources: Sequence[tuple[SourceSettings, Feed]], archive: Archive, read: Read) -> None:
    """Every feed fetched and given to `read`, and nothing kept."""
    for each in gather([(settings.name, source) for settings, source in sources], read, archive.fetches, NOW):
        assert not each.drops, each.drops[0]


def read_none(name: str, documents: Sequence[Document]) -> list[Reading]:
    return [Reading() for _ in documents]


def parse_all(name: str, documents: Sequence[Document]) -> list[Reading]:
    """feedparser's parse with its own settings, in the place of reading."""
    import feedparser

    for document in documents:
        feedparser.parse(BytesIO(document.body))
    return read_none(name, documents)


def all_collected(sources: Sequence[tuple[SourceSettings, Feed]], archive: Archive, now: datetime) -> None:
    collected = collect(sources, archive, now)
    assert not collected.drops, collected.drops[0]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--feeds", type=int, default=1000)
    parser.add_argument("--items", type=int, default=20, help="items in each feed")
    arguments = parser.parse_args()
    feeds, items = arguments.feeds, arguments.items
    ours, theirs = multiprocessing.Pipe()
    server = multiprocessing.get_context("spawn").Process(target=serve, args=(theirs, feeds, items), daemon=True)
    server.start()
    sources = sources_at(ours.recv(), feeds)
    with open_archive("sqlite://") as archive:
        all_collected(sources[:1], archive, NOW)  # loads what is loaded once
    rows = []

    def measure(name: str, action: Callable[[], object]) -> float:
        wall, cpu = time.perf_counter(), time.process_time()
        action()
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        rows.append((name, f"{feeds / wall:,.0f}", f"{1000 * cpu / feeds:.2f}", f"{peak_megabytes():.0f}"))
        return cpu

    with TemporaryDirectory() as folder, open_archive(f"sqlite:///{folder}/archive.sqlite") as archive:
        alone = measure("fetched only", lambda: fetch(sources, archive, read_none))
        whole = measure("fetched, read and stored", lambda: all_collected(sources, archive, NOW))
        assert len(archive.articles()) == feeds * items
        again = measure("fetched again, unchanged", lambda: all_collected(sources, archive, NOW + timedelta(hours=1)))
        documents = list(archive.documents())
    server.terminate()
    hints = Hints("paper")
    reading = measure("read only", lambda: [read(document, hints) for document in documents])
    parsing = measure("parsed only, by feedparser", lambda: parse_all("", documents))
    print(f"{feeds:,} feeds, {feeds * items:,} items; {machine()}\n")
    print(table(("what", "feeds a second", "CPU ms a feed", "peak MB so far"), rows))
    ratios = (("fetching", alone), ("reading", reading), ("the whole collect", whole), ("the next one", again))
    print("\nCPU, in parses by feedparser: " + ", ".join(f"{name} {cpu / parsing:.2f}" for name, cpu in ratios))


if __name__ == "__main__":
    main()
