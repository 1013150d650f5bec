"""Drafts that wait for their editor: of which articles, in which wording, and as of when, they are made."""

from __future__ import annotations

import json
from datetime import date

from sqlalchemy import Connection, delete, insert, select

from digest.archive.articles import article_of, whole
from digest.archive.records import Key, SavedDraft
from digest.archive.schema import articles, drafts, storable
from digest.errors import ArchiveError
from digest.model import Article, Drop

_IDS_A_QUERY = 500
"""Far below the number of parameters that any database allows."""


def save(connection: Connection, draft: SavedDraft) -> None:
    """Keep the draft in the place of the newsletter's earlier one."""
    plain = {
        "articles": list(draft.articles),
        "drops": [[drop.stage, drop.subject, drop.reason, drop.detail] for drop in draft.drops],
    }
    connection.execute(delete(drafts).where(drafts.c.newsletter == draft.newsletter))
    body = json.dumps(plain).encode()  # in ASCII, where a lone surrogate is an escape
    connection.execute(insert(drafts).values(newsletter=draft.newsletter, date=draft.date, made=draft.made, json=body))


def find(connection: Connection, newsletter: str) -> SavedDraft | None:
    """The newsletter's draft, or None."""
    query = select(drafts.c.date, drafts.c.made, drafts.c.json).where(drafts.c.newsletter == newsletter)
    row = connection.execute(query).first()
    if row is None:
        return None
    plain = json.loads(row.json)
    keys: tuple[Key, ...] = tuple((id_, source, revision) for id_, source, revision in plain["articles"])
    return SavedDraft(newsletter, row.date, row.made, keys, tuple(Drop(*each) for each in plain["drops"]))


def discard(connection: Connection, newsletter: str, day: date) -> None:
    """Forget the draft of a day, as when it is published."""
    connection.execute(delete(drafts).where(drafts.c.newsletter == newsletter, drafts.c.date == day))


def articles_of(connection: Connection, draft: SavedDraft) -> tuple[Article, ...]:
    """The articles of a draft in its order and wording, gone meanwhile or not.

    Raises ArchiveError when one is missing.
    """
    keys = [(storable(id_), storable(source), storable(revision)) for id_, source, revision in draft.articles]
    wanted, ids = set(keys), sorted({id_ for id_, _, _ in keys})
    found: dict[Key, Article] = {}
    for start in range(0, len(ids), _IDS_A_QUERY):
        some = articles.c.id.in_(ids[start : start + _IDS_A_QUERY])
        for row in connection.execute(whole(articles.c.source, articles.c.revision).where(some)):
            if (key := (row.id, row.source, row.revision)) in wanted:
                found[key] = article_of(row)
    missing = [key for key in keys if key not in found]
    if missing:
        raise ArchiveError(
            f"draft of {draft.date}: {len(missing)} of its articles are no longer in the archive; make it anew"
        )
    return tuple(found[key] for key in keys)
