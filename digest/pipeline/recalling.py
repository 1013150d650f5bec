"""What the archive offers an issue: the articles that may be news, and what it remembers of them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from digest.archive.records import SavedDraft
from digest.model import Article, Edit, Takedown
from digest.pipeline.rules import window_rule
from digest.sources.gathering import AnySource
from digest.stages.window import Memory, window_start

if TYPE_CHECKING:
    from digest.archive.store import Archive
    from digest.config import Settings, SourceSettings

Sources = Sequence[tuple["SourceSettings", AnySource]]


def recall(
    settings: Settings, sources: Sources, archive: Archive, now: datetime, edits: Sequence[Edit] = ()
) -> tuple[tuple[Article, ...], Memory]:
    """The articles of these sources that may be news at `now`, those that edits pin, and what the archive remembers.

    Only issues dated before the day of `now` count, so that a day's issue can be made again. Of what came before the
    window nothing is read, however long the newsletter has been running.
    """
    rule = window_rule(settings)
    last = archive.last_issue(settings.newsletter.name, now.date())
    start = window_start(rule, last.made if last else None, now)
    # What was held back may have been seen before the window opened; nothing is held longer than a day.
    start -= timedelta(days=1) if rule.waits else timedelta()
    complete = _complete(sources)
    names = {source.name for source, _ in sources}
    # What stands in a folder was put there, whatever its date: before the first issue, all of it may be told.
    parts = [(start, names)] if last else [(None, complete), (start, names - complete)]
    found: dict[str, tuple[Article, datetime]] = {}
    for since, some in parts:
        for article, seen in archive.news(since, some) if some else ():
            found.setdefault(article.id, (article, seen))
    articles = tuple(article for article, _ in found.values())
    articles = (*articles, *_pinned(archive, edits, now.date(), articles))
    seen_at = {id_: seen for id_, (_, seen) in found.items()}
    return articles, _memory(settings, archive, now.date(), articles, seen_at, complete)


def recall_draft(
    settings: Settings, sources: Sources, archive: Archive, saved: SavedDraft, edits: Sequence[Edit] = ()
) -> tuple[tuple[Article, ...], Memory]:
    """The articles of a draft in the wording it was made from, those pinned since, and what is remembered of them."""
    articles = archive.articles_of(saved)
    articles = (*articles, *_pinned(archive, edits, saved.date, articles))
    seen = archive.first_seen({article.id for article in articles})
    return articles, _memory(settings, archive, saved.date, articles, seen, _complete(sources))


def _pinned(archive: Archive, edits: Iterable[Edit], day: date, here: Iterable[Article]) -> tuple[Article, ...]:
    """The pinned articles that are not here: the window is the program's, not the editor's, and what is pinned may be
    older than anything it shows."""
    ids = {article.id for article in here}
    wanted = sorted({edit.article for edit in edits if edit.pin and edit.holds(day)})
    found = {each.id: each for name in wanted for each in archive.named(name, gone=False) if each.id not in ids}
    return tuple(found.values())


def _memory(
    settings: Settings,
    archive: Archive,
    day: date,
    articles: Sequence[Article],
    seen: Mapping[str, datetime],
    complete: Collection[str],
) -> Memory:
    name = settings.newsletter.name
    last = archive.last_issue(name, day)
    return Memory(
        last=last.made if last else None,
        told=archive.told(name, before=day, ids=[article.id for article in articles]),
        seen=seen,
        withdrawn=_withdrawn(articles, archive.takedowns()),
        complete=complete,
    )


def _withdrawn(articles: Iterable[Article], takedowns: Iterable[Takedown]) -> Mapping[str, str]:
    reasons = {takedown.what: takedown.reason for takedown in takedowns}
    named = ((article.id, {article.id, article.url} & reasons.keys()) for article in articles)
    return {id_: reasons[min(filter(None, found))] for id_, found in named if found}


def _complete(sources: Sources) -> frozenset[str]:
    return frozenset(source.name for source, reader in sources if reader.complete)
