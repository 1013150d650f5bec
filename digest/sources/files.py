"""Files, folders, globs and standard input, read as they are now."""

from __future__ import annotations

import glob
import mimetypes
import os
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from digest.model import Document, Drop

STAGE = "collect"
UNREADABLE = "unreadable"
LARGEST = 100 * 1024 * 1024
"""Bytes. A news page of 100 MB is not a news page."""

_MOST_FILES = 64 * 1024
"""Bytes that hold most files whole: to make room for the largest takes longer than to read these."""

_OURS = ("digest.toml", "edits.toml")

_TYPES = {
    ".md": "text/markdown",
    ".markdown": "text/markdown",
    ".eml": "message/rfc822",
    ".json": "application/json",
    ".rss": "application/rss+xml",
    ".atom": "application/atom+xml",
}


class Files:
    """What is named on the command line: files, folders (read through), globs, and "-" for standard input.

    A name that leads to nothing, or to something that cannot be read, becomes a `Drop` with the
    reason "unreadable"; the others are read all the same. Files whose name begins with a dot, and
    digest.toml and edits.toml themselves, are passed over inside a folder.
    """

    complete = True

    def __init__(self, name: str, inputs: tuple[str, ...], pattern: str = "*", base: Path | None = None) -> None:
        self.name = name
        self.base = base
        self._prefix = str(base / "_")[:-1] if base else ""
        self.inputs = inputs
        self.pattern = pattern
        self._standard_input: bytes | None = None

    def fetch(self, now: datetime) -> Iterator[Document | Drop]:
        seen: set[str] = set()
        folders: dict[str, str] = {}
        for given in self.inputs:
            if given == "-":
                if self._standard_input is None:  # it can be read once, and fetch may be called again
                    self._standard_input = sys.stdin.buffer.read(LARGEST)
                yield Document(self.name, "standard input", self._standard_input, retrieved=now)
                continue
            found = False
            for item in self._expand(given):
                found = True
                if isinstance(item, Drop):
                    yield replace(item, subject=self._called(Path(item.subject)))
                elif (real := _real(item, folders)) not in seen:
                    seen.add(real)
                    yield self._document(item, now)
            if not found and not Path(given).is_dir():
                yield _unreadable(self._called(Path(given)), "there is no such file or folder; check the name")

    def watched(self) -> tuple[Path, ...]:
        """The files and folders whose change may change what `fetch` gives."""
        roots = (Path(given) for given in self.inputs if given != "-")
        return tuple(root if root.exists() else Path(_fixed_part(str(root))) for root in roots)

    def _expand(self, given: str) -> Iterator[Path | Drop]:
        path = Path(given)
        if path.is_dir():
            yield from _walk(path, self.pattern)
        elif path.exists() or path.is_symlink():
            yield path
        elif glob.has_magic(given):
            for name in sorted(glob.glob(given, recursive=True)):  # noqa: PTH207 - the pattern may be absolute
                match = Path(name)
                if match.is_dir():
                    yield from _walk(match, self.pattern)
                else:
                    yield match

    def _document(self, path: Path, now: datetime) -> Document | Drop:
        try:
            with path.open("rb") as file:
                body = file.read(min(_MOST_FILES, LARGEST + 1))
                if len(body) == _MOST_FILES:
                    body += file.read(LARGEST + 1 - _MOST_FILES)
        except OSError as error:
            detail = f"{error.strerror or error}; check that it is there and may be read"
            return _unreadable(self._called(path), detail)
        if len(body) > LARGEST:
            detail = f"over the {LARGEST:,} bytes that are read of one file; give it in several"
            return Drop(STAGE, self._called(path), "too large", detail)
        suffix = path.suffix.lower()
        media_type = _TYPES.get(suffix) or mimetypes.guess_type(path.name)[0]
        return Document(self.name, self._called(path), body, media_type, retrieved=now)

    def _called(self, path: Path) -> str:
        """The path as messages name it: from `base` on, so that an issue says nothing of the machine it was made on."""
        return str(path).removeprefix(self._prefix)


class FolderOptions(BaseModel):
    """What a source with `use = "folder"` may set."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    path: str = Field(min_length=1, description="the folder, a file or a glob; relative to digest.toml")
    pattern: str = Field("*", description="only files whose names match, such as *.xml")


class Folder(Files):
    """The `folder` source: everything that stands in a folder now, and nothing that no longer does."""

    Options = FolderOptions

    def __init__(self, name: str, options: FolderOptions, folder: Path) -> None:
        super().__init__(name, (str(folder / Path(options.path).expanduser()),), options.pattern, folder)


def _real(path: Path, folders: dict[str, str]) -> str:
    """The path without links. `folders` remembers folders, so that each is looked up once, not for every file."""
    if path.is_symlink():
        return os.path.realpath(path)
    folder, name = os.path.split(path)
    if folder not in folders:
        folders[folder] = os.path.realpath(folder)
    return os.path.join(folders[folder], name)  # noqa: PTH118 - paths are slow to make, and this is done for every file


def _walk(folder: Path, pattern: str) -> Iterator[Path | Drop]:
    refused: list[Drop] = []

    def refuse(error: OSError) -> None:
        refused.append(_unreadable(str(error.filename), f"{error.strerror}; check that it may be read"))

    for place, folders, files in os.walk(folder, onerror=refuse):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            path = Path(place, name)
            if not name.startswith(".") and name not in _OURS and path.match(pattern) and not path.is_fifo():
                yield path
    yield from refused


def _fixed_part(pattern: str) -> str:
    """The part of a glob before its first wildcard: the folder to watch."""
    path = Path(pattern)
    while glob.has_magic(str(path)) or not path.exists():
        if path == path.parent:
            break
        path = path.parent
    return str(path)


def _unreadable(subject: str, detail: str) -> Drop:
    return Drop(STAGE, subject, UNREADABLE, detail)
