"""What sections are learned from, and the classifiers that came of it, each kept with a mark of what it learned."""

from __future__ import annotations

from datetime import datetime
from hashlib import blake2b
from typing import Any

from sqlalchemy import Connection, Select, and_, delete, func, insert, select

from digest.archive.articles import article_of
from digest.archive.schema import articles, classifiers
from digest.model import Article

_LEADING_BITS = 3


def settled(number: int) -> int:
    """The number rounded down to its three leading bits, so that it stays until an eighth to a quarter has come on top.

    A classifier is made of the oldest so many articles: it is made anew when enough is new, and what it is made
    of depends on what the archive holds and not on when that came.
    """
    spare = max(0, number.bit_length() - _LEADING_BITS)
    return number >> spare << spare


def mark(connection: Connection, until: datetime, most: int) -> str:
    """A hash of what `lessons` gives, without reading it."""
    hashes = connection.scalars(_lessons(connection, select(articles.c.hash), until, most)).all()
    return blake2b(" ".join(sorted(hashes)).encode(), digest_size=16).hexdigest()


def lessons(connection: Connection, until: datetime, most: int) -> tuple[Article, ...]:
    """What to learn from: of the articles dated until then a settled number, the oldest, and of these the last `most`.

    An article that several sources have comes in each account of it.
    """
    query = select(articles.c.id, articles.c.retrieved, articles.c.json)
    return tuple(map(article_of, connection.execute(_lessons(connection, query, until, most))))


def _lessons(connection: Connection, query: Select[Any], until: datetime, most: int) -> Select[Any]:
    counts = and_(articles.c.latest, articles.c.gone.is_(None), articles.c.dated <= until)
    number = settled(connection.scalar(select(func.count()).select_from(articles).where(counts)) or 0)
    query = query.where(counts).order_by(articles.c.dated, articles.c.id, articles.c.source)
    return query.offset(max(0, number - most)).limit(min(number, most))


def find(connection: Connection, newsletter: str, marked: str) -> bytes | None:
    """The newsletter's classifiers, if they were made of what the mark stands for."""
    query = select(classifiers.c.body).where(classifiers.c.newsletter == newsletter, classifiers.c.mark == marked)
    body: bytes | None = connection.scalar(query)
    return body


def keep(connection: Connection, newsletter: str, marked: str, body: bytes) -> None:
    """Keep these classifiers in the place of the newsletter's earlier ones."""
    connection.execute(delete(classifiers).where(classifiers.c.newsletter == newsletter))
    connection.execute(insert(classifiers).values(newsletter=newsletter, mark=marked, body=body))
