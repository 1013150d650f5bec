"""The commands' ways through: collect and compose a draft, keep it for its editor, freeze it under a number."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from digest.archive.records import SavedDraft
from digest.errors import ConfigError, NothingToPublishError, SourceError
from digest.model import Article, Drop, Edit, Issue, Look, Rendition
from digest.pipeline.collecting import Collected, collect
from digest.pipeline.composing import Background, Day, compose_day
from digest.pipeline.correcting import changed_since
from digest.pipeline.recalling import Sources, recall, recall_draft
from digest.pipeline.rendering import Draft, finish
from digest.pipeline.teaching import taught
from digest.pipeline.updating import read_today
from digest.sources.asking import WebSource
from digest.stages.editing import Edits
from digest.stages.window import Memory
from digest.stages.withdraw import showable, withdraw

if TYPE_CHECKING:
    from digest.archive.store import Archive
    from digest.config import Settings

Check = Callable[[Issue, Sequence[Rendition]], None]
"""Looks over an issue that is about to be frozen; raises a `DigestError` to have it left alone."""


def draft_issue(
    settings: Settings,
    sources: Sources,
    archive: Archive,
    now: datetime,
    edits: Sequence[Edit] = (),
    tell: Callable[[str], None] = lambda source: None,
    *,
    keep: bool = False,
) -> tuple[Issue, Collected]:
    """Collect from the sources and compose what they and the archive offer, as the edits have it.

    With `keep` the draft is kept in the archive, for `reopen`. `tell` is called with the name of each source as it is
    collected. Raises `NothingToPublishError` when no story came of it; the message lists what was left out, and
    `SourceError` when that is because no source on the web answered: then nobody knows whether there is news. Raises
    `ConfigError` for edits in force that cannot be carried out, all of them at once.
    """
    keep_for, watch = timedelta(days=settings.archive.keep), timedelta(days=settings.newsletter.watch)
    collected = collect(sources, archive, now, settings.workers, keep_for, tell, watch)
    articles, memory = recall(settings, sources, archive, now, edits)
    day = _compose(settings, archive, now, edits, articles, memory, collected.drops)
    if not day.issue.stories:
        _check_answered(sources, collected)
    issue = _told(day, memory)
    if keep:
        keys = tuple((article.id, article.source, article.revision) for article in articles)
        archive.save_draft(SavedDraft(issue.newsletter, issue.date, now, keys, collected.drops))
    return issue, collected


def reopen(
    settings: Settings, sources: Sources, archive: Archive, now: datetime, edits: Sequence[Edit] = ()
) -> Issue | None:
    """The draft that was kept for the day of `now`, None when there is none.

    It is composed again as of the moment it was made and of the articles it was made of, so that nothing comes into it
    that its editor has not seen; only what was done by hand since (edits, the configuration, a takedown) tells.
    Raises as `draft_issue` does.
    """
    day = reopen_day(settings, sources, archive, now, edits)
    return day.issue if day else None


def reopen_day(
    settings: Settings, sources: Sources, archive: Archive, now: datetime, edits: Sequence[Edit] = ()
) -> Day | None:
    """As `reopen`, with how the draft came about."""
    saved = archive.draft(settings.newsletter.name)
    if saved is None or saved.date != now.date():
        return None
    day, memory = _again(settings, sources, archive, now, edits, saved)
    _told(day, memory)
    return day


def day_of_archive(
    settings: Settings,
    sources: Sources,
    archive: Archive,
    now: datetime,
    edits: Sequence[Edit] = (),
    drops: Sequence[Drop] = (),
) -> Day:
    """The draft of what the archive holds of these sources, with how it came about; nothing is collected for it.

    `drops` are those of the last collects. Raises as `draft_issue` does.
    """
    articles, memory = recall(settings, sources, archive, now, edits)
    day = _compose(settings, archive, now, edits, articles, memory, drops)
    _told(day, memory)
    return day


def draft_day(
    settings: Settings,
    sources: Sources,
    archive: Archive,
    now: datetime,
    edits: Sequence[Edit] = (),
    *,
    kept: bool = True,
) -> Day:
    """The day's draft with how it came about, be it empty: the one that was `kept`, else what the sources offer now.

    Raises `ConfigError` as `draft_issue` does.
    """
    saved = archive.draft(settings.newsletter.name) if kept else None
    if saved is not None and saved.date == now.date():
        return _again(settings, sources, archive, now, edits, saved)[0]
    collected = collect(sources, archive, now, settings.workers, timedelta(days=settings.archive.keep))
    articles, memory = recall(settings, sources, archive, now, edits)
    return _compose(settings, archive, now, edits, articles, memory, collected.drops)


def publish(
    issue: Issue,
    look: Look,
    archive: Archive,
    now: datetime,
    check: Check = lambda issue, renditions: None,
) -> Draft:
    """Freeze a draft: it gets the newsletter's next number and can never change again.

    `check` is given the finished issue before; where it raises, no number is taken.
    """
    made: list[Draft] = []

    def number(free: int) -> tuple[Issue, tuple[Rendition, ...]]:
        made.append(finish(replace(issue, number=free), look))
        check(made[-1].issue, made[-1].renditions)
        return made[-1].issue, made[-1].renditions

    archive.publish(issue.newsletter, issue.date, number, published_at=now)
    return made[-1]


def _again(
    settings: Settings, sources: Sources, archive: Archive, now: datetime, edits: Sequence[Edit], saved: SavedDraft
) -> tuple[Day, Memory]:
    articles, memory = recall_draft(settings, sources, archive, saved, edits)
    made = saved.made.astimezone(now.tzinfo)
    try:
        return _compose(settings, archive, made, edits, articles, memory, saved.drops), memory
    except ConfigError as error:
        since = "what came in since is taken with --anew, or by another digest run"
        raise ConfigError(f"{error}\nthis is the draft of {made:%Y-%m-%d %H:%M}; {since}") from error


def _compose(
    settings: Settings,
    archive: Archive,
    now: datetime,
    edits: Sequence[Edit],
    articles: Sequence[Article],
    memory: Memory,
    drops: Sequence[Drop],
) -> Day:
    takedowns = archive.takedowns()
    earlier = archive.recent_issues(settings.newsletter.name, now.date(), settings.rank.issues)
    changed = changed_since(archive, settings, now)
    background = Background(
        drops=tuple(drops),
        corrections=showable(changed.due, takedowns),
        doubtful=showable(changed.doubtful, takedowns),
        memory=memory,
        edits=Edits(tuple(edits), archive.known({edit.article for edit in edits if edit.article})),
        learned=taught(articles, settings, archive, now),
        earlier=tuple(withdraw(issue, takedowns) for issue in earlier),
        read_today=read_today(articles, earlier, settings, archive, now),
    )
    return compose_day(articles, settings, now, background)


def _told(day: Day, memory: Memory) -> Issue:
    if not day.issue.stories:
        raise NothingToPublishError(_nothing(day.issue, memory.last))
    return day.issue


def _check_answered(sources: Sources, collected: Collected) -> None:
    on_web = [settings.name for settings, source in sources if isinstance(source, WebSource)]
    if not on_web or not set(on_web) <= set(collected.failed):
        return
    reasons = [f"  {drop.subject}: {drop.detail}" for drop in collected.drops if drop.reason == "source failed"]
    raise SourceError(
        f"no story to make an issue of, since no source on the web answered ({len(on_web)} failed); run this again "
        + "\n".join(["once they do; digest sources list tells since when and why", *reasons[:20]])
    )


def _nothing(issue: Issue, last: datetime | None) -> str:
    """Why there is no issue: nothing new, or what was left out, articles and documents before lines of them."""
    drops = sorted(issue.drops, key=_is_of_a_page)
    if all(map(_is_of_a_page, drops)) and (last or not drops):
        why = "no input had one; put articles into a source's folder, name files, or run digest sources add URL"
        if last:
            why = f"nothing new since {last.astimezone(issue.made.tzinfo):%Y-%m-%d %H:%M}"
        return f"no story to make an issue of; {why}"
    seen = [f"  {drop.subject}: {drop.reason}" + (f": {drop.detail}" if drop.detail else "") for drop in drops]
    more = f"\n  and {len(seen) - 20} more" if len(seen) > 20 else ""
    return "no story to make an issue of; what came in was left out:\n" + "\n".join(seen[:20]) + more


def _is_of_a_page(drop: Drop) -> bool:
    """Whether a line or a block was left out of a page, rather than an article or a whole document."""
    return drop.stage == "page_text" or drop.reason == "furniture"
