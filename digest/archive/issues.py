"""Issues: numbered, frozen, and never changed again."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Select, and_, func, insert, select, true

from digest.archive import corrections
from digest.archive.records import IssueRow
from digest.archive.schema import issues, printed, renditions, storable
from digest.errors import ArchiveError, FormatError
from digest.model import Issue, Rendition
from digest.serial import issue_from_json, issue_to_json

Make = Callable[[int], tuple[Issue, tuple[Rendition, ...]]]

_IDS_A_QUERY = 500
"""Far below the number of parameters that any database allows."""


def publish(
    connection: Connection, newsletter: str, day: date, make: Make, published_at: datetime, again: bool
) -> Issue:
    """Take the next number, have the issue made under it, and store it with its renditions."""
    mine = issues.c.newsletter == newsletter
    earlier = connection.scalars(
        select(issues.c.number).where(mine, issues.c.date == day).order_by(issues.c.number)
    ).all()
    if earlier and not again:
        raise ArchiveError(
            f"{newsletter}, {day}: published already, as issue {earlier[-1]}; "
            "an issue never changes, but the day may be published again, under a new number, when that is asked for"
        )
    number = 1 + (connection.scalar(select(func.max(issues.c.number)).where(mine)) or 0)
    issue, made = make(number)
    if (issue.newsletter, issue.date, issue.number) != (newsletter, day, number):
        raise ArchiveError(
            f"{newsletter}, {day}: number {number} was allotted, but what came back is "
            f"{issue.newsletter}, {issue.date}, number {issue.number}; the program that publishes is at fault"
        )
    at = {"newsletter": newsletter, "number": number}
    connection.execute(
        insert(issues).values(
            **at,
            date=day,
            again=len(earlier),
            subject=issue.subject,
            preheader=issue.preheader,
            stories=len(issue.stories),
            made=issue.made,
            published=published_at,
            json=issue_to_json(issue),
        )
    )
    forms = [
        at | {"position": position, "name": form.name, "media_type": form.media_type, "body": form.body}
        for position, form in enumerate(made)
    ]
    told = [
        at | {"section": section.slug, "story": story.id, "article": article.id, "revision": article.revision}
        for section in issue.sections
        for story in section.stories
        for article in story.articles
    ]
    if forms:
        connection.execute(insert(renditions), forms)
    if told:
        connection.execute(insert(printed), [row | {"position": position} for position, row in enumerate(told)])
    corrections.carry(connection, newsletter, number, issue.corrections)
    return issue


def rows(connection: Connection, newsletter: str | None) -> tuple[IssueRow, ...]:
    """The list of issues, of one newsletter or of all, the oldest first."""
    query = _rows()
    if newsletter is not None:
        query = query.where(issues.c.newsletter == newsletter)
    found = connection.execute(query.order_by(issues.c.date, issues.c.newsletter, issues.c.number))
    return tuple(IssueRow(**row._mapping) for row in found)


def read(connection: Connection, number: int, newsletter: str | None) -> tuple[Issue, tuple[Rendition, ...]]:
    """An issue and its renditions, in the order they were given."""
    newsletter = _newsletter(connection, number, newsletter)
    return _issue(connection, number, newsletter), _renditions(connection, number, newsletter)


def _issue(connection: Connection, number: int, newsletter: str) -> Issue:
    query = select(issues.c.json).where(issues.c.newsletter == newsletter, issues.c.number == number)
    data: bytes = connection.execute(query).scalar_one()
    try:
        return issue_from_json(data)
    except FormatError as fault:
        raise ArchiveError(
            f"issue {number}: what the archive holds of it cannot be read ({fault}); "
            "use the version of the program that published it"
        ) from fault


def recent(connection: Connection, newsletter: str, before: date, most: int) -> tuple[Issue, ...]:
    """The last issues of a newsletter that are dated before then, the oldest first."""
    query = select(issues.c.number).where(issues.c.newsletter == newsletter, issues.c.date < before)
    numbers = connection.scalars(query.order_by(issues.c.date.desc(), issues.c.number.desc()).limit(most)).all()
    return tuple(_issue(connection, number, newsletter) for number in reversed(numbers))


def rendition(connection: Connection, number: int, name: str, newsletter: str | None) -> Rendition:
    """One rendition of an issue, by its file name."""
    forms = _renditions(connection, number, _newsletter(connection, number, newsletter))
    for form in forms:
        if form.name == name:
            return form
    names = ", ".join(form.name for form in forms) or "nothing"
    raise ArchiveError(f"issue {number}: it has no {name}; it was published with {names}")


def on(connection: Connection, newsletter: str, day: date) -> IssueRow | None:
    """The newsletter's issue of a day, the last of several."""
    query = _rows().where(issues.c.newsletter == newsletter, issues.c.date == day)
    row = connection.execute(query.order_by(issues.c.number.desc()).limit(1)).first()
    return IssueRow(**row._mapping) if row else None


def last(connection: Connection, newsletter: str, before: date | None) -> IssueRow | None:
    """The newsletter's last issue, of those dated before a day or of all."""
    query = _rows().where(issues.c.newsletter == newsletter)
    if before is not None:
        query = query.where(issues.c.date < before)
    row = connection.execute(query.order_by(issues.c.date.desc(), issues.c.number.desc()).limit(1)).first()
    return IssueRow(**row._mapping) if row else None


def told(
    connection: Connection, newsletter: str, before: date | None, ids: Collection[str] | None
) -> Mapping[str, int]:
    """Every article that the newsletter has printed, by id, and the number of the last issue that did."""
    query = select(printed.c.article, func.max(printed.c.number)).where(printed.c.newsletter == newsletter)
    if before is not None:
        same = and_(issues.c.newsletter == printed.c.newsletter, issues.c.number == printed.c.number)
        query = query.join(issues, same).where(issues.c.date < before)
    query = query.group_by(printed.c.article).order_by(printed.c.article)
    if ids is None:
        return {article: number for article, number in connection.execute(query)}  # noqa: C416 -- no pair to the type checker
    wanted = sorted(set(map(storable, ids)))
    numbers: dict[str, int] = {}
    for start in range(0, len(wanted), _IDS_A_QUERY):
        some = printed.c.article.in_(wanted[start : start + _IDS_A_QUERY])
        numbers |= {article: number for article, number in connection.execute(query.where(some))}  # noqa: C416
    return numbers


def _rows() -> Select[Any]:
    return select(*(issues.c[each.name] for each in fields(IssueRow)))


def _renditions(connection: Connection, number: int, newsletter: str) -> tuple[Rendition, ...]:
    query = select(renditions.c.name, renditions.c.media_type, renditions.c.body)
    query = query.where(renditions.c.newsletter == newsletter, renditions.c.number == number)
    return tuple(Rendition(*row) for row in connection.execute(query.order_by(renditions.c.position)))


def _newsletter(connection: Connection, number: int, newsletter: str | None) -> str:
    """The one newsletter that has an issue of this number."""
    mine = true() if newsletter is None else issues.c.newsletter == newsletter
    query = select(issues.c.newsletter).where(mine, issues.c.number == number).order_by(issues.c.newsletter)
    names = connection.scalars(query).all()
    if len(names) == 1:
        return str(names[0])
    if names:
        raise ArchiveError(f"issue {number}: several newsletters have one ({', '.join(names)}); say which")
    last = connection.scalar(select(func.max(issues.c.number)).where(mine))
    held = f"the last is {last}" if last else "nothing has been published yet"
    raise ArchiveError(f"issue {number}: the archive has none of that number; {held}")
