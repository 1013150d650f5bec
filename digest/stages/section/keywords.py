"""A section by the words of an article."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache

from digest.language import words
from digest.model import Analysis, Article, Placement
from digest.stages.section.countries import abroad, home_of
from digest.stages.section.lexicon import STRONG, Lexicon, Line, packaged
from digest.stages.section.rules import SectionRule

_FOREIGN_AFFAIRS, _POLITICS = "foreign-affairs", "politics"
_HEADLINE, _OPENING, _BODY = 3.0, 2.0, 1.0
_OPENING_SENTENCES = 2
# One strong word, or a few others: less is chance.
_ENOUGH = 3.0
_NAMED_IN_REASON = 3


def by_keywords(
    article: Article, analysis: Analysis, rules: Sequence[SectionRule], language: str, home: Sequence[str]
) -> Placement | None:
    """The section that most of the article's words speak for, or None when they say too little; see `place`."""
    spoken = article.language if article.language != "und" else language
    lines = tuple(_lines(article, analysis, spoken))
    keywords = tuple((keyword, rule.slug) for rule in rules for keyword in rule.keywords)
    hits = packaged(spoken).hits(lines) + _configured(keywords, spoken).hits(lines)
    away = abroad(hits, home_of(article, home, spoken))
    said: defaultdict[str, list[tuple[float, str]]] = defaultdict(list)
    for hit in hits:
        for slug, weight in hit.term.votes.items():
            said[slug].append((weight * hit.weight, hit.words))
    said[_FOREIGN_AFFAIRS] += away.votes
    slugs = {rule.slug for rule in rules}
    totals = {slug: sum(weight for weight, _ in said[slug]) for slug in sorted(slugs & said.keys())}
    best = max(totals, key=lambda slug: totals[slug], default="")
    if totals.get(best, 0.0) < _ENOUGH:
        return None
    telling = dict.fromkeys(quoted for _, quoted in sorted(said[best], key=lambda each: -each[0]))
    reason = "its words: " + ", ".join(f"“{quoted}”" for quoted in list(telling)[:_NAMED_IN_REASON])
    confidence = round(totals[best] / sum(totals.values()), 2)
    if best == _POLITICS and _FOREIGN_AFFAIRS in slugs and away.only:
        best, reason = _FOREIGN_AFFAIRS, f"{reason}; it is politics in another country, “{away.votes[0][1]}”"
    return Placement(best, reason, confidence)


def _lines(article: Article, analysis: Analysis, language: str) -> Iterator[Line]:
    # Of an article whose own language is unknown, the headline is read in the newsletter's.
    known = language == analysis.language
    yield Line(article.headline, analysis.headline_words if known else words(article.headline, language), _HEADLINE)
    for number, (sentence, found) in enumerate(zip(analysis.sentences, analysis.words, strict=True)):
        yield Line(sentence.text, found, _OPENING if number < _OPENING_SENTENCES else _BODY)


@lru_cache(maxsize=32)
def _configured(keywords: Sequence[tuple[str, str]], language: str) -> Lexicon:
    """The editor's keywords, each with the section it speaks for, as good as strong words of the program's own."""
    lexicon = Lexicon(language)
    for keyword, slug in keywords:
        lexicon.add(keyword, slug, STRONG)
    return lexicon
