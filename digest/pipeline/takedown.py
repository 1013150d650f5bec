"""takedown: what must not be shown any more leaves drafts, the web folder and every later rendering."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from digest.errors import ConfigError
from digest.pipeline.delivering import write_web
from digest.urls import canonical_url

if TYPE_CHECKING:
    from digest.archive.store import Archive
    from digest.config import Settings
    from digest.model import Article


@dataclass(frozen=True, slots=True)
class TakenDown:
    """What a takedown met: how many articles, which of the newsletter's issues, which files were written anew."""

    articles: int
    issues: tuple[int, ...]
    written: tuple[Path, ...]


def take_down(settings: Settings, archive: Archive, named: str, reason: str, now: datetime) -> TakenDown:
    """Take down what a URL, or a story's or an article's id, names, in all newsletters of the archive.

    Raises `ConfigError` when the archive knows nothing by that name.
    """
    what, articles = _known(archive, named)
    archive.take_down(what, reason, now)
    return _rewritten(settings, archive, what, len(articles))


def put_back(settings: Settings, archive: Archive, named: str) -> TakenDown:
    """Undo a takedown. Raises `ConfigError` when there is none of that name."""
    what, articles = _known(archive, named)
    if not archive.put_back(what):
        raise ConfigError(f"{named}: is not taken down; look for it in digest takedown --list")
    return _rewritten(settings, archive, what, len(articles))


def _known(archive: Archive, named: str) -> tuple[str, tuple[Article, ...]]:
    """The one URL or id that is meant, and the articles that have it."""
    # The last is the address of a story on the issue's own web page, which ends in its id.
    for what in dict.fromkeys((canonical_url(named) or named, named, named.rpartition("#")[2])):
        found = tuple(each for each in archive.named(what, gone=True) if what in (each.id, each.url)) if what else ()
        if found:
            return what, found
    raise ConfigError(
        f"{named}: no article in the archive has this address or id; "
        "copy the story's link from the issue, or its id from the end of an error report"
    )


def _rewritten(settings: Settings, archive: Archive, what: str, articles: int) -> TakenDown:
    numbers = archive.printed_in(settings.newsletter.name, what)
    web = settings.deliver.web
    written = write_web(settings, archive, settings.folder / web, numbers=numbers, missing=True) if web else ()
    return TakenDown(articles, numbers, written)
