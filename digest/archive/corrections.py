"""Corrections: which printed articles have changed since, what was noted of them, and which issue carried it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, and_, exists, insert, not_, select, update

from digest.archive.articles import find
from digest.archive.records import Noted, Outdated
from digest.archive.schema import articles, corrections, issues, printed
from digest.errors import ArchiveError, FormatError
from digest.identity import correction_id
from digest.model import Article, Correction
from digest.serial import correction_from_json, correction_to_json


def note(connection: Connection, newsletter: str, correction: Correction, dismissed: bool) -> str:
    """Keep a correction, to be carried by the next issue unless it is dismissed; its id."""
    id_ = correction_id(correction)
    if connection.execute(update(corrections).where(_is(newsletter, id_)).values(dismissed=dismissed)).rowcount == 0:
        connection.execute(insert(corrections).values(_row(newsletter, correction) | {"dismissed": dismissed}))
    return id_


def carry(connection: Connection, newsletter: str, number: int, carried: Sequence[Correction]) -> None:
    """Mark what an issue carries. A correction is carried once: an issue made before another carried it is refused."""
    if not carried:
        return
    # Of an issue that this archive never had nothing is found here, and so nothing twice.
    mine = set(connection.scalars(select(issues.c.number).where(issues.c.newsletter == newsletter)))
    for correction in {correction_id(each): each for each in carried if each.issue in mine}.values():
        here = _is(newsletter, correction_id(correction))
        before = connection.execute(select(corrections.c.carried).where(here)).first()
        if before is None:
            connection.execute(insert(corrections).values(_row(newsletter, correction) | {"carried": number}))
        elif before.carried is None:
            connection.execute(update(corrections).where(here).values(carried=number, dismissed=False))
        else:
            raise ArchiveError(
                f"{newsletter}: the correction to issue {correction.issue} about “{correction.headline}” has been "
                f"carried by issue {before.carried} since this draft was made; make the draft again"
            )


def noted(connection: Connection, newsletter: str) -> tuple[Noted, ...]:
    """Everything that was noted, carried or dismissed, by issue and time."""
    mine = corrections.c.newsletter == newsletter
    query = select(corrections).where(mine).order_by(corrections.c.number, corrections.c.noted, corrections.c.id)
    found = []
    for row in connection.execute(query):
        try:
            found.append(Noted(row.id, correction_from_json(row.json), row.carried, row.dismissed))
        except FormatError as fault:
            raise ArchiveError(
                f"correction {row.id}: what the archive holds of it cannot be read ({fault}); "
                "use the version of the program that noted it"
            ) from fault
    return tuple(found)


def outdated(
    connection: Connection, newsletter: str, since: datetime, before: date, seen: datetime
) -> tuple[Outdated, ...]:
    """The articles printed in an issue made after `since` and dated before `before` whose latest wording is, at every
    source, another than the printed one, and was first seen after `seen`."""
    wording = articles.alias("wording")
    same = exists(
        select(1).where(wording.c.id == printed.c.article, wording.c.latest, wording.c.revision == printed.c.revision)
    )
    query = (
        select(printed.c.number, printed.c.article)
        .distinct()
        .join(issues, and_(issues.c.newsletter == printed.c.newsletter, issues.c.number == printed.c.number))
        .join(articles, and_(articles.c.id == printed.c.article, articles.c.latest))
        .where(
            printed.c.newsletter == newsletter,
            issues.c.made > since,
            issues.c.date < before,
            articles.c.first_seen > seen,
            not_(same),
        )
        .order_by(printed.c.number, printed.c.article)
    )
    return tuple(Outdated(row.number, row.article) for row in connection.execute(query))


def watched(connection: Connection, since: datetime) -> tuple[Article, ...]:
    """The articles that issues made at `since` or after printed, in their latest wordings."""
    query = (
        select(printed.c.article)
        .distinct()
        .join(issues, and_(issues.c.newsletter == printed.c.newsletter, issues.c.number == printed.c.number))
        .where(issues.c.made >= since)
        .order_by(printed.c.article)
    )
    found = (find(connection, id_, None) for id_ in connection.scalars(query).all())
    return tuple(article for article in found if article)


def _is(newsletter: str, id_: str) -> Any:
    return and_(corrections.c.newsletter == newsletter, corrections.c.id == id_)


def _row(newsletter: str, correction: Correction) -> dict[str, object]:
    return {
        "newsletter": newsletter,
        "id": correction_id(correction),
        "number": correction.issue,
        "noted": correction.noted,
        "carried": None,
        "dismissed": False,
        "json": correction_to_json(correction),
    }
