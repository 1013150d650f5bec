"""One event, one story: which articles tell the same, which of them leads, and why they were taken together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from digest.language import words
from digest.model import Analysis, Article, Story
from digest.stages.articles import days_apart, outlet, preference
from digest.stages.duplicates import Copies

_WINDOW_DAYS = 7
# A headline of fewer telling words ("Morning briefing", "Weather") stands over something else every day.
_TELLING_TERMS = 3


def cluster(
    articles: Sequence[Article], groups: Sequence[Copies], analyses: Mapping[str, Analysis]
) -> tuple[Story, ...]:
    """A story for every event; each article stands in exactly one.

    Together come the copies of one text that several publishers print, and a brief with the full
    article whose URL or headline it carries. What `preference` puts first leads. The stories stand
    in the order of their leads among `articles`; what is in them does not depend on it.
    """
    ties = {
        copy: (group.ids[0], why) for group in groups for copy, why in zip(group.ids[1:], group.reasons, strict=True)
    }
    ties |= {brief: tie for brief, tie in _teasers(articles, analyses) if brief not in ties}
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


def _teasers(articles: Sequence[Article], analyses: Mapping[str, Analysis]) -> Iterator[tuple[str, tuple[str, str]]]:
    """Every brief that teases a full article: its id, and that article's with the reason."""
    full: defaultdict[tuple[str, str], list[Article]] = defaultdict(list)
    for article in sorted(articles, key=preference):
        if article.kind == "full":
            for sign in _signs(article, analyses[article.id]):
                full[sign].append(article)
    for article in articles:
        if article.kind == "full":
            continue
        for sign in _signs(article, analyses[article.id]):
            near = [other for other in full.get(sign, ()) if days_apart(article, other) <= _WINDOW_DAYS]
            own = [other for other in near if outlet(other) == outlet(article)]
            if near:
                yield article.id, ((own or near)[0].id, f"a teaser with the same {sign[0]}")
                break


def _signs(article: Article, analysis: Analysis) -> Iterator[tuple[str, str]]:
    if article.url:
        yield "address", article.url
    if len(set(analysis.headline_terms)) >= _TELLING_TERMS and not article.headline_made:
        yield "headline", " ".join(words(article.headline, article.language))
