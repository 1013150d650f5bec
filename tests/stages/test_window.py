"""What an issue may tell: new, not told before, not held back."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from digest.identity import identify
from digest.model import Article
from digest.stages.window import Memory, WindowRule, choose, window_start
from tests import strategies

ZONE = ZoneInfo("Europe/Zurich")
NOW = datetime(2026, 11, 20, 7, tzinfo=ZONE)
HOUR = timedelta(hours=1)
YESTERDAY = NOW - 24 * HOUR
LAST = Memory(last=YESTERDAY)
RULE = WindowRule()


def article(headline: str = "Ferry back", hours: float | None = 1, source: str = "quay") -> Article:
    """An article published so many hours before now."""
    published = None if hours is None else NOW - hours * HOUR
    return identify(Article("", "", source, headline, published=published), headline)


def why(one: Article, rule: WindowRule = RULE, memory: Memory | None = LAST, now: datetime = NOW) -> str:
    """The reason the article is left out, "" where it is kept."""
    kept, drops = choose([one], rule, memory, now)
    assert len(kept) + len(drops) == 1
    return drops[0].reason if drops else ""


def seen(one: Article, hours: float, **more: object) -> Memory:
    return replace(LAST, seen={one.id: NOW - hours * HOUR}, **more)  # type: ignore[arg-type]


@given(st.lists(strategies.articles(), max_size=8), st.none() | st.floats(1, 1000), st.booleans())
def test_every_article_is_kept_or_has_a_reason_and_keeps_its_place(
    given: list[Article], hours: float | None, remembered: bool
) -> None:
    kept, drops = choose(given, WindowRule(hours), LAST if remembered else None, NOW)
    assert len(kept) + len(drops) == len(given)
    assert [one for one in given if one in kept] == list(kept)
    assert all(drop.stage == "window" and drop.reason for drop in drops)


def test_what_an_issue_told_is_not_told_again() -> None:
    one = article()
    (drop,) = choose([one], RULE, replace(LAST, told={one.id: 12}), NOW)[1]
    assert (drop.reason, drop.detail) == ("already told", "in issue 12")


def test_what_was_taken_down_is_named_by_its_id_alone() -> None:
    one = article("A name that must not be printed")
    (drop,) = choose([one], RULE, replace(LAST, withdrawn={one.id: "court order"}), NOW)[1]
    assert (drop.subject, drop.reason, drop.detail) == (one.id, "taken down", "court order")


def test_what_came_since_the_last_issue_is_new_though_it_was_published_before_it() -> None:
    one = article(hours=26)
    assert why(one, memory=seen(one, 23)) == ""


def test_what_the_last_issue_could_have_told_is_not_new() -> None:
    one = article(hours=30)
    assert why(one, memory=seen(one, 25)) == "too old"
    undated = article(hours=None)
    assert why(undated, memory=seen(undated, 25)) == "too old"
    assert why(undated, memory=seen(undated, 23)) == ""


def test_a_feed_s_backlog_is_not_news_and_a_folder_s_old_page_is() -> None:
    one = article(hours=24 * 30)
    assert why(one, memory=seen(one, 0)) == "too old"
    assert why(one, memory=seen(one, 0, complete=("quay",))) == ""


def test_the_first_issue_tells_two_days_of_a_feed_and_all_of_a_folder() -> None:
    first = Memory()
    assert [why(article(hours=hours), memory=first) for hours in (47, 49)] == ["", "too old"]
    assert why(article(hours=9999), memory=Memory(complete=("quay",))) == ""


def test_after_a_missed_day_the_window_holds_both() -> None:
    memory = Memory(last=NOW - 48 * HOUR)
    assert [why(article(hours=hours), memory=memory) for hours in (1, 30, 47)] == ["", "", ""]


def test_an_article_dated_tomorrow_is_held_until_then_and_then_new() -> None:
    one = article(hours=-26)
    assert why(one, memory=seen(one, 1)) == "held"
    assert why(one, memory=replace(seen(one, 1), last=NOW + 24 * HOUR), now=NOW + 48 * HOUR) == ""


def test_a_feed_s_clock_may_be_some_minutes_ahead_and_an_editor_s_date_is_meant() -> None:
    one = article(hours=-0.2)
    assert why(one, memory=seen(one, 0)) == ""
    assert why(one, memory=seen(one, 0, complete=("quay",))) == "held"
    assert why(article(hours=-0.3)) == "held"


def test_a_date_years_ahead_is_a_mistake_and_holds_nothing() -> None:
    one = article(hours=-24 * 400)
    assert why(one, memory=seen(one, 1)) == ""
    assert why(one, memory=seen(one, 25)) == "too old"


def test_a_source_may_hold_its_articles_until_an_hour_of_the_day() -> None:
    one = article(hours=1)
    rule = WindowRule(waits={"quay": time(8)})
    (drop,) = choose([one], rule, seen(one, 1), NOW)[1]
    assert (drop.reason, drop.detail) == ("held", "until 2026-11-20 08:00")
    assert why(article(hours=1, source="other"), rule) == ""
    tomorrow = replace(seen(one, 1), last=NOW)
    assert why(one, rule, tomorrow, NOW + 24 * HOUR) == ""


def test_hours_leave_out_what_was_published_before_them() -> None:
    rule = WindowRule(36)
    assert [why(article(hours=hours), rule) for hours in (35, 37)] == ["", "too old"]
    undated = article(hours=None)
    assert [why(undated, rule, seen(undated, hours)) for hours in (35, 37)] == ["", "too old"]
    assert why(undated, rule, None) == ""


def test_hours_are_hours_when_clocks_change() -> None:
    for day, hours_of_the_day in (
        (datetime(2026, 3, 29, 7, tzinfo=ZONE), 23),
        (datetime(2026, 10, 25, 7, tzinfo=ZONE), 25),
    ):
        yesterday = day - timedelta(days=1)  # seven o'clock by the clock
        start = window_start(WindowRule(24), None, day)
        assert (start - yesterday) / HOUR == hours_of_the_day - 24
        assert window_start(RULE, yesterday, day) == yesterday.astimezone(UTC)
