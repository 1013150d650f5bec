"""Every built-in summariser by its name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

from digest.model import Analysis, Article
from digest.ports import Summariser
from digest.stages.summarise.choosing import Ranked, Scoring
from digest.stages.summarise.lexrank import score_lexrank
from digest.stages.summarise.sumys import score_random, sumy_scorers

QUICK = frozenset({"none", "forward", "lead", "random"})
"""Algorithms that summarise an article in less time than it takes to send it to another process and back."""


def algorithms() -> Mapping[str, Summariser]:
    """`forward` (the default), `lead`, `lexrank`, `random`, and those of sumy as `sumy:lexrank` and so on."""
    return _ALGORITHMS


def _score_forward(article: Article, analysis: Analysis) -> Scoring:
    from digest.stages.summarise.forward import score_forward

    return score_forward(article, analysis)


def _score_each_forward(analyses: Sequence[Analysis]) -> Iterator[Scoring]:
    from digest.stages.summarise.forward import score_each

    return score_each(analyses)


def _score_lead(article: Article, analysis: Analysis) -> Scoring:
    """The first sentences."""
    return Scoring([-float(i) for i in range(len(analysis.sentences))])


_ALGORITHMS: Mapping[str, Summariser] = MappingProxyType(
    {
        "forward": Ranked(_score_forward, _score_each_forward),
        **{
            name: Ranked(scorer)
            for name, scorer in {
                "lead": _score_lead,
                "lexrank": score_lexrank,
                "random": score_random,
                **sumy_scorers(),
            }.items()
        },
    }
)
