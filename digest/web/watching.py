"""Which folders to watch so that no change of the inputs goes unseen, and which changes count."""

from __future__ import annotations

import os
import re
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import anyio

# Hidden files, what editors write while they save, and stores that a build may write, which would build for ever.
_NOISE = re.compile(r"^[.#]|~$|\.(swp|swx|tmp|part|pyc)$|\.(db|sqlite3?)(-\w+)?$|^(__pycache__|node_modules)$")

# A burst of changes is over after so long without one.
_MILLISECONDS_OF_QUIET = 3


@dataclass(frozen=True, slots=True)
class Watch:
    """What stands for a set of inputs on the disk as it is now.

    Only folders are watched, each alone: a watch on a file stays with the old one when an editor
    saves by renaming a new file over it. `folders` holds each with its inode, so that a folder
    deleted and made again is another one. `names` are the inputs themselves, `trees` those of them
    that are folders and count with all that is in them.
    """

    folders: frozenset[tuple[str, int]] = frozenset()
    names: frozenset[str] = frozenset()
    trees: frozenset[str] = frozenset()

    def concerns(self, path: str) -> bool:
        """Whether a change of `path` may change the issue."""
        return path in self.names or any(
            not any(map(_NOISE.search, Path(path).relative_to(tree).parts))
            for tree in self.trees
            if Path(path).is_relative_to(tree)
        )


def plan(paths: Iterable[Path]) -> Watch:
    """The watch over files and folders, of which some may not be there yet.

    What is a link is watched where it stands and where it leads.
    """
    folders: set[Path] = set()
    names: set[Path] = set()
    trees: set[Path] = set()
    for place in {Path(spell(path)) for path in paths for spell in (os.path.abspath, os.path.realpath)}:
        # For an input that is not there yet, the first of its folders that is missing tells when it comes.
        awaited = next((at for at in (place, *place.parents) if _is_folder(at.parent)), place)
        names |= {place, awaited}
        folders.add(awaited.parent)
        if _is_folder(place):
            trees.add(place)
            folders.update(_beneath(place))
    return Watch(frozenset(_identified(folders)), frozenset(map(str, names)), frozenset(map(str, trees)))


def _is_folder(path: Path) -> bool:
    # Path.is_dir() raises for what lies in a folder that may not be read, and one such input must not blind the rest.
    return os.path.isdir(path)  # noqa: PTH112


def _beneath(top: Path) -> Iterator[Path]:
    for folder, children, _ in os.walk(top):
        children[:] = [child for child in children if not _NOISE.search(child)]
        yield Path(folder)


def _identified(folders: Iterable[Path]) -> Iterator[tuple[str, int]]:
    for folder in folders:
        with suppress(OSError):  # one that went away meanwhile: the watch on its parent tells
            yield str(folder), folder.stat().st_ino


async def changes(watch: Watch, end: anyio.Event, polling: bool | None = None) -> AsyncIterator[None]:
    """Yields once for every burst of changes that concerns the watch, until `end` is set.

    Cancelling alone would be heard only after seconds: the waiting is done in a thread. `polling` compares the
    folders from time to time instead of asking the operating system to tell. Raises OSError when they cannot be
    watched.
    """
    from watchfiles import Change, awatch

    def counts(_: Change, path: str) -> bool:
        return watch.concerns(path)

    folders = sorted(folder for folder, _ in watch.folders)
    async for _ in awatch(
        *folders,
        watch_filter=counts,
        stop_event=end,
        step=_MILLISECONDS_OF_QUIET,
        recursive=False,
        ignore_permission_denied=True,
        force_polling=polling,
    ):
        yield
