"""The lines that a source's pages and items show, as marks: the counts from which its furniture is learned."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, and_, bindparam, delete, insert, select

from digest.archive.schema import shown, storable
from digest.repeated import Shown, remembered

_COLUMNS = (shown.c.page, shown.c.kind, shown.c.lines, shown.c.seen)
# Made once: to make a statement takes longer than to carry it out.
_OF_SOURCE = select(*_COLUMNS).where(shown.c.source == bindparam("at_source")).order_by(shown.c.kind, shown.c.page)
_INSERT = insert(shown)


def of_source(connection: Connection, source: str) -> tuple[Shown, ...]:
    """What is remembered of a source's pages."""
    return tuple(Shown(*row) for row in connection.execute(_OF_SOURCE, {"at_source": source}))


def store(connection: Connection, given: Mapping[str, Iterable[Shown]]) -> None:
    """Remember the pages, each once, and the newest of each source only."""
    for source, pages in sorted(given.items()):
        offered = [Shown(storable(each.page), each.kind, each.lines, each.seen) for each in pages]
        if not offered:
            continue
        known = of_source(connection, source)
        new, old = remembered(known, offered)
        before = {each.key for each in known}
        leaving = [*old, *(each for each in new if each.key in before)]
        if leaving:
            here = and_(shown.c.source == source, *(shown.c[name] == bindparam(f"at_{name}") for name in _KEY))
            connection.execute(delete(shown).where(here), [_at(each) for each in leaving])
        if new:
            rows = [{"source": source, "page": each.page, "kind": each.kind, "lines": each.lines, "seen": each.seen}
                    for each in new]  # fmt: skip
            connection.execute(_INSERT, rows)


_KEY = ("kind", "page")


def _at(each: Shown) -> dict[str, Any]:
    return {"at_kind": each.kind, "at_page": each.page}
