"""What of an article tells which event it reports: its weighty words, its names, its dates and its figures."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, pairwise
from math import log, sqrt

from digest.language import terms, words
from digest.language.lexicon import lexicon, primary_code
from digest.model import Analysis, Article
from digest.stages.articles import outlet
from digest.urls import domain_of

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


class Rarity(dict[str, float]):
    """How much each term says on this day: the more, the fewer articles of its language hold it (idf)."""

    def __init__(self, holders: Mapping[str, int], articles: int) -> None:
        weights = {many: log((articles + _PRIOR) / (many + 0.5)) for many in {0, *holders.values()}}
        super().__init__({term: weights[many] for term, many in holders.items()})
        self._unheard_of = weights[0]

    def __missing__(self, term: str) -> float:
        return self._unheard_of


@dataclass(frozen=True, eq=False)
class Portrait:
    """One article as the others see it; each of its features is worked out when it is first asked for."""

    article: Article
    analysis: Analysis
    rarity: Rarity

    @cached_property
    def opening(self) -> Mapping[str, float]:
        """The terms of the headline and three sentences, weighed; the squares of the weights sum to 1."""
        return self._weights(self.analysis.terms[:_OPENING_SENTENCES])

    @cached_property
    def report(self) -> Mapping[str, float]:
        """The same of the headline and twelve sentences."""
        return self._weights(self.analysis.terms[:_REPORT_SENTENCES])

    @cached_property
    def rest(self) -> Mapping[str, float]:
        """The same of the report without its headline and first sentence."""
        return _weights(self.analysis.terms[1:_REPORT_SENTENCES], (), self.rarity)

    @cached_property
    def headline(self) -> Mapping[str, float]:
        """How rare each term of the headline is, or of the first sentence where the publisher gave none."""
        return {term: self.rarity[term] for term in sorted(set(self._headline()))}

    @cached_property
    def names(self) -> frozenset[str]:
        """The names that stand in the headline or the first sentence."""
        return _names(self.article) & {*self.headline, *chain(*self.analysis.terms[:1])}

    @cached_property
    def days(self) -> frozenset[tuple[str, str]]:
        """Pairs of day and month."""
        return frozenset(_days(self.analysis))

    @cached_property
    def years(self) -> frozenset[str]:
        """Those that the opening names."""
        return frozenset(filter(_YEAR.match, self.opening))

    @cached_property
    def figures(self) -> frozenset[str]:
        """The numbers of more than one digit."""
        return frozenset(_figures(self.article))

    @cached_property
    def outlet(self) -> str:
        """Whose the article is, "" where neither a publisher nor an address tells."""
        known = self.article.publisher or (self.article.url and domain_of(self.article.url))
        return outlet(self.article) if known else ""

    def _headline(self) -> Sequence[str]:
        told = self.analysis.headline_terms
        untitled = self.article.headline_made or not told
        return self.analysis.terms[0] if untitled and self.analysis.terms else told

    def _weights(self, sentences: Iterable[Sequence[str]]) -> Mapping[str, float]:
        return _weights(sentences, self._headline(), self.rarity)


def rarities(analyses: Iterable[Analysis]) -> Mapping[str, Rarity]:
    """How rare terms are in each language (by its code without region) among these articles."""
    holders: dict[str, Counter[str]] = {}
    articles: Counter[str] = Counter()
    for analysis in analyses:
        language = primary_code(analysis.language)
        articles[language] += 1
        holders.setdefault(language, Counter()).update(set(analysis.headline_terms).union(*analysis.terms))
    return {language: Rarity(held, articles[language]) for language, held in holders.items()}


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


def _weights(sentences: Iterable[Sequence[str]], headline: Iterable[str], rarity: Rarity) -> dict[str, float]:
    counts = Counter(chain.from_iterable(sentences))
    raw = {term: 1.0 if count == 1 else 1 + log(count) for term, count in counts.items()}
    for term in headline:
        raw[term] = raw.get(term, 0.0) + 1
    weighted = {term: weight * rarity[term] for term, weight in raw.items()}
    length = sqrt(sum([weight * weight for weight in weighted.values()])) or 1.0
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
