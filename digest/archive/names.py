"""Under which id an article is kept whose publisher gave it a new identifier, or gave its old one to another."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol

from sqlalchemy import Connection, Row, Select, bindparam, select

from digest.archive.schema import articles, storable
from digest.errors import FormatError
from digest.identity import identify, tells_the_same
from digest.model import Article
from digest.serial import article_from_dict

_A_QUERY = 500
"""Far below the number of parameters that any database allows."""

_LATEST = select(articles.c.id, articles.c.source, articles.c.url, articles.c.json).where(articles.c.latest)
_AT_URLS = _LATEST.where(articles.c.url.in_(bindparam("some", expanding=True)))
_OF_IDS = _LATEST.where(articles.c.id.in_(bindparam("some", expanding=True)))


class Wording(Protocol):
    """What is to be known of a wording that is kept."""

    @property
    def url(self) -> str | None: ...


def renamed(
    connection: Connection, given: Sequence[Article], known: Mapping[tuple[str, str], Mapping[str, Wording]]
) -> dict[tuple[str, str], str]:
    """The ids to keep articles under, by source and own id, where these are not their own.

    `known` are the wordings that are kept under the articles' own ids, by id and source, then by revision. Of one
    source, an article with a new id at the address of another that says the same is that other; one
    with the id of another, but a new address and another text, is one by itself, named by that.
    """
    given = sorted(given, key=lambda article: (article.id, article.source, article.revision))
    fresh = [article for article in given if _key(article) not in known]
    doubtful = [article for article in given if _key(article) in known and _is_elsewhere(article, known[_key(article)])]
    return dict((*_moved(connection, fresh, given), *_taken(connection, doubtful)))


def _key(article: Article) -> tuple[str, str]:
    return storable(article.id), storable(article.source)


def _is_elsewhere(article: Article, wordings: Mapping[str, Wording]) -> bool:
    """Whether a new wording of an article stands where none did before, or nothing says where."""
    places = {wording.url for wording in wordings.values()}
    return storable(article.revision) not in wordings and (not article.url or storable(article.url) not in places)


def _moved(
    connection: Connection, fresh: Sequence[Article], given: Iterable[Article]
) -> Iterator[tuple[tuple[str, str], str]]:
    offered = {_key(article) for article in given}
    at: dict[tuple[str, str], dict[str, Article]] = defaultdict(dict)
    for article in fresh:
        if article.url:
            at[storable(article.source), storable(article.url)][article.id] = article
    kept: dict[tuple[str, str], list[Row[Any]]] = defaultdict(list)
    for row in _rows(connection, _AT_URLS, {url for _, url in at}):
        kept[row.source, row.url].append(row)
    for place, rows in kept.items():
        if len(rows) == len(at.get(place, ())) == 1:  # where several stand, the address names none of them
            (row,), (article,) = rows, at[place].values()
            if (row.id, row.source) not in offered and _tell_the_same(article, row):
                yield (article.source, article.id), row.id


def _taken(connection: Connection, doubtful: Sequence[Article]) -> Iterator[tuple[tuple[str, str], str]]:
    kept = {(row.id, row.source): row for row in _rows(connection, _OF_IDS, {storable(each.id) for each in doubtful})}
    for article in doubtful:
        row = kept.get(_key(article))
        if row is not None and not _tell_the_same(article, row):
            yield (article.source, article.id), identify(article).id


def _rows(connection: Connection, query: Select[Any], values: Iterable[str]) -> Iterator[Row[Any]]:
    ordered = sorted(values)
    for start in range(0, len(ordered), _A_QUERY):
        yield from connection.execute(query, {"some": ordered[start : start + _A_QUERY]})


def _tell_the_same(article: Article, row: Row[Any]) -> bool:
    try:
        return tells_the_same(article, article_from_dict(json.loads(row.json)))
    except (ValueError, FormatError):  # kept by another version of the program: whoever reads it is told so
        return False
