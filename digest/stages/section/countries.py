"""Which countries a text is about, and which of them is home."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from digest.language import words
from digest.model import Article
from digest.stages.section.hits import Hit, Lines, hits_in
from digest.stages.section.lexicon import packaged
from digest.urls import domain_of

# A country is what a text is about when it stands in its headline or again and again.
_ABOUT = 3.0
_FIRST, _FURTHER = 1.0, 1.5
_FROM_ABROAD = 2.0
# Country domains that differ from the country's code, and those sold to everyone.
_CODES = {"UK": "GB"}
_WORLDWIDE = frozenset({"CD", "CO", "IO", "LA", "LY", "ME", "TV", "WS"})
# Where most of what is published in a language comes from.
_PRESS = {
    "de": ("AT", "CH", "DE"),
    "en": ("AU", "CA", "GB", "IE", "NZ", "US"),
    "es": ("AR", "CL", "CO", "ES", "MX", "PE"),
    "fr": ("BE", "CA", "CH", "FR", "LU"),
    "it": ("CH", "IT"),
}


@dataclass(frozen=True, slots=True)
class Abroad:
    """What the countries in a text say for foreign affairs, each with a word for it, the foremost first.

    `country` is the one that the text is about when it does not speak of home at all, else "".
    """

    votes: tuple[tuple[float, str], ...]
    country: str

    def words(self, at: int) -> str:
        """The word for a country, by its place among the votes."""
        return self.votes[at][1]


def abroad(hits: Iterable[Hit], home: frozenset[str]) -> Abroad:
    """What the countries among the hits say to readers whose countries are `home`.

    One country is little, since publishers name their own as well, unless it surely is another's.
    """
    presence: defaultdict[str, float] = defaultdict(float)
    named: dict[str, str] = {}
    for hit in hits:
        for country in hit.term.countries:
            presence[country] += hit.presence
            named.setdefault(country, hit.words)
    away = bool(home) and not home & presence.keys()
    others = sorted(presence.keys() - home, key=lambda country: (-presence[country], country))
    votes = [
        (
            min(1.0, presence[country] / _ABOUT) * (_FURTHER if number else _FROM_ABROAD if away else _FIRST),
            named[country],
        )
        for number, country in enumerate(others)
    ]
    about = away and bool(others) and presence[others[0]] >= _ABOUT
    return Abroad(tuple(votes), named[others[0]] if about else "")


def home_of(article: Article, names: Sequence[str], language: str) -> frozenset[str]:
    """The codes of the countries of those names, in any of the program's languages.

    Without names, the country of the publisher's domain; without that, those where the language is
    the press's own.
    """
    return _of_names(tuple(names)) or _of_domain(article) or frozenset(_PRESS.get(language, ()))


def is_country(name: str) -> bool:
    """Whether a name is a country's, in any of the program's languages."""
    return bool(_of_names((name,)))


def _of_domain(article: Article) -> frozenset[str]:
    contact = article.contact
    places = (article.url, contact and (contact.address or contact.url), article.publisher)
    for place in places:
        code = domain_of(place).rpartition(".")[2].upper() if place and "." in place else ""
        country = _CODES.get(code, code)
        if country in _every_country() and code not in _WORLDWIDE:
            return frozenset((country,))
    return frozenset()


@cache
def _every_country() -> frozenset[str]:
    return frozenset(country for term in packaged("und").terms.values() for country in term.countries)


@cache
def _of_names(names: tuple[str, ...]) -> frozenset[str]:
    found = (hits_in(packaged("und"), Lines.of([(name, words(name, "und"), 1.0)])) for name in names)
    return frozenset(country for hits in found for hit in hits for country in hit.term.countries)
