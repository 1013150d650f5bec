"""Which terms of a lexicon a text holds, how often, and as which words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, chain, pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from digest.stages.columns import Floats, Numbers, changes, exact
from digest.stages.section.lexicon import BEGINS, NONE, SHOUTS, Lexicon, Term, alone, longest
from digest.vocabulary import Vocabulary

# A word of capitals and figures, of which one of the first two is a capital. It begins with what few characters are, so
# that a search leaps over the others.
_ACRONYM = re.compile(r"[A-ZÄÖÜ0-9](?<!\w.)(?:(?<=\D)|(?=\D))[A-ZÄÖÜ0-9]{1,5}\b")

_Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Lines:
    """Texts, each with how much it says of what the whole is about, and the numbers of their words in lower case.

    Text `i` has the words up to `ends[i]`.
    """

    texts: Sequence[str]
    weights: Sequence[float]
    vocabulary: Vocabulary
    numbers: Numbers
    ends: Sequence[int]

    @classmethod
    def of(cls, lines: Sequence[tuple[str, Sequence[str], float]]) -> Lines:
        """Of texts with their words and weights."""
        vocabulary = Vocabulary()
        numbers = [vocabulary.add(word, "") for _, words, _ in lines for word in words]
        ends = tuple(accumulate(len(words) for _, words, _ in lines))
        weights = [weight for *_, weight in lines]
        return cls([text for text, *_ in lines], weights, vocabulary, np.array(numbers, np.int32), ends)

    def words(self, start: int, end: int) -> list[str]:
        """The words from one place to another, counted through all the texts."""
        return [self.vocabulary.words[number] for number in self.numbers[start:end].tolist()]


@dataclass(frozen=True, slots=True)
class Hit:
    """A term that a text holds, as it is first written there; `presence` sums the weights of its lines."""

    words: str
    term: Term
    presence: float


@dataclass(frozen=True, eq=False)
class Hits:
    """Every term of a lexicon that some lines hold, in the order of its first mention.

    Of each there is its number, its presence, its weight (1 for one mention in a plain line, and each further one adds
    less), and where it is first mentioned, in how many words; an acronym in none. `said` is what they all say for each
    of the lexicon's sections.
    """

    lexicon: Lexicon
    lines: Lines
    terms: _Places
    presence: Floats
    weights: Floats
    places: _Places
    lengths: _Places
    said: Floats

    def __iter__(self) -> Iterator[Hit]:
        return self._at(np.arange(len(self.terms)))

    @cached_property
    def totals(self) -> Mapping[str, float]:
        """How much the terms say for each section that any of them speaks for."""
        return {slug: total for slug, total in zip(self.lexicon.slugs, self.said.tolist(), strict=True) if total}

    def said_for(self, slug: str) -> Iterator[tuple[float, int]]:
        """What each term that speaks for a section says for it, with its place among the others."""
        if slug not in self.totals:
            return iter(())
        said = self.weights * self.lexicon.votes[self.terms, self.lexicon.slugs.index(slug)]
        places = said.nonzero()[0]
        return zip(said[places].tolist(), places.tolist(), strict=True)

    def of_countries(self) -> Iterator[Hit]:
        """Those of terms that name countries."""
        return self._at(self.lexicon.names_countries[self.terms].nonzero()[0])

    def _at(self, places: _Places) -> Iterator[Hit]:
        terms = map(self.lexicon.numbered.__getitem__, self.terms[places].tolist())
        return map(Hit, map(self.words, places.tolist()), terms, self.presence[places].tolist())

    def words(self, at: int) -> str:
        """A term, given by its place among the others, as it is first written."""
        place, length = int(self.places[at]), int(self.lengths[at])
        if not length:
            return self.lexicon.numbered[int(self.terms[at])].name
        if length == 1:
            return self.lines.vocabulary.words[int(self.lines.numbers[place])]
        return " ".join(self.lines.words(place, place + length))


def hits_in(lexicon: Lexicon, lines: Lines) -> Hits:
    """The terms of the lexicon that the lines hold."""
    (found,) = hits_in_each(lexicon, [lines])
    return found


def hits_in_each(lexicon: Lexicon, several: Sequence[Lines]) -> list[Hits]:
    """The same of each of several articles' lines, all in one vocabulary, in less time than one after the other."""
    row = _Row.of(several)
    meanings = lexicon.meanings(row.vocabulary)[row.numbers]
    terms, lengths = row.terms(lexicon, meanings)
    places = (terms != NONE).nonzero()[0]
    mentions = _Mentions(terms[places], places, lengths[places])
    shouted = list(row.shouted(lexicon, meanings))
    if shouted:
        mentions = mentions.and_acronyms(shouted)
    count = len(lexicon.terms)
    # What one article says of one term has one number; the first of them in its order is the first mention.
    keys = row.owner[mentions.places] * count + mentions.terms
    order = keys.argsort(kind="stable")
    begins = changes(keys[order]).nonzero()[0]
    presence = np.add.reduceat(row.weights[mentions.places][order], begins) if len(begins) else np.empty(0)
    first = order[begins]
    in_order = first.argsort()
    first, presence = first[in_order], presence[in_order]
    terms, owner = mentions.terms[first], row.owner[mentions.places[first]]
    weights = exact(1 + np.log(np.maximum(1.0, presence)))
    ends = np.searchsorted(owner, np.arange(len(several)), side="right").tolist()
    starts, lengths = mentions.places[first] - row.starts[owner], mentions.lengths[first]
    votes = lexicon.votes[terms]
    return [
        Hits(
            lexicon=lexicon,
            lines=lines,
            terms=terms[a:b],
            presence=presence[a:b],
            weights=weights[a:b],
            places=starts[a:b],
            lengths=lengths[a:b],
            said=weights[a:b] @ votes[a:b],
        )
        for lines, (a, b) in zip(several, pairwise([0, *ends]), strict=True)
    ]


@dataclass(frozen=True, slots=True, eq=False)
class _Row:
    """The lines of several articles one after the other.

    Of each word there is its number, the weight of its line, and whose it is; `starts` are where the articles begin,
    and `ends` where the lines end.
    """

    vocabulary: Vocabulary
    texts: Sequence[str]
    numbers: Numbers
    weights: Floats
    owner: _Places
    starts: _Places
    ends: _Places

    @classmethod
    def of(cls, several: Sequence[Lines]) -> _Row:
        """All are in one vocabulary."""
        sizes = np.array([len(lines.numbers) for lines in several])
        starts = sizes.cumsum() - sizes
        ends = np.concatenate([np.array(lines.ends) + start for lines, start in zip(several, starts, strict=True)])
        weights = np.array(list(chain.from_iterable([lines.weights[: len(lines.ends)] for lines in several])))
        return cls(
            several[0].vocabulary,
            list(chain.from_iterable([lines.texts for lines in several])),
            np.concatenate([lines.numbers for lines in several]),
            weights.repeat(np.diff(ends, prepend=0)),
            np.arange(len(several)).repeat(sizes),
            starts,
            ends,
        )

    def terms(self, lexicon: Lexicon, meanings: Numbers) -> tuple[_Places, _Places]:
        """Of each word the number of the term that it is, or that it begins, and in how many words this is written."""
        terms = alone(meanings)
        lengths = np.ones(len(terms), np.int64)
        places = (meanings[:-1] & BEGINS & (meanings[1:] >> 1)).nonzero()[0]
        words = self.vocabulary.words
        after = 0
        begun = (places, self.numbers[places], self.numbers[places + 1], self.ends[self._line(places)])
        for place, first, second, end in zip(*(each.tolist() for each in begun), strict=True):
            phrases = lexicon.begun_by(words[first], words[second])
            if not phrases or place < after or place + 1 == end:
                continue
            following = self.numbers[place + 2 : min(end, place + lexicon.longest)] if phrases[0][0] else ()
            phrase = longest(phrases, [words[number] for number in following])
            if phrase is not None:
                after = place + phrase[0]
                terms[place:after] = NONE
                terms[place], lengths[place] = phrase[1].number, phrase[0]
        return terms, lengths

    def shouted(self, lexicon: Lexicon, meanings: Numbers) -> Iterator[tuple[int, int]]:
        """Each mention of an acronym in a line that is not all capitals: its number, and the last word of the line."""
        places = (meanings & SHOUTS).nonzero()[0]
        for line in np.unique(self._line(places)).tolist():
            text = self.texts[line]
            found = [each for each in _ACRONYM.findall(text) if each in lexicon.shouted]
            if found and not text.isupper():
                yield from ((lexicon.shouted[each].number, int(self.ends[line]) - 1) for each in found)

    def _line(self, places: Any) -> Any:
        return np.searchsorted(self.ends, places, side="right")


@dataclass(frozen=True, slots=True, eq=False)
class _Mentions:
    """Every mention of a term, in order: its number, where it stands, and in how many words."""

    terms: _Places
    places: _Places
    lengths: _Places

    def and_acronyms(self, shouted: Sequence[tuple[int, int]]) -> _Mentions:
        """With acronyms behind the others of their lines, given by their numbers and those lines' last words."""
        terms, lasts = np.array(shouted).T
        places = np.concatenate([self.places, lasts])
        order = places.argsort(kind="stable")
        lengths = np.concatenate([self.lengths, np.zeros_like(lasts)])
        return _Mentions(np.concatenate([self.terms, terms])[order], places[order], lengths[order])
