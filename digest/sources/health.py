"""How every source is, from what is remembered of its addresses: the rows of a table."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from digest.fetch import Fetch

State = Literal["ok", "failing", "never asked"]


@dataclass(frozen=True, slots=True)
class Health:
    """One source: when it last answered, since when and why it fails, how many articles its last whole answer held.

    `newest` is when it last gave something that it had not given before. `waiting_until` is when its server lets itself
    be asked again, `moved` the address it has moved to for good.
    """

    source: str
    state: State = "never asked"
    last_success: datetime | None = None
    failing_since: datetime | None = None
    failures: int = 0
    error: str = ""
    items: int = 0
    newest: datetime | None = None
    waiting_until: datetime | None = None
    moved: str = ""


def health(
    sources: Collection[str], fetches: Iterable[Fetch], now: datetime, newest: Mapping[str, datetime] | None = None
) -> tuple[Health, ...]:
    """A row for each source, in the order given. A source of several addresses fails when one of them does.

    `fetches` are of the sources' own addresses, as `Archive.fetches()` gives them, `newest` the times at which
    each source last gave something new.
    """
    of: dict[str, list[Fetch]] = {name: [] for name in sources}
    for fetch in fetches:
        if fetch.source in of and not fetch.followed:
            of[fetch.source].append(fetch)
    times = newest or {}
    return tuple(replace(_row(name, own, now), newest=times.get(name)) for name, own in of.items())


def _row(name: str, own: list[Fetch], now: datetime) -> Health:
    if not own:
        return Health(name)
    failing = [fetch for fetch in own if fetch.failing_since]
    worst = min(failing, key=lambda fetch: fetch.failing_since or now, default=Fetch(name))
    waiting = [fetch.not_before for fetch in own if fetch.not_before and fetch.not_before > now]
    return Health(
        source=name,
        state="failing" if failing else "ok",
        last_success=max((fetch.succeeded for fetch in own if fetch.succeeded), default=None),
        failing_since=worst.failing_since,
        failures=worst.failures,
        error=worst.error,
        items=sum(fetch.items for fetch in own),
        waiting_until=max(waiting, default=None),
        moved=next((fetch.moved for fetch in own if fetch.moved), ""),
    )
