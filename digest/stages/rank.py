"""Which story matters more today, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from digest.model import Analysis, Score, Story


@dataclass(frozen=True, slots=True)
class RankRule:
    """How much each signal counts; `half_life` in hours.

    `sections` and `sources` hold the weights an editor gave a section (by slug) and a source (by
    name); 1 is the weight of all others.
    """

    freshness: float = 1.0
    half_life: float = 24.0
    substance: float = 1.0
    publishers: float = 1.0
    section: float = 1.0
    source: float = 1.0
    centrality: float = 0.3
    sections: Mapping[str, float] = field(default_factory=dict)
    sources: Mapping[str, float] = field(default_factory=dict)


def rank(
    stories: Sequence[Story], analyses: Mapping[str, Analysis], rule: RankRule, now: datetime
) -> tuple[Score, ...]:
    """A score for every story, in the order given; a story's placement, where set, counts."""
    return tuple(Score() for _ in stories)


def order(stories: Iterable[Story]) -> tuple[Story, ...]:
    """Best first; equals by publication time, latest first, then by id."""
    return tuple(stories)
