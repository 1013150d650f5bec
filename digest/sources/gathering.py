"""All sources of one collect: asked together, read as they answer, each handed on whole with what to remember."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING

from digest.errors import SourceError
from digest.fetch import Fetch, failed, is_news, succeeded
from digest.model import Article, Document, Drop, Reading
from digest.ports import Source
from digest.sources.asking import Wanted, WebSource
from digest.sources.following import fill, mark_of, teaser_of
from digest.sources.http import Answer, Limits, Request, open_client, without_password

if TYPE_CHECKING:
    from digest.sources.http.client import Client

AnySource = Source | WebSource
Read = Callable[[str, Sequence[Document]], Sequence[Reading]]
"""Reads the documents of the source of that name: a reading for each, in their order."""
Remember = Callable[[Collection[str]], Iterable[Fetch]]
"""What is remembered of these addresses, by whichever source."""

STAGE, FAILED, PAGE_FAILED = "collect", "source failed", "page failed"
UNREAD, _CUT_OFF = ("not readable", "reader failed"), "cut off"
NOTHING: Mapping[str, Sequence[Article]] = MappingProxyType({})
_A_MOMENT = timedelta(hours=1)
"""A page that is watched is not asked again within it, however often an issue is drafted."""
_PATIENCE = 3
"""Collects in which a page is asked for, before its teaser is left as it is."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """All that one source gave, to be stored in one transaction.

    `complete` tells that `articles` are all that the source still has, so that what is missing is gone.
    """

    source: str
    documents: tuple[Document, ...] = ()
    articles: tuple[Article, ...] = ()
    drops: tuple[Drop, ...] = ()
    fetches: tuple[Fetch, ...] = ()
    complete: bool = False


def gather(
    sources: Sequence[tuple[str, AnySource]],
    read: Read,
    remember: Remember,
    now: datetime,
    limits: Limits | None = None,
    client: Client | None = None,
    watched: Mapping[str, Sequence[Article]] = NOTHING,
) -> Iterator[Gathered]:
    """What every source gives at `now`, a source at a time, in no set order.

    A source's fault is told once a day as a `Drop` and costs no other; what it gave before stays as it is. `client` is
    one that is open already; without it, one is opened where a source is on the web. `watched` are articles of each
    source whose pages, where they were followed, are asked again, since their publisher may correct them.
    """
    on_web: dict[str, WebSource] = {}
    local: list[tuple[str, Source]] = []
    for name, source in sources:
        if isinstance(source, WebSource):
            on_web[name] = source
        else:
            local.append((name, source))
    own = {name: tuple(without_password(each.url) for each in source.requests()) for name, source in on_web.items()}
    urls = {url for each in own.values() for url in each} | ({""} if local else set())
    known = {(fetch.source, fetch.url): fetch for fetch in remember(urls)}
    if on_web and client is None:
        with open_client(now, limits) as opened:
            yield from _gather(on_web, local, read, remember, now, known, opened, watched)
    else:
        yield from _gather(on_web, local, read, remember, now, known, client, watched)


def _gather(
    on_web: dict[str, WebSource],
    local: Sequence[tuple[str, Source]],
    read: Read,
    remember: Remember,
    now: datetime,
    known: dict[tuple[str, str], Fetch],
    client: Client | None,
    watched: Mapping[str, Sequence[Article]],
) -> Iterator[Gathered]:
    visits = {name: _Visit(name, source, now, watched.get(name, ())) for name, source in on_web.items()}
    for name, source in on_web.items():
        requests = []
        for request in source.requests():
            url = without_password(request.url)
            before = known.get((name, url), Fetch(name, url))
            if before.not_before is None or before.not_before <= now:
                visits[name].before.append(before)
                requests.append(replace(request, etag=before.etag, last_modified=before.last_modified))
        assert client is not None
        client.ask(name, requests)
    for name, local_source in local:
        yield _fetched(name, local_source, read, known.get((name, ""), Fetch(name)), now)
    for name, answers in client.answered() if client else ():
        visit = visits[name]
        if not visit.is_followed:
            visit.arrive(answers, read)
            follow = visit.choose(remember)
            if follow and client:
                client.ask(name, [each.request for each in follow])
                continue
        else:
            visit.follow(answers, read)
        yield visits.pop(name).gathered()


def _fetched(name: str, source: Source, read: Read, before: Fetch, now: datetime) -> Gathered:
    """What a source gives that reads the world by itself."""
    documents: list[Document] = []
    drops: list[Drop] = []
    error = ""
    try:
        for item in source.fetch(now):
            if isinstance(item, Drop):
                drops.append(item)
            else:
                documents.append(item)
    except SourceError as fault:
        error = str(fault)
    except Exception as fault:  # noqa: BLE001 - a source may be anybody's: its fault costs that source alone
        error = f"{type(fault).__name__}: {fault}; report it to whoever wrote the source"
    articles: list[Article] = []
    for reading in read(name, documents):
        articles += reading.articles
        drops += reading.drops
    if error:
        fetch, told = _failure(before, now, error, name)
        drops += told
    else:
        fetch = replace(succeeded(before, now), items=len(articles))
    complete = source.complete and not error
    return Gathered(name, tuple(documents), tuple(articles), tuple(drops), (fetch,), complete)


@dataclass(slots=True)
class _Visit:
    """One web source in the course of a collect: what it gave so far."""

    name: str
    source: WebSource
    now: datetime
    watched: Sequence[Article] = ()
    before: list[Fetch] = field(default_factory=list)
    readings: list[Reading] = field(default_factory=list)
    documents: list[Document] = field(default_factory=list)
    drops: list[Drop] = field(default_factory=list)
    fetches: list[Fetch] = field(default_factory=list)
    pages: list[Fetch] = field(default_factory=list)
    following: list[tuple[Wanted, Fetch]] = field(default_factory=list)
    watching: list[tuple[Wanted, Fetch]] = field(default_factory=list)
    filled: dict[str, Article] = field(default_factory=dict)
    more: list[Article] = field(default_factory=list)
    is_followed: bool = False
    is_unfinished: bool = False

    def arrive(self, answers: Sequence[Answer], read: Read) -> None:
        """Take the answers of the source's own addresses."""
        came: list[tuple[Fetch, Answer]] = []
        for before, answer in zip(self.before, answers, strict=True):
            document = self._document(answer)
            error = answer.fault or ("" if answer.unchanged else self.source.misfit(document))
            if error:
                self._fail(before, error, answer.not_before)
            elif answer.unchanged:
                self.fetches.append(succeeded(before, self.now, answer.moved))
            else:
                came.append((before, answer))
                self.documents.append(document)
        for (before, answer), reading in zip(came, read(self.name, self.documents), strict=True):
            self.drops += reading.drops
            unread = next((drop for drop in reading.drops if drop.reason in UNREAD), None)
            if unread:
                self._fail(before, f"{unread.reason}: {unread.detail}", None)
                continue
            self.readings.append(reading)
            self.is_unfinished = self.is_unfinished or any(drop.reason == _CUT_OFF for drop in reading.drops)
            fetch = replace(succeeded(before, self.now, answer.moved), items=len(reading.articles))
            self.fetches.append(replace(fetch, etag=answer.etag, last_modified=answer.last_modified))

    def choose(self, remember: Remember) -> list[Wanted]:
        """The pages to follow now: those wanted that were not read for the same wording, as many as may be."""
        self.is_followed = True
        wanted: dict[str, Wanted] = {}
        for each in self.source.wanted(self.readings):
            wanted.setdefault(each.request.url, each)
        again = {without_password(article.url): article for article in self.watched if article.url}
        if not (wanted or again) or not self.source.follow:
            return []
        known = {fetch.url: fetch for fetch in remember({*wanted, *again}) if fetch.source == self.name}
        fresh = [
            (each, known.get(url, Fetch(self.name, url, followed=True)))
            for url, each in wanted.items()
            if url not in known or known[url].mark != mark_of(each.article)
        ]
        self.is_unfinished = self.is_unfinished or len(fresh) > self.source.follow
        self.following = fresh[: self.source.follow]
        asked = {each.request.url for each, _ in self.following}
        self.watching = [
            (Wanted(self._again(article, known[url]), teaser_of(article)), known[url])
            for url, article in again.items()
            if url in known and article.url not in asked and _may_be_asked_again(known[url], self.now)
        ]
        return [each for each, _ in (*self.following, *self.watching)]

    def _again(self, article: Article, before: Fetch) -> Request:
        assert article.url
        hosts = frozenset(host for request in self.source.requests() for host in request.allow_hosts)
        return Request(article.url, "page", before.etag, before.last_modified, hosts)

    def follow(self, answers: Sequence[Answer], read: Read) -> None:
        """Take the answers of the pages that were followed, and of those that were asked again."""
        first = answers[: len(self.following)]
        self._watch(answers[len(self.following) :], read)
        came: list[tuple[Wanted, Document]] = []
        for (wanted, before), answer in zip(self.following, first, strict=True):
            mark = mark_of(wanted.article)
            if answer.error:
                fetch = failed(before, self.now, answer.error, answer.not_before)
                is_given_up = answer.lasting or fetch.failures >= _PATIENCE
                self.is_unfinished = self.is_unfinished or not is_given_up
                self.pages.append(replace(fetch, mark=mark) if is_given_up else fetch)
                self.drops.append(Drop(STAGE, wanted.request.url, PAGE_FAILED, _told(wanted, answer, is_given_up)))
            else:
                self.pages.append(_page_fetch(before, self.now, answer, mark))
                came.append((wanted, self._document(answer)))
        documents = [document for _, document in came]
        self.documents += documents
        for (wanted, document), reading in zip(came, read(self.name, documents), strict=True):
            self.drops += reading.drops
            if wanted.article is None:
                self.more += reading.articles
                continue
            full = fill(wanted.article, reading, document.name)
            if isinstance(full, Drop):
                self.drops.append(full)
            else:
                self.filled[full.id] = full

    def _watch(self, answers: Sequence[Answer], read: Read) -> None:
        """Take the answers of the pages that were asked again. Of one that is no article any more nothing is made."""
        came: list[tuple[Wanted, Document]] = []
        for (wanted, before), answer in zip(self.watching, answers, strict=True):
            if answer.error:
                self.pages.append(failed(before, self.now, answer.error, answer.not_before))
            elif answer.unchanged:
                self.pages.append(succeeded(before, self.now))
            else:
                self.pages.append(_page_fetch(before, self.now, answer, before.mark))
                came.append((wanted, self._document(answer)))
        documents = [document for _, document in came]
        self.documents += documents
        for (wanted, document), reading in zip(came, read(self.name, documents), strict=True):
            full = fill(wanted.article, reading, document.name) if wanted.article else None
            if isinstance(full, Article):
                self.more.append(full)

    def gathered(self) -> Gathered:
        """All of it. A source that is not read to its end keeps its old validators, so that it gives the rest again."""
        earlier = {fetch.url: fetch for fetch in self.before}
        own = [
            replace(fetch, etag=earlier[fetch.url].etag, last_modified=earlier[fetch.url].last_modified)
            if self.is_unfinished
            else fetch
            for fetch in self.fetches
        ]
        articles = [self.filled.get(each.id, each) for reading in self.readings for each in reading.articles]
        return Gathered(
            self.name,
            tuple(self.documents),
            (*articles, *self.more),
            tuple(self.drops),
            (*own, *self.pages),
        )

    def _document(self, answer: Answer) -> Document:
        name = without_password(answer.request.url)
        return Document(self.name, name, answer.body, answer.media_type, answer.charset, answer.url, self.now)

    def _fail(self, before: Fetch, error: str, not_before: datetime | None) -> None:
        fetch, told = _failure(before, self.now, error, self.name, not_before)
        self.fetches.append(fetch)
        self.drops += told


def _page_fetch(before: Fetch, now: datetime, answer: Answer, mark: str) -> Fetch:
    """A page that was read, and for which wording of its item."""
    return replace(succeeded(before, now), mark=mark, etag=answer.etag, last_modified=answer.last_modified)


def _told(wanted: Wanted, answer: Answer, is_given_up: bool) -> str:
    """Why a page that was followed gave nothing, and what becomes of what led to it."""
    kept = "the source's own text is kept" if wanted.article else "it is left out"
    return f"{answer.error}; {kept}" + ("" if is_given_up else ", and the next collect asks again")


def _may_be_asked_again(fetch: Fetch, now: datetime) -> bool:
    """Whether an address was followed, but not a moment ago, and its server does not want to be left alone."""
    asked = fetch.asked is not None and now - fetch.asked < _A_MOMENT
    rests = fetch.not_before is not None and fetch.not_before > now
    return fetch.followed and not asked and not rests


def _failure(
    before: Fetch, now: datetime, error: str, name: str, not_before: datetime | None = None
) -> tuple[Fetch, tuple[Drop, ...]]:
    """A failed request, and how it is told, unless it was today."""
    fetch = failed(before, now, error, not_before)
    if not is_news(fetch, now):
        return fetch, ()
    since = fetch.failing_since
    lasts = f"; it has failed since {since.astimezone(now.tzinfo):%Y-%m-%d %H:%M}" if since and since != now else ""
    where = f"{fetch.url}: " if fetch.url else ""
    return replace(fetch, reported=now), (Drop(STAGE, name, FAILED, f"{where}{error}{lasts}"),)
