"""Which of the articles at hand an issue may tell: what is new, was not told before, and may be told already."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta

from digest.model import Article, Drop
from digest.stages.articles import counted, dropped

LATE = timedelta(hours=24)
"""How long an article may have been out when its source first gave it, and still be news."""
FIRST = timedelta(hours=24)
"""How far back the window of a first issue goes; `LATE` comes on top."""
_HOUR = timedelta(hours=1)
_SKEW = timedelta(minutes=15)
"""By how much a server's clock may be wrong: what it shows the world at seven, dated two past, is out."""
_AHEAD = timedelta(days=7)
"""No newsroom gives an article out longer before its time; a date further ahead is an event's, or a mistake."""


@dataclass(frozen=True, slots=True)
class Memory:
    """What the archive remembers when an issue is composed.

    `last` is when the last issue before this one's date was made, None when there was none. `told` maps an article's id
    to the number of the last such issue that printed it, `seen` to when any source first gave it, `withdrawn` to why
    it was taken down. `complete` names the sources whose articles are all that they still have, such as a folder:
    what stands there was put there, whatever its date.
    """

    last: datetime | None = None
    told: Mapping[str, int] = field(default_factory=dict)
    seen: Mapping[str, datetime] = field(default_factory=dict)
    withdrawn: Mapping[str, str] = field(default_factory=dict)
    complete: Collection[str] = ()


@dataclass(frozen=True, slots=True)
class WindowRule:
    """How far back an issue looks, and what waits.

    `hours` counts back from the issue; None begins where the last issue ended. `waits` maps a source's name to the
    time of day, in the newsletter's zone, before which its articles of that day are not told.
    """

    hours: float | None = None
    waits: Mapping[str, time] = field(default_factory=dict)


def window_start(rule: WindowRule, last: datetime | None, now: datetime) -> datetime:
    """Where the window opens, in UTC: hours are hours, also on the days on which clocks change."""
    if rule.hours is not None:
        return now.astimezone(UTC) - timedelta(hours=rule.hours)
    return last.astimezone(UTC) if last else now.astimezone(UTC) - FIRST


def choose(
    articles: Iterable[Article],
    rule: WindowRule,
    memory: Memory | None,
    now: datetime,
    pinned: Collection[str] = (),
    again: Collection[str] = (),
) -> tuple[tuple[Article, ...], tuple[Drop, ...]]:
    """The articles that the issue of `now` may tell, in their order, and why not the others.

    Left out are articles that were taken down or told by an earlier issue; those dated within the next week (of a feed,
    but for the quarter of an hour that clocks may differ), or held back by their source, until their time has come;
    and what is too old. With `hours`, that is what was published
    before the window. Without, it is what was known when the last issue was made, since that issue had its
    chance to tell it, and what had been out for `LATE` by then; before a first issue the same counts from
    `FIRST` before it. Without a memory nothing but `hours` makes an article old. `now` is aware and in the
    newsletter's time zone. What the editor has `pinned` (ids) is never too old, nor, `again`, told already.
    """
    kept, drops = [], []
    for article in articles:
        drop = _refusal(article, rule, memory, now)
        is_pinned = article.id in pinned and drop and drop.reason == "too old"
        if drop is None or is_pinned or (article.id in again and drop.reason == "already told"):
            kept.append(article)
        else:
            drops.append(drop)
    return tuple(kept), tuple(drops)


def _refusal(article: Article, rule: WindowRule, memory: Memory | None, now: datetime) -> Drop | None:
    if memory and article.id in memory.withdrawn:
        # Its words are what was asked to disappear, its headline among them.
        return Drop("window", article.id, "taken down", memory.withdrawn[article.id])
    if memory and article.id in memory.told:
        return dropped("window", article, "already told", f"in issue {memory.told[article.id]}")
    seen = memory.seen.get(article.id) if memory else None
    free = _free(article, rule, seen, now, () if memory is None else memory.complete)
    if free > now.astimezone(UTC):
        return dropped("window", article, "held", f"until {free.astimezone(now.tzinfo):%Y-%m-%d %H:%M}")
    if rule.hours is not None:
        return _older_than_hours(article, rule.hours, seen, free, now)
    return _older_than_last(article, memory, free, now) if memory else None


def _free(
    article: Article, rule: WindowRule, seen: datetime | None, now: datetime, complete: Collection[str]
) -> datetime:
    """From when the article may be told, in UTC; when it came, for one that nothing holds."""
    dated = article.published if article.published and article.published <= now + _AHEAD else None
    # What stands in a folder was dated by hand, and to the minute.
    if dated and now < dated <= now + _SKEW and article.source not in complete:
        dated = None
    # Two times of one zone are compared as its clocks show them, which is wrong on the day they change.
    free = (dated or seen or now).astimezone(UTC)
    wait = rule.waits.get(article.source)
    if wait is None:
        return free
    day = free.astimezone(now.tzinfo).date()
    return max(free, datetime.combine(day, wait, now.tzinfo).astimezone(UTC))


def _older_than_hours(
    article: Article, hours: float, seen: datetime | None, free: datetime, now: datetime
) -> Drop | None:
    if article.published is None and seen is None:
        return None
    if free >= now.astimezone(UTC) - timedelta(hours=hours):
        return None
    told = f"published {article.published.isoformat()}" if article.published else f"first seen {free.isoformat()}"
    return dropped("window", article, "too old", f"{told}, over {counted_hours(hours)} before the issue")


def _older_than_last(article: Article, memory: Memory, free: datetime, now: datetime) -> Drop | None:
    whole = article.source in memory.complete
    if whole and memory.last is None:
        return None
    start = window_start(WindowRule(), memory.last, now)
    opened = f"the window opened, {start.astimezone(now.tzinfo):%Y-%m-%d %H:%M}"
    if max(free, memory.seen.get(article.id, now)) <= start:
        return dropped("window", article, "too old", f"known before {opened}")
    if not whole and article.published and article.published <= start - LATE:
        return dropped("window", article, "too old", f"published over {counted_hours(LATE / _HOUR)} before {opened}")
    return None


def counted_hours(hours: float) -> str:
    """`"1 hour"`, `"36 hours"`, `"1.5 hours"`."""
    return counted(int(hours), "hour") if hours == int(hours) else f"{hours:g} hours"
