"""Under which heading a story stands, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from digest.model import Analysis, Placement, Story

MORE_NEWS = "more-news"


@dataclass(frozen=True, slots=True)
class SectionRule:
    """One section: its heading, what sends a story there, how much it counts, how many it holds.

    `labels` are publishers' names for it and `keywords` words of an article that speak for it, on
    top of those the program knows by the slug. `max_stories` None means any number.
    """

    title: str
    slug: str = ""
    labels: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    weight: float = 1.0
    max_stories: int | None = None


def sections(configured: Sequence[SectionRule] = (), language: str = "en") -> tuple[SectionRule, ...]:
    """The configured sections in their order, then the program's own, then "More news"."""
    return (*configured, SectionRule("More news", MORE_NEWS))


def place(
    story: Story, analysis: Analysis, rules: Sequence[SectionRule], language: str = "en", home: Sequence[str] = ()
) -> Placement:
    """The section of a story; `analysis` is that of its lead article."""
    return Placement(MORE_NEWS, "nothing spoke for another section", 0.0)
