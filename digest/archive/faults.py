"""What a database reports, in words that name the archive, the cause and the remedy."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping

from sqlalchemy.exc import DBAPIError

from digest.errors import ArchiveError

_BUSY = ("another process has kept it locked for too long", "wait until that process has ended, then run again")
_SPACE = ("the disk is full", "free some space, then run again: what was kept before is whole")
_DAMAGED = ("the file is damaged", "put back a copy, or try the `.recover` command of the sqlite3 shell")

_FAULTS = {
    "SQLITE_NOTADB": ("the file is not an archive", "name another file in [archive] url"),
    "SQLITE_CANTOPEN": (
        "the file cannot be opened or made",
        "check that it is a file, and that you may write to its folder",
    ),
    "SQLITE_READONLY": ("it may only be read", "check who may write to the file and to its folder"),
    "SQLITE_PERM": ("it may not be opened", "check who may write to the file and to its folder"),
    "SQLITE_BUSY": _BUSY,
    "SQLITE_LOCKED": _BUSY,
    "SQLITE_FULL": _SPACE,
    "SQLITE_IOERR": ("the disk reports an error", "check the disk and the space left on it"),
    "SQLITE_CORRUPT": _DAMAGED,
    "SQLITE_TOOBIG": ("one document is larger than SQLite can keep", "leave it out: a gigabyte is the most"),
    "08": ("the server cannot be reached", "check host and port in [archive] url, and that the server runs"),
    "28": ("the server refuses the user or the password", "check both in [archive] url"),
    "3D000": ("the server has no such database", "make it with: createdb NAME"),
    "42501": ("the user may not do this in the database", "grant it the right to create and to write tables"),
    "53100": _SPACE,
    "55P03": _BUSY,
    "57P": ("the server is starting or stopping", "try again when it runs"),
}
"""SQLite's result codes and PostgreSQL's SQLSTATEs, by their beginnings: (cause, remedy)."""


def archive_error(name: str, fault: Exception) -> ArchiveError:
    """The fault of the archive called `name`; what the database itself said stands in brackets."""
    original: BaseException = (fault.orig if isinstance(fault, DBAPIError) else None) or fault
    speaker = next((each for each in _chain(original) if _code(each)), original)
    code, said = _code(speaker), _said(speaker)
    for beginning, (cause, remedy) in _FAULTS.items():
        if code.startswith(beginning):
            return ArchiveError(f"{name}: {cause} ({said}); {remedy}")
    return ArchiveError(f"{name}: the database reports: {said}; check [archive] url")


def _chain(fault: BaseException) -> Iterator[BaseException]:
    """The fault and those it hides: pg8000 loses the server's answer when the server then hangs up."""
    each: BaseException | None = fault
    while each is not None:
        yield each
        each = each.__context__


def _code(fault: BaseException) -> str:
    """SQLite's name of the fault or PostgreSQL's SQLSTATE, wherever the driver keeps it; "" for none."""
    if isinstance(fault, zlib.error):
        return "SQLITE_CORRUPT"
    code = getattr(fault, "sqlite_errorname", None) or getattr(fault, "sqlstate", None) or _answer(fault).get("C")
    return str(code or "")


def _said(fault: BaseException) -> str:
    said = str(_answer(fault).get("M") or fault)
    return said.partition("\n")[0].strip() or type(fault).__name__


def _answer(fault: BaseException) -> Mapping[str, str]:
    """The fields of a server's answer, as pg8000 keeps them."""
    first = fault.args[0] if fault.args else None
    return first if isinstance(first, Mapping) else {}
