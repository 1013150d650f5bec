"""The same text twice: found once, kept once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from digest.model import Analysis, Article, Drop
from digest.stages.articles import days_apart, dropped, outlet, preference
from digest.stages.resemblance import likeness, nearest

_WINDOW_DAYS = 7
# A headline alone must say so much before two publishers' are taken for one text.
_TELLING_HEADLINE = 4


@dataclass(frozen=True, slots=True)
class Copies:
    """Articles of different publishers that print the same text: ids, the preferred one first.

    `reasons` says in words, for each id after the first, how alike it is to the first.
    """

    ids: tuple[str, ...]
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Duplicates:
    """What is left when nothing is told twice: one article or one drop for every article given.

    `articles` stand in the order they came in; `groups` and `drops` do not depend on it.
    """

    articles: tuple[Article, ...]
    groups: tuple[Copies, ...] = ()
    drops: tuple[Drop, ...] = ()


def find(articles: Sequence[Article], analyses: Mapping[str, Analysis]) -> Duplicates:
    """One article a text and publisher, and which texts several publishers share.

    The same id or URL is the same article. The same or nearly the same words are a duplicate within
    one publisher and make a group across publishers. The one that stays is full rather than brief,
    then the longest, the earliest, the one of the smallest id.
    """
    kept = _Kept()
    groups: dict[str, dict[str, tuple[str, str]]] = {}
    staying = set()
    drops = []
    order = sorted(range(len(articles)), key=lambda place: preference(articles[place]))
    near = nearest([analyses[articles[place].id] for place in order])
    for number, (place, others) in enumerate(zip(order, near, strict=True)):
        article = articles[place]
        analysis = analyses[article.id]
        text = _Text(article, analysis, tuple(_names(article, analysis)))
        match = kept.match(text, others)
        if match is None:
            kept.add(number, text)
            groups[article.id] = {outlet(article): (article.id, "")}
            staying.add(place)
            continue
        kept.name(text, match.original)
        group = groups[match.original.id]
        if match.is_same_article or outlet(article) in group:
            drops.append(dropped("duplicates", article, "duplicate", match.detail))
        else:
            group[outlet(article)] = (article.id, match.alike)
            staying.add(place)
    return Duplicates(
        articles=tuple(article for place, article in enumerate(articles) if place in staying),
        groups=tuple(_copies(group.values()) for group in groups.values() if len(group) > 1),
        drops=tuple(drops),
    )


def _copies(members: Iterable[tuple[str, str]]) -> Copies:
    ids, reasons = zip(*members, strict=True)
    return Copies(ids, reasons[1:])


@dataclass(frozen=True, slots=True)
class _Text:
    """An article and its names."""

    article: Article
    analysis: Analysis
    names: tuple[tuple[str, str], ...]


def _names(article: Article, analysis: Analysis) -> Iterator[tuple[str, str]]:
    """What makes another article the same text without a look at its words."""
    yield "id", article.id
    if article.url:
        yield "address", article.url
    telling = analysis.ends[-1] >= _TELLING_HEADLINE
    yield "words", article.revision if telling else f"{article.revision} {outlet(article)}"


@dataclass(frozen=True, slots=True)
class _Match:
    """The kept article that another repeats, how, and whether it is that article itself."""

    original: Article
    alike: str
    is_same_article: bool = False

    @property
    def detail(self) -> str:
        by = f" of {self.original.publisher}" if self.original.publisher else ""
        return f"{self.alike}; kept “{self.original.headline}”{by}"


@dataclass(slots=True)
class _Kept:
    """The texts kept so far by their places, found again by what names them."""

    texts: dict[int, _Text] = field(default_factory=dict)
    named: dict[tuple[str, str], Article] = field(default_factory=dict)

    def add(self, place: int, text: _Text) -> None:
        """Keeps a text."""
        self.name(text, text.article)
        self.texts[place] = text

    def name(self, text: _Text, original: Article) -> None:
        """From now on, what is named like this text is the original."""
        for name in text.names:
            self.named.setdefault(name, original)

    def match(self, text: _Text, near: Iterable[int]) -> _Match | None:
        """Which kept article the text repeats, if any: by its names, else one of those at some places by its words."""
        for name in text.names:
            if name in self.named:
                return _Match(self.named[name], f"the same {name[0]}", name[0] != "words")
        for other in filter(None, map(self.texts.get, near)):
            if days_apart(text.article, other.article) <= _WINDOW_DAYS:
                share = likeness(text.article, text.analysis, other.article, other.analysis)
                if share:
                    return _Match(other.article, f"{share:.0%} of the wording in common")
        return None
