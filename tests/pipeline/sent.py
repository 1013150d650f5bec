"""An issue to send, and a process that is killed while it does so.

`python -m tests.pipeline.sent URL STEP` sends an issue to six readers again and again, in the archive at that URL,
each time in a process that is killed so many steps later than the last:

- `written`: at a write to the archive;
- `handed over`: when the server has the whole of a message and has not answered yet;
- `answered`: when the server's answer is there and its receipt is not.

Then it is sent twice more, to the end: as it is, and once more with what is unknown. Prints a line of JSON for each.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import count
from threading import Event
from typing import Any

from aiosmtpd.smtp import SMTP
from sqlalchemy import Connection, Engine, event

from digest.archive import open_archive
from digest.config import DeliverSettings, NewsletterSettings, Settings
from digest.deliverers.smtp import Server, Smtp
from digest.model import Issue, Look, Outcome, Recipient, Rendition, Status
from digest.pipeline import Draft, Sent, publish, send, sending
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


TWICE = tuple(Recipient(f"{n}.{each.address}") for n in range(2) for each in READERS[:3])
KILLED = ("written", "handed over", "answered")


def _die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _die_at_write(write: int) -> None:
    left = count(write, -1)

    @event.listens_for(Engine, "commit")
    def commit(connection: Connection) -> None:
        if connection.get_execution_options().get("digest_writes") and next(left) == 0:
            _die()


class _DiesOnceAnswered(Smtp):
    """Dies between an answer of the server and what is made of it."""

    def __init__(self, server: Server, left: int) -> None:
        super().__init__(server)
        self._left = count(left, -1)

    def __call__(self, message: bytes, sender: str, recipient: str) -> Outcome:
        outcome = super().__call__(message, sender, recipient)
        if next(self._left) == 0:
            _die()
        return outcome


@dataclass
class Killer(Handler):
    """Kills the process that sends, once told which, when it has `left` messages and the whole of the next, which it
    keeps."""

    left: int = -1
    victim: int = 0
    known: Event = field(default_factory=Event)

    def kill(self, victim: int) -> None:
        self.victim = victim
        self.known.set()

    async def handle_DATA(self, server: SMTP, session: Any, envelope: Any) -> str:  # noqa: N802
        if len(self.taken) != self.left:
            return await super().handle_DATA(server, session, envelope)
        await asyncio.to_thread(self.known.wait)
        self.taken.append((envelope.mail_from, envelope.rcpt_tos[0], envelope.original_content))
        os.kill(self.victim, signal.SIGKILL)
        await asyncio.Event().wait()  # until the connection is lost, which its end alone can lose
        raise AssertionError


def _killed(url: str, name: str, server: Server, how: str, left: int, handler: Killer) -> int:
    """Send in a child that is killed; how it ended."""
    child = os.fork()
    if child == 0:
        if how == "written":
            _die_at_write(left)
        deliverer = _DiesOnceAnswered(server, left) if how == "answered" else Smtp(server)
        _sent(url, name, deliverer)
        os._exit(0)
    handler.kill(child)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _sent(url: str, name: str, deliverer: Smtp, retry: tuple[Status, ...] = ()) -> Sent:
    own = SETTINGS.model_copy(update={"newsletter": SETTINGS.newsletter.model_copy(update={"name": name})})
    with open_archive(url) as archive:
        return send(own, archive, 1, TWICE, deliverer, issues.MADE, retry=retry)


def _made(draft: Draft, name: str, number: int) -> tuple[Issue, tuple[Rendition, ...]]:
    return replace(draft.issue, newsletter=name), draft.renditions


def main(url: str, step: str) -> None:
    sending._AHEAD = 2  # many writes to die at
    with open_archive("sqlite://") as archive:
        draft = publish(issue_to_send(), Look(), archive, issues.MADE)
    for how in KILLED:
        for left in count(step=int(step)):
            name = f"{how} {left}"
            with open_archive(url) as archive:
                made = partial(_made, draft, name)
                archive.publish(name, draft.issue.date, made, issues.MADE)
            first, second, third = Killer(left=left if how == "handed over" else -1), Handler(), Handler()
            # Each has its own server, so that nothing is taken late: what stood in a line is lost when it stops.
            with serving(first) as server:
                ended = _killed(url, name, replace(server, connections=1), how, left, first)
            with open_archive(url) as archive:
                receipts = archive.receipts(name, 1)
            with serving(second) as server:
                reported = _sent(url, name, Smtp(server)).open
            with serving(third) as server:
                complete = _sent(url, name, Smtp(server), ("attempted",)).complete
            line = {
                "how": how,
                "ended": ended,
                "receipts": {address: each.status for address, each in receipts.items()},
                "reported": [each.address for each in reported],
                "taken": [first.to, second.to, third.to],
                "complete": complete,
            }
            print(json.dumps(line), flush=True)
            if ended == 0:
                break


if __name__ == "__main__":
    main(*sys.argv[1:])
