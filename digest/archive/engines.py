"""Connections and transactions: the only place that knows SQLite from PostgreSQL."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, StaticPool, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from digest.errors import ArchiveError

WRITES = "digest_writes"
"""The execution option of a connection whose transaction is going to write."""

_PATIENCE = 30
"""Seconds to wait for another process to end its writing."""

_LOCK = 0x646967657374
"""The key of PostgreSQL's advisory lock: `digest` in ASCII."""


def parse(url: str) -> URL:
    """The URL in its parts. Raises ArchiveError, without repeating a password that may be in it."""
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError) as fault:
        raise ArchiveError(
            "[archive] url is not a database URL; write sqlite:///digest.sqlite or postgresql://user@host/name"
        ) from fault
    if parsed.get_backend_name() not in _OPENERS:
        raise ArchiveError(
            f"[archive] url names {parsed.get_backend_name()}; the archive is kept by sqlite or postgresql"
        )
    return parsed


def name_of(url: URL) -> str:
    """What messages call the archive: the file, or the URL without its password."""
    if url.get_backend_name() == "sqlite":
        return f"archive {url.database or 'in memory'}"
    return f"archive {url.render_as_string(hide_password=True)}"


def open_engine(url: URL) -> Engine:
    """An engine whose transactions write one after another, across processes, and read side by side.

    A writing transaction holds the archive's one lock from its first statement to its end, and a
    process that dies lets go of it.
    """
    if url.drivername == "postgresql":
        url = url.set(drivername="postgresql+pg8000")  # the synchronous driver that is not under the LGPL
    try:
        return _OPENERS[url.get_backend_name()](url)
    except (NoSuchModuleError, ModuleNotFoundError) as fault:
        raise ArchiveError(
            f"{name_of(url)}: the driver {url.drivername} is not installed ({fault}); "
            "begin the URL with sqlite:///, or with postgresql:// after: pip install pg8000"
        ) from fault


def mark_of_others(connection: Connection) -> str | None:
    """What changes when anyone but this connection writes, or None where the database does not tell."""
    if connection.dialect.name != "sqlite":
        return None
    return str(connection.exec_driver_sql("PRAGMA data_version").scalar())


def bytes_type(connection: Connection) -> str:
    """The SQL type of a binary column."""
    return "BLOB" if connection.dialect.name == "sqlite" else "BYTEA"


def _open_sqlite(url: URL) -> Engine:
    options: dict[str, Any] = {}
    if url.database in (None, "", ":memory:"):
        # A database in memory is its connection: one for all threads, not an empty one for each.
        options = {"poolclass": StaticPool, "connect_args": {"check_same_thread": False}}
    else:
        if "timeout" not in url.query:
            options = {"connect_args": {"timeout": _PATIENCE}}
        if "uri" not in url.query:
            _make_folder(url)
    engine = create_engine(url, **options)

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None  # transactions are begun below, where it is known whether they write
        connection.execute("PRAGMA foreign_keys = ON")
        (mode,) = connection.execute("PRAGMA journal_mode").fetchone()
        if mode == "delete":
            try:
                connection.execute("PRAGMA journal_mode = WAL")
            except sqlite3.OperationalError as fault:
                # The old mode serves as well. SQLite does not wait for this statement, and whoever holds
                # the file may be making the same change; a file that may only be read stays as it is.
                if fault.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_READONLY):
                    raise

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get(WRITES)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _make_folder(url: URL) -> None:
    try:
        Path(str(url.database)).parent.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise ArchiveError(f"{name_of(url)}: its folder cannot be made ({fault.strerror}); name another") from fault


def _open_postgresql(url: URL) -> Engine:
    engine = create_engine(url)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        if connection.get_execution_options().get(WRITES):
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{_PATIENCE}s'")
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")

    return engine


_OPENERS = {"sqlite": _open_sqlite, "postgresql": _open_postgresql}
