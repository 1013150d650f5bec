"""The words that speak for a section: how data files write them, and which of them a text holds.

A term is written as it stands in a dictionary and is found in its inflected forms. `sanction*` finds
every word that begins so, `*minister` every word that ends so, `prime minister` words in a row, and
capitals (`UN`) that acronym alone. Of several terms that one word fits, the longest counts.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from itertools import product
from math import log
from typing import Any

from digest.language.memo import Memo
from digest.stages.section.inflection import COMPOUNDING, fold, forms

COUNTRY = "@"
"""What a country's name begins with where another term names a section; its ISO 3166 code follows."""

_LANGUAGES = frozenset({"de", "en", "es", "fr", "it"})
PLAIN, STRONG = 1.0, 3.0
_WEIGHTS = {"strong": STRONG, "plain": PLAIN}
_COMPOUND_AT_LEAST = 6
_AFFIX_AT_LEAST = 3
_LONGEST_WORD = 100
_ACRONYM = re.compile(r"\b(?=\d?[A-ZÄÖÜ])[A-ZÄÖÜ0-9]{2,6}\b")
_PIECE = re.compile(r"\w+")


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


_Phrase = tuple[tuple[frozenset[str], ...], Term]
"""The forms of each of a phrase's words, and the term it is."""


@dataclass(frozen=True, slots=True)
class _Meaning:
    """What a word may be: a term, the first word of phrases (by their second word), an acronym in lower case."""

    term: Term | None
    phrases: Mapping[str, Sequence[_Phrase]]
    is_acronym: bool


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The terms of one language, and by what in a text they are found."""

    language: str
    terms: dict[str, Term] = field(default_factory=dict)
    whole: dict[str, Term] = field(default_factory=dict)
    beginnings: dict[str, Term] = field(default_factory=dict)
    endings: dict[str, Term] = field(default_factory=dict)
    phrases: dict[str, dict[str, list[_Phrase]]] = field(default_factory=dict)
    acronyms: dict[str, Term] = field(default_factory=dict)
    meanings: Memo[_Meaning | None] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "meanings", Memo(self._look_up))

    def add(self, name: str, speaks_for: str, weight: float) -> None:
        """One more term; of two weights for one section the greater holds."""
        term = self.terms.get(name)
        if term is None:
            term = self.terms[name] = Term(name)
            self._index(term)
            self.meanings.clear()
        term.votes[speaks_for] = max(weight, term.votes.get(speaks_for, 0.0))

    def _index(self, term: Term) -> None:
        words = fold(term.name).replace("-", " ").replace("'", " ").split()
        if term.name.isupper():
            self.acronyms[term.name] = term
        elif len(words) > 1:
            row = tuple(forms(word, self.language) for word in words)
            for first, second in product(row[0], row[1]):
                self.phrases.setdefault(first, {}).setdefault(second, []).append((row, term))
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

    def hits(self, lines: Iterable[Line]) -> tuple[Hit, ...]:
        """Every term that the lines hold, in the order of its first mention."""
        if not self.terms:
            return ()
        presence: defaultdict[str, float] = defaultdict(float)
        first: dict[str, tuple[str, Term]] = {}
        for line in lines:
            for words, term in self._found(line):
                presence[term.name] += line.weight
                if term.name not in first:
                    first[term.name] = words, term
        return tuple(Hit(words, term, presence[name]) for name, (words, term) in first.items())

    def _found(self, line: Line) -> Iterator[tuple[str, Term]]:
        """Every mention of a term in the line, with the words as they stand there."""
        words = line.words
        after = 0
        shouted = False
        for place, meaning in enumerate(map(self.meanings.__getitem__, words)):
            if meaning is None:
                continue
            shouted = shouted or meaning.is_acronym
            if place < after:
                continue
            length, term = 1, meaning.term
            if meaning.phrases and place + 1 < len(words):
                for row, phrase in meaning.phrases.get(_PLAIN[words[place + 1]], ()):
                    if len(row) > length and _stands(row, words[place : place + len(row)]):
                        length, term = len(row), phrase
            if term is not None:
                yield (words[place] if length == 1 else " ".join(words[place : place + length])), term
                after = place + length
        if shouted and not line.text.isupper():
            for acronym in _ACRONYM.findall(line.text):
                if acronym in self.acronyms and fold(acronym) not in self.whole:
                    yield acronym, self.acronyms[acronym]

    def _look_up(self, word: str) -> _Meaning | None:
        """What a word in lower case may be; None for one that is nothing here."""
        plain = _PLAIN[word]
        phrases = self.phrases.get(plain, {})
        term = self._term(plain)
        is_acronym = bool(self.acronyms) and any(piece.upper() in self.acronyms for piece in _PIECE.findall(word))
        return _Meaning(term, phrases, is_acronym) if term or phrases or is_acronym else None

    def _term(self, plain: str) -> Term | None:
        """The term of one word that a folded word fits, if any."""
        if plain in self.whole:
            return self.whole[plain]
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
    """A word folded, without an English possessive."""
    return fold(word).removesuffix("'s").removesuffix("’s")


_PLAIN = Memo(_plain)


def _stands(row: Sequence[frozenset[str]], words: Sequence[str]) -> bool:
    return len(row) == len(words) and all(_PLAIN[word] in each for each, word in zip(row, words, strict=True))


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
