"""reread: documents that the archive keeps → articles as they are read today."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from digest.model import Article, Document, Drop, Reading
from digest.pipeline.collecting import hints_of, read
from digest.repeated import repeated
from digest.sources.following import OF_A_LINK, fill
from digest.sources.http import without_password

if TYPE_CHECKING:
    from digest.archive.store import Archive
    from digest.config import SourceSettings


@dataclass(frozen=True, slots=True)
class Reread:
    """How many documents were read again, the articles that came out otherwise than before, and what was left out."""

    documents: int = 0
    changed: tuple[Article, ...] = ()
    drops: tuple[Drop, ...] = ()


def reread(sources: Iterable[SourceSettings], archive: Archive, now: datetime) -> Reread:
    """Read the kept documents of these sources again and give the articles the words that are found today.

    What the archive has learned meanwhile of a source's furniture is left out too. An article whose document is no
    longer kept stays as it is, and so does every published issue.
    """
    documents = 0
    changed: list[Article] = []
    drops: list[Drop] = []
    for settings in sources:
        kept = Kept()
        hints = replace(hints_of(settings, now), repeated=repeated(archive.shown(settings.name)))
        for document in archive.documents(settings.name):
            reading = read(document, hints)
            kept.take(document, reading)
            drops += reading.drops
            documents += 1
        changed += archive.reread(kept.articles(pages_read(archive, settings.name, kept)))
    return Reread(documents, tuple(changed), tuple(drops))


def pages_read(archive: Archive, source: str, kept: Kept) -> frozenset[str]:
    """The addresses of the pages that gave an answer when they were asked for the text of a source's teaser. One that
    never did (it is closed to programs, or gone) has no part in the article."""
    return frozenset(
        each.url
        for each in archive.fetches(kept.addresses)
        if each.source == source and each.followed and each.succeeded and each.mark != OF_A_LINK
    )


@dataclass(frozen=True, slots=True)
class _Version:
    """What one document held of one article, or of its page, and when it was given last."""

    reading: Reading
    article: Article | None
    at: datetime


class Kept:
    """What one source's documents hold."""

    def __init__(self) -> None:
        self._pages: dict[str, list[_Version]] = {}
        self._articles: dict[str, list[_Version]] = {}

    @property
    def addresses(self) -> frozenset[str]:
        """The addresses of its documents, and of the pages that its articles link to."""
        linked = {_address(each.article) for versions in self._articles.values() for each in versions}
        return frozenset(filter(None, {*self._pages, *linked}))

    def take(self, document: Document, reading: Reading) -> None:
        """Take a document that is not older than the one before."""
        if document.retrieved is None:
            return
        reading = replace(reading, lines=())
        self._pages.setdefault(document.name, []).append(_Version(reading, None, document.retrieved))
        for article in reading.articles:
            version = _Version(reading, article, document.retrieved)
            self._articles.setdefault(article.id, []).append(version)

    def articles(self, followed: Collection[str]) -> Iterator[tuple[Article, datetime]]:
        """The articles, each with the time at which it was given; teasers with the text of their pages.

        `followed` are the addresses of pages that were read for the text of a teaser. Where such a page is not kept
        any longer, its article is left out and stays as it is.
        """
        theirs = {id(version.reading) for name in followed for version in self._pages.get(name, ())}
        for versions in self._articles.values():
            for version in versions:
                if version.article and id(version.reading) not in theirs and _address(version.article) not in followed:
                    yield version.article, version.at
            for page in {_address(version.article): None for version in versions}:
                for text in self._pages.get(page, ()) if page in followed else ():
                    teasers = [each for each in versions if id(each.reading) not in theirs]
                    nearest = min(teasers, key=lambda each: abs(each.at - text.at), default=None)
                    if nearest and nearest.article:
                        full = fill(nearest.article, text.reading, page)
                        yield (nearest.article if isinstance(full, Drop) else full), text.at


def _address(article: Article | None) -> str:
    return without_password(article.url) if article and article.url else ""
