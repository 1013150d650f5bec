"""One event, one story."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from digest.model import Analysis, Article, Story
from digest.stages.duplicates import Copies


def cluster(
    articles: Sequence[Article], groups: Sequence[Copies], analyses: Mapping[str, Analysis]
) -> tuple[Story, ...]:
    """A story for every event, each article in exactly one."""
    return tuple(Story((article,)) for article in articles)
