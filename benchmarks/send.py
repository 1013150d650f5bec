"""How fast an issue goes out: `python -m benchmarks.send [--messages N]`.

10,000 personalised messages to Postfix's smtp-sink, by the pipeline with its receipts in an archive in a file, beside
Postfix's own smtp-source with the same bytes over as many connections; then over a line with 50 ms between question and
answer, played by a proxy in a process of its own. And what one more message costs to write.
"""

from __future__ import annotations

import argparse
import asyncio
import multiprocessing
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from getpass import getuser
from pathlib import Path

from benchmarks.figures import machine, table
from digest.archive import open_archive
from digest.config import DeliverSettings, NewsletterSettings, Settings
from digest.deliverers.smtp import Server, Smtp
from digest.message import Mailing
from digest.model import Issue, Look, Recipient, Rendition
from digest.pipeline import publish, send
from tests.renderers import issues

ROUND_TRIP = 0.05
SECRET = "only for measuring"
SETTINGS = Settings(newsletter=NewsletterSettings(name="The Harbour Brief"), deliver=DeliverSettings(attempts=1))


def program(name: str) -> str:
    found = shutil.which(name, path="/usr/sbin:/usr/local/sbin:/usr/bin")
    if found is None:
        sys.exit(f"{name} is not installed: apt-get install postfix")
    return found


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def await_port(port: int) -> None:
    while True:
        with socket.socket() as knock:
            if knock.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)


@contextmanager
def sink() -> Iterator[int]:
    """Postfix's smtp-sink; the port it listens on."""
    port, user = free_port(), ["-u", getuser()] if os.geteuid() == 0 else []
    with subprocess.Popen([program("smtp-sink"), *user, f"127.0.0.1:{port}", "256"]) as process:
        try:
            await_port(port)
            yield port
        finally:
            process.terminate()


async def _pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Everything that comes, half a round trip later, in its order and at any rate."""
    loop = asyncio.get_running_loop()
    while data := await reader.read(1 << 20):
        loop.call_later(ROUND_TRIP / 2, writer.write, data)
    loop.call_later(ROUND_TRIP / 2, writer.close)


def _slow_line(port: int, to: int) -> None:
    async def serve() -> None:
        async def joined(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            far_reader, far_writer = await asyncio.open_connection("127.0.0.1", to)
            await asyncio.gather(_pass_on(reader, far_writer), _pass_on(far_reader, writer), return_exceptions=True)

        await (await asyncio.start_server(joined, "127.0.0.1", port)).serve_forever()

    asyncio.run(serve())


@contextmanager
def slow_line(to: int) -> Iterator[int]:
    port = free_port()
    process = multiprocessing.Process(target=_slow_line, args=(port, to), daemon=True)
    process.start()
    try:
        await_port(port)
        yield port
    finally:
        process.terminate()
        process.join()


def an_issue() -> Issue:
    """An issue whose message has about 40 KB, with links of each reader's own."""
    imprint = replace(
        issues.full().imprint,
        sender="brief@harbour-brief.example",
        unsubscribe="https://harbour-brief.example/leave?reader={reader}",
    )
    return replace(issues.full(), newsletter=SETTINGS.newsletter.name, imprint=imprint, number=None)


def padded(renditions: tuple[Rendition, ...], size: int) -> tuple[Rendition, ...]:
    """The renditions with a comment in the HTML that makes a message of them of about that size."""
    more = max(0, size - sum(len(each.body) for each in renditions if each.name in ("issue.html", "issue.txt")))
    filler = b"<!-- " + b"one more line of the same length and nothing in it \n" * (more // 52) + b"-->"
    return tuple(
        replace(each, body=each.body.replace(b"</body>", filler + b"</body>", 1)) if each.name == "issue.html" else each
        for each in renditions
    )


def ours(
    issue: Issue, renditions: tuple[Rendition, ...], port: int, messages: int, connections: int, folder: Path
) -> tuple[float, float]:
    """Messages a second, and milliseconds of this process's CPU time a message."""
    readers = [Recipient(f"reader{n}@home.example", f"Reader {n}") for n in range(messages)]
    server = Server("127.0.0.1", port, "none", connections=connections)
    with open_archive(f"sqlite:///{folder}/{time.monotonic_ns()}.sqlite") as archive:
        archive.publish(issue.newsletter, issue.date, lambda number: (issue, renditions), issues.MADE)
        begun, used = time.perf_counter(), time.process_time()
        now = issues.MADE + timedelta(hours=1)
        sent = send(SETTINGS, archive, 1, readers, Smtp(server), now, secret=SECRET)
        took, cpu = time.perf_counter() - begun, time.process_time() - used
    if len(sent.of("submitted")) != messages:
        sys.exit(f"only {len(sent.of('submitted'))} of {messages} were taken: {sent.of('failed')[:1]}")
    return messages / took, cpu / messages * 1000


def theirs(message: Path, port: int, messages: int, connections: int) -> float:
    """Messages a second of smtp-source, its connections kept."""
    command = [program("smtp-source"), "-d", "-s", str(connections), "-m", str(messages), "-F", str(message),
               "-f", "brief@harbour-brief.example", "-t", "reader@home.example", f"127.0.0.1:{port}"]  # fmt: skip
    begun = time.perf_counter()
    subprocess.run(command, check=True)
    return messages / (time.perf_counter() - begun)


def writing(mailing: Mailing, messages: int) -> float:
    """Milliseconds of CPU time to write one more message."""
    readers = [Recipient(f"reader{n}@home.example", f"Reader {n}") for n in range(messages)]
    begun = time.process_time()
    for reader in readers:
        mailing.message(reader)
    return (time.process_time() - begun) / messages * 1000


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--messages", type=int, default=10_000)
    arguments.add_argument("--connections", type=int, nargs="+", default=[1, 4])
    arguments.add_argument("--slow", type=int, nargs="+", default=[5, 20, 50], help="connections over the slow line")
    given = arguments.parse_args()
    with open_archive("sqlite://") as archive:
        draft = publish(an_issue(), Look(), archive, issues.MADE)
    issue, renditions = draft.issue, padded(draft.renditions, 38_000)
    mailing = Mailing(issue, renditions, secret=SECRET)
    message = mailing.message(Recipient("reader1@home.example", "Reader 1"))
    print(f"{machine()}; {given.messages} messages of {len(message) / 1000:.0f} KB")
    print(f"one more message is written in {writing(mailing, 2000):.3f} ms")
    rows = []
    with tempfile.TemporaryDirectory() as name, sink() as port:
        folder = Path(name)
        (folder / "message.eml").write_bytes(message.replace(b"\r\n", b"\n"))
        for connections in given.connections:
            their_rate = theirs(folder / "message.eml", port, given.messages, connections)
            rate, cpu = ours(issue, renditions, port, given.messages, connections, folder)
            rows.append((connections, f"{rate:.0f}", f"{their_rate:.0f}", f"{rate / their_rate:.2f}", f"{cpu:.2f}"))
        print(table(("connections", "digest send, a second", "smtp-source", "ratio", "CPU ms a message"), rows))
        print(f"\nthe same with {ROUND_TRIP * 1000:.0f} ms between question and answer:\n")
        rows = []
        with slow_line(port) as far:
            for connections in given.slow:
                some = min(given.messages, connections * 60)
                rate, cpu = ours(issue, renditions, far, some, connections, folder)
                their_rate = theirs(folder / "message.eml", far, some, connections)
                most = connections / (2 * ROUND_TRIP)
                rows.append((connections, f"{rate:.0f}", f"{their_rate:.0f}", f"{most:.0f}", f"{rate / most:.2f}"))
    print(table(("connections", "digest send, a second", "smtp-source", "connections / two waits", "of that"), rows))


if __name__ == "__main__":
    main()
