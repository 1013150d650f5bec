"""What of an article tells which event it reports: its weighty words, its names, its dates and its figures."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, pairwise
from math import log, sqrt

from digest.language import terms, words
from digest.language.lexicon import lexicon, primary_code
from digest.model import Analysis, Article

_OPENING_SENTENCES = 3
# What stands further down is background, which an article shares with those on earlier events.
_REPORT_SENTENCES = 12
# As if the day had so many more articles, none of which held the word: on a quiet day, too, a rare word is rare.
_PRIOR = 1000
_SPELLING = re.compile(r"\w(?:[\w.,’'-]*\w)?")
# A capital that does not merely begin a sentence or a quotation.
_NAME = re.compile(r"(?<=[^\s.!?:;“”\"«»„–—-] )[^\W\d_][\w-]*")
_FIGURE = re.compile(r"\d{2,}(?:[.,]\d+)*|\d[.,]\d+")
_YEAR = re.compile(r"(?:19|20)\d\d\Z")
_DAY = re.compile(r"(\d{1,2})(?:st|nd|rd|th|er|º|°)?\Z")
_DAYS_OF_A_MONTH = 31
# The 8th of May, 8 de mayo.
_BETWEEN = ("of", "de")
# Where every noun has a capital, a capital tells no name.
_CAPITAL_NOUNS = ("de", "lb")


@dataclass(frozen=True, slots=True)
class Rarity:
    """How much a term says on this day: the more, the fewer articles of its language hold it (idf)."""

    holders: Mapping[str, int]
    articles: int

    def __call__(self, term: str) -> float:
        return log((self.articles + _PRIOR) / (self.holders.get(term, 0) + 0.5))


@dataclass(frozen=True, slots=True)
class Portrait:
    """One article as the others see it.

    `opening` (the headline and three sentences) and `report` (the headline and twelve) weigh each
    term; the squares of the weights sum to 1. `headline` holds the terms of the headline, or of the
    first sentence where the publisher gave none. `names` stand in the headline or the first sentence;
    `days` are pairs of day and month, `years` those of the opening, `figures` the numbers of more than
    one digit.
    """

    article: Article
    analysis: Analysis
    opening: Mapping[str, float]
    report: Mapping[str, float]
    headline: frozenset[str]
    names: frozenset[str]
    days: frozenset[tuple[str, str]]
    years: frozenset[str]
    figures: frozenset[str]


def rarities(analyses: Iterable[Analysis]) -> Mapping[str, Rarity]:
    """How rare terms are in each language (by its code without region) among these articles."""
    holders: dict[str, Counter[str]] = {}
    articles: Counter[str] = Counter()
    for analysis in analyses:
        language = primary_code(analysis.language)
        articles[language] += 1
        holders.setdefault(language, Counter()).update({*analysis.headline_terms, *chain(*analysis.terms)})
    return {language: Rarity(held, articles[language]) for language, held in holders.items()}


def portrait(article: Article, analysis: Analysis, rarity: Rarity) -> Portrait:
    headline = analysis.headline_terms
    if analysis.terms and (article.headline_made or not headline):
        headline = analysis.terms[0]
    opening = _weights(analysis.terms[:_OPENING_SENTENCES], headline, rarity)
    return Portrait(
        article,
        analysis,
        opening=opening,
        report=_weights(analysis.terms[:_REPORT_SENTENCES], headline, rarity),
        headline=frozenset(headline),
        names=_names(article) & {*headline, *chain(*analysis.terms[:1])},
        days=frozenset(_days(analysis)),
        years=frozenset(filter(_YEAR.match, opening)),
        figures=frozenset(_figures(article)),
    )


def rest_of(one: Portrait, rarity: Rarity) -> Mapping[str, float]:
    """The report without its headline and first sentence; weighed when asked for, since that is seldom."""
    return _weights(one.analysis.terms[1:_REPORT_SENTENCES], (), rarity)


def spelled(found: Iterable[str], article: Article) -> tuple[str, ...]:
    """Terms as the article spells them where it first uses them; a term it does not use stays as it is."""
    wanted = tuple(found)
    texts = (article.headline, article.standfirst, *article.paragraphs)
    spellings: dict[str, str] = {}
    for word in chain.from_iterable(map(_SPELLING.findall, texts)):
        if word.lower().startswith(wanted):
            for term in terms(words(word, article.language), article.language):
                spellings.setdefault(term, word)
    return tuple(dict.fromkeys(spellings.get(term, term) for term in wanted))


def _weights(sentences: Iterable[tuple[str, ...]], headline: Iterable[str], rarity: Rarity) -> dict[str, float]:
    raw = {term: 1 + log(count) for term, count in Counter(chain(*sentences)).items()}
    for term in headline:
        raw[term] = raw.get(term, 0.0) + 1
    weighted = {term: weight * rarity(term) for term, weight in raw.items()}
    length = sqrt(sum(weight * weight for weight in weighted.values())) or 1.0
    return {term: weight / length for term, weight in weighted.items()}


def _names(article: Article) -> frozenset[str]:
    if primary_code(article.language) in _CAPITAL_NOUNS:
        return frozenset()
    found = chain.from_iterable(map(_NAME.findall, (article.standfirst, *article.paragraphs)))
    return frozenset(terms((name.lower() for name in found if name[0].isupper()), article.language))


def _days(analysis: Analysis) -> Iterator[tuple[str, str]]:
    months = lexicon(analysis.language).calendar
    for sentence in analysis.words:
        if months.isdisjoint(sentence):
            continue
        plain = [word for word in sentence if word not in _BETWEEN]
        for pair in pairwise(plain):
            for word, month in (pair, pair[::-1]):
                day = _DAY.match(word) if month in months else None
                if day and int(day[1]) <= _DAYS_OF_A_MONTH:
                    yield str(int(day[1])), month


def _figures(article: Article) -> Iterator[str]:
    return chain.from_iterable(map(_FIGURE.findall, (article.headline, article.standfirst, *article.paragraphs)))
