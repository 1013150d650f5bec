"""Runs one morning from nothing again and again, killed each time a write later than the last (a database statement, a
commit, or a file that is put in its place), and then once more, to its end.

Prints a line for each: how the killed run ended, what it left, and what there is after the other. `killed.py CONFIG NOW
STEP` tries every STEP-th write.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
from datetime import datetime
from itertools import count
from pathlib import Path

from sqlalchemy import Connection, Engine, TableClause, delete, event, text

from digest.archive import open_archive, schema
from digest.cli.desk import archive_url, read_settings
from digest.pipeline import run, sources_of


def die_at(write: int) -> None:
    """Kill this process before its so many-th write from here on."""
    left = count(write, -1)

    def step() -> None:
        if next(left) == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    @event.listens_for(Engine, "before_cursor_execute")
    def statement(_connection: Connection, _cursor: object, words: str, *_: object) -> None:
        if words.split(None, 1)[0] in ("INSERT", "UPDATE", "DELETE"):
            step()

    @event.listens_for(Engine, "commit")
    def commit(connection: Connection) -> None:
        if connection.get_execution_options().get("digest_writes"):
            step()

    replace = Path.replace

    def put(self: Path, target: Path) -> Path:
        step()
        return replace(self, target)

    Path.replace = put  # type: ignore[method-assign, assignment]


class Morning:
    """One newsletter's morning, which can be begun from nothing again."""

    def __init__(self, path: str, moment: str) -> None:
        self.settings, config = read_settings(Path(path))
        self.now = datetime.fromisoformat(moment)
        self.url = archive_url(self.settings, config)
        self.sources = sources_of(self.settings)

    def run(self, url: str, write: int | None = None) -> None:
        with open_archive(url) as archive:
            if write is not None:
                die_at(write)
            run(self.settings, self.sources, archive, self.now)

    def run_in_child(self, write: int | None = None) -> int:
        """How a process ended that ran, to the end or to a write."""
        child = os.fork()
        if child == 0:
            self.run(self.url, write)
            os._exit(0)
        return os.waitpid(child, 0)[1]

    def forget(self) -> None:
        """Empty the archive and the folders."""
        with open_archive(self.url) as archive, archive._engine.begin() as connection:
            for name in ("printed", "renditions", "corrections", "issues"):
                connection.execute(text(f"DELETE FROM {name}"))
            for table in vars(schema).values():
                if isinstance(table, TableClause) and table.name != "digest_migrations":
                    connection.execute(delete(table))
        for folder in self.folders():
            shutil.rmtree(folder, ignore_errors=True)

    def folders(self) -> list[Path]:
        deliver = self.settings.deliver
        return [self.settings.folder / folder for folder in (deliver.web, deliver.folder) if folder]

    def state(self) -> str:
        """Articles; the issues' numbers; how many renditions they have; how many files there are, none of them cut."""
        with open_archive(self.url) as archive:
            rows = archive.issues(self.settings.newsletter.name)
            renditions = sum(len(archive.issue(row.number)[1]) for row in rows)
            numbers = ",".join(str(row.number) for row in rows) or "-"
            articles = len(archive.articles())
        files = [file for folder in self.folders() for file in folder.rglob("*") if file.is_file()]
        whole = [file for file in files if not file.name.endswith(".part")]
        return f"{articles} {numbers} {renditions} {len(whole)}"


def main(path: str, moment: str, step: str) -> None:
    morning = Morning(path, moment)
    morning.run("sqlite://")  # loads, before there are children, what each would have to load
    for write in count(step=int(step)):
        morning.forget()
        status = morning.run_in_child(write)
        killed = morning.state()
        morning.run_in_child()
        print(status, killed, morning.state(), flush=True)
        if status != signal.SIGKILL:
            return


if __name__ == "__main__":
    main(*sys.argv[1:])
