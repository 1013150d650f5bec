"""Choosing the sentences that stand for a story."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from digest.model import Analysis, Article, Summary
from digest.ports import Budget, Summariser
from digest.stages.summarise.choosing import Ranked, Scorer, Scoring, choose
from digest.stages.summarise.forward import score_forward
from digest.stages.summarise.lexrank import score_lexrank
from digest.stages.summarise.reading import RULES, reader
from digest.stages.summarise.sumys import sumy_scorers

__all__ = ["RULES", "SummaryRule", "algorithms", "summarise"]


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


def _score_lead(article: Article, analysis: Analysis) -> Scoring:
    return Scoring([-float(i) for i in range(len(analysis.sentences))])


def algorithms() -> Mapping[str, Summariser]:
    """Every built-in summariser by its name."""
    ours: Mapping[str, Scorer] = {"forward": score_forward, "lead": _score_lead, "lexrank": score_lexrank}
    return {name: Ranked(scorer) for name, scorer in {**ours, **sumy_scorers()}.items()}


def summarise(
    article: Article,
    analysis: Analysis,
    rule: SummaryRule = SummaryRule(),
    summarisers: Mapping[str, Summariser] | None = None,
) -> Summary:
    """The sentences that stand for an article, or none and why.

    `summarisers` maps the names that plug-ins answer to; the built-in ones need no mention.
    """
    if article.kind == "brief":
        if analysis.sentences:
            return Summary(analysis.sentences, "standfirst", reason="the publisher's own standfirst")
        return Summary(origin="none", reason="the headline is all there is")
    if rule.algorithm == "none":
        return Summary(origin="none", algorithm="none", reason="summaries are off here")
    summariser = {**algorithms(), **(summarisers or {})}[rule.algorithm]
    note = ""
    if isinstance(summariser, Ranked):
        scoring = summariser.scorer(article, analysis)
        note = scoring.note
        chosen = choose(analysis, scoring, reader(article, analysis, rule.without), rule.budget)
    else:
        chosen = tuple(summariser(article, analysis, rule.budget))
    if not chosen:
        return Summary(origin="none", algorithm=rule.algorithm, reason="no sentence reads well alone within the budget")
    return Summary(chosen, "extract", rule.algorithm, note)
