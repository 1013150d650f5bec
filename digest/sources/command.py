"""A program that prints articles as JSON lines, each an item of JSON Feed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from threading import Timer
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from digest.errors import SourceError
from digest.model import Document, Drop
from digest.sources.files import LARGEST, STAGE

_FEED = "https://jsonfeed.org/version/1.1"
_LAST_WORDS = 500
"""Bytes of what a failing program said last that are repeated."""


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
        is_late = False

        def end() -> None:
            nonlocal is_late
            is_late = True
            _end(process)

        with tempfile.TemporaryFile() as said:
            try:
                process = subprocess.Popen(
                    self._options.command,
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.PIPE,
                    stderr=said,
                    cwd=self._folder,
                    start_new_session=True,
                )
            except (OSError, ValueError) as error:
                return b"", f"{program} does not start ({error}); check the name in command"
            with process:
                assert process.stdout is not None
                timer = Timer(limit, end)
                timer.start()
                try:
                    printed = process.stdout.read(LARGEST + 1)
                    if len(printed) > LARGEST:
                        _end(process)
                    code = process.wait()
                finally:
                    timer.cancel()
                    _end(process)
            last = _last_words(said)
        if is_late:
            return printed, f"{program} was ended after {limit:g} seconds; mend it, or raise timeout"
        if len(printed) > LARGEST:
            return b"", f"{program} prints more than the {LARGEST:,} bytes that are read of it"
        return printed, f"{program} failed with {code}{last}" if code else ""


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a program and all that it started; one that has ended and was waited for is left alone."""
    if process.returncode is None:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)


def _last_words(said: Any) -> str:
    said.seek(0, os.SEEK_END)
    said.seek(max(0, said.tell() - _LAST_WORDS))
    lines = said.read().decode("utf-8", "replace").strip().splitlines()
    return f": {lines[-1].strip()}" if lines else ""


def _item(line: bytes) -> dict[str, Any] | None:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None
