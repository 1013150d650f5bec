"""What the words of an article say for each section."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, repeat
from operator import itemgetter

from digest.language import words
from digest.model import Analysis, Article, Placement
from digest.stages.section.countries import Abroad, abroad, home_of
from digest.stages.section.lexicon import STRONG, Hit, Lexicon, Line, packaged
from digest.stages.section.rules import SectionRule

_FOREIGN_AFFAIRS, _POLITICS = "foreign-affairs", "politics"
_HEADLINE, _OPENING, _BODY = 3.0, 2.0, 1.0
_OPENING_SENTENCES = 2
# One strong word, or a few others: less is chance.
_ENOUGH = 3.0
_NAMED_IN_REASON = 3


@dataclass(frozen=True, slots=True)
class Votes:
    """How much an article's words say for each section that any of them speaks for, by its slug.

    `hits` are the words that say it, and `away` is what the countries among them do.
    """

    totals: Mapping[str, float]
    hits: Sequence[Hit]
    away: Abroad

    def quoted(self, slug: str) -> tuple[str, ...]:
        """The words that speak for a section, the weightiest first."""
        said = [(hit.term.votes[slug] * hit.weight, hit.words) for hit in self.hits if slug in hit.term.votes]
        if slug == _FOREIGN_AFFAIRS:
            said += self.away.votes
        return tuple(dict.fromkeys(words for _, words in sorted(said, key=itemgetter(0), reverse=True)))

    def share(self, slug: str) -> float:
        """A section's part of all that is said, 0 to 1; of little that is said no section gets much."""
        return self.totals.get(slug, 0.0) / (_ENOUGH + sum(self.totals.values()))


def votes_of(
    article: Article, analysis: Analysis, rules: Sequence[SectionRule], language: str, home: Sequence[str]
) -> Votes:
    """What the article's words say for each of the sections; see `place` for `language` and `home`."""
    spoken = article.language if article.language != "und" else language
    lines = lines_of(article, analysis, spoken)
    keywords = tuple([(keyword, rule.slug) for rule in rules for keyword in rule.keywords])
    hits = packaged(spoken).hits(lines) + _configured(keywords, spoken).hits(lines)
    away = abroad(hits, home_of(article, home, spoken))
    totals: defaultdict[str, float] = defaultdict(float)
    for hit in hits:
        weight = hit.weight
        for slug, vote in hit.term.votes.items():
            totals[slug] += vote * weight
    for weight, _ in away.votes:
        totals[_FOREIGN_AFFAIRS] += weight
    slugs = sorted({rule.slug for rule in rules} & totals.keys())
    return Votes({slug: totals[slug] for slug in slugs}, hits, away)


def by_keywords(votes: Votes, rules: Sequence[SectionRule]) -> Placement | None:
    """The section that most of the words speak for, or None when they say too little."""
    best = max(votes.totals, key=votes.totals.__getitem__, default="")
    if votes.totals.get(best, 0.0) < _ENOUGH:
        return None
    reason = f"its words: {named(votes.quoted(best))}"
    confidence = round(votes.totals[best] / sum(votes.totals.values()), 2)
    if best == _POLITICS and votes.away.country and any(rule.slug == _FOREIGN_AFFAIRS for rule in rules):
        best, reason = _FOREIGN_AFFAIRS, f"{reason}; it is politics in another country, “{votes.away.country}”"
    return Placement(best, reason, confidence)


def named(quoted: Sequence[str]) -> str:
    """The first few words, in quotation marks."""
    return ", ".join(f"“{each}”" for each in quoted[:_NAMED_IN_REASON])


def lines_of(article: Article, analysis: Analysis, language: str) -> list[Line]:
    """The headline and the sentences, each with how much it says of what the whole is about."""
    # Of an article whose own language is unknown, the headline is read in the newsletter's.
    known = language == analysis.language
    headline = analysis.headline_words if known else words(article.headline, language)
    texts = [sentence.text for sentence in analysis.sentences]
    weights = chain(repeat(_OPENING, _OPENING_SENTENCES), repeat(_BODY))
    return [(article.headline, headline, _HEADLINE), *zip(texts, analysis.words, weights, strict=False)]


@lru_cache(maxsize=32)
def _configured(keywords: Sequence[tuple[str, str]], language: str) -> Lexicon:
    """The editor's keywords, each with the section it speaks for, as good as strong words of the program's own."""
    lexicon = Lexicon(language)
    for keyword, slug in keywords:
        lexicon.add(keyword, slug, STRONG)
    return lexicon
