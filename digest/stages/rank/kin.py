"""Which stories speak of one subject: by the rarer words that their headlines and opening sentences share."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, combinations

from digest.language.lexicon import primary_code
from digest.model import Analysis, Story

_SHARED_TERMS = 2
_TELLING = 4
"""Points, one for a shared word and one more when it stands in both headlines; fewer is chance on a quiet day."""
_MOST_HOLDERS = 25
_Rare = Mapping[str, Mapping[str, Sequence[int]]]
"""The terms that few stories open with, and which stories, by language: words of two languages are never the same."""


@dataclass(frozen=True, slots=True)
class Opening:
    """An article's language (without region), the terms of its headline, and those of it and the sentence after."""

    language: str
    headline: frozenset[str]
    terms: frozenset[str]


@dataclass(frozen=True, slots=True)
class Earlier:
    """A story that an issue told: its number, its headline, and how it opened."""

    issue: int
    headline: str
    opening: Opening


@dataclass(frozen=True, slots=True)
class Kin:
    """Of each of the day's stories, by its place, which others share words with it, and how alike in subject they are.

    `day` holds those of the day, by their places, with 0 to 1, 0 for a pair that shares too little to be one subject;
    `earlier` the story told before that is most alike, if any is.
    """

    day: Sequence[Mapping[int, float]]
    earlier: Sequence[tuple[Earlier, float] | None]


def opening_of(analysis: Analysis) -> Opening:
    """How an article opens."""
    headline = frozenset(analysis.headline_terms)
    return Opening(primary_code(analysis.language), headline, headline.union(*analysis.terms[:1]))


def kin_of(stories: Sequence[Story], analyses: Mapping[str, Analysis], earlier: Sequence[Earlier]) -> Kin:
    """What the stories share with each other and with those told before, of which those told last stand last.

    A word that many of the day's stories hold tells nothing and would make pairs of all of them, so
    that only words of few holders count; that keeps this linear. Two shared words make kin.
    """
    openings = [opening_of(analyses[story.id]) for story in stories]
    holders: defaultdict[str, defaultdict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for number, opening in enumerate(openings):
        of_language = holders[opening.language]
        for term in opening.terms:
            of_language[term].append(number)
    few = min(_MOST_HOLDERS, max(3, round(math.sqrt(len(stories)))))
    rare = {
        language: {term: group for term, group in held.items() if len(group) <= few}
        for language, held in holders.items()
    }
    several = [(term, group) for held in rare.values() for term, group in held.items() if len(group) > 1]
    shared = _pairs(group for _, group in several)
    headed = _pairs([n for n in group if term in openings[n].headline] for term, group in several)
    day: list[dict[int, float]] = [{} for _ in stories]
    for pair, count in shared.items():
        if count >= _SHARED_TERMS:
            one, other = pair
            day[one][other] = day[other][one] = _alike(count + headed[pair])
    return Kin(day, _nearest(openings, rare, earlier))


def _pairs(groups: Iterable[Sequence[int]]) -> Counter[tuple[int, int]]:
    """How many groups hold both, of each two that stand together in any."""
    return Counter(chain.from_iterable(combinations(group, 2) for group in groups))


def _nearest(
    openings: Sequence[Opening], rare: _Rare, earlier: Sequence[Earlier]
) -> Sequence[tuple[Earlier, float] | None]:
    """For each story the one told before whose opening shares most of its rarer words, the last one of equals."""
    points: defaultdict[int, Counter[int]] = defaultdict(Counter)
    for place, told in enumerate(earlier):
        holders = rare.get(told.opening.language, {})
        for term in told.opening.terms:
            for number in holders.get(term, ()):
                both = term in told.opening.headline and term in openings[number].headline
                points[number][place] += 1 + both
    nearest: list[tuple[Earlier, float] | None] = [None] * len(openings)
    for number, each in points.items():
        most, place = max((most, place) for place, most in each.items())
        if most >= _TELLING:
            nearest[number] = earlier[place], _alike(most)
    return nearest


def _alike(points: int) -> float:
    """How surely so many points make one subject: .29 for four, one half for five, .75 for seven."""
    return 1.0 - math.pow(0.5, (points - _TELLING + 1) / 2) if points >= _TELLING else 0.0
