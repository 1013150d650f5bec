"""The commands' ways through: collect and compose a draft, freeze it under a number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from digest.errors import NothingToPublishError
from digest.model import Article, Drop, Edit, Issue, Look, Rendition
from digest.pipeline.collecting import Collected, collect
from digest.pipeline.composing import compose_issue, window_rule
from digest.pipeline.correcting import due_corrections
from digest.pipeline.rendering import Draft, finish
from digest.pipeline.teaching import taught
from digest.sources.gathering import AnySource
from digest.stages.editing import Edits
from digest.stages.window import Memory, window_start

if TYPE_CHECKING:
    from digest.archive.store import Archive
    from digest.config import Settings, SourceSettings


def draft_issue(
    settings: Settings,
    sources: Sequence[tuple[SourceSettings, AnySource]],
    archive: Archive,
    now: datetime,
    edits: Sequence[Edit] = (),
) -> tuple[Issue, Collected]:
    """Collect from the sources and compose what they and the archive offer, as the edits have it.

    Raises `NothingToPublishError` when no story came of it; the message lists what was left out. Raises
    `ConfigError` for edits in force that cannot be carried out, all of them at once.
    """
    collected = collect(sources, archive, now, settings.workers, timedelta(days=settings.archive.keep))
    articles, memory = recall(settings, sources, archive, now)
    here = {article.id for article in articles}
    # The window is the program's, not the editor's: what is pinned may be older than anything it shows.
    wanted = {edit.article for edit in edits if edit.pin and edit.holds(now.date())}
    pinned = {
        each.id: each for name in sorted(wanted) for each in archive.named(name, gone=False) if each.id not in here
    }
    articles = (*articles, *pinned.values())
    issue = compose_issue(
        articles,
        settings,
        now,
        drops=collected.drops,
        corrections=due_corrections(archive, settings, now),
        memory=memory,
        edits=Edits(tuple(edits), archive.known({edit.article for edit in edits if edit.article})),
        learned=taught(articles, settings, archive, now),
        earlier=archive.recent_issues(settings.newsletter.name, now.date(), settings.rank.issues),
    )
    if not issue.stories:
        raise NothingToPublishError(_nothing(issue.drops, memory.last))
    return issue, collected


def recall(
    settings: Settings, sources: Sequence[tuple[SourceSettings, AnySource]], archive: Archive, now: datetime
) -> tuple[tuple[Article, ...], Memory]:
    """The articles of these sources that may be news at `now`, and what else the archive remembers of them.

    Only issues dated before the day of `now` count, so that a day's issue can be made again. Of what came before the
    window nothing is read, however long the newsletter has been running.
    """
    name, day = settings.newsletter.name, now.date()
    rule = window_rule(settings)
    last = archive.last_issue(name, day)
    start = window_start(rule, last.made if last else None, now)
    # What was held back may have been seen before the window opened; nothing is held longer than a day.
    start -= timedelta(days=1) if rule.waits else timedelta()
    complete = frozenset(source.name for source, reader in sources if reader.complete)
    names = {source.name for source, _ in sources}
    # What stands in a folder was put there, whatever its date: before the first issue, all of it may be told.
    parts = [(start, names)] if last else [(None, complete), (start, names - complete)]
    found: dict[str, tuple[Article, datetime]] = {}
    for since, some in parts:
        for article, seen in archive.news(since, some) if some else ():
            found.setdefault(article.id, (article, seen))
    memory = Memory(
        last=last.made if last else None,
        told=archive.told(name, before=day, ids=found),
        seen={id_: seen for id_, (_, seen) in found.items()},
        complete=complete,
    )
    return tuple(article for article, _ in found.values()), memory


def publish(issue: Issue, look: Look, archive: Archive, now: datetime) -> Draft:
    """Freeze a draft: it gets the newsletter's next number and can never change again."""
    made: list[Draft] = []

    def number(free: int) -> tuple[Issue, tuple[Rendition, ...]]:
        made.append(finish(replace(issue, number=free), look))
        return made[-1].issue, made[-1].renditions

    archive.publish(issue.newsletter, issue.date, number, published_at=now)
    return made[-1]


def _nothing(drops: Sequence[Drop], last: datetime | None) -> str:
    seen = [f"  {drop.subject}: {drop.reason}" + (f": {drop.detail}" if drop.detail else "") for drop in drops]
    more = f"\n  and {len(seen) - 20} more" if len(seen) > 20 else ""
    lines = "\n".join(seen[:20]) + more
    if not seen:
        return "no story to make an issue of; " + (
            f"nothing new since {last:%Y-%m-%d %H:%M}" if last else "no input had one"
        )
    return f"no story to make an issue of; what came in was left out:\n{lines}"
