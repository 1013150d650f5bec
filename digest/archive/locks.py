"""One run of a newsletter at a time, on however many machines: a lock that a dead process does not keep."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import OperationalError, ProgrammingError

from digest.archive.faults import archive_error
from digest.errors import ArchiveError

PATIENCE = 1800.0
"""Seconds to wait for another run to end, which may be asking a thousand sources."""

_SPACE = 0x646967
"""The first half of PostgreSQL's key: `dig` in ASCII, so that it is no other program's lock."""
_SUFFIX = "-run"
"""What is added to the name of SQLite's file, beside its own `-wal` and `-shm`."""


@contextmanager
def hold(engine: Engine, name: str, newsletter: str, waiting: Callable[[], None]) -> Iterator[None]:
    """Hold the newsletter's lock; call `waiting` once if another holds it. Nobody else's reading or writing waits.

    In PostgreSQL it is an advisory lock of a session of its own. In SQLite it is the lock on a file beside the
    archive's, so that there all newsletters of an archive take turns; an archive in memory is its process's alone.
    Raises ArchiveError when its `PATIENCE` has run out.
    """
    if engine.dialect.name == "postgresql":
        with _hold_postgresql(engine, name, newsletter, waiting):
            yield
    elif engine.url.database in (None, "", ":memory:") or "uri" in engine.url.query:
        yield
    else:
        with _hold_file(f"{engine.url.database}{_SUFFIX}", name, waiting):
            yield


@contextmanager
def _hold_file(path: str, name: str, waiting: Callable[[], None]) -> Iterator[None]:
    try:
        with closing(sqlite3.connect(path, timeout=0, isolation_level=None)) as connection:
            try:
                connection.execute("BEGIN EXCLUSIVE")
            except sqlite3.OperationalError as fault:
                if not _is_busy(fault):
                    raise
                waiting()
                connection.execute(f"PRAGMA busy_timeout = {int(PATIENCE * 1000)}")
                connection.execute("BEGIN EXCLUSIVE")
            try:
                yield
            finally:
                connection.execute("ROLLBACK")
    except sqlite3.Error as fault:
        raise (_too_long(name) if _is_busy(fault) else archive_error(name, fault)) from fault


def _is_busy(fault: sqlite3.Error) -> bool:
    return fault.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY


@contextmanager
def _hold_postgresql(engine: Engine, name: str, newsletter: str, waiting: Callable[[], None]) -> Iterator[None]:
    key = f"{_SPACE}, {zlib.crc32(newsletter.encode('utf-8', 'surrogatepass')) - 2**31}"
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        # Out of the pool: when it is closed, the session ends, and with it whatever it holds.
        connection.detach()
        if not connection.exec_driver_sql(f"SELECT pg_try_advisory_lock({key})").scalar():
            waiting()
            _wait(connection, key, name)
        yield


def _wait(connection: Connection, key: str, name: str) -> None:
    connection.exec_driver_sql(f"SET lock_timeout = {int(PATIENCE * 1000)}")
    try:
        connection.exec_driver_sql(f"SELECT pg_advisory_lock({key})")
    except (OperationalError, ProgrammingError) as fault:
        # 55P03: lock not available. pg8000 gives every fault of the server as the one kind.
        raise (_too_long(name) if "55P03" in str(fault.orig) else archive_error(name, fault)) from fault


def _too_long(name: str) -> ArchiveError:
    return ArchiveError(
        f"{name}: another run has been at work for over {PATIENCE / 60:.0f} minutes; see whether it hangs, and end it"
    )
