"""One event, one story: which articles tell the same, which of them leads, and why they were taken together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from digest.language import words
from digest.model import Analysis, Article, Story
from digest.stages.articles import days_apart, outlet, preference
from digest.stages.duplicates import Copies

_TEASED_DAYS = 7
_REPEATED_DAYS = 1
# A headline of fewer telling words ("Morning briefing", "Weather") stands over something else every day.
_TELLING_TERMS = 3


def cluster(
    articles: Sequence[Article], groups: Sequence[Copies], analyses: Mapping[str, Analysis]
) -> tuple[Story, ...]:
    """A story for every event; each article stands in exactly one.

    Together come the copies of one text that several publishers print, a brief with the full article
    whose headline it carries, and what one publisher prints under one headline within a day. What
    `preference` puts first leads. The stories stand in the order of their leads among `articles`;
    what is in them does not depend on it.
    """
    ties = {
        copy: (group.ids[0], why) for group in groups for copy, why in zip(group.ids[1:], group.reasons, strict=True)
    }
    ties |= {name: tie for name, tie in _namesakes(articles, analyses) if name not in ties}
    told: defaultdict[str, list[Article]] = defaultdict(list)
    for article in sorted(articles, key=preference):
        lead = article.id
        while lead in ties:
            lead, _ = ties[lead]
        told[lead].append(article)
    return tuple(
        Story(tuple(told[article.id]), merged=tuple(ties[other.id][1] for other in told[article.id][1:]))
        for article in articles
        if article.id not in ties
    )


def _namesakes(articles: Sequence[Article], analyses: Mapping[str, Analysis]) -> Iterator[tuple[str, tuple[str, str]]]:
    """Every article that carries the headline of a better telling: its id, and that one's id with the reason.

    What is better comes earlier in the order of preference, so that ties never form a circle.
    """
    under: defaultdict[tuple[str, ...], list[Article]] = defaultdict(list)
    for article in sorted(articles, key=preference):
        if article.headline_made or len(set(analyses[article.id].headline_terms)) < _TELLING_TERMS:
            continue
        namesakes = under[words(article.headline, article.language)]
        own = [other for other in namesakes if _repeats(article, other)]
        teased = [other for other in namesakes if _teases(article, other)]
        if own or teased:
            why = "a teaser with the same headline" if article.kind == "brief" else "the same headline on the same day"
            yield article.id, ((own or teased)[0].id, why)
        namesakes.append(article)


def _repeats(article: Article, other: Article) -> bool:
    return outlet(article) == outlet(other) and days_apart(article, other) <= _REPEATED_DAYS


def _teases(article: Article, other: Article) -> bool:
    return (article.kind, other.kind) == ("brief", "full") and days_apart(article, other) <= _TEASED_DAYS
