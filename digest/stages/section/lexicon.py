"""The words that speak for a section: how data files write them, and which of them a text holds.

A term is written as it stands in a dictionary and is found in its inflected forms. `sanction*` finds
every word that begins so, `*minister` every word that ends so, `prime minister` words in a row, and
capitals (`UN`) that acronym alone. Of several terms that one word fits, the longest counts.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from itertools import compress, product
from math import log
from typing import Any

from digest.language.memo import Memo
from digest.stages.section.inflection import COMPOUNDING, fold, forms

_LANGUAGES = frozenset({"de", "en", "es", "fr", "it"})
PLAIN, STRONG = 1.0, 3.0
_WEIGHTS = {"strong": STRONG, "plain": PLAIN}
_COMPOUND_AT_LEAST = 6
_AFFIX_AT_LEAST = 3
_LONGEST_WORD = 100
# A word of capitals and figures, of which one of the first two is a capital. It begins with what few characters are, so
# that a search leaps over the others.
_ACRONYM = re.compile(r"[A-ZÄÖÜ0-9](?<!\w.)(?:(?<=\D)|(?=\D))[A-ZÄÖÜ0-9]{1,5}\b")
_PIECE = re.compile(r"\w+")


Line = tuple[str, tuple[str, ...], float]
"""One sentence: its text, its words in lower case, and how much it says of what the whole is about."""


@dataclass(frozen=True, slots=True)
class Term:
    """What a data file writes, the sections that it speaks for, each with a weight, and the countries that it names."""

    name: str
    votes: dict[str, float] = field(default_factory=dict)
    countries: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Hit:
    """A term that a text holds, as it is first written there; `presence` sums the weights of its lines.

    It grows while the lines are read, since freezing tens of thousands takes longer than finding them.
    """

    words: str
    term: Term
    presence: float

    @property
    def weight(self) -> float:
        """1 for one mention in a plain line; each further one adds less."""
        return 1 + log(self.presence) if self.presence > 1 else 1.0


_Phrase = tuple[tuple[frozenset[str], ...], Term]
"""The forms of each of a phrase's words behind the first two, and the term it is."""


@dataclass(frozen=True, slots=True)
class _Meaning:
    """What a word may be: a term, the first word of phrases (by their second word), acronyms in lower case."""

    term: Term | None
    phrases: Mapping[str, Sequence[_Phrase]]
    acronyms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The terms of one language, and by what in a text they are found.

    `starts` are the first three letters of each of the `beginnings`, `ends` the last three of the `endings`;
    `phrases` stand by their first and their second word, the longest first, and `acronyms` by their lower case.
    """

    language: str
    terms: dict[str, Term] = field(default_factory=dict)
    whole: dict[str, Term] = field(default_factory=dict)
    beginnings: dict[str, Term] = field(default_factory=dict)
    endings: dict[str, Term] = field(default_factory=dict)
    starts: set[str] = field(default_factory=set)
    ends: set[str] = field(default_factory=set)
    phrases: dict[str, dict[str, list[_Phrase]]] = field(default_factory=dict)
    acronyms: dict[str, Term] = field(default_factory=dict)
    meanings: Memo[_Meaning | None] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "meanings", Memo(self._look_up))

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
            self.terms[name] = Term(name)
            self._index(self.terms[name])
            self.meanings.clear()
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

    def hits(self, lines: Iterable[Line]) -> tuple[Hit, ...]:
        """Every term that the lines hold, in the order of its first mention."""
        hits: dict[str, Hit] = {}
        for term, words, weight in self._mentions(lines) if self.terms else ():
            hit = hits.get(term.name)
            if hit is None:
                hits[term.name] = Hit(words, term, weight)
            else:
                hit.presence += weight
        return tuple(hits.values())

    def _mentions(self, lines: Iterable[Line]) -> Iterator[tuple[Term, str, float]]:
        """Every mention of a term, with the words as they stand there and the weight of their line."""
        for text, words, weight in lines:
            meanings = [*map(self.meanings.__getitem__, words)]
            after, last = 0, len(words) - 1
            shouted: set[str] = set()
            for place, meaning in compress(enumerate(meanings), meanings):
                assert meaning is not None
                if meaning.acronyms:
                    shouted.update(meaning.acronyms)
                if place < after:
                    continue
                length, term = 1, meaning.term
                if meaning.phrases and place < last:
                    phrases = meaning.phrases.get(_PLAIN[words[place + 1]])
                    if phrases:
                        length, term = _longest(phrases, words, place + 2) or (length, term)
                if term is not None:
                    after = place + length
                    yield term, words[place] if length == 1 else " ".join(words[place:after]), weight
            if shouted:
                for acronym in self._shouted(text, shouted):
                    yield self.acronyms[acronym.lower()], acronym, weight

    def _shouted(self, text: str, acronyms: Set[str]) -> Iterator[str]:
        """Each mention of one of these acronyms in a text that is not all capitals."""
        if any(acronym in text for acronym in acronyms) and not text.isupper():
            yield from (acronym for acronym in _ACRONYM.findall(text) if acronym in acronyms)

    def _look_up(self, word: str) -> _Meaning | None:
        """What a word in lower case may be; None for one that is nothing here."""
        plain = _plain(word)
        term = self._term(plain)
        phrases = self.phrases.get(plain, {})
        acronyms = self._acronyms(word)
        return _Meaning(term, phrases, acronyms) if term or phrases or acronyms else None

    def _acronyms(self, word: str) -> tuple[str, ...]:
        """The acronyms that a word or its parts are in lower case, without those that are a term as a word, too."""
        pieces = (word,) if word.isalnum() else _PIECE.findall(word)
        return tuple(
            [self.acronyms[each].name for each in pieces if each in self.acronyms and fold(each) not in self.whole]
        )

    def _term(self, plain: str) -> Term | None:
        """The term of one word that a folded word fits, if any."""
        if plain in self.whole:
            return self.whole[plain]
        # A hostile word has millions of letters, and looking up all it begins with would take their square.
        if len(plain) > _LONGEST_WORD:
            return None
        if plain[:_AFFIX_AT_LEAST] not in self.starts and plain[-_AFFIX_AT_LEAST:] not in self.ends:
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


def _length(phrase: _Phrase) -> int:
    return len(phrase[0])


def _longest(phrases: Iterable[_Phrase], words: Sequence[str], place: int) -> tuple[int, Term] | None:
    """The first of the phrases that goes on as the words from a place on do, with its length in words, if any does."""
    for rest, term in phrases:
        if not rest or _stands(rest, words[place : place + len(rest)]):
            return 2 + len(rest), term
    return None


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
                lexicon.add_country(term, code)
    return lexicon


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((files("digest.stages.section") / "data" / f"{name}.toml").read_text("utf-8"))


def _split(terms: str) -> Iterator[str]:
    return (term.strip() for term in terms.split(",") if term.strip())
