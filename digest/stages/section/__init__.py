"""Under which heading a story stands, and why: the publisher's label, its address, its words, or "More news"."""

from __future__ import annotations

import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from digest.language import words
from digest.model import Analysis, Article, Placement, Story
from digest.stages.section.labels import by_address, by_label, plain
from digest.stages.section.lexicon import COUNTRY, STRONG, Hit, Lexicon, Line, packaged
from digest.urls import domain_of

MORE_NEWS = "more-news"
FOREIGN_AFFAIRS = "foreign-affairs"
POLITICS = "politics"

_HEADLINE, _OPENING, _BODY = 3.0, 2.0, 1.0
_OPENING_SENTENCES = 2
# One strong word, or a few others: less is chance.
_ENOUGH = 3.0
_NAMED_IN_REASON = 3
# A country is what a text is about when it stands in its headline or again and again.
_ABOUT_COUNTRY = 3.0
_FIRST_COUNTRY, _FURTHER_COUNTRY = 1.0, 1.5
_FROM_ABROAD = 2.0
# Country domains that differ from the country's code, and those sold to everyone.
_DOMAINS = {"UK": "GB"}
_WORLDWIDE_DOMAINS = frozenset({"CD", "CO", "IO", "LA", "LY", "ME", "TV", "WS"})


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


@dataclass(frozen=True, slots=True)
class _BuiltIn:
    slug: str
    titles: Mapping[str, str]
    labels: tuple[str, ...]


@cache
def _built_in() -> tuple[_BuiltIn, ...]:
    text = (files("digest.stages.section") / "data" / "sections.toml").read_text("utf-8")
    return tuple(
        _BuiltIn(slug, table["title"], tuple(label.strip() for label in table["labels"].split(",") if label.strip()))
        for slug, table in tomllib.loads(text).items()
    )


def sections(configured: Sequence[SectionRule] = (), language: str = "en") -> tuple[SectionRule, ...]:
    """The configured sections in their order, then the program's own, then "More news".

    A configured section with the slug or the title of one of the program's own stands in its place,
    and keeps that one's title if it has none. A section without a slug gets one from its title.
    Titles are in `language` (ISO 639-1) where the program knows it, else in English.
    """
    own = {each.slug: each.titles.get(language, each.titles["en"]) for each in _built_in()}
    slugs = {plain(title): each.slug for each in _built_in() for title in each.titles.values()}
    named: dict[str, SectionRule] = {}
    for rule in configured:
        slug = rule.slug or slugs.get(plain(rule.title)) or plain(rule.title).replace(" ", "-")
        named[slug] = replace(rule, slug=slug, title=rule.title or own.get(slug, slug))
    rules = [*named.values(), *(SectionRule(title, slug) for slug, title in own.items() if slug not in named)]
    return tuple(sorted(rules, key=lambda rule: rule.slug == MORE_NEWS))


def place(
    story: Story, analysis: Analysis, rules: Sequence[SectionRule], language: str = "en", home: Sequence[str] = ()
) -> Placement:
    """The section of a story, by its lead article, whose analysis is given.

    The first of these that there is: the publisher's label; a part of the address; keywords, where
    one strong or several others agree, and the headline says more than the body; else "More news".
    `language` is taken for an article whose own is unknown. `home` names the countries that are not
    abroad to the readers, in any of the program's languages; without it, home is what the domain
    of the publisher says ("example.ch"). What is politics in other countries alone is foreign affairs.
    """
    article = story.lead
    return (
        _by_label(article, rules)
        or _by_address(article, rules)
        or _by_words(article, analysis, rules, language, home)
        or Placement(MORE_NEWS, "nothing spoke clearly for another section", 0.0)
    )


def _names(rules: Sequence[SectionRule]) -> dict[str, str]:
    """The slug of every name that a section goes by; what the editor calls one goes first."""
    slugs = {rule.slug for rule in rules}
    names = {name: slug for name, slug in _own_names().items() if slug in slugs}
    for rule in reversed(rules):
        names.update({plain(name): rule.slug for name in (*rule.labels, rule.title, rule.slug)})
    return names


@cache
def _own_names() -> Mapping[str, str]:
    return {plain(name): each.slug for each in _built_in() for name in (*each.labels, *each.titles.values())}


def _by_label(article: Article, rules: Sequence[SectionRule]) -> Placement | None:
    """By the label that says just a section's name, else by one that has it in it.

    Publishers mix section names with keywords of the day; what more labels agree on is the section.
    """
    names = _names(rules) if article.labels else {}
    found = [(label, *match) for label in article.labels if (match := by_label(label, names))]
    exact = [slug for _, slug, is_exact in found if is_exact]
    for label, slug, is_exact in sorted(found, key=lambda each: (not each[2], -exact.count(each[1]))):
        return Placement(slug, f"the publisher's label “{label}”", 1.0 if is_exact else 0.8)
    return None


def _by_address(article: Article, rules: Sequence[SectionRule]) -> Placement | None:
    match = by_address(article.url, _names(rules)) if article.url else None
    return Placement(match[0], f"“{match[1]}” in its address", 0.9) if match else None


def _by_words(
    article: Article, analysis: Analysis, rules: Sequence[SectionRule], language: str, home: Sequence[str]
) -> Placement | None:
    spoken = article.language if article.language != "und" else language
    lines = tuple(_lines(article, analysis, spoken))
    hits = packaged(spoken).hits(lines)
    keywords = _keywords(rules, spoken)
    if keywords:
        hits += keywords.hits(lines)
    slugs = {rule.slug for rule in rules}
    said: defaultdict[str, list[tuple[float, str]]] = defaultdict(list)
    for hit in hits:
        for slug, weight in hit.term.votes.items():
            if slug in slugs:
                said[slug].append((weight * hit.weight, hit.words))
    abroad = _abroad(hits, _countries(tuple(home)) or _country_of(article))
    if FOREIGN_AFFAIRS in slugs:
        said[FOREIGN_AFFAIRS] += abroad.votes
    totals = {slug: sum(weight for weight, _ in said[slug]) for slug in sorted(said)}
    best = max(totals, key=lambda slug: totals[slug], default=MORE_NEWS)
    if totals.get(best, 0.0) < _ENOUGH:
        return None
    telling = dict.fromkeys(words for _, words in sorted(said[best], key=lambda each: -each[0]))
    reason = "its words: " + ", ".join(f"“{words}”" for words in list(telling)[:_NAMED_IN_REASON])
    confidence = totals[best] / sum(totals.values())
    if best == POLITICS and FOREIGN_AFFAIRS in slugs and abroad.only:
        best, reason = FOREIGN_AFFAIRS, f"{reason}; it is politics in another country, “{abroad.votes[0][1]}”"
    return Placement(best, reason, round(confidence, 2))


def _lines(article: Article, analysis: Analysis, language: str) -> Iterator[Line]:
    yield Line(article.headline, words(article.headline, language), _HEADLINE)
    for number, (sentence, found) in enumerate(zip(analysis.sentences, analysis.words, strict=True)):
        yield Line(sentence.text, found, _OPENING if number < _OPENING_SENTENCES else _BODY)


def _keywords(rules: Sequence[SectionRule], language: str) -> Lexicon | None:
    """The editor's keywords; each is as good as a strong word of the program's own."""
    if not any(rule.keywords for rule in rules):
        return None
    lexicon = Lexicon(language)
    for rule in rules:
        for keyword in rule.keywords:
            lexicon.add(keyword, rule.slug, STRONG)
    return lexicon


@dataclass(frozen=True, slots=True)
class _Abroad:
    """What the countries in a text say for foreign affairs, each with a word for it, the foremost first.

    `only` tells that the text is about another country and does not speak of home at all.
    """

    votes: tuple[tuple[float, str], ...]
    only: bool


def _abroad(hits: Sequence[Hit], home: frozenset[str]) -> _Abroad:
    presence: defaultdict[str, float] = defaultdict(float)
    words: dict[str, str] = {}
    for hit in hits:
        for country in hit.term.votes:
            if country.startswith(COUNTRY):
                presence[country] += hit.presence
                words.setdefault(country, hit.words)
    away = bool(home) and not home & presence.keys()
    others = sorted(presence.keys() - home, key=lambda country: (-presence[country], country))
    votes = [
        (
            min(1.0, presence[country] / _ABOUT_COUNTRY)
            * (_FURTHER_COUNTRY if number else _FROM_ABROAD if away else _FIRST_COUNTRY),
            words[country],
        )
        for number, country in enumerate(others)
    ]
    return _Abroad(tuple(votes), away and bool(others) and presence[others[0]] >= _ABOUT_COUNTRY)


def _country_of(article: Article) -> frozenset[str]:
    """The country whose domain the publisher has, as far as domains tell."""
    contact = article.contact
    places = (article.url, contact and (contact.address or contact.url), article.publisher)
    for place in places:
        code = domain_of(place).rpartition(".")[2].upper() if place and "." in place else ""
        country = COUNTRY + _DOMAINS.get(code, code)
        if country in _every_country() and code not in _WORLDWIDE_DOMAINS:
            return frozenset((country,))
    return frozenset()


@cache
def _every_country() -> frozenset[str]:
    return frozenset(country for term in packaged("und").terms.values() for country in term.votes)


@cache
def _countries(names: tuple[str, ...]) -> frozenset[str]:
    known = packaged("und")
    found = (known.hits((Line(name, words(name, "und")),)) for name in names)
    return frozenset(country for hits in found for hit in hits for country in hit.term.votes)
