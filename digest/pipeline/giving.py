"""What an archive was given last: a caller who collects again and again gives it only what changed since."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from digest.model import Article, Document
from digest.sources.gathering import Gathered

_Renamed = Mapping[tuple[str, str], str]


@dataclass(frozen=True, slots=True)
class _Given:
    """All that a source gave, and the ids that its articles are kept under, by source and own id, if not their own."""

    articles: frozenset[Article] = frozenset()
    documents: frozenset[Document] = frozenset()
    renamed: _Renamed = field(default_factory=dict)


@dataclass(slots=True)
class Ledger:
    """What one archive was given of each source at one moment. To give the same at the same moment would change
    nothing, so it is left out, as long as nobody else writes to the archive."""

    _now: datetime | None = None
    _mark: str | None = None
    _given: dict[str, _Given] = field(default_factory=dict)

    def open(self, now: datetime, mark: str | None) -> None:
        """Begin a collect. `mark` is the same as long as nobody else wrote to the archive, None where nothing tells."""
        if mark is None or (now, mark) != (self._now, self._mark):
            self._given.clear()
        self._now, self._mark = now, mark

    def changed(self, given: Gathered) -> tuple[tuple[Article, ...], tuple[Document, ...]]:
        """What of it the archive has to be given: what is new, with all that has to do with that or with what went."""
        before = self._given.get(given.source)
        if before is None:
            return given.articles, given.documents
        touched = _touched(given.articles, before.articles.symmetric_difference(given.articles))
        documents = tuple(each for each in given.documents if each not in before.documents)
        return touched, documents

    def note(self, given: Gathered, renamed: _Renamed) -> _Renamed:
        """Remember what was given, with what the archive `renamed` of it; the same of all that the source has."""
        before = self._given.get(given.source, _Given())
        changed = before.articles.symmetric_difference(given.articles)
        ids = {article.id for article in _touched(given.articles, changed)}
        kept = {key: id_ for key, id_ in before.renamed.items() if key[1] not in ids} | dict(renamed)
        self._given[given.source] = _Given(frozenset(given.articles), frozenset(given.documents), kept)
        return kept

    def forget(self, source: str) -> None:
        """Give all of the source next time."""
        self._given.pop(source, None)


def _touched(articles: Iterable[Article], changed: Iterable[Article]) -> tuple[Article, ...]:
    """The articles of which an archive may think otherwise for what changed: they share an id or an address with it,
    or with another that does."""
    ids, urls = {each.id for each in changed}, {each.url for each in changed if each.url}
    touched: tuple[Article, ...] = ()
    rest = tuple(articles)
    while found := tuple(each for each in rest if each.id in ids or each.url in urls):
        touched += found
        rest = tuple(each for each in rest if not (each.id in ids or each.url in urls))
        ids |= {each.id for each in found}
        urls |= {each.url for each in found if each.url}
    return touched
