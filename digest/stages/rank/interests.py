"""What the newsletter is for and against: terms whose mention moves a story."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from digest.model import Analysis, Article, Reason
from digest.stages.section.hits import hits_in
from digest.stages.section.keywords import lines_of
from digest.stages.section.lexicon import Lexicon

_HALF = 3.0
"""So much presence, a mention in the headline or three in the body, is half of what a term can say."""
_QUOTED = 3


@dataclass(frozen=True, slots=True)
class Interest:
    """Terms, as a section's keywords are written, and what their mention is worth: more than 0 for, less against."""

    terms: tuple[str, ...]
    weight: float = 1.0


def interests_in(article: Article, analysis: Analysis, interests: tuple[Interest, ...]) -> Iterator[Reason]:
    """A reason for each interest that the article speaks of, its value 0 to 1 by how often and where it does."""
    if not interests:
        return
    presence: defaultdict[str, float] = defaultdict(float)
    quoted: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for hit in hits_in(_lexicon(interests, article.language), lines_of(article, analysis, article.language)):
        for number in hit.term.votes:
            presence[number] += hit.presence
            quoted[number][hit.words] = None
    for place, interest in enumerate(interests):
        number = str(place)
        if number in presence and interest.weight:
            said = ", ".join(f"“{words}”" for words in list(quoted[number])[:_QUOTED])
            words = f"speaks of {said}, which the newsletter is {'for' if interest.weight > 0 else 'against'}"
            value = round(presence[number] / (presence[number] + _HALF), 4)
            yield Reason("interest", interest.weight, value, words)


@lru_cache(maxsize=32)
def _lexicon(interests: tuple[Interest, ...], language: str) -> Lexicon:
    lexicon = Lexicon(language)
    for place, interest in enumerate(interests):
        for term in interest.terms:
            lexicon.add(term, str(place), 1.0)
    return lexicon
