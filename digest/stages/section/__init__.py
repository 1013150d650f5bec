"""Under which heading a story stands, and why: the publisher's label, its address, its words, or "More news"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import chain

from digest.model import Analysis, Article, Placement, Story
from digest.stages.section.keywords import by_keywords
from digest.stages.section.labels import by_address, by_label
from digest.stages.section.rules import MORE_NEWS, SectionRule, names_of, sections, slug_of

__all__ = ["MORE_NEWS", "SectionRule", "place", "sections", "slug_of"]


def place(
    story: Story, analysis: Analysis, rules: Sequence[SectionRule], language: str = "en", home: Sequence[str] = ()
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
    names = names_of(tuple(rules)) if any(article.labels or article.url for article in story.articles) else {}
    said = (_by_label(article, names) for article in story.articles)
    addressed = (_by_address(article, names) for article in story.articles)
    return (
        next(filter(None, chain(said, addressed)), None)
        or by_keywords(story.lead, analysis, rules, language, home)
        or Placement(MORE_NEWS, "nothing spoke clearly for another section", 0.0)
    )


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
