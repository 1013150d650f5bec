"""The articles that a person's name for one means: its id, its URL, its exact headline."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, or_, select, true

from digest.archive.articles import find
from digest.archive.schema import articles, headline_key, storable
from digest.model import Article
from digest.urls import canonical_url


def named(connection: Connection, name: str, gone: bool) -> tuple[Article, ...]:
    """The articles of that name in their latest revisions, ordered by id; without `gone`, those that a source has."""
    found = (find(connection, id_, None) for id_ in _ids(connection, name, gone))
    return tuple(article for article in found if article)


def known(connection: Connection, names: Iterable[str]) -> frozenset[str]:
    """Those of the names that some article has or had."""
    return frozenset(name for name in names if _ids(connection, name, gone=True))


def _ids(connection: Connection, name: str, gone: bool) -> tuple[str, ...]:
    """An id or a URL is meant before a headline that reads the same."""
    here = true() if gone else articles.c.gone.is_(None)
    place = storable(canonical_url(name) or name)
    by_place = select(articles.c.id).where(here, or_(articles.c.id == place, articles.c.url == place))
    ids = connection.scalars(by_place.distinct().order_by(articles.c.id)).all()
    if not ids and canonical_url(name) is None:
        by_headline = select(articles.c.id).where(here, articles.c.headline == headline_key(name))
        ids = connection.scalars(by_headline.distinct().order_by(articles.c.id)).all()
    return tuple(ids)
