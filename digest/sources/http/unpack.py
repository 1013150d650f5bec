"""Bodies as they come over the line → bytes, unpacked no further than they may be."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable

ACCEPTED = "gzip, deflate"
_ANY, _BARE = 47, -15
_MEMBER = b"\x1f\x8b"
_MARKUP = re.compile(rb"(?:\xef\xbb\xbf)?\s*[<{]")


class TooLargeError(Exception):
    """A body longer than it may be, packed or unpacked."""


class BrokenError(Exception):
    """A body that cannot be unpacked."""


def unpacker(encoding: str) -> Callable[[int], Unpacker]:
    """How a Content-Encoding is undone. Raises BrokenError for one that was not offered."""
    name = encoding.strip().lower()
    if name in ("", "identity"):
        return Unpacker
    if name in ("gzip", "x-gzip"):
        return Gunzipper
    if name == "deflate":
        return Inflater
    raise BrokenError(f"it is packed as {encoding!r}, which was not asked for")


class Unpacker:
    """Gathers a body that is not packed, up to `largest` bytes."""

    def __init__(self, largest: int) -> None:
        self._room = largest
        self._parts: list[bytes] = []

    def feed(self, data: bytes) -> None:
        """Take more of the body. Raises TooLargeError."""
        self._room -= len(data)
        if self._room < 0:
            raise TooLargeError
        self._parts.append(data)

    def finish(self) -> bytes:
        """The whole body. Raises BrokenError where its end is missing."""
        return b"".join(self._parts)


class Inflater(Unpacker):
    """Gathers a body packed by gzip or deflate, up to `largest` bytes packed and as many unpacked."""

    def __init__(self, largest: int) -> None:
        super().__init__(largest)
        self._packed_room = largest
        self._stream: zlib._Decompress | None = None

    def feed(self, data: bytes) -> None:
        self._packed_room -= len(data)
        if self._packed_room < 0:
            raise TooLargeError
        while data:
            if self._stream is None:
                self._stream = zlib.decompressobj(_window(data))
            elif self._stream.eof:
                if not _MEMBER.startswith(data[:2]):
                    return  # what follows the end of the packed body is no part of it
                self._stream = zlib.decompressobj(_ANY)
            try:
                # One byte more than there is room for shows that the body is too large, however much it would be.
                super().feed(self._stream.decompress(data, self._room + 1))
            except zlib.error as error:
                raise BrokenError(f"it cannot be unpacked ({error})") from error
            data = self._stream.unconsumed_tail or self._stream.unused_data

    def finish(self) -> bytes:
        if self._stream is not None and not self._stream.eof:
            raise BrokenError("it breaks off before the end of what was packed")
        return super().finish()


class Gunzipper(Inflater):
    """As `Inflater`; but some servers call gzip what is plain markup, which nothing packed begins like."""

    _is_plain: bool | None = None

    def feed(self, data: bytes) -> None:
        if self._is_plain is None and data:
            self._is_plain = _MARKUP.match(data) is not None
        if self._is_plain:
            Unpacker.feed(self, data)
        else:
            super().feed(data)


def _window(start: bytes) -> int:
    """What zlib must be told of a packed body, from its first bytes: some servers call a bare stream deflate too."""
    is_zlib = start[0] & 15 == 8 and (len(start) < 2 or int.from_bytes(start[:2], "big") % 31 == 0)
    return _ANY if is_zlib or _MEMBER.startswith(start[:2]) else _BARE
