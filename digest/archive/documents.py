"""What sources gave, byte by byte, kept for a set time so that a better reader can read it again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from hashlib import blake2b
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from digest.archive.schema import documents, instant
from digest.model import Document, Drop

_PARTS = tuple(column for column in documents.c if column.name not in ("hash", "last_seen"))

# Made once: to make a statement takes longer than to carry it out.
_SEE = update(documents).where(documents.c.hash == bindparam("at_hash"))
_INSERT = insert(documents)


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
    for hash_, row in sorted(rows.items()):
        seen = {name: value for name, value in row.items() if name not in ("hash", "body")}
        if connection.execute(_SEE, seen | {"at_hash": hash_}).rowcount == 0:
            connection.execute(_INSERT, row)
    return tuple(drops)


def _row(document: Document, now: datetime) -> dict[str, Any]:
    if document.retrieved:
        instant(document.retrieved)
    hashed = blake2b(document.body, digest_size=16)
    for part in (document.source, document.name):
        hashed.update(b"\0" + part.encode("utf-8", "surrogatepass"))
    row = {column.name: getattr(document, column.name) for column in _PARTS}
    return row | {"hash": hashed.hexdigest(), "last_seen": now}


def keys(connection: Connection, source: str | None) -> Sequence[str]:
    """The keys of the documents kept, of one source or of all, the oldest first."""
    query = select(documents.c.hash).order_by(documents.c.last_seen, documents.c.hash)
    return connection.scalars(query if source is None else query.where(documents.c.source == source)).all()


def read(connection: Connection, key: str) -> Document | None:
    """The document of a key, or None when it was discarded meanwhile."""
    row = connection.execute(select(*_PARTS).where(documents.c.hash == key)).one_or_none()
    return Document(**row._mapping) if row else None


def discard(connection: Connection, before: datetime) -> int:
    """Remove the documents last seen before then; how many they were."""
    return connection.execute(delete(documents).where(documents.c.last_seen < before)).rowcount
