"""The same text twice: found once, kept once."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

from digest.model import Analysis, Article, Drop
from digest.stages.articles import days_apart, dropped, outlet, preference
from digest.stages.resemblance import least_shared, likeness, sample, shared_runs

_WINDOW_DAYS = 7
# A run of words in more kept texts than this is a turn of phrase, and finds nothing.
_COMMON = 30
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
    samples = [sample(_words(analyses[articles[place].id])) for place in order]
    for place, taken, shared in zip(order, samples, shared_runs(samples), strict=True):
        article = articles[place]
        analysis = analyses[article.id]
        text = _Text(article, analysis, tuple(_names(article, analysis)), len(taken))
        match = kept.match(text, shared)
        if match is None:
            kept.add(text, shared)
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
    """An article, its names, and how many of its runs were sampled."""

    article: Article
    analysis: Analysis
    names: tuple[tuple[str, str], ...]
    sampled: int

    def __str__(self) -> str:
        return " \n".join((self.article.headline, self.article.standfirst, *self.article.paragraphs))


def _names(article: Article, analysis: Analysis) -> Iterator[tuple[str, str]]:
    """What makes another article the same text without a look at its words."""
    yield "id", article.id
    if article.url:
        yield "address", article.url
    telling = len(analysis.headline_words) + analysis.word_count >= _TELLING_HEADLINE
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


@dataclass(frozen=True, slots=True)
class _Holders:
    """The numbers of the texts that hold a run; nothing of a run that too many hold.

    Most runs have one holder, and a list for each of them would take more room than all the rest.
    """

    first: dict[int, int] = field(default_factory=dict)
    others: dict[int, list[int]] = field(default_factory=dict)
    common: set[int] = field(default_factory=set)

    def add(self, number: int, runs: Sequence[int]) -> None:
        for run in runs:
            if run not in self.first:
                if run not in self.common:
                    self.first[run] = number
                continue
            others = self.others.setdefault(run, [])
            others.append(number)
            if len(others) >= _COMMON:
                self.common.add(run)
                del self.first[run], self.others[run]

    def shared(self, runs: Sequence[int], least: float) -> Counter[int]:
        """How many of the runs each text holds; of none if there are not so many that any text holds."""
        first = [number for number in map(self.first.get, runs) if number is not None]
        if len(first) < least:
            return Counter()
        return Counter(chain(first, chain.from_iterable(filter(None, map(self.others.get, runs)))))


@dataclass(slots=True)
class _Kept:
    """The texts kept so far, found again by what names them or by a sample of their words."""

    texts: list[_Text] = field(default_factory=list)
    fewest_sampled: int = sys.maxsize
    named: dict[tuple[str, str], Article] = field(default_factory=dict)
    holders: _Holders = field(default_factory=_Holders)

    def add(self, text: _Text, runs: Sequence[int]) -> None:
        """Keeps a text, to be found by those of its sampled runs that others may hold too."""
        self.name(text, text.article)
        self.holders.add(len(self.texts), runs)
        self.texts.append(text)
        self.fewest_sampled = min(self.fewest_sampled, text.sampled)

    def name(self, text: _Text, original: Article) -> None:
        """From now on, what is named like this text is the original."""
        for name in text.names:
            self.named.setdefault(name, original)

    def match(self, text: _Text, runs: Sequence[int]) -> _Match | None:
        """Which kept article the text repeats, if any; `runs` are as in `add`."""
        for name in text.names:
            if name in self.named:
                return _Match(self.named[name], f"the same {name[0]}", name[0] != "words")
        for other in self._near(text, runs):
            share = likeness(str(text), _words(text.analysis), str(other), _words(other.analysis))
            if share:
                return _Match(other.article, f"{share:.0%} of the wording in common")
        return None

    def _near(self, text: _Text, runs: Sequence[int]) -> Iterator[_Text]:
        """The kept texts of its days that share enough of its sample, in the order in which they were kept."""
        least = least_shared(text.sampled, self.fewest_sampled)
        shared = self.holders.shared(runs, least)
        for number in sorted([number for number, many in shared.items() if many >= least]):
            other = self.texts[number]
            if shared[number] < least_shared(text.sampled, other.sampled):
                continue
            if days_apart(text.article, other.article) <= _WINDOW_DAYS:
                yield other


def _words(analysis: Analysis) -> list[str]:
    return list(chain(analysis.headline_words, chain.from_iterable(analysis.words)))
