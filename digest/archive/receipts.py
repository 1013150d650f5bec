"""Receipts: to whom an issue's messages were handed over, and what became of each."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, insert, select

from digest.archive.schema import receipts
from digest.model import Receipt


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
    last = {each.address: each for each in found}
    here = (
        (receipts.c.newsletter == newsletter)
        & (receipts.c.number == number)
        & (receipts.c.purpose == purpose)
        & (receipts.c.address == bindparam("of"))
    )
    connection.execute(delete(receipts).where(here), [{"of": address} for address in last])
    rows = [
        mine | {"address": each.address, "status": each.status, "id": each.id, "detail": each.detail}
        for each in last.values()
    ]
    connection.execute(insert(receipts), rows)


def find(connection: Connection, newsletter: str, number: int, purpose: str) -> Mapping[str, Receipt]:
    """By address, in its order."""
    query = select(receipts.c.address, receipts.c.status, receipts.c.id, receipts.c.detail)
    query = query.where(receipts.c.newsletter == newsletter, receipts.c.number == number, receipts.c.purpose == purpose)
    return {row.address: Receipt(**row._mapping) for row in connection.execute(query.order_by(receipts.c.address))}
