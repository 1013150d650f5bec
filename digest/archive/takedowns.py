"""What must not be shown any more, and why."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, delete, insert, or_, select, union, update

from digest.archive.schema import articles, printed, takedowns
from digest.model import Takedown


def add(connection: Connection, what: str, reason: str, noted: datetime) -> None:
    """Keep it; the reason of one that is there already is replaced, its time stays."""
    here = takedowns.c.what == what
    if connection.execute(update(takedowns).where(here).values(reason=reason)).rowcount == 0:
        connection.execute(insert(takedowns).values(what=what, reason=reason, noted=noted))


def remove(connection: Connection, what: str) -> bool:
    """Forget it; whether it was there."""
    return connection.execute(delete(takedowns).where(takedowns.c.what == what)).rowcount > 0


def rows(connection: Connection) -> tuple[Takedown, ...]:
    """All of them, the earliest first."""
    query = select(takedowns.c.what, takedowns.c.reason, takedowns.c.noted)
    found = connection.execute(query.order_by(takedowns.c.noted, takedowns.c.what))
    return tuple(Takedown(**row._mapping) for row in found)


def numbers(connection: Connection, newsletter: str, what: str) -> tuple[int, ...]:
    """The issues that printed it."""
    ids = select(articles.c.id).where(or_(articles.c.url == what, articles.c.id == what))
    query = select(printed.c.number).where(printed.c.newsletter == newsletter)
    query = query.where(or_(printed.c.article.in_(ids), printed.c.article == what)).distinct()
    return tuple(connection.scalars(query.order_by(printed.c.number)))


def amended(connection: Connection, newsletter: str) -> frozenset[int]:
    """The issues that printed something that was taken down since."""
    # A union of what indexes find, since "this column or that" makes databases read every article.
    named = union(
        select(articles.c.id).where(articles.c.url.in_(select(takedowns.c.what))),
        select(takedowns.c.what),
    )
    query = select(printed.c.number).where(printed.c.newsletter == newsletter, printed.c.article.in_(named)).distinct()
    return frozenset(connection.scalars(query))
