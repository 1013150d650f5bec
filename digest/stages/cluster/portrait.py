"""What of an article tells which event it reports: its weighty words, its names, its dates and its figures."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from digest.language import terms, words
from digest.language.lexicon import lexicon, primary_code
from digest.model import Analysis, Article
from digest.stages.articles import outlet
from digest.stages.cluster.vector import Rarity, Vector, vector
from digest.urls import domain_of

_OPENING_SENTENCES = 3
# What stands further down is background, which an article shares with those on earlier events.
_REPORT_SENTENCES = 12
_SPELLING = re.compile(r"\w(?:[\w.,’'-]*\w)?")
# A capital that does not merely begin a sentence or a quotation; spaces are what is soonest found.
_NAME = re.compile(r" (?<=[^\s.!?:;“”\"«»„–—-] )([^\W\d_a-z][\w-]*)")
_FIGURE = re.compile(r"\d(?:\d+(?:[.,]\d+)*|[.,]\d+)")
_YEAR = re.compile(r"(?:19|20)\d\d\Z")
_DAY = re.compile(r"(\d{1,2})(?:st|nd|rd|th|er|º|°)?\Z")
_DAYS_OF_A_MONTH = 31
# The 8th of May, 8 de mayo.
_BETWEEN = ("of", "de")
# Where every noun has a capital, a capital tells no name.
_CAPITAL_NOUNS = ("de", "lb")


@dataclass(frozen=True, eq=False)
class Portrait:
    """One article as the others see it; each of its features is worked out when it is first asked for."""

    article: Article
    analysis: Analysis
    rarity: Rarity

    @cached_property
    def opening(self) -> Vector:
        """The headline and three sentences."""
        return vector(self.analysis.terms[:_OPENING_SENTENCES], self._headline(), self.rarity)

    @cached_property
    def report(self) -> Vector:
        """The headline and twelve sentences."""
        return vector(self.analysis.terms[:_REPORT_SENTENCES], self._headline(), self.rarity)

    @cached_property
    def rest(self) -> Vector:
        """The report without its headline and first sentence."""
        return vector(self.analysis.terms[1:_REPORT_SENTENCES], (), self.rarity)

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
        return frozenset(filter(_YEAR.match, self.opening.weights))

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


def spelled(found: Iterable[str], article: Article) -> tuple[str, ...]:
    """Terms as the article spells them where it first uses them; a term it does not use stays as it is."""
    wanted = tuple(found)
    spellings: dict[str, str] = {}
    for text in (article.headline, article.standfirst, *article.paragraphs):
        lowered = text.lower()
        if not any(term in lowered for term in wanted if term not in spellings):
            continue
        for word in _SPELLING.findall(text):
            if word.lower().startswith(wanted):
                for term in terms(words(word, article.language), article.language):
                    if term in wanted:
                        spellings.setdefault(term, word)
        if len(spellings) == len(wanted):
            break
    return tuple(dict.fromkeys(spellings.get(term, term) for term in wanted))


def _names(article: Article, wanted: Collection[str]) -> frozenset[str]:
    """Which of the wanted terms are names somewhere in the article."""
    if primary_code(article.language) in _CAPITAL_NOUNS:
        return frozenset()
    found = set(chain.from_iterable(map(_NAME.findall, (article.standfirst, *article.paragraphs))))
    names = [name.lower() for name in found if name[0].isupper()]
    return frozenset(terms(names, article.language)).intersection(wanted)


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
