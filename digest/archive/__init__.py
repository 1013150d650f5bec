"""The store: documents, articles and frozen issues, in SQLite by default and in PostgreSQL by its URL."""

from __future__ import annotations

from typing import TYPE_CHECKING

from digest.archive.records import IssueRow, Noted, Outdated, Revision, SavedDraft, Stored

if TYPE_CHECKING:
    from digest.archive.store import Archive

__all__ = ["IssueRow", "Noted", "Outdated", "Revision", "SavedDraft", "Stored", "open_archive"]


def open_archive(url: str) -> Archive:
    """The archive at a database URL, brought up to date: `sqlite:///digest.sqlite`, `sqlite://` (in memory),
    `postgresql://user@host/name`. A file that is missing is made, and its folder with it.

    Raises ArchiveError for a URL that is none, a driver that is not installed, a database that cannot
    be opened or belongs to another program, and an archive newer than this program.
    """
    from digest.archive.store import Archive

    return Archive(url)
