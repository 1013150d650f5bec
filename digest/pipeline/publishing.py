"""The commands' ways through: collect and compose a draft, freeze it under a number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from digest.errors import NothingToPublishError
from digest.model import Drop, Issue, Look, Rendition
from digest.pipeline.collecting import Collected, collect
from digest.pipeline.composing import compose_issue
from digest.pipeline.rendering import Draft, finish
from digest.sources.gathering import AnySource

if TYPE_CHECKING:
    from digest.archive.store import Archive
    from digest.config import Settings, SourceSettings


def draft_issue(
    settings: Settings, sources: Sequence[tuple[SourceSettings, AnySource]], archive: Archive, now: datetime
) -> tuple[Issue, Collected]:
    """Collect from the sources and compose what they and the archive offer.

    Raises `NothingToPublishError` when no story came of it; the message lists what was left out.
    """
    collected = collect(sources, archive, now, settings.workers)
    names = [source.name for source, _ in sources]
    issue = compose_issue(archive.articles(sources=names), settings, now, drops=collected.drops)
    if not issue.stories:
        raise NothingToPublishError(_nothing(issue.drops))
    return issue, collected


def publish(issue: Issue, look: Look, archive: Archive, now: datetime) -> Draft:
    """Freeze a draft: it gets the newsletter's next number and can never change again."""
    made: list[Draft] = []

    def number(free: int) -> tuple[Issue, tuple[Rendition, ...]]:
        made.append(finish(replace(issue, number=free), look))
        return made[-1].issue, made[-1].renditions

    archive.publish(issue.newsletter, issue.date, number, published_at=now)
    return made[-1]


def _nothing(drops: Sequence[Drop]) -> str:
    seen = [f"  {drop.subject}: {drop.reason}" + (f": {drop.detail}" if drop.detail else "") for drop in drops]
    more = f"\n  and {len(seen) - 20} more" if len(seen) > 20 else ""
    lines = "\n".join(seen[:20]) + more
    return "no story to make an issue of; " + (f"what came in was left out:\n{lines}" if seen else "no input had one")
