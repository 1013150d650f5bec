"""The issue as it stands: built, built again when something changed, and told to whoever listens."""

from __future__ import annotations

import logging
import secrets
from collections.abc import AsyncIterator, Callable, Collection
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import anyio
from anyio.abc import TaskGroup, TaskStatus

from digest.errors import DigestError, NothingToPublishError
from digest.web.watching import Watch, changes, plan

if TYPE_CHECKING:
    from digest.pipeline import Draft
    from digest.pipeline.explaining import Answer

_SECONDS_TO_SHOW = 0.3
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Proof:
    """A draft as the preview shows it.

    `explain` says of a story, or of what was left out, how that came about; it may take a moment and is called in
    worker threads. `articles` are the headlines and ids of all the articles there were to choose from. `collected` is
    when the sources that cannot be watched (the web) were last asked, None where there are none or where they are not
    to be asked. `check` gives the draft with what the checks found, which takes longer than the rest, None where it has
    that; it is called in worker threads.
    """

    draft: Draft
    explain: Callable[[str], Answer] | None = None
    articles: Collection[str] = frozenset()
    collected: datetime | None = None
    check: Callable[[], Draft] | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """Why there is no issue: in a few words, and as the error says it."""

    title: str
    message: str


@dataclass(frozen=True, slots=True)
class State:
    """The outcome of the latest build.

    `version` names it, and is "" before the first. `proof` is the last that could be built;
    with a `failure`, it is older than that. `edition` names its renditions, which stay when the checks come in.
    """

    version: str = ""
    edition: str = ""
    proof: Proof | None = None
    failure: Failure | None = None

    @property
    def draft(self) -> Draft | None:
        return self.proof.draft if self.proof else None


class Live:
    """Builds at the start and once after every burst of changes, one build at a time, in a worker thread.

    `build` is told whether the web is to be asked again, and may raise `DigestError`: the failure becomes the state,
    the last good draft stays, and the next change tries again. `watched` gives the files and folders an issue is made
    from; it is asked before and after each build. `notice` says, when there is something to say, why changes are not
    seen.
    """

    def __init__(self, build: Callable[[bool], Proof], watched: Callable[[], Collection[Path]]) -> None:
        self.state = State()
        self.notice = ""
        self._build = build
        self._watched = watched
        self._watch = Watch()
        self._end_of_watch = anyio.Event()
        # Browsers keep a version across a restart of the server: builds of two runs must not share a name.
        self._run = secrets.token_hex(4)
        self._builds = 0
        # What only the page knows: who asks to collect by it was shown the page.
        self.key = secrets.token_urlsafe(16)
        self._changed = anyio.Event()
        self._published = anyio.Event()
        self._closed = False
        self._asked = False

    def collect(self) -> None:
        """Has the web asked, and the issue built again."""
        self._asked = True
        self._changed.set()

    async def run(self) -> None:
        """Builds and watches until cancelled; a build under way is waited for."""
        async with anyio.create_task_group() as tasks:
            while True:
                self._changed = anyio.Event()
                # Once before the build, so that what appears in a new folder while it runs is seen, and once
                # after, since a build may find inputs it did not know.
                await self._rewatch(tasks)
                asked, self._asked = self._asked, False
                state = await anyio.to_thread.run_sync(self._attempt, asked)
                await self._rewatch(tasks)
                self._publish(state)
                if state.proof and state.proof.check and not state.failure:
                    # The browser asks for the new page now: the checks would only slow it down.
                    with anyio.move_on_after(_SECONDS_TO_SHOW):
                        await self._changed.wait()
                    if not self._changed.is_set():
                        self._publish(await anyio.to_thread.run_sync(self._checked, state, state.proof.check))
                await self._changed.wait()

    async def current(self) -> State:
        """The state, waiting for the first build where there was none."""
        while not self.state.version and not self._closed:
            await self._published.wait()
        return self.state

    async def versions(self) -> AsyncIterator[str]:
        """The version at hand and then each new one, until `close`. Versions not asked for in time are skipped."""
        seen = ""
        while not self._closed:
            published = self._published
            if self.state.version != seen:
                seen = self.state.version
                yield seen
            else:
                await published.wait()

    def close(self) -> None:
        """Lets go of everyone who waits, and ends the watch: the server stops."""
        self._closed = True
        self._published.set()
        self._end_of_watch.set()

    def _publish(self, state: State) -> None:
        self.state = state
        published, self._published = self._published, anyio.Event()
        published.set()

    def _attempt(self, asked: bool) -> State:
        self._builds += 1
        version = f"{self._run}-{self._builds}"
        try:
            return State(version, version, self._build(asked))
        except NothingToPublishError as error:
            failure = Failure("There is nothing to publish", str(error))
        except DigestError as error:
            failure = Failure("The issue could not be built", str(error))
        except Exception as error:  # noqa: BLE001 - a fault of ours is named as one; the server and the editor go on
            _log.exception("the build failed in a way it should not")
            failure = Failure(
                "The issue could not be built",
                f"The program itself failed: {type(error).__name__}: {error}\n"
                "Its whole story is in the terminal; please report it.",
            )
        return State(version, self.state.edition, self.state.proof, failure)

    def _checked(self, state: State, check: Callable[[], Draft]) -> State:
        """The same state with what the checks found; a fault of ours in them costs nothing else."""
        assert state.proof
        try:
            draft = check()
        except Exception:  # noqa: BLE001
            _log.exception("the checks failed in a way they should not")
            draft = state.proof.draft
        return replace(state, version=f"{state.version}-checked", proof=replace(state.proof, draft=draft, check=None))

    async def _rewatch(self, tasks: TaskGroup) -> None:
        watch = await anyio.to_thread.run_sync(self._plan)
        if watch == self._watch or self._closed:
            return
        # The new watcher begins before the old one ends: a change in between is seen twice rather than never.
        end_of_watch: anyio.Event = await tasks.start(self._follow, watch)
        self._end_of_watch.set()
        self._watch, self._end_of_watch = watch, end_of_watch

    def _plan(self) -> Watch:
        try:
            return plan(self._watched())
        except Exception as error:  # noqa: BLE001 - nor does a fault here end it: what was watched still is
            _log.warning("what to watch could not be found out, so the watch stays as it was: %s", error)
            return self._watch

    async def _follow(self, watch: Watch, *, task_status: TaskStatus[anyio.Event]) -> None:
        end = anyio.Event()
        task_status.started(end)
        self.notice = ""
        try:
            await self._note(watch, end)
        except (OSError, RuntimeError) as error:  # watchfiles' own internal error is a RuntimeError
            _log.warning("the system cannot tell of changes (%s); looking for them instead", error)
            try:
                await self._note(watch, end, polling=True)
            except (OSError, RuntimeError) as again:
                self.notice = f"Changes are not seen ({again}): start the preview again after each."
                _log.error("%s", self.notice)

    async def _note(self, watch: Watch, end: anyio.Event, polling: bool | None = None) -> None:
        async for _ in changes(watch, end, polling):
            self._changed.set()
