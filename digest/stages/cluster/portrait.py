"""What of an article tells which event it reports: its weighty words, its names, its dates and its figures."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
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
_AFTER_SPACE = re.compile(r" ([^\W\d_a-z][\w-]*)")
# A capital behind one of these merely begins a sentence or a quotation.
_BEGINS = frozenset('.!?:;“”"«»„–—-')
_FIGURE = re.compile(r"\d(?:\d+(?:[.,]\d+)*|[.,]\d+)")
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
    def beginning(self) -> frozenset[str]:
        """The terms of the headline and the first sentence."""
        return frozenset((*self._headline(), *chain(*self.analysis.terms[:1])))

    @cached_property
    def names(self) -> frozenset[str]:
        """The names among those."""
        return _names(self.article, self.beginning)

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
    spellings: dict[str, str] = {}
    for word in _words_as_printed(article):
        if word.lower().startswith(wanted):
            for term in terms(words(word, article.language), article.language):
                if term in wanted:
                    spellings.setdefault(term, word)
            if len(spellings) == len(wanted):
                break
    return tuple(dict.fromkeys(spellings.get(term, term) for term in wanted))


def _words_as_printed(article: Article) -> Iterator[str]:
    for text in (article.headline, article.standfirst, *article.paragraphs):
        yield from _SPELLING.findall(text)


def _weights(sentences: Iterable[Sequence[str]], headline: Iterable[str], rarity: Rarity) -> dict[str, float]:
    counts = Counter(chain.from_iterable(sentences))
    weighted = {term: rarity[term] if count == 1 else (1 + log(count)) * rarity[term] for term, count in counts.items()}
    for term, count in Counter(headline).items():
        told = 1 + log(counts[term]) if term in counts else 0.0
        weighted[term] = (told + count) * rarity[term]
    length = sqrt(sum([weight * weight for weight in weighted.values()])) or 1.0
    return {term: weight / length for term, weight in weighted.items()}


def _names(article: Article, wanted: Collection[str]) -> frozenset[str]:
    """Which of the wanted terms are names somewhere in the article."""
    if primary_code(article.language) in _CAPITAL_NOUNS:
        return frozenset()
    found = {
        match[1]
        for text in (article.standfirst, *article.paragraphs)
        for match in _AFTER_SPACE.finditer(text)
        if match[1][0].isupper() and _goes_on(text, match.start())
    }
    return frozenset(terms(map(str.lower, found), article.language)).intersection(wanted)


def _goes_on(text: str, space: int) -> bool:
    """Whether a sentence goes on behind this space."""
    before = text[space - 1] if space else " "
    return not before.isspace() and before not in _BEGINS


def _days(analysis: Analysis) -> Iterator[tuple[str, str]]:
    months = lexicon(analysis.language).calendar
    for sentence in analysis.words:
        if months.isdisjoint(sentence):
            continue
        plain = [word for word in sentence if word not in _BETWEEN]
        for place, month in enumerate(plain):
            if month not in months:
                continue
            for word in (*plain[max(0, place - 1) : place], *plain[place + 1 : place + 2]):
                day = _DAY.match(word)
                if day and int(day[1]) <= _DAYS_OF_A_MONTH:
                    yield str(int(day[1])), month


def _figures(article: Article) -> Iterator[str]:
    return chain.from_iterable(map(_FIGURE.findall, (article.headline, article.standfirst, *article.paragraphs)))
