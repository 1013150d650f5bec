"""What is remembered of an address that a source asks: what a next request needs, and how the source is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Fetch:
    """One address of one source, as the last requests left it.

    `url` is "" for a source that asks nothing of the web. `followed` tells an address that a link led to from
    one the source was given. `etag` and `last_modified` are the server's, of the copy whose articles are kept; `mark`
    says of which wording of the item the page was read for. `asked` and `succeeded` are the last such times; a
    source that fails has done so since `failing_since`, `failures` times, last with `error`, and this was told
    at `reported`. `not_before` is until when the server wants to be left alone, `moved` the address that
    has taken this one's place, `items` how many articles the last whole answer held.
    """

    source: str
    url: str = ""
    followed: bool = False
    etag: str = ""
    last_modified: str = ""
    mark: str = ""
    asked: datetime | None = None
    succeeded: datetime | None = None
    failing_since: datetime | None = None
    failures: int = 0
    error: str = ""
    reported: datetime | None = None
    not_before: datetime | None = None
    moved: str = ""
    items: int = 0


def succeeded(before: Fetch, now: datetime, moved: str = "") -> Fetch:
    """The same address after a request at `now` that gave what it should, a copy that still holds included."""
    return replace(
        before,
        asked=now,
        succeeded=now,
        failing_since=None,
        failures=0,
        error="",
        reported=None,
        not_before=None,
        moved=moved,
    )


def failed(before: Fetch, now: datetime, error: str, not_before: datetime | None = None) -> Fetch:
    """The same address after a request at `now` that did not."""
    return replace(
        before,
        asked=now,
        failing_since=before.failing_since or now,
        failures=before.failures + 1,
        error=error,
        not_before=not_before,
    )


def is_news(fetch: Fetch, now: datetime) -> bool:
    """Whether a failure is to be told: it was not yet on this day, in the time zone of `now`."""
    return fetch.reported is None or fetch.reported.astimezone(now.tzinfo).date() != now.date()
