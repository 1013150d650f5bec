"""Receipts: to whom an issue's messages were handed over, and what became of each."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import Connection, select
from sqlalchemy.dialects import postgresql, sqlite

from digest.archive.schema import receipts
from digest.model import Receipt

_KEY = ("newsletter", "number", "purpose", "address")


def record(
    connection: Connection,
    newsletter: str,
    number: int,
    purpose: str,
    found: Collection[Receipt],
    noted: datetime,
) -> None:
    """Keep each in the place of its recipient's earlier one; of several of one recipient the last."""
    mine = {"newsletter": newsletter, "number": number, "purpose": purpose, "noted": noted}
    rows = [
        mine | {"address": each.address, "status": each.status, "id": each.id, "detail": each.detail}
        for each in {each.address: each for each in found}.values()
    ]
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    statement = dialect.insert(receipts)
    changed = {name: statement.excluded[name] for name in ("status", "id", "detail", "noted")}
    connection.execute(statement.on_conflict_do_update(index_elements=_KEY, set_=changed), rows)


def find(connection: Connection, newsletter: str, number: int, purpose: str) -> Mapping[str, Receipt]:
    """By address, in its order."""
    query = select(receipts.c.address, receipts.c.status, receipts.c.id, receipts.c.detail)
    query = query.where(receipts.c.newsletter == newsletter, receipts.c.number == number, receipts.c.purpose == purpose)
    return {row.address: Receipt(**row._mapping) for row in connection.execute(query.order_by(receipts.c.address))}
