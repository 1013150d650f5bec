"""update: what an issue printed of an article, as today's reader reads the document of that day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from digest.model import Article, Issue
from digest.pipeline.correcting import versions_of
from digest.stages import developing

if TYPE_CHECKING:
    from digest.archive.store import Archive
    from digest.config import Settings


def read_today(
    articles: Sequence[Article], earlier: Sequence[Issue], settings: Settings, archive: Archive, now: datetime
) -> Mapping[str, Article]:
    """Of each article that says more than an issue printed, by its id, what today's reader finds in the newest document
    that was kept when that issue was made.

    Where that is what the article says now, its publisher changed nothing: the program of that day found less. What
    has no document of that day any more is left out.
    """
    again = developing.reworded(articles, earlier)
    changed = [each for each in articles if each.id in again]
    made = {article.id: issue.made for issue in earlier for story in issue.stories for article in story.articles}
    found: dict[str, Article] = {}
    for moment in sorted({made[each.id] for each in changed}):
        since = [each for each in changed if made[each.id] == moment]
        versions = versions_of(archive, settings, since, now, by=moment)
        for each in since:
            alike = [version for version in versions.get(each.id, ()) if version.kind == each.kind]
            found |= {each.id: alike[-1]} if alike else {}
    return found
