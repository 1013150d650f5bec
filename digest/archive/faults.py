"""What a database reports, in words that name the archive, the cause and the remedy."""

from __future__ import annotations

import zlib

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
    original = (fault.orig if isinstance(fault, DBAPIError) else None) or fault
    said = _said(original)
    code = "SQLITE_CORRUPT" if isinstance(original, zlib.error) else _code(original)
    for beginning, (cause, remedy) in _FAULTS.items():
        if code.startswith(beginning):
            return ArchiveError(f"{name}: {cause} ({said}); {remedy}")
    return ArchiveError(f"{name}: the database reports: {said}; check [archive] url")


def _code(fault: BaseException) -> str:
    """SQLite's name of the fault or PostgreSQL's SQLSTATE, wherever the driver keeps it; "" for none."""
    code = getattr(fault, "sqlite_errorname", None) or getattr(fault, "sqlstate", None)
    if code is None and fault.args and isinstance(fault.args[0], dict):  # pg8000
        code = fault.args[0].get("C")
    return str(code or "")


def _said(fault: BaseException) -> str:
    said = fault.args[0].get("M", "") if fault.args and isinstance(fault.args[0], dict) else str(fault)
    return str(said).partition("\n")[0].strip() or type(fault).__name__
