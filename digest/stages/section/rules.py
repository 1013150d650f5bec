"""Which sections there are, and by which names publishers call them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from digest.model import MORE_NEWS
from digest.packaged import packaged_table
from digest.stages.section.labels import plain


@dataclass(frozen=True, slots=True)
class SectionRule:
    """One section: its heading, what sends a story there, how much it counts, how many it holds.

    `labels` are publishers' names for it and `keywords` words of an article that speak for it, both
    on top of what the program knows by the slug. `max_stories` None means any number.
    """

    title: str
    slug: str = ""
    labels: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    weight: float = 1.0
    max_stories: int | None = None


def sections(configured: Sequence[SectionRule] = (), language: str = "en") -> tuple[SectionRule, ...]:
    """The configured sections in their order, then the program's own, then "More news".

    A configured section with the slug or the title of one of the program's own stands in its place,
    and keeps that one's title if it has none. A section without a slug gets one from its title.
    Titles are in `language` (ISO 639-1) where the program knows it, else in English.
    """
    own = {each.slug: each.titles.get(language, each.titles["en"]) for each in _built_in()}
    named: dict[str, SectionRule] = {}
    for rule in configured:
        slug = slug_of(rule.title, rule.slug)
        named[slug] = replace(rule, slug=slug, title=rule.title or own.get(slug, slug))
    rules = [*named.values(), *(SectionRule(title, slug) for slug, title in own.items() if slug not in named)]
    return tuple(sorted(rules, key=lambda rule: rule.slug == MORE_NEWS))


def slug_of(title: str, slug: str = "") -> str:
    """A section's slug: its own, that of the program's section of the same title, or one made of the title."""
    known = {plain(name): each.slug for each in _built_in() for name in each.titles.values()}
    return slug or known.get(plain(title)) or plain(title).replace(" ", "-")


@lru_cache(maxsize=8)
def names_of(rules: Sequence[SectionRule]) -> Mapping[str, str]:
    """The slug of every name that a section goes by; what the editor calls one goes first."""
    slugs = {rule.slug for rule in rules}
    names = {name: slug for name, slug in _own_names().items() if slug in slugs}
    for rule in reversed(rules):
        names.update({plain(name): rule.slug for name in (*rule.labels, rule.title, rule.slug)})
    return names


@cache
def _own_names() -> Mapping[str, str]:
    return {plain(name): each.slug for each in _built_in() for name in (*each.labels, *each.titles.values())}


@dataclass(frozen=True, slots=True)
class _BuiltIn:
    slug: str
    titles: Mapping[str, str]
    labels: tuple[str, ...]


@cache
def _built_in() -> tuple[_BuiltIn, ...]:
    return tuple(
        _BuiltIn(slug, table["title"], tuple(label.strip() for label in table["labels"].split(",") if label.strip()))
        for slug, table in packaged_table("digest.stages.section", "data/sections.toml").items()
    )
