"""Articles: every revision that each source gave of them, and which of these counts."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime
from hashlib import blake2b
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, bindparam, func, insert, select, union, update

from digest.archive import names
from digest.archive.records import Revision, Stored
from digest.archive.schema import articles, headline_key, instant, storable
from digest.errors import ArchiveError, FormatError
from digest.model import Article, Drop, altered
from digest.serial import article_from_dict, article_to_dict

_Key = tuple[str, str]
"""An article at a source: its id and the source's name."""

_IDS_A_QUERY = 500
"""Far below the number of parameters that any database allows."""

_BEST_FIRST = (articles.c.kind.desc(), articles.c.last_seen.desc(), articles.c.first_seen.desc(), articles.c.hash)
"""A full text before a brief ("full" > "brief"), then the newest; the hash decides what else is equal."""


@dataclass(frozen=True, slots=True)
class _Offer:
    """An article as its row is to hold it. `retrieved` stands apart, so that `hash` and `json` change
    only with what the publisher says."""

    article: Article
    retrieved: str | None
    json: str
    hash: str


@dataclass(frozen=True, slots=True)
class _Known:
    """What deciding needs of a row that is there."""

    kind: str
    first_seen: datetime
    last_seen: datetime
    gone: datetime | None
    latest: bool
    hash: str
    url: str | None


# Made once: to make a statement takes longer than to carry it out.
_KNOWN_OF = select(
    *(articles.c[name] for name in ("id", "source", "revision", *(each.name for each in fields(_Known))))
).where(articles.c.id.in_(bindparam("ids", expanding=True)))
_INSERT = insert(articles)
_OF_GROUP = update(articles).where(articles.c.id == bindparam("at_id"), articles.c.source == bindparam("at_source"))
_OF_ROW = _OF_GROUP.where(articles.c.revision == bindparam("at_revision"))
_FLAG = _OF_GROUP.values(latest=articles.c.revision == bindparam("at_latest"), gone=None)


@dataclass(frozen=True, slots=True)
class _Plan:
    """What storing writes: new rows, rows whose article differs, rows seen again, flags of whole groups."""

    inserts: list[dict[str, Any]] = field(default_factory=list)
    rewrites: list[dict[str, Any]] = field(default_factory=list)
    sightings: list[dict[str, Any]] = field(default_factory=list)
    flags: list[dict[str, Any]] = field(default_factory=list)


def store(connection: Connection, given: Iterable[Article], now: datetime) -> Stored:
    """Keep the articles. What the archive then holds does not depend on the order they are given in."""
    given = tuple(given)
    known = _known(connection, sorted({storable(article.id) for article in given}))
    renamed = names.renamed(connection, given, known)
    if renamed:
        given = [altered(article, id=renamed.get((article.source, article.id), article.id)) for article in given]
        known |= _known(connection, sorted(set(map(storable, renamed.values()))))
    offers, drops = _offers(given)
    groups: dict[_Key, dict[str, _Offer]] = defaultdict(dict)
    for offer in sorted(offers, key=lambda offer: offer.json):
        article = offer.article
        groups[storable(article.id), storable(article.source)][storable(article.revision)] = offer
    plan = _decide(groups, known, now)
    _write(connection, plan)
    new = sum(key not in known for key in groups)
    changed = len(plan.inserts) + len(plan.rewrites) - new
    return Stored(new, changed, len(offers) - new - changed, drops, renamed)


def retire(connection: Connection, source: str, keep: Collection[str], now: datetime) -> tuple[str, ...]:
    """Mark as gone what the source had and `keep` does not name; the ids."""
    here = and_(articles.c.source == source, articles.c.gone.is_(None))
    had = connection.scalars(select(articles.c.id).where(here).distinct())
    vanished = tuple(sorted(set(had) - set(map(storable, keep))))
    if vanished:
        leave = update(articles).where(here, articles.c.id == bindparam("vanished")).values(gone=now)
        connection.execute(leave, [{"vanished": id_} for id_ in vanished])
    return vanished


def current(
    connection: Connection,
    since: datetime | None,
    until: datetime | None,
    sources: Collection[str] | None,
    limit: int | None,
) -> tuple[Article, ...]:
    """Of each article that is not gone its best account, dated in (since, until], the newest first."""
    wanted = []
    if since is not None:
        wanted.append(articles.c.dated > since)
    if until is not None:
        wanted.append(articles.c.dated <= until)
    return tuple(map(article_of, connection.execute(_best(whole(), wanted, sources).limit(limit))))


def news(
    connection: Connection, since: datetime | None, sources: Collection[str] | None
) -> tuple[tuple[Article, datetime], ...]:
    """Of each article dated or first seen after `since` its best account, and when any source first gave it."""
    other = articles.alias()
    # Over all of its wordings: an article that was only reworded is not new.
    came = select(func.min(other.c.first_seen)).where(other.c.id == articles.c.id).scalar_subquery().label("came")
    wanted = []
    if since is not None:
        # Two questions, each of which an index answers, whatever the database makes of "or".
        ids = [select(other.c.id).where(moment > since) for moment in (other.c.dated, other.c.first_seen)]
        wanted.append(articles.c.id.in_(union(*ids)))
    return tuple((article_of(row), row.came) for row in connection.execute(_best(whole(came), wanted, sources)))


def first_seen(connection: Connection, ids: Collection[str]) -> Mapping[str, datetime]:
    """When any source first gave each of these articles, in whichever wording."""
    query = select(articles.c.id, func.min(articles.c.first_seen)).group_by(articles.c.id)
    wanted = sorted(set(map(storable, ids)))
    times: dict[str, datetime] = {}
    for start in range(0, len(wanted), _IDS_A_QUERY):
        found = connection.execute(query.where(articles.c.id.in_(wanted[start : start + _IDS_A_QUERY])))
        times |= {id_: seen for id_, seen in found}  # noqa: C416 -- a row is no pair to the type checker
    return times


def _best(query: Select[Any], wanted: Iterable[Any], sources: Collection[str] | None) -> Select[Any]:
    """The query, of the best account of each article that is not gone and meets what is wanted, the newest first."""
    place = func.row_number().over(partition_by=articles.c.id, order_by=_BEST_FIRST).label("place")
    keys = (articles.c.id, articles.c.source, articles.c.revision)
    eligible = select(*keys, place).where(articles.c.latest, articles.c.gone.is_(None), *wanted)
    if sources is not None:
        # Not as a column that has an index: a thousand sources would be a thousand searches for each article.
        eligible = eligible.where(func.coalesce(articles.c.source, "").in_(sorted(sources)))
    best = eligible.subquery()
    joined = query.join(best, and_(*(key == best.c[key.name] for key in keys))).where(best.c.place == 1)
    return joined.order_by(articles.c.dated.desc(), articles.c.id)


def find(connection: Connection, id_: str, revision: str | None) -> Article | None:
    """The best account of an article, or of one revision of it, gone or not; None when it was never stored."""
    query = whole().where(articles.c.id == id_)
    if revision is not None:
        query = query.where(articles.c.revision == revision)
    query = query.order_by(articles.c.gone.is_not(None), articles.c.latest.desc(), *_BEST_FIRST).limit(1)
    row = connection.execute(query).first()
    return article_of(row) if row else None


def revisions(connection: Connection, id_: str) -> tuple[Revision, ...]:
    """Every revision of an article at every source, in the order they were first seen."""
    query = whole(articles.c.first_seen, articles.c.last_seen, articles.c.gone).where(articles.c.id == id_)
    rows = connection.execute(query.order_by(articles.c.first_seen, articles.c.revision, articles.c.hash))
    return tuple(Revision(article_of(row), row.first_seen, row.last_seen, row.gone) for row in rows)


def columns_of(article: Article, dated: datetime) -> dict[str, Any]:
    """The columns that follow what the publisher says; {} for an article that cannot be kept."""
    offers, _ = _offers([article])
    return _content(offers[0], dated) if offers else {}


def newest(connection: Connection, sources: Collection[str]) -> dict[str, datetime]:
    """When each of these sources last gave a wording that it had not given before; none for one that gave none."""
    names = {storable(name): name for name in sources}
    came = func.max(articles.c.first_seen, type_=articles.c.first_seen.type)
    query = select(articles.c.source, came).group_by(articles.c.source)
    return {names[source]: moment for source, moment in connection.execute(query) if source in names}


def _offers(given: Iterable[Article]) -> tuple[list[_Offer], tuple[Drop, ...]]:
    offers, drops = [], []
    for article in given:
        try:
            if article.published:
                instant(article.published)
            plain = article_to_dict(article)
        except (ValueError, OverflowError) as fault:
            drops.append(Drop("archive", article.headline, "impossible time", str(fault)))
            continue
        retrieved = plain.pop("retrieved")
        text = json.dumps(plain, ensure_ascii=False)
        hash_ = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()
        offers.append(_Offer(article, retrieved, text, hash_))
    return offers, tuple(drops)


def _known(connection: Connection, ids: Sequence[str]) -> dict[_Key, dict[str, _Known]]:
    """The rows of these articles, by key and revision."""
    known: dict[_Key, dict[str, _Known]] = defaultdict(dict)
    for start in range(0, len(ids), _IDS_A_QUERY):
        some = {"ids": ids[start : start + _IDS_A_QUERY]}
        for id_, source, revision, *rest in connection.execute(_KNOWN_OF, some):
            known[id_, source][revision] = _Known(*rest)
    return dict(known)


def _decide(
    groups: Mapping[_Key, Mapping[str, _Offer]], known: Mapping[_Key, Mapping[str, _Known]], now: datetime
) -> _Plan:
    """What is to be written; no database is touched.

    The latest revision of a group is a full text rather than a brief, since a front page goes on
    showing a teaser of what was read in full; then the one seen last; then what is offered over what was
    stored at the same moment; then the one that came last.
    """
    plan = _Plan()
    for (id_, source), offers in groups.items():
        before = known.get((id_, source), {})
        came = {revision: row.first_seen for revision, row in before.items()}
        ranks = {
            revision: (row.kind, row.last_seen, False, row.first_seen, revision) for revision, row in before.items()
        }
        for revision, offer in offers.items():
            ranks[revision] = (offer.article.kind, now, True, came.get(revision, now), revision)
        latest = max(ranks, key=ranks.__getitem__)
        for revision, offer in offers.items():
            content = _content(offer, dated=offer.article.published or min(came.values(), default=now))
            key = {"id": id_, "source": source, "revision": revision}
            sighting = {f"at_{name}": value for name, value in key.items()} | {"last_seen": now}
            if revision not in before:
                born = {"first_seen": now, "last_seen": now, "gone": None, "retrieved": offer.retrieved}
                plan.inserts.append(key | content | born | {"latest": revision == latest})
            elif before[revision].hash != offer.hash:
                plan.rewrites.append(sighting | content)
            else:
                plan.sightings.append(sighting)
        if any(row.gone or row.latest != (revision == latest) for revision, row in before.items()):
            plan.flags.append({"at_id": id_, "at_source": source, "at_latest": latest})
    return plan


def _content(offer: _Offer, dated: datetime) -> dict[str, Any]:
    """The columns that follow what the publisher says."""
    article = offer.article
    return {
        "kind": article.kind,
        "language": article.language,
        "url": article.url,
        "published": article.published,
        "dated": dated,
        "hash": offer.hash,
        "json": offer.json,
        "headline": headline_key(article.headline),
    }


def _write(connection: Connection, plan: _Plan) -> None:
    """Carry the plan out. A row's `at_…` say where it goes, its other values are the columns to set."""
    statements = (
        (_INSERT, plan.inserts),
        (_OF_ROW, plan.rewrites),
        (_OF_ROW, plan.sightings),
        (_FLAG, plan.flags),
    )
    for statement, rows in statements:
        if rows:
            connection.execute(statement, rows)


def whole(*more: Any) -> Select[Any]:
    """A query for what `article_of` needs, and more."""
    return select(articles.c.id, articles.c.retrieved, articles.c.json, *more)


def article_of(row: Row[Any]) -> Article:
    """The article of a row's `id`, `retrieved` and `json`. Raises ArchiveError for what another version wrote."""
    try:
        return article_from_dict(json.loads(row.json) | {"retrieved": row.retrieved})
    except (TypeError, ValueError, FormatError) as fault:
        raise ArchiveError(
            f"article {row.id}: what the archive holds of it cannot be read ({fault}); "
            "use the version of the program that stored it"
        ) from fault
