"""A program that prints articles as JSON lines, each an item of JSON Feed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from threading import Thread
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from digest.errors import SourceError
from digest.model import Document, Drop
from digest.sources.files import LARGEST, STAGE

_FEED = "https://jsonfeed.org/version/1.1"
_LAST_WORDS = 500
"""Bytes of what a failing program said last that are repeated."""
_PATIENCE = 1.0
"""Seconds that its last words are waited for: another program may hold its error output open for ever."""


class CommandOptions(BaseModel):
    """What a source with `use = "command"` may set."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    command: tuple[str, ...] = Field(
        min_length=1, description="the program and its arguments, each by itself; no shell reads them"
    )
    timeout: float = Field(60.0, gt=0, le=3600, description="after so many seconds the program is ended")


class Command:
    """The `command` source: runs a program in the folder of digest.toml and reads what it prints.

    Each line is a JSON object with the members of a JSON Feed 1.1 item: `id`, `url`, `title`, `content_html` or
    `content_text`, `summary`, `date_published`, `authors`, `tags`, `language`.
    """

    Options = CommandOptions
    complete = False

    def __init__(self, name: str, options: CommandOptions, folder: Path) -> None:
        self._name = name
        self._options = options
        self._folder = folder

    def fetch(self, now: datetime) -> Iterator[Document | Drop]:
        """What the program printed, as one JSON Feed, and a drop for each line that is no item.

        Raises SourceError, after what was printed until then, for a program that does not start, that fails, or that
        takes too long.
        """
        printed, fault = self._run()
        items: list[dict[str, Any]] = []
        for number, line in enumerate(printed.splitlines(), 1):
            if not line.strip():
                continue
            item = _item(line)
            if item is None:
                yield Drop(
                    STAGE, f"{self._name}, line {number}", "bad item", "it is not a JSON object; print one a line"
                )
            else:
                items.append(item)
        if items:
            body = json.dumps({"version": _FEED, "items": items}).encode("ascii")
            yield Document(self._name, self._name, body, "application/feed+json", "utf-8", retrieved=now)
        if fault:
            raise SourceError(fault)

    def _run(self) -> tuple[bytes, str]:
        """What the program printed, and what went wrong."""
        program, limit = self._options.command[0], self._options.timeout
        out, err = os.pipe(), os.pipe()
        try:
            process = subprocess.Popen(
                self._options.command,
                stdin=subprocess.DEVNULL,
                stdout=out[1],
                stderr=err[1],
                cwd=self._folder,
                start_new_session=True,
            )
        except (OSError, ValueError) as error:
            os.close(out[0])
            os.close(err[0])
            return b"", f"{program} does not start ({error}); check the name in command"
        finally:
            os.close(out[1])
            os.close(err[1])
        printed = _Listener(out[0], LARGEST + 1, lambda: _end(process))
        said = _Listener(err[0])
        try:
            code = process.wait(limit)
            printed.join(limit)  # what it started may go on printing
        except subprocess.TimeoutExpired:
            code = None
        finally:
            _end(process)
            process.wait()
        # What has left the program's group may hold its outputs open for ever, and is not waited for.
        printed.join(_PATIENCE)
        said.join(_PATIENCE)
        if len(printed.heard) > LARGEST:
            return (
                b"",
                f"{program} prints more than the {LARGEST:,} bytes that are read of it; have it print fewer items",
            )
        if code is None:
            return bytes(printed.heard), f"{program} was ended after {limit:g} seconds; mend it, or raise timeout"
        return bytes(
            printed.heard
        ), f"{program} failed with {code}{said.last_words()}; run it by hand and mend it" if code else ""


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a program and all that it started and that stayed with it."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)


class _Listener(Thread):
    """Hears what a program says: its first `most` bytes, after which it calls `enough`, or the last ones where it
    needs no more. It begins at once, and closes what it listens to."""

    def __init__(self, output: int, most: int = 0, enough: Callable[[], None] = lambda: None) -> None:
        super().__init__(name="listener", daemon=True)
        self.heard = bytearray()
        self._output = output
        self._most = most
        self._enough = enough
        self.start()

    def run(self) -> None:
        while said := os.read(self._output, 65_536):
            self.heard += said
            if not self._most:
                del self.heard[:-_LAST_WORDS]
            elif len(self.heard) >= self._most:
                self._enough()
                break
        os.close(self._output)

    def last_words(self) -> str:
        """The last line, as the end of a sentence; "" where nothing was said."""
        lines = self.heard.decode("utf-8", "replace").strip().splitlines()
        return f": {lines[-1].strip()}" if lines else ""


def _item(line: bytes) -> dict[str, Any] | None:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None
