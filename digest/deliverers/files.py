"""Messages as files that mail programs open: a Maildir, an mbox, or a folder with an .eml each."""

from __future__ import annotations

import mailbox
import re
from pathlib import Path
from types import TracebackType
from typing import Self

from digest.errors import DeliveryError
from digest.model import Outcome

_REMEDY = "name a place that may be written"


class _Files:
    """What the three have in common: one lane, and faults of the disk in words."""

    lanes = 1

    def __init__(self, place: Path) -> None:
        self.place = place

    def __enter__(self) -> Self:
        try:
            self._open()
        except OSError as fault:
            raise DeliveryError(f"{self.place}: {fault.strerror or fault}; {_REMEDY}") from fault
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        pass

    def __call__(self, message: bytes, sender: str, recipient: str) -> Outcome:
        try:
            return Outcome("submitted", self._put(message, sender, recipient))
        except OSError as fault:
            raise DeliveryError(f"{self.place}: {fault.strerror or fault}; {_REMEDY}") from fault

    def _open(self) -> None:
        self.place.mkdir(parents=True, exist_ok=True)

    def _put(self, message: bytes, sender: str, recipient: str) -> str:
        """Write one message; where it is now."""
        raise NotImplementedError


class Eml(_Files):
    """A folder with a file a recipient, as it would go over the wire; one of the same name is replaced whole."""

    def _put(self, message: bytes, sender: str, recipient: str) -> str:
        path = self.place / f"{re.sub(r'[^A-Za-z0-9@.+-]', '_', recipient).lstrip('.')}.eml"
        part = path.with_name(f".{path.name}.part")
        part.write_bytes(message)
        part.replace(path)
        return str(path)


class Maildir(_Files):
    """A Maildir, made when there is none. Lines end in LF there, and the envelope's sender is in Return-Path."""

    def _open(self) -> None:
        self.place.parent.mkdir(parents=True, exist_ok=True)
        self._box = mailbox.Maildir(self.place, create=True)

    def _put(self, message: bytes, sender: str, recipient: str) -> str:
        return self._box.add(f"Return-Path: <{sender}>\n".encode("ascii") + message.replace(b"\r\n", b"\n"))


class Mbox(_Files):
    """An mbox file, in the mboxo form; messages are added to what it holds, and it is locked meanwhile."""

    def _open(self) -> None:
        self.place.parent.mkdir(parents=True, exist_ok=True)
        self._box = mailbox.mbox(self.place, create=True)
        try:
            self._box.lock()
        except mailbox.ExternalClashError as fault:
            raise DeliveryError(f"{self.place}: another program has it locked; wait until that has ended") from fault

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._box.close()

    def _put(self, message: bytes, sender: str, recipient: str) -> str:
        key = self._box.add(mailbox.mboxMessage(message.replace(b"\r\n", b"\n")))
        self._box.flush()
        return str(key)
