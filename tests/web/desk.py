"""A small newsroom for the preview's tests: an issue made from one file, a server, and a way to ask it."""

from __future__ import annotations

import http.client
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from html import escape
from pathlib import Path
from threading import Event, Semaphore, Thread
from urllib.parse import urlsplit

from digest.errors import DigestError
from digest.model import Article, Drop, Finding, Issue, Rendition, Section, Story
from digest.pipeline import Draft
from digest.pipeline.explaining import Answer as Explained
from digest.web.app import create_app
from digest.web.live import Proof
from digest.web.server import Server, listen, url_of

EMAIL = """<!DOCTYPE html>
<html lang="en"><head><meta name="color-scheme" content="light dark"><title>Quayside</title>
<style>body {{ background: #ffffff; margin: 0 }} h1 {{ font-size: 28px }} p {{ height: 3000px }}
@media (max-width: 480px) {{ h1 {{ font-size: 24px }} }}
@media (prefers-color-scheme: dark) {{ body {{ background: #16181c }} }}</style></head>
<body><h1>{headline}</h1><p><a href="https://news.example.org/ferry">Read at Quayside</a></p></body></html>
"""


def draft_of(
    headline: str,
    *,
    drops: tuple[Drop, ...] = (),
    findings: tuple[Finding, ...] = (),
    markup: Callable[[str], str] = escape,
) -> Draft:
    """A draft of one story. `markup` makes HTML of its headline: escaped, as a renderer does, or worse."""
    article = Article("a1", "r1", "desk", headline, publisher="Quayside")
    issue = Issue(
        newsletter="The Quayside Letter",
        date=date(2026, 11, 22),
        made=datetime(2026, 11, 22, 6, tzinfo=UTC),
        subject=headline,
        preheader="What the harbour talks about this morning",
        sections=(Section("harbour", "Harbour", (Story((article,)),)),),
        drops=drops,
    )
    html = EMAIL.format(headline=markup(headline)).encode()
    renditions = (
        Rendition("issue.html", "text/html; charset=utf-8", html),
        Rendition("issue.txt", "text/plain; charset=utf-8", f"{headline}\n\nRead at Quayside\n".encode()),
        Rendition("web.html", "text/html", html),
        Rendition("issue.json", "application/json", b'{"version": 1}\n'),
        Rendition("issue.eml", "message/rfc822", b"Subject: The Quayside Letter\r\n\r\n"),
    )
    return Draft(issue, renditions, findings)


@dataclass(slots=True)
class Newsroom:
    """An issue whose headline is the text of `page`; the text `! words` fails the build with these words.

    `begun` is released at the start of each build, which then waits for the `gate`.
    """

    folder: Path
    drops: tuple[Drop, ...] = ()
    findings: tuple[Finding, ...] = ()
    markup: Callable[[str], str] = escape
    also_watched: list[Path] = field(default_factory=list)
    explain: Callable[[str], Explained] | None = None
    articles: Collection[str] = ()
    collected: datetime | None = None
    builds: int = 0
    asked: int = 0
    begun: Semaphore = field(default_factory=lambda: Semaphore(0))
    gate: Event = field(default_factory=Event)

    def __post_init__(self) -> None:
        self.gate.set()
        self.write("Ferry crews vote to keep the night boat")

    @property
    def page(self) -> Path:
        return self.folder / "front.txt"

    def write(self, text: str) -> None:
        self.page.write_text(text, encoding="utf-8")

    def replace(self, text: str) -> None:
        """Saves as careful editors do: a new file, renamed over the old one."""
        fresh = self.folder / ".front.txt.new"
        fresh.write_text(text, encoding="utf-8")
        fresh.replace(self.page)

    def build(self, asked: bool = False) -> Proof:
        self.builds += 1
        self.begun.release()
        self.gate.wait()
        text = self.page.read_text(encoding="utf-8").strip()
        if text.startswith("!"):
            raise DigestError(text.removeprefix("!").strip())
        if not text:
            raise ValueError("nobody expected an empty page")
        self.asked += asked
        draft = draft_of(text, drops=self.drops, findings=self.findings, markup=self.markup)
        return Proof(draft, self.explain, self.articles, self.collected)

    def watched(self) -> Collection[Path]:
        return [self.page, *self.also_watched]


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    headers: dict[str, str]
    text: str


@dataclass(frozen=True, slots=True)
class Served:
    """A preview that runs, and how a browser asks it."""

    url: str
    stop: Callable[[], None]

    def ask(self, path: str, method: str = "GET", **headers: str) -> Answer:
        connection = http.client.HTTPConnection(urlsplit(self.url).netloc, timeout=20)
        try:
            connection.request(method, path, headers=headers)
            response = connection.getresponse()
            sent = {name.lower(): value for name, value in response.getheaders()}
            return Answer(response.status, sent, response.read().decode())
        finally:
            connection.close()

    @contextmanager
    def events(self, path: str = "/events") -> Iterator[Callable[[], tuple[str, str]]]:
        """Listens; each call waits for the next event and gives its name and its data ("", "" at the end)."""
        connection = http.client.HTTPConnection(urlsplit(self.url).netloc, timeout=20)
        connection.request("GET", path)
        response = connection.getresponse()

        def following() -> tuple[str, str]:
            name = ""
            for line in response:
                label, _, value = line.decode().strip().partition(": ")
                if label == "event":
                    name = value
                elif label == "data":
                    return name, value
            return "", ""

        try:
            yield following
        finally:
            response.close()
            connection.close()


@contextmanager
def serving(newsroom: Newsroom, host: str = "127.0.0.1") -> Iterator[Served]:
    """The preview of a newsroom on a free port, stopped in good order at the end."""
    with served_by(newsroom.build, newsroom.watched, host, newsroom.gate.set) as served:
        yield served


@contextmanager
def served_by(
    build: Callable[[bool], Proof],
    watched: Callable[[], Collection[Path]],
    host: str = "127.0.0.1",
    before_stop: Callable[[], None] = lambda: None,
) -> Iterator[Served]:
    """A preview of what `build` gives, on a free port, stopped in good order at the end."""
    listener = listen(host, 0)
    ready = Event()
    server = Server(create_app(build, watched, host=host), listener, ready.set)
    thread = Thread(target=server.run)
    thread.start()

    def stop() -> None:
        before_stop()
        server.should_exit = True
        thread.join(20)
        assert not thread.is_alive(), "the preview did not stop"

    try:
        assert ready.wait(20)
        yield Served(url_of(host, listener), stop)
    finally:
        stop()
