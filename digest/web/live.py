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

_SECONDS_TO_SHOW = 0.1
"""What a browser needs to show what was built, undisturbed, before the rest is made."""
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Proof:
    """A draft as the preview shows it.

    `explain` says of a story, or of what was left out, how that came about; it may take a moment and is called in
    worker threads. `articles` are the headlines and ids of all the articles there were to choose from. `collected` is
    when the sources that cannot be watched (the web) were last asked, None where there are none or where they are not
    to be asked. `more` gives the same with more in it, editions and what the checks found, None where that is all; it
    is called in worker threads, and may raise as a build does.
    """

    draft: Draft
    explain: Callable[[str], Answer] | None = None
    articles: Collection[str] = frozenset()
    collected: datetime | None = None
    more: Callable[[], Proof] | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """Why there is no issue: in a few words, and as the error says it."""

    title: str
    message: str


@dataclass(frozen=True, slots=True)
class State:
    """The outcome of the latest build.

    `version` names it, and is "" before the first. `proof` is the last that could be built;
    with a `failure`, it is older than that. `edition` names its email, which stays the same as more comes in: `step`
    counts how often.
    """

    version: str = ""
    edition: str = ""
    proof: Proof | None = None
    failure: Failure | None = None
    step: int = 0

    @property
    def draft(self) -> Draft | None:
        return self.proof.draft if self.proof else None

    @property
    def is_whole(self) -> bool:
        """Whether there is nothing more to come."""
        return self.proof is None or self.proof.more is None


class Live:
    """Builds at the start and once after every burst of changes, one build at a time, in a worker thread.

    `build` is told whether the web is to be asked again, and may raise `DigestError`: the failure becomes the state,
    the last good draft stays, and the next change tries again. What a build left for later comes after it, a little
    later or when it is asked for. `watched` gives the files and folders an issue is made from; it is asked before and
    after each build. `notice` says, when there is something to say, why changes are not seen.
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
        self._last_whole = State()
        self._stirred = anyio.Event()
        self._published = anyio.Event()
        self.is_closed = False
        self._is_changed = False
        self._is_awaited = False
        self._asked = False

    def collect(self) -> None:
        """Has the web asked, and the issue built again."""
        self._asked = True
        self._change()

    async def run(self) -> None:
        """Builds and watches until cancelled; a build under way is waited for."""
        async with anyio.create_task_group() as tasks:
            while True:
                self._is_changed = self._is_awaited = False
                # Once before the build, so that what appears in a new folder while it runs is seen, and once
                # after, since a build may find inputs it did not know.
                await self._rewatch(tasks)
                asked, self._asked = self._asked, False
                state = await anyio.to_thread.run_sync(self._attempt, asked)
                await self._rewatch(tasks)
                self._publish(state)
                while not self.state.is_whole:
                    # The browser asks for the new page now: making the rest would only slow it down.
                    with anyio.move_on_after(_SECONDS_TO_SHOW):
                        await self._until(lambda: self._is_changed or self._is_awaited)
                    if self._is_changed:
                        break
                    self._publish(await anyio.to_thread.run_sync(self._more, self.state))
                await self._until(lambda: self._is_changed)

    async def current(self) -> State:
        """The state, waiting for the first build where there was none."""
        while not self.state.version and not self.is_closed:
            await self._published.wait()
        return self.state

    async def more(self, than: State) -> State:
        """A later state than that one, with more in it; what is still to come is then made at once."""
        while self.state.version == than.version and not self.is_closed:
            self._is_awaited = True
            self._stirred.set()
            await self._published.wait()
        return self.state

    async def states(self) -> AsyncIterator[State]:
        """The state at hand and then each new one, until `close`. Those not asked for in time are skipped."""
        seen = ""
        while not self.is_closed:
            published = self._published
            if self.state.version != seen:
                seen = self.state.version
                yield self.state
            else:
                await published.wait()

    def close(self) -> None:
        """Lets go of everyone who waits, and ends the watch: the server stops."""
        self.is_closed = True
        self._published.set()
        self._end_of_watch.set()

    def _change(self) -> None:
        self._is_changed = True
        self._stirred.set()

    async def _until(self, holds: Callable[[], bool]) -> None:
        while not holds():
            self._stirred = anyio.Event()
            await self._stirred.wait()

    def _publish(self, state: State) -> None:
        self.state = state
        if state.is_whole:
            self._last_whole = state
        published, self._published = self._published, anyio.Event()
        published.set()

    def _attempt(self, asked: bool) -> State:
        self._builds += 1
        version = f"{self._run}-{self._builds}"
        outcome = _tried(lambda: self._build(asked))
        if isinstance(outcome, Failure):
            return State(version, self.state.edition, self.state.proof, outcome)
        return State(version, version, outcome)

    def _more(self, state: State) -> State:
        """The same state with more in it; where that cannot be made, the build has failed after all."""
        assert state.proof
        assert state.proof.more
        outcome = _tried(state.proof.more)
        step = state.step + 1
        if isinstance(outcome, Failure):
            last = self._last_whole
            state = replace(state, edition=last.edition, proof=last.proof, failure=state.failure or outcome)
        else:
            state = replace(state, proof=outcome)
        base = state.version if step == 1 else state.version.rpartition("-")[0]
        return replace(state, version=f"{base}-{'whole' if state.is_whole else step}", step=step)

    async def _rewatch(self, tasks: TaskGroup) -> None:
        watch = await anyio.to_thread.run_sync(self._plan)
        if watch == self._watch or self.is_closed:
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
            self._change()


def _tried(make: Callable[[], Proof]) -> Proof | Failure:
    try:
        return make()
    except NothingToPublishError as error:
        return Failure("There is nothing to publish", str(error))
    except DigestError as error:
        return Failure("The issue could not be built", str(error))
    except Exception as error:  # noqa: BLE001 - a fault of ours is named as one; the server and the editor go on
        _log.exception("the build failed in a way it should not")
        return Failure(
            "The issue could not be built",
            f"The program itself failed: {type(error).__name__}: {error}\n"
            "Its whole story is in the terminal; please report it.",
        )
