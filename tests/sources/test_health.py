"""The table of sources says of each how it is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from digest.fetch import Fetch, failed, succeeded
from digest.sources.health import Health, health

NOW = datetime(2026, 11, 22, 7, tzinfo=UTC)
DAY = timedelta(days=1)


def test_every_source_has_a_row_in_the_order_of_the_configuration() -> None:
    good = succeeded(Fetch("good", "https://good.example/feed", items=20), NOW, moved="https://good.example/new")
    bad = succeeded(Fetch("bad", "https://bad.example/feed", items=7), NOW - 3 * DAY)
    for days in (2, 1, 0):
        bad = failed(bad, NOW - days * DAY, "no answer", NOW + DAY)
    page = failed(Fetch("good", "https://good.example/1", followed=True), NOW, "not there")
    other = Fetch("removed", "https://removed.example/feed")
    times = {"good": NOW - DAY, "removed": NOW}
    assert health(["bad", "new", "good"], [good, bad, page, other], NOW, times) == (
        Health("bad", "failing", NOW - 3 * DAY, NOW - 2 * DAY, 3, "no answer", 7, waiting_until=NOW + DAY),
        Health("new", "never asked"),
        Health("good", "ok", NOW, items=20, newest=NOW - DAY, moved="https://good.example/new"),
    )
