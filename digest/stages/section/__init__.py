"""Under which heading a story stands, and why: the publisher's label, its address, its words, or "More news"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from types import MappingProxyType

from digest.model import MORE_NEWS, Analysis, Article, Placement, Story
from digest.stages.section.classifier import Classifier, counts, from_bytes, language_of, to_bytes
from digest.stages.section.keywords import Votes, by_keywords, votes_of, votes_of_each
from digest.stages.section.labels import by_address, by_label
from digest.stages.section.rules import SectionRule, names_of, sections, slug_of
from digest.stages.section.training import Example, train

__all__ = [
    "MORE_NEWS",
    "Classifier",
    "Example",
    "SectionRule",
    "example_of",
    "from_bytes",
    "names_of",
    "place",
    "place_each",
    "says_section",
    "sections",
    "slug_of",
    "to_bytes",
    "train",
]


_AT_ONCE = 64
"""Stories whose words are looked at together, so that memory does not grow with the day."""


def place(
    story: Story,
    analysis: Analysis,
    rules: Sequence[SectionRule],
    language: str = "en",
    home: Sequence[str] = (),
    learned: Mapping[str, Classifier] = MappingProxyType({}),
) -> Placement:
    """The section of a story; `analysis` is that of its lead article.

    The first of these that there is: a publisher's label, the lead's before the others'; a part of
    an address; keywords of the lead, where one strong or several others agree and the headline says
    more than the body; else "More news".
    `language` is taken for an article whose own is unknown. `home` names the countries that are not
    abroad to the readers, in any of the program's languages; without it, home is what the domain
    of the publisher says ("example.ch"), else where its language is at home. What is politics in
    other countries alone is foreign affairs.
    """
    (placement,) = place_each([story], {story.id: analysis}, rules, language, home, learned)
    return placement


def place_each(
    stories: Sequence[Story],
    analyses: Mapping[str, Analysis],
    rules: Sequence[SectionRule],
    language: str = "en",
    home: Sequence[str] = (),
    learned: Mapping[str, Classifier] = MappingProxyType({}),
) -> Iterator[Placement]:
    """`place` of each story, in less time than one after the other; `analyses` hold those of their lead articles."""
    for start in range(0, len(stories), _AT_ONCE):
        few = stories[start : start + _AT_ONCE]
        published = [_published(story.articles, rules) for story in few]
        asked = [story for story, found in zip(few, published, strict=True) if not found]
        votes = iter(votes_of_each([(each.lead, analyses[each.id]) for each in asked], rules, language, home))
        for story, found in zip(few, published, strict=True):
            yield found or _by_words(story.lead, analyses[story.id], next(votes), rules, language, learned)


def _by_words(
    article: Article,
    analysis: Analysis,
    votes: Votes,
    rules: Sequence[SectionRule],
    language: str,
    learned: Mapping[str, Classifier],
) -> Placement:
    classifier = learned.get(language_of(article, language)) if learned else None
    return (
        (classifier.place(article, analysis, votes, _slugs(rules)) if classifier else None)
        or by_keywords(votes, rules)
        or Placement(MORE_NEWS, "nothing spoke clearly for another section", 0.0)
    )


def says_section(article: Article, rules: Sequence[SectionRule]) -> bool:
    """Whether the publisher says which of the sections it is, by a label or in the address."""
    return _published((article,), rules) is not None


def example_of(
    article: Article, analysis: Analysis, rules: Sequence[SectionRule], language: str = "en", home: Sequence[str] = ()
) -> Example | None:
    """What an article teaches whose publisher says its section, by a label or in its address; None for another."""
    said = _published((article,), rules)
    if said is None or said.slug == MORE_NEWS:
        return None
    votes = votes_of(article, analysis, rules, language, home)
    shares = {slug: votes.share(slug) for slug in votes.totals}
    key = f"{article.id} {article.revision}"
    return Example(key, language_of(article, language), said.slug, counts(analysis), shares)


def _published(articles: Sequence[Article], rules: Sequence[SectionRule]) -> Placement | None:
    """What the publishers of a story say: the label of the first that has one, else its address."""
    if not any(article.labels or article.url for article in articles):
        return None
    names = names_of(tuple(rules))
    said = (_by_label(article, names) for article in articles)
    addressed = (_by_address(article, names) for article in articles)
    return next(filter(None, chain(said, addressed)), None)


def _slugs(rules: Sequence[SectionRule]) -> list[str]:
    """The sections that words may speak for."""
    return [rule.slug for rule in rules if rule.slug != MORE_NEWS]


def _by_label(article: Article, names: Mapping[str, str]) -> Placement | None:
    """By the label that says just a section's name, else by one that has it in it.

    Publishers mix section names with keywords of the day; what more labels agree on is the section.
    """
    found = [(label, *match) for label in article.labels if (match := by_label(label, names))]
    exact = [slug for _, slug, is_exact in found if is_exact]
    for label, slug, is_exact in sorted(found, key=lambda each: (not each[2], -exact.count(each[1]))):
        return Placement(slug, f"the publisher's label “{label}”", 1.0 if is_exact else 0.8)
    return None


def _by_address(article: Article, names: Mapping[str, str]) -> Placement | None:
    match = by_address(article.url, names) if article.url else None
    return Placement(match[0], f"“{match[1]}” in its address", 0.9) if match else None
