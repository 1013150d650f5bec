"""Why an article is summarised as it is, sentence by sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from digest.model import Analysis, Article, Sentence
from digest.ports import Summariser
from digest.stages.summarise.algorithms import algorithms
from digest.stages.summarise.choosing import Ranked, steps
from digest.stages.summarise.reading import reader
from digest.stages.summarise.summary import SummaryRule, faults, summarise


@dataclass(frozen=True, slots=True)
class Weighed:
    """What was found of one sentence of an article.

    `score` is what it was worth when the first sentence was chosen (the higher the better; only those of
    one article can be compared), or None where the algorithm gives none. `broken` names the readability
    rules it breaks, which `RULES` explains. `place` says that it was chosen first, second … or not (0),
    and `beat` which sentence would have been taken in its stead, if any could.
    """

    sentence: Sentence
    score: float | None
    broken: tuple[str, ...]
    place: int = 0
    beat: Sentence | None = None


def explain(
    article: Article,
    analysis: Analysis,
    rule: SummaryRule,
    summarisers: Mapping[str, Summariser] | None = None,
) -> tuple[Weighed, ...]:
    """Every sentence of an article, in its order, weighed as `summarise` weighs it under the same rule.

    A brief's standfirst, a plug-in's choice and an algorithm that failed have places without scores.
    Raises KeyError for a name that nothing answers to.
    """
    summary = summarise(article, analysis, rule, summarisers)
    places = {sentence: number for number, sentence in enumerate(summary.sentences, 1)}
    scores: dict[Sentence, float] = {}
    beaten: dict[Sentence, Sentence] = {}
    summariser = (summarisers or {}).get(rule.algorithm) or algorithms().get(rule.algorithm)
    if isinstance(summariser, Ranked) and summary.origin != "none" and summary.algorithm == rule.algorithm:
        scoring = summariser.scorer(article, analysis)
        read = reader(article, analysis, rule.without)
        for number, step in enumerate(steps(analysis, scoring, read, rule.budget), 1):
            sentence = analysis.sentences[step.taken]
            places[sentence] = number
            if step.beaten is not None:
                beaten[sentence] = analysis.sentences[step.beaten]
            if not scores:
                scores = {analysis.sentences[i]: value for i, value in step.worth.items()}
    return tuple(
        Weighed(sentence, scores.get(sentence), broken, places.get(sentence, 0), beaten.get(sentence))
        for sentence, broken in faults(article, analysis, rule)
    )
