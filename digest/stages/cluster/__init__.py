"""One event, one story: which articles tell the same, which of them leads, and why they were taken together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from digest.language.lexicon import primary_code
from digest.model import Analysis, Article, Story
from digest.stages.articles import days_apart, length, outlet, preference
from digest.stages.cluster.desk import Desk
from digest.stages.cluster.evidence import ClusterRule, Likeness, likeness, promising
from digest.stages.cluster.portrait import Portrait, openings, portraits, spelled
from digest.stages.cluster.search import alike
from digest.stages.cluster.vector import Rarity, rarities
from digest.stages.duplicates import Copies

__all__ = ["ClusterRule", "Comparison", "Events", "Likeness", "cluster", "compare", "near_misses"]

_TEASED_DAYS = 7
_REPEATED_DAYS = 1
# A headline of fewer telling words ("Morning briefing", "Weather") stands over something else every day.
_TELLING_TERMS = 3
# Whatever a story is like most in its opening comes first; further down nothing was ever found.
_COMPARED = 6
_DEFAULT = ClusterRule()


@dataclass(frozen=True, slots=True)
class Comparison:
    """An article held beside the lead of a story that it might have joined, and how alike they are."""

    article: Article
    lead: Article
    likeness: Likeness

    @property
    def words(self) -> str:
        """The evidence as a person reads it: "both say Saltmarsh, 1,300; openings 61% alike; …"."""
        shared = ", ".join(spelled(self.likeness.shared, self.article))
        said = f"both say {shared}" if shared else "no rare word in common"
        return "; ".join((said, *(reason.words for reason in self.likeness.reasons)))


@dataclass(frozen=True, slots=True)
class _Tie:
    """Which article another one stands behind, and why."""

    to: str
    why: str


def cluster(
    articles: Sequence[Article],
    groups: Sequence[Copies],
    analyses: Mapping[str, Analysis],
    rule: ClusterRule = _DEFAULT,
) -> tuple[Story, ...]:
    """A story for every event; each article stands in exactly one.

    Together come the copies of one text that several publishers print, a brief with the full article
    whose headline it carries, what one publisher prints under one headline within a day, and articles
    of one language whose likeness to the lead is what `rule` asks for. The lead is full rather than
    brief, then the longest (each source with its weight), the earliest. Each article is held beside
    leads only, so that a story never strings together what its ends do not share. The stories stand
    in the order of their leads among `articles`; what is in them does not depend on it.
    """
    ordered = sorted(articles, key=_order(rule))
    ties, _ = _decide(ordered, groups, analyses, rule, promising)
    told: defaultdict[str, list[Article]] = defaultdict(list)
    for article in ordered:
        lead = article.id
        while lead in ties:
            lead = ties[lead].to
        told[lead].append(article)
    return tuple(
        Story(tuple(told[article.id]), merged=tuple(ties[other.id].why for other in told[article.id][1:]))
        for article in articles
        if article.id not in ties
    )


def near_misses(
    articles: Sequence[Article],
    groups: Sequence[Copies],
    analyses: Mapping[str, Analysis],
    rule: ClusterRule = _DEFAULT,
    *,
    margin: float = 0.3,
) -> tuple[Comparison, ...]:
    """What `cluster` held beside a story and left out of it, the nearest first.

    A comparison is given when its evidence is short of what was needed by at most `margin`, or was
    enough where another story had more.
    """
    ties, compared = _decide(sorted(articles, key=_order(rule)), groups, analyses, rule, likeness)
    missed = (
        each
        for each in compared
        if each.likeness.excess >= -margin and (each.article.id not in ties or ties[each.article.id].to != each.lead.id)
    )
    return tuple(sorted(missed, key=lambda each: (-each.likeness.excess, each.article.id, each.lead.id)))


def compare(one: Article, other: Article, analyses: Mapping[str, Analysis], rule: ClusterRule = _DEFAULT) -> Comparison:
    """Two articles of one language held beside each other, on the day whose articles are analysed.

    `analyses` hold at least theirs; the more of the day's, the better it is known which words are rare.
    """
    rarity = rarities(analyses.values())[primary_code(one.language)]
    first, second = _portraits([(each, analyses[each.id]) for each in (one, other)], rarity)
    return Comparison(one, other, likeness(first, second, rule))


@dataclass(frozen=True, slots=True)
class Events:
    """Tells whether two articles report one event, on the day whose rare words are known; `on` makes one."""

    rarity: Mapping[str, Rarity]
    rule: ClusterRule

    @classmethod
    def on(cls, analyses: Iterable[Analysis], rule: ClusterRule = _DEFAULT) -> Events:
        """Of the day whose articles are analysed, by the same evidence as `cluster` asks for."""
        return cls(rarities(analyses), rule)

    def same(self, one: tuple[Article, Analysis], other: tuple[Article, Analysis]) -> bool:
        """Whether the two, each with its analysis, would be one story; never across languages."""
        language = primary_code(one[0].language)
        if language != primary_code(other[0].language) or language not in self.rarity:
            return False
        if days_apart(one[0], other[0]) > self.rule.days:
            return False
        first, second = _portraits((one, other), self.rarity[language])
        return likeness(first, second, self.rule).excess >= 0


def _portraits(articles: Sequence[tuple[Article, Analysis]], rarity: Rarity) -> list[Portrait]:
    return list(portraits(articles, rarity, openings(articles, rarity)))


def _order(rule: ClusterRule) -> Any:
    """Sorts the article that leads first; what sources are worth comes before what `preference` asks."""

    def key(article: Article) -> tuple[bool, float, Any]:
        return article.kind == "brief", -length(article) * rule.sources.get(article.source, 1.0), preference(article)

    return key


_Judge = Callable[[Portrait, Portrait, ClusterRule, Desk], Likeness | None]
"""How alike two portraits are; None where they are not alike enough and nobody asks by how much."""


def _decide(
    ordered: Sequence[Article],
    groups: Sequence[Copies],
    analyses: Mapping[str, Analysis],
    rule: ClusterRule,
    judge: _Judge,
) -> tuple[dict[str, _Tie], tuple[Comparison, ...]]:
    """What stands behind what, by id, and every comparison that was made.

    A tie goes to what comes earlier in the order, so that ties never form a circle.
    """
    ties = dict(_copies(ordered, groups))
    ties |= {name: tie for name, tie in _namesakes(ordered, analyses) if name not in ties}
    compared: list[Comparison] = []
    for comparisons in _comparisons([each for each in ordered if each.id not in ties], analyses, rule, judge):
        compared += comparisons
        best = max(comparisons, key=lambda each: each.likeness.excess)
        if best.likeness.excess >= 0:
            ties[best.article.id] = _Tie(best.lead.id, best.words)
    return ties, tuple(compared)


def _copies(ordered: Sequence[Article], groups: Sequence[Copies]) -> Iterator[tuple[str, _Tie]]:
    place = {article.id: number for number, article in enumerate(ordered)}
    for group in groups:
        head, *others = sorted(group.ids, key=place.__getitem__)
        why = dict(zip(group.ids[1:], group.reasons, strict=True))
        for copy in others:
            yield copy, _Tie(head, why.get(copy) or why[head])


def _namesakes(ordered: Sequence[Article], analyses: Mapping[str, Analysis]) -> Iterator[tuple[str, _Tie]]:
    """Every article that carries the headline of one before it."""
    under: defaultdict[tuple[str, ...], list[Article]] = defaultdict(list)
    for article in ordered:
        if article.headline_made:
            continue
        namesakes = under[analyses[article.id].headline_words]
        if namesakes and len(set(analyses[article.id].headline_terms)) < _TELLING_TERMS:
            continue
        own = [other for other in namesakes if _repeats(article, other)]
        teased = [other for other in namesakes if _teases(article, other)]
        if own or teased:
            why = "a teaser with the same headline" if article.kind == "brief" else "the same headline on the same day"
            yield article.id, _Tie((own or teased)[0].id, why)
        namesakes.append(article)


def _repeats(article: Article, other: Article) -> bool:
    return outlet(article) == outlet(other) and days_apart(article, other) <= _REPEATED_DAYS


def _teases(article: Article, other: Article) -> bool:
    return (article.kind, other.kind) == ("brief", "full") and days_apart(article, other) <= _TEASED_DAYS


def _comparisons(
    ordered: Sequence[Article], analyses: Mapping[str, Analysis], rule: ClusterRule, judge: _Judge
) -> Iterator[tuple[Comparison, ...]]:
    """For each article that is near a lead before it, how alike they are; one that is not alike becomes a lead."""
    of_language: defaultdict[str, list[Article]] = defaultdict(list)
    for article in ordered:
        of_language[primary_code(article.language)].append(article)
    for articles in of_language.values():
        vocabulary = analyses[articles[-1].id].vocabulary
        told = [(article, analyses[article.id].in_words_of(vocabulary)) for article in articles]
        (rarity,) = rarities(analysis for _, analysis in told).values()
        opening = openings(told, rarity)
        candidates = alike(opening, rarity.vocabulary.terms)
        desk = Desk(len(rarity.vocabulary.terms))
        # Of an article that stands behind another nothing is kept, since few of the day's may lead.
        leads: dict[int, Portrait] = {}
        for place, (own, near) in enumerate(zip(portraits(told, rarity, opening), candidates, strict=True)):
            before = filter(None, map(leads.get, near))
            of_its_days = (lead for lead in before if days_apart(own.article, lead.article) <= rule.days)
            compared = list(islice(of_its_days, _COMPARED))
            comparisons = _compared(own, compared, rule, judge, desk) if compared else ()
            if comparisons:
                yield comparisons
            if all(each.likeness.excess < 0 for each in comparisons):
                leads[place] = own


def _compared(
    own: Portrait, leads: Sequence[Portrait], rule: ClusterRule, judge: _Judge, desk: Desk
) -> tuple[Comparison, ...]:
    desk.lay(own)
    found = ((lead, judge(own, lead, rule, desk)) for lead in leads)
    comparisons = tuple(Comparison(own.article, lead.article, like) for lead, like in found if like is not None)
    desk.clear()
    return comparisons
