"""The lines that a source's pages and items show, as marks: the counts from which its furniture is learned."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select

from digest.archive.schema import shown
from digest.repeated import Lesson, Shown

_COLUMNS = (shown.c.page, shown.c.kind, shown.c.lines, shown.c.seen)
# Made once: to make a statement takes longer than to carry it out.
_OF_SOURCE = select(*_COLUMNS).where(shown.c.source == bindparam("at_source")).order_by(shown.c.kind, shown.c.page)
_INSERT = insert(shown)
_KEY = ("source", "kind", "page")
_DELETE = delete(shown).where(*(shown.c[name] == bindparam(f"at_{name}", type_=shown.c[name].type) for name in _KEY))


def of_source(connection: Connection, source: str) -> tuple[Shown, ...]:
    """What is remembered of a source's pages."""
    return tuple(Shown(*row) for row in connection.execute(_OF_SOURCE, {"at_source": source}))


def store(connection: Connection, given: Mapping[str, Lesson]) -> None:
    """Write down and forget what each source's lesson says.

    What is new takes the place of what is there, since another process may have read the same pages meanwhile.
    """
    leaving, coming = [], []
    for source, lesson in sorted(given.items()):
        leaving += [_at(source, each) for each in (*lesson.old, *lesson.new)]
        coming += [
            {"source": source, "page": each.page, "kind": each.kind, "lines": each.lines, "seen": each.seen}
            for each in lesson.new
        ]
    if leaving:
        connection.execute(_DELETE, leaving)
    if coming:
        connection.execute(_INSERT, coming)


def _at(source: str, each: Shown) -> dict[str, Any]:
    return {"at_source": source, "at_kind": each.kind, "at_page": each.page}
