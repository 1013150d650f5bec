"""Newsletters that arrived by mail, in a Maildir."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from digest.errors import SourceError
from digest.model import Document, Drop
from digest.sources.files import LARGEST, STAGE, UNREADABLE

_ARRIVED = re.compile(r"(\d{9,11})\.")
_TRASHED = re.compile(r"[:;!]2,\w*T")


class MaildirOptions(BaseModel):
    """What a source with `use = "maildir"` may set."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    path: str = Field(min_length=1, description="the Maildir; relative to digest.toml")
    days: float = Field(7.0, gt=0, description="only mails that arrived in the last so many days")


class Maildir:
    """The `maildir` source: the mails of the last days, new or read. It only reads: nothing is moved or marked.

    What was deleted from the Maildir was read by somebody and is not taken back by its publisher.
    """

    Options = MaildirOptions
    complete = False

    def __init__(self, name: str, options: MaildirOptions, folder: Path) -> None:
        self._name = name
        self._folder = folder
        self._path = folder / Path(options.path).expanduser()
        self._age = timedelta(days=options.days)

    def fetch(self, now: datetime) -> Iterator[Document | Drop]:
        """The mails, in the order of their file names. Raises SourceError where there is no Maildir."""
        folders = [folder for folder in (self._path / "cur", self._path / "new") if folder.is_dir()]
        if not folders:
            raise SourceError(
                f"{self._path}: is no Maildir (it has neither cur nor new); name the folder that has them"
            )
        for folder in folders:
            try:
                mails = sorted(folder.iterdir())
            except OSError as error:
                yield self._unreadable(folder, error)
                continue
            for mail in mails:
                if not mail.name.startswith(".") and not _TRASHED.search(mail.name):
                    yield from self._read(mail, now)

    def watched(self) -> tuple[Path, ...]:
        """The folders whose change may change what `fetch` gives."""
        return tuple(folder for folder in (self._path / "cur", self._path / "new") if folder.is_dir())

    def _read(self, mail: Path, now: datetime) -> Iterator[Document | Drop]:
        try:
            arrived = _arrived(mail)
            if not mail.is_file() or arrived <= now - self._age:
                return
            with mail.open("rb") as file:
                body = file.read(LARGEST + 1)
        except FileNotFoundError:  # a mail program moved it meanwhile, and the next collect finds it
            return
        except OSError as error:
            yield self._unreadable(mail, error)
            return
        if len(body) > LARGEST:
            detail = f"over the {LARGEST:,} bytes that are read of one file; save the article in it into a folder"
            yield Drop(STAGE, self._called(mail), "too large", detail)
            return
        yield Document(self._name, self._called(mail), body, "message/rfc822", retrieved=now)

    def _called(self, path: Path) -> str:
        return str(path.relative_to(self._folder)) if path.is_relative_to(self._folder) else str(path)

    def _unreadable(self, path: Path, error: OSError) -> Drop:
        return Drop(
            STAGE, self._called(path), UNREADABLE, f"{error.strerror or error}; check that it is there and may be read"
        )


def _arrived(mail: Path) -> datetime:
    """When a mail was delivered: its name begins with that, and a copy of the Maildir keeps the name."""
    stated = _ARRIVED.match(mail.name)
    return datetime.fromtimestamp(int(stated.group(1)) if stated else mail.stat().st_mtime, UTC)
