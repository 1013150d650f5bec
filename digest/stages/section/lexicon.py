"""The words that speak for a section: how data files write them, and which of them a text holds.

A term is written as it stands in a dictionary and is found in its inflected forms. `sanction*` finds
every word that begins so, `*minister` every word that ends so, `prime minister` words in a row, and
capitals (`UN`) that acronym alone. Of several terms that one word fits, the longest counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import product
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from digest.language.memo import Memo
from digest.packaged import packaged_table
from digest.stages.columns import Column, Flags, Floats, by_word
from digest.stages.section.inflection import COMPOUNDING, fold, forms

_LANGUAGES = frozenset({"de", "en", "es", "fr", "it"})
PLAIN, STRONG = 1.0, 3.0
_WEIGHTS = {"strong": STRONG, "plain": PLAIN}
_COMPOUND_AT_LEAST = 6
_AFFIX_AT_LEAST = 3
_LONGEST_WORD = 100
BEGINS, GOES_ON, SHOUTS = 1, 2, 4
"""A word may be the first of a phrase, the second of one, an acronym or a part of one."""
_FLAGS = 3
NONE = -1
"""The number of no term."""
_PIECE = re.compile(r"\w+")
S = TypeVar("S", bound=np.generic)


@dataclass(frozen=True, slots=True)
class Term:
    """What a data file writes, the sections that it speaks for, each with a weight, and the countries that it names."""

    name: str
    number: int
    votes: dict[str, float] = field(default_factory=dict)
    countries: list[str] = field(default_factory=list)


Phrase = tuple[tuple[frozenset[str], ...], Term]
"""The forms of each of a phrase's words behind the first two, and the term it is."""


@dataclass(frozen=True)
class Lexicon:
    """The terms of one language, and by what in a text they are found.

    `starts` are the first three letters of each of the `beginnings`, `ends` the last three of the `endings`;
    `phrases` stand by their first and their second word, the longest first, and `acronyms` by their lower case.
    What is found is for the first time looked for when all the terms are there.
    """

    language: str
    terms: dict[str, Term] = field(default_factory=dict)
    whole: dict[str, Term] = field(default_factory=dict)
    beginnings: dict[str, Term] = field(default_factory=dict)
    endings: dict[str, Term] = field(default_factory=dict)
    starts: set[str] = field(default_factory=set)
    ends: set[str] = field(default_factory=set)
    phrases: dict[str, dict[str, list[Phrase]]] = field(default_factory=dict)
    acronyms: dict[str, Term] = field(default_factory=dict)

    @cached_property
    def meanings(self) -> Column[np.int32]:
        """What each word of a vocabulary may be here: the bits `BEGINS`, `GOES_ON` and `SHOUTS`, and above them the
        number of the term that it is alone, plus one."""
        seconds = frozenset(second for phrases in self.phrases.values() for second in phrases)
        lowered = frozenset(map(str.lower, self.shouted))

        def meaning(word: str) -> int:
            folded = plain(word)
            term = self.whole.get(folded)
            if term is None and (folded[:_AFFIX_AT_LEAST] in self.starts or folded[-_AFFIX_AT_LEAST:] in self.ends):
                term = self._compound(folded)
            found = 0 if term is None else term.number + 1 << _FLAGS
            if folded in self.phrases:
                found |= BEGINS
            if folded in seconds:
                found |= GOES_ON
            if word in lowered or not (word.isalnum() or lowered.isdisjoint(_PIECE.findall(word))):
                found |= SHOUTS
            return found

        return by_word(meaning, np.int32)

    @cached_property
    def shouted(self) -> Mapping[str, Term]:
        """The acronyms as they are written, without those that are a term as a word, too."""
        return {term.name: term for lowered, term in self.acronyms.items() if fold(lowered) not in self.whole}

    @cached_property
    def longest(self) -> int:
        """Words of the longest phrase."""
        rests = (rest for phrases in self.phrases.values() for several in phrases.values() for rest, _ in several)
        return 2 + max(map(len, rests), default=0)

    @cached_property
    def numbered(self) -> Sequence[Term]:
        """The terms by their numbers."""
        return tuple(self.terms.values())

    @cached_property
    def slugs(self) -> Sequence[str]:
        """The sections that any term speaks for."""
        return sorted({slug for term in self.numbered for slug in term.votes})

    @cached_property
    def votes(self) -> Floats:
        """For each term how much it speaks for each of those sections; of shape (terms, sections)."""
        return np.array([[term.votes.get(slug, 0.0) for slug in self.slugs] for term in self.numbered])

    @cached_property
    def names_countries(self) -> Flags:
        """For each term whether it names a country."""
        return np.array([bool(term.countries) for term in self.numbered])

    def add(self, name: str, speaks_for: str, weight: float) -> None:
        """One more term; of two weights for one section the greater holds."""
        votes = self._named(name).votes
        votes[speaks_for] = max(weight, votes.get(speaks_for, 0.0))

    def add_country(self, name: str, code: str) -> None:
        """One more term that names a country, given by its ISO 3166 code."""
        countries = self._named(name).countries
        if code not in countries:
            countries.append(code)

    def _named(self, name: str) -> Term:
        """The term of that name, made if there is none."""
        if name not in self.terms:
            self.terms[name] = Term(name, len(self.terms))
            self._index(self.terms[name])
        return self.terms[name]

    def _index(self, term: Term) -> None:
        words = fold(term.name).replace("-", " ").replace("'", " ").split()
        if term.name.isupper():
            self.acronyms[term.name.lower()] = term
        elif len(words) > 1:
            row = tuple(forms(word, self.language) for word in words)
            for first, second in product(row[0], row[1]):
                phrases = self.phrases.setdefault(first, {}).setdefault(second, [])
                phrases.append((row[2:], term))
                phrases.sort(key=_length, reverse=True)
        elif words and words[0].endswith("*"):
            self._begins(words[0].rstrip("*"), term)
        elif words and words[0].startswith("*"):
            self._ends(words[0].lstrip("*"), term)
        elif words:
            # A form that is a term of its own stays that term.
            for form in forms(words[0], self.language):
                self.whole.setdefault(form, term)
            self.whole[words[0]] = term
            if self.language in COMPOUNDING and len(words[0]) >= _COMPOUND_AT_LEAST:
                if words[0] not in self.beginnings:
                    self._begins(words[0], term)
                self._ends(words[0], term)

    def _begins(self, word: str, term: Term) -> None:
        self.beginnings[word] = term
        self.starts.add(word[:_AFFIX_AT_LEAST])

    def _ends(self, word: str, term: Term) -> None:
        for form in forms(word, self.language):
            self.endings.setdefault(form, term)
            self.ends.add(form[-_AFFIX_AT_LEAST:])

    def begun_by(self, first: str, second: str) -> Sequence[Phrase]:
        """The phrases that two words may begin, the longest first."""
        return self.phrases.get(plain(first), {}).get(plain(second), ())

    def _compound(self, plain: str) -> Term | None:
        """The term with which a folded word begins or ends, the longest, if any."""
        # A hostile word has millions of letters, and looking up all it begins with would take their square.
        if len(plain) > _LONGEST_WORD:
            return None
        for length in range(len(plain), _AFFIX_AT_LEAST - 1, -1):
            term = self.beginnings.get(plain[:length])
            if term is None and self.endings:
                term = self.endings.get(plain[-length:])
            if term is not None:
                return term
        return None


def _plain(word: str) -> str:
    return fold(word).removesuffix("'s").removesuffix("’s")


_PLAIN = Memo(_plain)


def plain(word: str) -> str:
    """A word in lower case folded, without an English possessive."""
    return word if word.isascii() and "'" not in word else _PLAIN[word]


def _length(phrase: Phrase) -> int:
    return len(phrase[0])


def alone(meanings: NDArray[np.int32]) -> NDArray[np.int64]:
    """The number of the term that each word is alone, given its meaning; -1 for none."""
    return (meanings >> _FLAGS).astype(np.int64) - 1


def longest(phrases: Iterable[Phrase], following: Sequence[str]) -> tuple[int, Term] | None:
    """The first of the phrases that goes on as these words do, with its length in words, if any does."""
    for rest, term in phrases:
        if not rest or _stands(rest, following[: len(rest)]):
            return 2 + len(rest), term
    return None


def _stands(row: Sequence[frozenset[str]], words: Sequence[str]) -> bool:
    return len(row) == len(words) and all(plain(word) in each for each, word in zip(row, words, strict=True))


def packaged(language: str) -> Lexicon:
    """The program's own terms of a language, and every country's names; only the latter for an unknown one."""
    return _load(language if language in _LANGUAGES else "und")


@cache
def _load(language: str) -> Lexicon:
    lexicon = Lexicon(language)
    own = _read(language) if language in _LANGUAGES else {}
    for slug, lists in own.items():
        for weight, terms in lists.items():
            for term in _split(terms):
                lexicon.add(term, slug, _WEIGHTS[weight])
    for code, names in _read("countries").items():
        for name in _split(names):
            spoken, _, term = name.rpartition(":")
            if spoken in ("", language):
                lexicon.add_country(term, code)
    return lexicon


def _read(name: str) -> dict[str, Any]:
    return packaged_table("digest.stages.section", f"data/{name}.toml")


def _split(terms: str) -> Iterator[str]:
    return (term.strip() for term in terms.split(",") if term.strip())
