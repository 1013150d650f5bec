"""Choosing the sentences that stand for a story."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from digest.model import Analysis, Article, Sentence, Summary
from digest.ports import Budget, Summariser


@dataclass(frozen=True, slots=True)
class SummaryRule:
    """How a story is summarised: by which algorithm, how long, and which readability rules are off."""

    algorithm: str = "forward"
    sentences: int = 2
    characters: int | None = None
    without: frozenset[str] = frozenset()

    @property
    def budget(self) -> Budget:
        return Budget(self.sentences, self.characters)


def _lead(article: Article, analysis: Analysis, budget: Budget) -> Sequence[Sentence]:
    return analysis.sentences[: budget.sentences]


def algorithms() -> Mapping[str, Summariser]:
    """Every built-in summariser by its name."""
    return {"forward": _lead, "lead": _lead}


def summarise(article: Article, analysis: Analysis, rule: SummaryRule = SummaryRule()) -> Summary:
    """The sentences that stand for an article, or none and why."""
    if article.kind == "brief":
        if analysis.sentences:
            return Summary(analysis.sentences, "standfirst", reason="the publisher's own standfirst")
        return Summary(origin="none", reason="the headline is all there is")
    chosen = tuple(algorithms()[rule.algorithm](article, analysis, rule.budget))
    return Summary(chosen, "extract" if chosen else "none", rule.algorithm)
