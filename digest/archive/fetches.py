"""What is remembered of the addresses that sources ask."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from digest.archive.schema import fetches, storable
from digest.fetch import Fetch

_COLUMNS = tuple(fetches.c[each.name] for each in fields(Fetch))
_KEY = ("source", "url")
_URLS_A_QUERY = 500
"""Far below the number of parameters that any database allows."""

# Made once: to make a statement takes longer than to carry it out.
_VALUES: dict[Any, Any] = {column: bindparam(f"at_{column.name}") for column in _COLUMNS if column.name not in _KEY}
_REPLACE = update(fetches).where(*(fetches.c[name] == bindparam(f"at_{name}") for name in _KEY)).values(_VALUES)
_INSERT = insert(fetches)
_OF_URLS = (
    select(*_COLUMNS)
    .where(fetches.c.url.in_(bindparam("urls", expanding=True)))
    .order_by(fetches.c.source, fetches.c.url)
)


def store(connection: Connection, given: Iterable[Fetch]) -> None:
    """Keep each in the place of what was remembered of the same address of the same source."""
    rows = {
        (storable(fetch.source), storable(fetch.url)): {each.name: getattr(fetch, each.name) for each in fields(Fetch)}
        for fetch in given
    }
    known = {(row.source, row.url) for row in _rows(connection, {url for _, url in rows})}
    old = [{f"at_{name}": value for name, value in row.items()} for key, row in sorted(rows.items()) if key in known]
    new = [row for key, row in sorted(rows.items()) if key not in known]
    if old:
        connection.execute(_REPLACE, old)
    if new:
        connection.execute(_INSERT, new)


def of_urls(connection: Connection, urls: Collection[str]) -> tuple[Fetch, ...]:
    """What is remembered of these addresses, of every source that asks them."""
    return tuple(Fetch(**row._mapping) for row in _rows(connection, {storable(url) for url in urls}))


def own(connection: Connection) -> tuple[Fetch, ...]:
    """What is remembered of every source's own addresses, those that were followed left out."""
    query = select(*_COLUMNS).where(fetches.c.followed.is_(False)).order_by(fetches.c.source, fetches.c.url)
    return tuple(Fetch(**row._mapping) for row in connection.execute(query))


def discard(connection: Connection, before: datetime) -> int:
    """Forget the addresses last asked before then; how many they were."""
    return connection.execute(delete(fetches).where(fetches.c.asked < before)).rowcount


def _rows(connection: Connection, urls: Collection[str]) -> list[Any]:
    ordered = sorted(urls)
    found: list[Any] = []
    for start in range(0, len(ordered), _URLS_A_QUERY):
        found += connection.execute(_OF_URLS, {"urls": ordered[start : start + _URLS_A_QUERY]})
    return found
