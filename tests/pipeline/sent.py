"""An issue to send, and a process that is killed while it does so.

`python -m tests.pipeline.sent FOLDER` sends an issue again and again from nothing, each time in a process that is
killed at a write to the archive later than the last, and then once more to the end. Prints a line for each: how it
ended; how many messages the server got from it; how many recipients are left unknown; how many messages it got from the
second; how many recipients got two.
"""

from __future__ import annotations

import os
import signal
import sys
from collections import Counter
from dataclasses import replace
from itertools import count
from pathlib import Path

from sqlalchemy import Connection, Engine, event

from digest.archive import open_archive
from digest.config import DeliverSettings, NewsletterSettings, Settings
from digest.deliverers.smtp import Server, Smtp
from digest.model import Issue, Look, Recipient
from digest.pipeline import publish, send, sending
from tests.deliverers.server import Handler, serving
from tests.renderers import issues

SETTINGS = Settings(
    newsletter=NewsletterSettings(name="The Harbour Brief", corrections="errors@harbour-brief.example"),
    deliver=DeliverSettings(backoff=30),
)
READERS = tuple(
    Recipient(f"{name}@home.example", "Reader" if name == "dee" else "") for name in ("ada", "ben", "cy", "dee")
)


def issue_to_send() -> Issue:
    """An issue in which the checks find no error."""
    issue = issues.one()
    imprint = replace(issues.full().imprint, sender="brief@harbour-brief.example")
    return replace(issue, newsletter=SETTINGS.newsletter.name, imprint=imprint, contacts=issues.full().contacts)


def _die_at(write: int) -> None:
    left = count(write, -1)

    @event.listens_for(Engine, "commit")
    def commit(connection: Connection) -> None:
        if connection.get_execution_options().get("digest_writes") and next(left) == 0:
            os.kill(os.getpid(), signal.SIGKILL)


def _send(url: str, server: Server, write: int | None) -> int:
    """Send in a child; how it ended."""
    child = os.fork()
    if child == 0:
        if write is not None:
            _die_at(write)
        readers = [Recipient(f"{n}.{each.address}") for n in range(2) for each in READERS]
        with open_archive(url) as archive:
            send(SETTINGS, archive, 1, readers, Smtp(server), issues.MADE)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def main(folder: str) -> None:
    sending._AHEAD = 2  # many writes to die at
    with open_archive("sqlite://") as archive:
        draft = publish(issue_to_send(), Look(), archive, issues.MADE)
    made = (draft.issue, draft.renditions)
    for write in count():
        url = f"sqlite:///{Path(folder)}/{write}.sqlite"
        with open_archive(url) as archive:
            archive.publish(draft.issue.newsletter, draft.issue.date, lambda number: made, issues.MADE)
        handler = Handler()
        with serving(handler) as server:
            ended = _send(url, replace(server, connections=1), write)
            before = len(handler.taken)
            _send(url, server, None)
        with open_archive(url) as archive:
            receipts = archive.receipts(SETTINGS.newsletter.name, 1)
        unknown = sum(each.status == "attempted" for each in receipts.values())
        twice = sum(times > 1 for times in Counter(handler.to).values())
        print(ended, before, unknown, len(handler.taken) - before, twice, flush=True)
        if ended == 0:
            return


if __name__ == "__main__":
    main(sys.argv[1])
