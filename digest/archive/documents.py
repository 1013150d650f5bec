"""What sources gave, byte by byte, kept for a set time so that a better reader can read it again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from hashlib import blake2b
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from digest.archive.schema import documents, instant
from digest.model import Document, Drop

_PARTS = tuple(column for column in documents.c if column.name not in ("hash", "last_seen", "first_seen"))

_HASHES_A_QUERY = 500
"""Far below the number of parameters that any database allows."""

# Made once: to make a statement takes longer than to carry it out.
_SEE = update(documents).where(documents.c.hash == bindparam("at_hash"))
_INSERT = insert(documents)
_KEPT = select(documents.c.hash).where(documents.c.hash.in_(bindparam("some", expanding=True)))


def store(connection: Connection, given: Iterable[Document], now: datetime) -> tuple[Drop, ...]:
    """Keep the documents; one that is kept already, same source, name and bytes, is only seen again."""
    drops = []
    rows = {}
    for document in given:
        try:
            row = _row(document, now)
        except (ValueError, OverflowError) as fault:
            drops.append(Drop("archive", document.name, "impossible time", str(fault)))
            continue
        rows[row["hash"]] = row
    kept = _kept(connection, sorted(rows))
    again = [_seen(row) for hash_, row in sorted(rows.items()) if hash_ in kept]
    if again:
        connection.execute(_SEE, again)
    for hash_, row in sorted(rows.items()):
        if hash_ not in kept:
            connection.execute(_INSERT, row)
    return tuple(drops)


def _kept(connection: Connection, hashes: Sequence[str]) -> set[str]:
    """Those of the documents that are kept already."""
    parts = (hashes[start : start + _HASHES_A_QUERY] for start in range(0, len(hashes), _HASHES_A_QUERY))
    return {hash_ for part in parts for hash_ in connection.scalars(_KEPT, {"some": part})}


def _seen(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if name not in ("hash", "body", "first_seen")} | {
        "at_hash": row["hash"]
    }


def _row(document: Document, now: datetime) -> dict[str, Any]:
    if document.retrieved:
        instant(document.retrieved)
    hashed = blake2b(document.body, digest_size=16)
    for part in (document.source, document.name):
        hashed.update(b"\0" + part.encode("utf-8", "surrogatepass"))
    row = {column.name: getattr(document, column.name) for column in _PARTS}
    return row | {"hash": hashed.hexdigest(), "last_seen": now, "first_seen": now}


def keys(connection: Connection, source: str | None, by: datetime | None) -> Sequence[str]:
    """The keys of the documents kept, of one source or of all, the oldest first; `by` leaves out what came later.

    Of what an older version of the program kept is known only when it was seen last.
    """
    query = select(documents.c.hash).order_by(documents.c.last_seen, documents.c.hash)
    if by is not None:
        query = query.where(func.coalesce(documents.c.first_seen, documents.c.last_seen) <= by)
    return connection.scalars(query if source is None else query.where(documents.c.source == source)).all()


def read(connection: Connection, key: str) -> Document | None:
    """The document of a key, or None when it was discarded meanwhile."""
    row = connection.execute(select(*_PARTS).where(documents.c.hash == key)).one_or_none()
    return Document(**row._mapping) if row else None


def discard(connection: Connection, before: datetime) -> int:
    """Remove the documents last seen before then; how many they were."""
    return connection.execute(delete(documents).where(documents.c.last_seen < before)).rowcount
