"""The words that speak for a section: how data files write them, and which of them a text holds.

A term is written as it stands in a dictionary and is found in its inflected forms. `sanction*` finds
every word that begins so, `*minister` every word that ends so, `prime minister` words in a row, and
capitals (`UN`) that acronym alone. Of several terms that one word fits, the longest counts.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from math import log
from typing import Any

from digest.stages.section.inflection import COMPOUNDING, fold, forms

COUNTRY = "@"
"""What a country's name begins with where another term names a section; its ISO 3166 code follows."""

_LANGUAGES = frozenset({"de", "en", "es", "fr", "it"})
PLAIN, STRONG = 1.0, 3.0
_WEIGHTS = {"strong": STRONG, "plain": PLAIN}
_COMPOUND_AT_LEAST = 6
_AFFIX_AT_LEAST = 3
_ACRONYM = re.compile(r"\b(?=\d?[A-ZÄÖÜ])[A-ZÄÖÜ0-9]{2,6}\b")


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence: its text, its words in lower case, and how much it says of what the whole is about."""

    text: str
    words: tuple[str, ...]
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Term:
    """What a data file writes, and the sections, or the country, that it speaks for, each with a weight."""

    name: str
    votes: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Hit:
    """A term that a text holds, as it is first written there; `presence` sums the weights of its lines."""

    words: str
    term: Term
    presence: float

    @property
    def weight(self) -> float:
        """1 for one mention in a plain line; each further one adds less."""
        return 1 + log(max(1.0, self.presence))


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The terms of one language, and by what in a text they are found."""

    language: str
    terms: dict[str, Term] = field(default_factory=dict)
    whole: dict[str, Term] = field(default_factory=dict)
    beginnings: dict[str, Term] = field(default_factory=dict)
    endings: dict[str, Term] = field(default_factory=dict)
    phrases: dict[str, list[tuple[tuple[frozenset[str], ...], Term]]] = field(default_factory=dict)
    acronyms: dict[str, Term] = field(default_factory=dict)

    def add(self, name: str, speaks_for: str, weight: float) -> None:
        """One more term; of two weights for one section the greater holds."""
        term = self.terms.get(name)
        if term is None:
            term = self.terms[name] = Term(name)
            self._index(term)
        term.votes[speaks_for] = max(weight, term.votes.get(speaks_for, 0.0))

    def _index(self, term: Term) -> None:
        words = fold(term.name).replace("-", " ").replace("'", " ").split()
        if term.name.isupper():
            self.acronyms[term.name] = term
        elif len(words) > 1:
            row = tuple(forms(word, self.language) for word in words)
            for form in row[0]:
                self.phrases.setdefault(form, []).append((row, term))
        elif words and words[0].endswith("*"):
            self.beginnings[words[0].rstrip("*")] = term
        elif words and words[0].startswith("*"):
            self._ends(words[0].lstrip("*"), term)
        elif words:
            # A form that is a term of its own stays that term.
            for form in forms(words[0], self.language):
                self.whole.setdefault(form, term)
            self.whole[words[0]] = term
            if self.language in COMPOUNDING and len(words[0]) >= _COMPOUND_AT_LEAST:
                self.beginnings.setdefault(words[0], term)
                self._ends(words[0], term)

    def _ends(self, word: str, term: Term) -> None:
        for form in forms(word, self.language):
            self.endings.setdefault(form, term)

    def hits(self, lines: Sequence[Line]) -> tuple[Hit, ...]:
        """Every term that the lines hold, in the order of its first mention."""
        if not self.terms:
            return ()
        known: dict[str, tuple[str, Term | None]] = {}
        presence: defaultdict[str, float] = defaultdict(float)
        first: dict[str, tuple[str, Term]] = {}
        for line in lines:
            for word in line.words:
                if word not in known:
                    known[word] = self._look_up(word)
            for words, term in self._found(line, [known[word] for word in line.words]):
                presence[term.name] += line.weight
                first.setdefault(term.name, (words, term))
        return tuple(Hit(words, term, presence[name]) for name, (words, term) in first.items())

    def _found(self, line: Line, looked_up: Sequence[tuple[str, Term | None]]) -> Iterator[tuple[str, Term]]:
        """Every mention of a term in the line, with the words as they stand there."""
        place = 0
        while place < len(looked_up):
            folded, term = looked_up[place]
            length = 1
            for row, phrase in self.phrases.get(folded, ()):
                if len(row) > length and _stands(row, looked_up[place : place + len(row)]):
                    length, term = len(row), phrase
            if term is not None:
                yield " ".join(line.words[place : place + length]), term
            place += length
        if self.acronyms and not line.text.isupper():
            for acronym in _ACRONYM.findall(line.text):
                if acronym in self.acronyms and fold(acronym) not in self.whole:
                    yield acronym, self.acronyms[acronym]

    def _look_up(self, word: str) -> tuple[str, Term | None]:
        """The word folded, and the term of one word that it fits, if any."""
        folded = fold(word).removesuffix("'s").removesuffix("’s")
        if folded in self.whole:
            return folded, self.whole[folded]
        for length in range(len(folded), _AFFIX_AT_LEAST - 1, -1):
            term = self.beginnings.get(folded[:length])
            if term is None and self.endings:
                term = self.endings.get(folded[-length:])
            if term is not None:
                return folded, term
        return folded, None


def _stands(row: tuple[frozenset[str], ...], looked_up: Sequence[tuple[str, Term | None]]) -> bool:
    return len(row) == len(looked_up) and all(folded in each for each, (folded, _) in zip(row, looked_up, strict=True))


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
                lexicon.add(term, COUNTRY + code, PLAIN)
    return lexicon


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((files("digest.stages.section") / "data" / f"{name}.toml").read_text("utf-8"))


def _split(terms: str) -> Iterator[str]:
    return (term.strip() for term in terms.split(",") if term.strip())
