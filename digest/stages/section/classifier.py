"""Sections by what the archive's own labelled articles taught: a linear classifier of each language."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from math import exp, log, sqrt

from digest.errors import FormatError
from digest.language import terms, words
from digest.language.lexicon import primary_code
from digest.model import Analysis, Article, Placement
from digest.stages.section.keywords import Votes, named

VERSION = 1
"""Of the bytes a classifier is kept as, and of how it is trained: what another version made is trained anew."""
SCALE = 20.0
"""The length of an article's weights, beside which a section's share of the keywords is at most 1."""
_IN_HEADLINE = 2
_SURE = 0.5
_UNSEEN = -2.0
"""What speaks against a section that nothing was labelled with; more would hide what only the keywords can know."""


@dataclass(frozen=True)
class Classifier:
    """What tells the sections of one language apart.

    A section's evidence is `prior` times its share of the keywords and, if there were examples of it,
    its `bias` and the weights of the article's terms, else a little against it; of all the evidence, the
    soft maximum gives how surely it is that section. `terms` give for each term its rarity (idf) and its
    weight for each section, in the order of `examples`, which tells how many labelled articles taught each.
    """

    examples: Mapping[str, int]
    prior: float
    bias: tuple[float, ...]
    terms: Mapping[str, tuple[float, ...]]

    @cached_property
    def sections(self) -> tuple[str, ...]:
        return tuple(self.examples)

    def evidence(self, analysis: Analysis, votes: Votes, slugs: Sequence[str]) -> dict[str, float]:
        """What speaks for each of these sections and for those that were learned."""
        found = {
            slug: self.prior * votes.share(slug) + (0.0 if slug in self.examples else _UNSEEN)
            for slug in (*slugs, *self.sections)
        }
        learned = list(self.bias)
        for term, weight in weights(counts(analysis), self._rarity).items():
            for place, each in enumerate(self.terms[term][1:]):
                learned[place] += weight * each
        for slug, more in zip(self.sections, learned, strict=True):
            found[slug] += more
        return found

    def place(self, article: Article, analysis: Analysis, votes: Votes, slugs: Sequence[str]) -> Placement | None:
        """The likeliest of these sections, or None when none is likelier than all the others together."""
        evidence = self.evidence(analysis, votes, slugs)
        most = max(evidence.values())
        likely = {slug: exp(each - most) for slug, each in evidence.items()}
        best = max(slugs, key=lambda slug: likely[slug])
        confidence = likely[best] / sum(likely.values())
        if confidence < _SURE or best not in self.examples:
            return None
        spoke = self.telling(article, analysis, best)
        if not spoke:
            return None
        reason = f"its words, as in {self.examples[best]} labelled articles: {named(spoke)}"
        return Placement(best, reason, round(confidence, 2))

    def telling(self, article: Article, analysis: Analysis, slug: str) -> tuple[str, ...]:
        """The words that speak for a section over the others, as the article writes them, what says most first."""
        place = self.sections.index(slug)
        said = {}
        for term, weight in weights(counts(analysis), self._rarity).items():
            each = self.terms[term][1:]
            gain = weight * (each[place] - sum(each) / len(each))
            if gain > 0:
                said[term] = gain
        spelled = _spellings(article, analysis)
        return tuple(spelled.get(term, term) for term in sorted(said, key=lambda term: (-said[term], term)))

    @cached_property
    def _rarity(self) -> Mapping[str, float]:
        return {term: row[0] for term, row in self.terms.items()}


def counts(analysis: Analysis) -> Counter[str]:
    """How often an article uses each term; one in the headline counts as two more."""
    found = Counter(chain.from_iterable(analysis.terms))
    for term in analysis.headline_terms:
        found[term] += _IN_HEADLINE
    return found


def weights(count: Mapping[str, int], rarity: Mapping[str, float]) -> dict[str, float]:
    """The weights of the terms whose rarity is known: tf-idf with damped counts, together of the length `SCALE`."""
    raw = {term: (1 + log(number)) * rarity[term] for term, number in count.items() if term in rarity}
    length = sqrt(sum(weight * weight for weight in raw.values()))
    return {term: SCALE * weight / length for term, weight in raw.items()}


def to_bytes(classifiers: Mapping[str, Classifier]) -> bytes:
    """The classifiers by their languages, as JSON; equal ones give the same bytes."""
    plain = {
        language: {
            "examples": each.examples,
            "prior": each.prior,
            "bias": each.bias,
            "terms": dict(sorted(each.terms.items())),
        }
        for language, each in sorted(classifiers.items())
    }
    return json.dumps({"version": VERSION, "languages": plain}, ensure_ascii=True, separators=(",", ":")).encode()


def from_bytes(data: bytes) -> dict[str, Classifier]:
    """The classifiers that `to_bytes` wrote. Raises FormatError for what another version wrote, or something else."""
    try:
        plain = json.loads(data)
        if plain["version"] != VERSION:
            raise FormatError(f"a classifier of version {plain['version']}, not {VERSION}; it is trained anew")
        return {
            language: Classifier(
                each["examples"],
                each["prior"],
                tuple(each["bias"]),
                {term: tuple(row) for term, row in each["terms"].items()},
            )
            for language, each in plain["languages"].items()
        }
    except (ValueError, KeyError, TypeError, AttributeError) as fault:
        raise FormatError(f"not a classifier: {fault}") from fault


def language_of(article: Article, otherwise: str) -> str:
    """The language that an article is classified in: its own, without region, where it is known."""
    return primary_code(otherwise if article.language == "und" else article.language)


def _spellings(article: Article, analysis: Analysis) -> dict[str, str]:
    """For each term, the word that it is first cut from."""
    found: dict[str, str] = {}
    for line in (words(article.headline, article.language), *analysis.words):
        for word in line:
            for term in terms((word,), analysis.language):
                found.setdefault(term, word)
    return found
