"""Kept documents read again: a row takes its article's new words in place, for the publisher changed nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, delete, select, update

from digest.archive.articles import columns_of
from digest.archive.schema import articles, storable
from digest.model import Article

_IDS_A_QUERY = 500
"""Far below the number of parameters that any database allows."""


@dataclass(frozen=True, slots=True)
class _Row:
    """A wording as it is kept, and what decides what becomes of it."""

    id: str
    source: str
    revision: str
    kind: str
    first_seen: datetime
    last_seen: datetime
    hash: str


def reread(connection: Connection, given: Iterable[tuple[Article, datetime]]) -> tuple[Article, ...]:
    """Give each wording the words that are read today in the document it was read from; the articles that changed.

    Each article comes with the time at which its document was given last. It belongs to the newest wording that was
    seen then; of several that do, a full text counts before a brief, then the one of the newest document.
    """
    rows: dict[tuple[str, str], list[_Row]] = defaultdict(list)
    best: dict[tuple[str, str, str], tuple[str, datetime, Article]] = {}
    offered = sorted(given, key=lambda each: (each[0].id, each[1], each[0].revision))
    for row in _rows(connection, sorted({article.id for article, _ in offered})):
        rows[row.id, row.source].append(row)
    for article, at in offered:
        here = (storable(article.id), storable(article.source))
        seen = [row for row in rows[here] if row.first_seen <= at <= row.last_seen]
        if seen:
            row = max(seen, key=lambda row: (row.first_seen, row.revision))
            rank = (article.kind, at)
            if (*here, row.revision) not in best or rank >= best[*here, row.revision][:2]:
                best[*here, row.revision] = (*rank, article)
    changed = []
    for (id_, source, revision), (_, _, article) in sorted(best.items(), key=lambda each: each[0]):
        if _replace(connection, {row.revision: row for row in rows[id_, source]}, revision, article):
            changed.append(article)
    return tuple(changed)


def _rows(connection: Connection, ids: Sequence[str]) -> Iterable[_Row]:
    names = ("id", "source", "revision", "kind", "first_seen", "last_seen", "hash")
    query = select(*(articles.c[name] for name in names)).order_by(articles.c.first_seen, articles.c.revision)
    for start in range(0, len(ids), _IDS_A_QUERY):
        some = [storable(id_) for id_ in ids[start : start + _IDS_A_QUERY]]
        for found in connection.execute(query.where(articles.c.id.in_(some))):
            yield _Row(*found)


def _replace(connection: Connection, rows: Mapping[str, _Row], revision: str, article: Article) -> bool:
    """Write an article over a row; whether that changed anything. A wording that is there already takes the row in."""
    old, new = rows[revision], storable(article.revision)
    values = columns_of(article, article.published or old.first_seen)
    if not values or old.hash == values["hash"]:
        return False
    other = rows.get(new) if new != revision else None
    if other is not None:
        values["first_seen"] = min(old.first_seen, other.first_seen)
        values["last_seen"] = max(old.last_seen, other.last_seen)
        values["latest"] = True if _is_latest(connection, old) else _is_latest(connection, other)
        connection.execute(delete(articles).where(_key(other)))
    connection.execute(update(articles).where(_key(old)).values(revision=new, **values))
    return True


def _is_latest(connection: Connection, row: _Row) -> bool:
    return bool(connection.scalar(select(articles.c.latest).where(_key(row))))


def _key(row: _Row) -> Any:
    return and_(articles.c.id == row.id, articles.c.source == row.source, articles.c.revision == row.revision)
