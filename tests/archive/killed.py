"""Does one thing to an archive again and again, killed each time one database statement later than the last.

Prints a line a life: how it ended, then how many articles and issues the archive holds.
"""

from __future__ import annotations

import os
import signal
import sys
from datetime import UTC, date, datetime
from itertools import count

from sqlalchemy import Connection, Engine, event

from digest.archive import open_archive
from digest.archive.store import Archive
from digest.identity import identify
from digest.model import Article, Document, Issue, Rendition, Section, Story

NOW = datetime(2026, 11, 22, 5, 30, tzinfo=UTC)
ARTICLES = tuple(identify(Article("", "", "harbour", headline)) for headline in ("Pier reopens", "Market moves"))


def store(archive: Archive) -> None:
    archive.store(ARTICLES, [Document("harbour", "page.html", b"<p>")], NOW)


def publish(archive: Archive) -> None:
    def make(number: int) -> tuple[Issue, tuple[Rendition, ...]]:
        sections = (Section("town", "Town", (Story(ARTICLES),)),)
        issue = Issue("Morning Tide", date(2026, 11, 22), NOW, number=number, sections=sections)
        return issue, (Rendition("issue.html", "text/html", b"<p>"),)

    archive.publish("Morning Tide", date(2026, 11, 22), make, NOW)


def die_at(statement: int) -> None:
    """Kill this process before its so many-th statement or commit from here on."""
    left = count(statement, -1)

    def step(*_: object) -> None:
        if next(left) == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(Engine, "before_cursor_execute", step)

    @event.listens_for(Engine, "commit")
    def commit(connection: Connection) -> None:
        step()


def main(url: str, action: str) -> None:
    with open_archive(url):
        pass
    for statement in count():
        child = os.fork()
        if child == 0:
            with open_archive(url) as archive:
                die_at(statement)
                {"store": store, "publish": publish}[action](archive)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        with open_archive(url) as archive:
            whole = [len(archive.issue(row.number)[1]) for row in archive.issues()]
            print(status, len(archive.articles()), len(tuple(archive.documents())), *whole, flush=True)
        if status != signal.SIGKILL:
            return


if __name__ == "__main__":
    main(*sys.argv[1:])
