"""What of an article tells which event it reports: its weighty words, its names, its dates and its figures."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import chain

import numpy as np

from digest.language import terms, words
from digest.language.lexicon import lexicon, primary_code
from digest.model import Analysis, Article
from digest.stages.articles import outlet
from digest.stages.cluster.vector import Rarity, Vector, vector, vectors
from digest.stages.columns import Column, Numbers, by_word, changes, holding, places_of, term_of, words_in
from digest.urls import domain_of

_OPENING_SENTENCES = 3
# What stands further down is background, which an article shares with those on earlier events.
_REPORT_SENTENCES = 12
_AT_ONCE = 512
"""Articles whose vectors are reckoned together, so that memory does not grow with the day."""
_SPELLING = re.compile(r"\w(?:[\w.,’'-]*\w)?")
# Behind these a capital may merely begin a sentence or a quotation.
_BEFORE_A_SENTENCE = '.!?:;“”"«»„–—-'
_NAME = re.compile(r"[\w-]+")
_FIGURE = re.compile(r"\d(?:\d+(?:[.,]\d+)*|[.,]\d+)")
_IS_YEAR = by_word(re.compile(r"(?:19|20)\d\d(?:'|\Z)").match, np.bool_)
_HAS_FIGURE = by_word(_FIGURE.search, np.bool_)
_DAY = re.compile(r"(\d{1,2})(?:st|nd|rd|th|er|º|°)?\Z")
_DAYS_OF_A_MONTH = 31
# The 8th of May, 8 de mayo.
_BETWEEN = ("of", "de")
_NEAR = 4
_CAPITAL_NOUNS = ("de", "lb")


@dataclass(frozen=True, eq=False)
class Portrait:
    """One article as the others see it; most of its features are worked out when they are first asked for.

    `headline` are the terms of the headline, or of the first sentence where the publisher gave none, each weighed by
    its rarity alone; `opening` is the vector of the headline and three sentences, `report` that of it and twelve. Terms
    are given by their numbers in the vocabulary of `rarity`, as the analysis has them.
    """

    article: Article
    analysis: Analysis
    rarity: Rarity
    headline: Vector
    opening: Vector
    report: Vector

    @cached_property
    def headline_weight(self) -> float:
        """The sum of the weights of the headline's terms."""
        return float(self.headline.heights.sum()) or 1.0

    @cached_property
    def beginning(self) -> Numbers:
        """The terms of the headline and the first sentence, each once."""
        terms = np.concatenate([self.headline.terms, self._terms(0, 1)])
        terms.sort()
        each: Numbers = terms[changes(terms) & (terms > 0)]
        return each

    @cached_property
    def rest(self) -> Vector:
        """The report without its headline and first sentence."""
        return vector(self._terms(1, _REPORT_SENTENCES), self.rarity)

    def _terms(self, start: int, end: int) -> Numbers:
        return term_of(self.rarity.vocabulary)[
            _body((self.article, self.analysis, words_in(self.analysis)), start, end)
        ]

    def has_name(self, among: Numbers) -> bool:
        """Whether any of some terms is a name somewhere in the article."""
        # Where every noun has a capital, a capital tells no name.
        if primary_code(self.article.language) in _CAPITAL_NOUNS:
            return False
        return any(self._is_name(self.spelled(term)) for term in among.tolist())

    def _is_name(self, term: str) -> bool:
        written = self._text.written
        return any(
            written[at].isupper()
            and written[at - 2] not in _BEFORE_A_SENTENCE
            and not written[at - 2].isspace()
            and self._text.names(term, at)
            for at in self._text.behind_spaces(term)
            if at > 1
        )

    @cached_property
    def _text(self) -> Text:
        return Text.of((self.article.standfirst, *self.article.paragraphs), self.article.language)

    @cached_property
    def days(self) -> frozenset[tuple[str, str]]:
        """Pairs of day and month."""
        return frozenset(_days(self.analysis))

    @cached_property
    def years(self) -> frozenset[str]:
        """Those that the opening names."""
        numbers = words_in(self.analysis)[: self.analysis.ends[: _OPENING_SENTENCES + 1][-1]]
        years = numbers[_IS_YEAR(self.rarity.vocabulary)[numbers]]
        return frozenset(word[:4] for word in self.rarity.vocabulary.spelled(years.tolist()))

    @cached_property
    def figures(self) -> frozenset[str]:
        """The numbers of more than one digit."""
        numbers = words_in(self.analysis)
        words = numbers[_HAS_FIGURE(self.rarity.vocabulary)[numbers]]
        return frozenset(chain.from_iterable(map(_FIGURE.findall, self.rarity.vocabulary.spelled(words.tolist()))))

    @cached_property
    def outlet(self) -> str:
        """Whose the article is, "" where neither a publisher nor an address tells."""
        known = self.article.publisher or (self.article.url and domain_of(self.article.url))
        return outlet(self.article) if known else ""

    def spelled(self, term: int) -> str:
        """The term of that number."""
        return self.rarity.vocabulary.terms[term]


def openings(articles: Sequence[tuple[Article, Analysis]], rarity: Rarity) -> list[Vector]:
    """The vector of the headline and three sentences of each article, all of the language of `rarity`."""
    found: list[Vector] = []
    for few in _slices(articles, rarity):
        found += vectors([_body(each, 0, _OPENING_SENTENCES) for each in few], list(map(_head, few)), rarity)
    return found


def portraits(
    articles: Sequence[tuple[Article, Analysis]], rarity: Rarity, openings: Iterable[Vector]
) -> Iterator[Portrait]:
    """A portrait of each article, all of the language of `rarity`, given its opening."""
    opening = iter(openings)
    for few in _slices(articles, rarity):
        heads = list(map(_head, few))
        headlines = vectors(heads, None, rarity)
        reports = vectors([_body(each, 0, _REPORT_SENTENCES) for each in few], heads, rarity)
        for (article, analysis, _), headline, report in zip(few, headlines, reports, strict=True):
            yield Portrait(article, analysis, rarity, headline, next(opening), report)


_Told = tuple[Article, Analysis, Numbers]
"""An article, its analysis, and the numbers of the terms of all its words."""


def _slices(articles: Sequence[tuple[Article, Analysis]], rarity: Rarity) -> Iterator[list[_Told]]:
    terms = term_of(rarity.vocabulary)
    for start in range(0, len(articles), _AT_ONCE):
        few = [(article, own.in_words_of(rarity.vocabulary)) for article, own in articles[start : start + _AT_ONCE]]
        yield [(article, own, terms[words_in(own)]) for article, own in few]


def _head(told: _Told) -> Numbers:
    """The terms of the headline, or of the first sentence where the publisher gave none."""
    article, analysis, terms = told
    head = terms[: analysis.ends[0]]
    untitled = article.headline_made or not head.any()
    return _body(told, 0, 1) if untitled and analysis.sentences else head


def _body(told: _Told, start: int, end: int) -> Numbers:
    """The terms of the sentences from `start` to `end`."""
    _, analysis, terms = told
    last = len(analysis.sentences)
    return terms[analysis.ends[min(start, last)] : analysis.ends[min(end, last)]]


def spelled(found: Iterable[str], article: Article) -> tuple[str, ...]:
    """Terms as the article spells them where it first uses them; a term it does not use stays as it is."""
    text = Text.of((article.headline, article.standfirst, *article.paragraphs), article.language)
    words = (next((text.word(at) for at in text.places(term) if text.has(term, at)), term) for term in found)
    return tuple(dict.fromkeys(words))


@dataclass(frozen=True, slots=True)
class Text:
    """Texts of an article, one after the other, as they are `written` and in lower case, a place for each place."""

    written: str
    lowered: str
    language: str

    @classmethod
    def of(cls, texts: Iterable[str], language: str) -> Text:
        """In a language."""
        written = "\n".join(texts)
        lowered = written.lower()
        if len(lowered) != len(written):  # as one letter may become two
            lowered = "".join(low if len(low := letter.lower()) == 1 else letter for letter in written)
        return cls(written, lowered, language)

    def places(self, term: str) -> Iterator[int]:
        """Where words begin that begin as a term does."""
        at = self.lowered.find(term)
        while at >= 0:
            if not at or not self.lowered[at - 1].isalnum():
                yield at
            at = self.lowered.find(term, at + 1)

    def behind_spaces(self, term: str) -> Iterator[int]:
        """The same behind a space only, which is found sooner."""
        at = self.lowered.find(f" {term}")
        while at >= 0:
            yield at + 1
            at = self.lowered.find(f" {term}", at + 1)

    def names(self, term: str, at: int) -> bool:
        """Whether the word that begins at a place, with those that a hyphen joins to it, has this term."""
        found = _NAME.match(self.lowered, at)
        return found is not None and term in terms((found[0],), self.language)

    def word(self, at: int) -> str:
        """The word that begins at a place."""
        found = _SPELLING.match(self.written, at)
        return found[0] if found else ""

    def has(self, term: str, at: int) -> bool:
        """Whether the word that begins at a place has this term."""
        return term in terms(words(self.word(at), self.language), self.language)


def _days(analysis: Analysis) -> Iterator[tuple[str, str]]:
    numbers, ends = words_in(analysis), analysis.ends

    def beside(start: int, end: int) -> list[str]:
        return [word for word in analysis.vocabulary.spelled(numbers[start:end].tolist()) if word not in _BETWEEN]

    for place in places_of(_is_month(analysis.language), analysis):
        if place < ends[0]:
            continue
        line = bisect_right(ends, place)
        (month,) = beside(place, place + 1)
        before = beside(max(ends[line - 1], place - _NEAR), place)
        after = beside(place + 1, min(ends[line], place + 1 + _NEAR))
        for word in (*before[-1:], *after[:1]):
            day = _DAY.match(word)
            if day and int(day[1]) <= _DAYS_OF_A_MONTH:
                yield str(int(day[1])), month


@cache
def _is_month(language: str) -> Column[np.bool_]:
    return holding((), lexicon(language).calendar)
