"""What the words of an article say for each section."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from operator import itemgetter

from digest.language import words
from digest.model import Analysis, Article, Placement
from digest.stages.columns import words_in
from digest.stages.section.countries import Abroad, abroad, home_of
from digest.stages.section.hits import Hits, Lines, hits_in_each
from digest.stages.section.lexicon import STRONG, Lexicon, packaged
from digest.stages.section.rules import SectionRule

_FOREIGN_AFFAIRS, _POLITICS = "foreign-affairs", "politics"
_HEADLINE, _OPENING, _BODY = 3.0, 2.0, 1.0
_OPENING_SENTENCES = 2
# One strong word, or a few others: less is chance.
_ENOUGH = 3.0
_NAMED_IN_REASON = 3


@dataclass(frozen=True, slots=True)
class Votes:
    """How much an article's words say for each section that any of them speaks for, by its slug.

    `hits` are the words that say it, and `away` is what the countries among them do.
    """

    totals: Mapping[str, float]
    hits: Sequence[Hits]
    away: Abroad

    def quoted(self, slug: str) -> Iterator[str]:
        """The words that speak for a section, the weightiest first."""
        said = [(weight, hits.words, at) for hits in self.hits for weight, at in hits.said_for(slug)]
        if slug == _FOREIGN_AFFAIRS:
            said += ((weight, self.away.words, at) for at, (weight, _) in enumerate(self.away.votes))
        return (words(at) for _, words, at in sorted(said, key=itemgetter(0), reverse=True))

    def share(self, slug: str) -> float:
        """A section's part of all that is said, 0 to 1; of little that is said no section gets much."""
        return self.totals.get(slug, 0.0) / (_ENOUGH + sum(self.totals.values()))


def votes_of(
    article: Article, analysis: Analysis, rules: Sequence[SectionRule], language: str, home: Sequence[str]
) -> Votes:
    """What the article's words say for each of the sections; see `place` for `language` and `home`."""
    (votes,) = votes_of_each([(article, analysis)], rules, language, home)
    return votes


def votes_of_each(
    articles: Sequence[tuple[Article, Analysis]], rules: Sequence[SectionRule], language: str, home: Sequence[str]
) -> list[Votes]:
    """The same of each of several articles, in less time than one after the other."""
    keywords = tuple([(keyword, rule.slug) for rule in rules for keyword in rule.keywords])
    spoken = [article.language if article.language != "und" else language for article, _ in articles]
    lines = [lines_of(*each, spoken_in) for each, spoken_in in zip(articles, spoken, strict=True)]
    alike: defaultdict[tuple[str, int], list[int]] = defaultdict(list)
    for at, (spoken_in, each) in enumerate(zip(spoken, lines, strict=True)):
        alike[spoken_in, id(each.vocabulary)].append(at)
    hits: list[tuple[Hits, ...]] = [()] * len(articles)
    for (spoken_in, _), places in alike.items():
        lexicons = (packaged(spoken_in), *([_configured(keywords, spoken_in)] if keywords else []))
        found = [hits_in_each(lexicon, [lines[at] for at in places]) for lexicon in lexicons]
        for at, of_article in zip(places, zip(*found, strict=True), strict=True):
            hits[at] = of_article
    slugs = {rule.slug for rule in rules}
    return [
        _votes(of_article, slugs, home_of(article, home, spoken_in))
        for of_article, (article, _), spoken_in in zip(hits, articles, spoken, strict=True)
    ]


def _votes(hits: Sequence[Hits], sections: Set[str], home: frozenset[str]) -> Votes:
    away = abroad(chain.from_iterable(each.of_countries() for each in hits), home)
    totals: defaultdict[str, float] = defaultdict(float)
    for slug, total in chain.from_iterable(each.totals.items() for each in hits):
        totals[slug] += total
    for weight, _ in away.votes:
        totals[_FOREIGN_AFFAIRS] += weight
    return Votes({slug: totals[slug] for slug in sorted(sections & totals.keys())}, hits, away)


def by_keywords(votes: Votes, rules: Sequence[SectionRule]) -> Placement | None:
    """The section that most of the words speak for, or None when they say too little."""
    best = max(votes.totals, key=votes.totals.__getitem__, default="")
    if votes.totals.get(best, 0.0) < _ENOUGH:
        return None
    reason = f"its words: {named(votes.quoted(best))}"
    confidence = round(votes.totals[best] / sum(votes.totals.values()), 2)
    if best == _POLITICS and votes.away.country and any(rule.slug == _FOREIGN_AFFAIRS for rule in rules):
        best, reason = _FOREIGN_AFFAIRS, f"{reason}; it is politics in another country, “{votes.away.country}”"
    return Placement(best, reason, confidence)


def named(quoted: Iterable[str]) -> str:
    """The first few different words, in quotation marks."""
    few: dict[str, None] = {}
    for each in quoted:
        few[each] = None
        if len(few) == _NAMED_IN_REASON:
            break
    return ", ".join(f"“{each}”" for each in few)


def lines_of(article: Article, analysis: Analysis, language: str) -> Lines:
    """The headline and the sentences, each with how much it says of what the whole is about."""
    texts = [article.headline, *[sentence.text for sentence in analysis.sentences]]
    weights = [_HEADLINE, *[_OPENING] * _OPENING_SENTENCES, *[_BODY] * len(analysis.sentences)]
    if language == analysis.language:
        return Lines(texts, weights, analysis.vocabulary, words_in(analysis), analysis.ends)
    # Of an article whose own language is unknown, the headline is read in the newsletter's.
    rows = [words(article.headline, language), *analysis.words]
    return Lines.of(list(zip(texts, rows, weights, strict=False)))


@lru_cache(maxsize=32)
def _configured(keywords: Sequence[tuple[str, str]], language: str) -> Lexicon:
    """The editor's keywords, each with the section it speaks for, as good as strong words of the program's own."""
    lexicon = Lexicon(language)
    for keyword, slug in keywords:
        lexicon.add(keyword, slug, STRONG)
    return lexicon
